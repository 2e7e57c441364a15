// Prints what a newcomer waits for, in a copy of the project, and what the compiled package costs to load.
import { spawnSync } from "node:child_process";
import { lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { projectCopy } from "../scripts/project-copy";
import { measure, print } from "./measure";

const folder = projectCopy();
try {
  const installed = run("ci", "--no-audit", "--no-fund");
  const [, packages] = /added (\d+) packages/.exec(installed.stdout)!;
  console.log(`\nnpm ci: ${installed.seconds.toFixed(0)} s, ${packages} packages, ${megabytes()} MB`);
  console.log(`npm run synth: ${run("run", "synth").seconds.toFixed(1)} s until the output is written`);
  run("run", "prepack");
  const { floor, compiled } = measure(5, { floor: loading("node_modules/cdktf"), compiled: loading("dist") });
  print("require of the compiled package, of require of cdktf", compiled, floor);
} finally {
  rmSync(folder, { recursive: true });
}

function loading(path: string): readonly string[] {
  return ["--eval", `require(${JSON.stringify(join(folder, path))})`];
}

function run(...args: readonly string[]): { readonly seconds: number; readonly stdout: string } {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} fails\n${stderr}${stdout}`);
  if (stderr.includes("npm warn")) console.log(stderr.trim());
  return { seconds: (performance.now() - start) / 1000, stdout };
}

function megabytes(): string {
  const modules = join(folder, "node_modules");
  const sizes = readdirSync(modules, { recursive: true, encoding: "utf8" }).map((file) =>
    lstatSync(join(modules, file)),
  );
  return (sizes.reduce((sum, { size }) => sum + size, 0) / 1e6).toFixed(0);
}
