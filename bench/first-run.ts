// Prints what a newcomer waits for, in a copy of the project.
import { spawnSync } from "node:child_process";
import { lstatSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { projectCopy } from "../scripts/project-copy";

const folder = projectCopy();
try {
  const installed = run("ci", "--no-audit", "--no-fund");
  console.log(`\nnpm ci: ${installed.seconds.toFixed(0)} s, ${packages()} packages, ${megabytes()} MB`);
  console.log(`npm run synth: ${run("run", "synth").seconds.toFixed(1)} s until the output is written`);
} finally {
  rmSync(folder, { recursive: true });
}

function packages(): number {
  const { packages } = JSON.parse(readFileSync(join(folder, "node_modules/.package-lock.json"), "utf8"));
  return Object.keys(packages).length;
}

function run(...args: readonly string[]): { readonly seconds: number } {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} fails\n${stderr}${stdout}`);
  if (stderr.includes("npm warn")) console.log(stderr.trim());
  return { seconds: (performance.now() - start) / 1000 };
}

function megabytes(): string {
  const modules = join(folder, "node_modules");
  const sizes = readdirSync(modules, { recursive: true, encoding: "utf8" }).map((file) =>
    lstatSync(join(modules, file)),
  );
  return (sizes.reduce((sum, { size }) => sum + size, 0) / 1e6).toFixed(0);
}
