import { readFileSync } from "node:fs";
import { join } from "node:path";
import satisfies from "semver/functions/satisfies";
import { PROJECT } from "./support/synth";

interface LockedPackage {
  readonly version?: string;
  readonly engines?: { readonly node?: string };
  readonly optional?: boolean;
  readonly optionalDependencies?: { readonly [name: string]: string };
}

const locked = Object.entries<LockedPackage>(
  JSON.parse(readFileSync(join(PROJECT, "package-lock.json"), "utf8")).packages,
);

test("every locked package runs on Node 20.9", () => {
  const refusing = locked.filter(
    ([, { engines, optional }]) => !optional && !satisfies("20.9.0", engines?.node ?? "*"),
  );
  expect(refusing.map(([path]) => path)).toEqual([]);
});

test("the lock file has the packages of every platform", () => {
  const names = new Set(locked.map(([path]) => path.replace(/^.*node_modules\//, "")));
  const wanted = locked.flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies));
  expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});
