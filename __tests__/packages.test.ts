import { readFileSync } from "node:fs";
import { join } from "node:path";
import satisfies from "semver/functions/satisfies";
import { PROJECT } from "./support/synth";

interface LockedPackage {
  readonly version?: string;
  readonly engines?: { readonly node?: string };
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: { readonly [name: string]: string };
}

function lockedIn(folder: string) {
  const text = readFileSync(join(PROJECT, folder, "package-lock.json"), "utf8");
  return Object.entries<LockedPackage>(JSON.parse(text).packages);
}

test.each([".", "pack/project", "tools"])("every package that %s locks runs on Node 20.9", (folder) => {
  const locked = lockedIn(folder);
  const refusing = locked.filter(
    ([, { engines, optional }]) => !optional && !satisfies("20.9.0", engines?.node ?? "*"),
  );
  expect(refusing.map(([path]) => path)).toEqual([]);
});

test.each([".", "pack/project", "tools"])("npm has no install script to ask about in %s", (folder) => {
  const { allowScripts = {} } = JSON.parse(readFileSync(join(PROJECT, folder, "package.json"), "utf8"));
  const scripted = lockedIn(folder).filter(([, { hasInstallScript }]) => hasInstallScript);
  const names = scripted.map(([path]) => path.replace(/^.*node_modules\//, ""));
  expect(names.filter((name) => allowScripts[name] === undefined)).toEqual([]);
});

test("the lock file has the packages of every platform", () => {
  const locked = lockedIn(".");
  const names = new Set(locked.map(([path]) => path.replace(/^.*node_modules\//, "")));
  const wanted = locked.flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies));
  expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});
