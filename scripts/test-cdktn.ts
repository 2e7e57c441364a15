// Runs the tests with CDK Terrain in place of cdktf, in a copy of this project: npm run test:cdktn -- [options of jest]
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectCopy } from "./project-copy";

const CDK_TERRAIN = "npm:cdktn@0.24.0";
const SETUP = ["./__tests__/setup.ts", "./__tests__/support/golden-values.ts"];

const folder = projectCopy();
process.exitCode = 1;
try {
  const file = join(folder, "package.json");
  const project = JSON.parse(readFileSync(file, "utf8"));
  const overrides = { ...project.overrides, cdktf: "$cdktf", constructs: "$constructs" };
  const devDependencies = { ...project.devDependencies, cdktf: CDK_TERRAIN };
  writeFileSync(file, JSON.stringify({ ...project, devDependencies, overrides }, null, 2));
  run("npm", "install", "--prefer-offline", "--no-audit", "--no-fund");
  run("npx", "tsc", "--noEmit");
  run("npx", "jest", "--ci", "--setupFilesAfterEnv", ...SETUP, "--", ...process.argv.slice(2));
  process.exitCode = 0;
} finally {
  rmSync(folder, { recursive: true });
}

function run(command: string, ...args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: folder, stdio: "inherit" });
  if (status !== 0) throw new Error(`with CDK Terrain, ${[command, ...args].join(" ")} fails: mend what it says above`);
}
