import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os, { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { reviewCommand } from "../../lib/cli/review-command";
import { PROJECT } from "../support/synth";

const SCRIPT = ["--import", pathToFileURL(require.resolve("tsx")).href, join(PROJECT, "lib/cli/bin.ts"), "review"];

let folder: string;
let project: string;

/** A project whose app writes one stack without cdktf. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "revision-"));
  project = join(folder, "project");
  mkdirSync(join(project, "node_modules"), { recursive: true });
  mkdirSync(join(folder, "tmp"));
  writeFileSync(join(project, ".gitignore"), "node_modules\n");
  writeFileSync(join(project, "package-lock.json"), "{}");
  writeFileSync(join(project, "cdktf.json"), JSON.stringify({ app: "node app.js", context: { size: "a" } }));
  writeApp('JSON.parse(process.env.CDKTF_CONTEXT_JSON).size + "1"');
  git("init", "--quiet", "--initial-branch", "main");
  git("add", ".");
  git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", "first");
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function git(...args: readonly string[]): string {
  return spawnSync("git", args, { cwd: project, encoding: "utf8" }).stdout;
}

function writeApp(size: string, before = ""): void {
  writeFileSync(
    join(project, "app.js"),
    `${before}
    const fs = require("node:fs");
    const stack = process.env.CDKTF_OUTDIR + "/stacks/cluster";
    fs.mkdirSync(stack, { recursive: true });
    const pool = { name: "kata", kubernetes_cluster_id: "c", temporary_name_for_rotation: "t", vm_size: ${size} };
    const terraform = { required_providers: { azurerm: { source: "hashicorp/azurerm", version: "4.81.0" } } };
    const resource = { azurerm_kubernetes_cluster_node_pool: { kata: pool } };
    fs.writeFileSync(stack + "/cdk.tf.json", JSON.stringify({ terraform, resource }));`,
  );
}

const ENVIRONMENT = () => ({ ...process.env, TMPDIR: join(folder, "tmp") });

/** Runs the command in this process, which takes a fraction of the time, and says what it prints. */
async function review(...args: readonly string[]): Promise<{ readonly status: number; readonly stdout: string }> {
  const here = process.cwd();
  jest.spyOn(os, "tmpdir").mockReturnValue(join(folder, "tmp"));
  const write = jest.spyOn(process.stdout, "write").mockImplementation((_, ...rest: unknown[]) => {
    (rest.at(-1) as () => void)();
    return true;
  });
  process.chdir(project);
  try {
    const status = await reviewCommand(args);
    return { status, stdout: write.mock.calls.map(([text]) => text).join("") };
  } finally {
    process.chdir(here);
  }
}

function expectNothingLeft(): void {
  expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
  expect(readdirSync(join(folder, "tmp")).filter((name) => name.startsWith("review-"))).toEqual([]);
}

test("compares a revision with the working tree", async () => {
  writeApp('"b1"');
  const { status, stdout } = await review("main", "--format", "json");
  expect(JSON.parse(stdout).changes).toMatchObject([
    { verdict: "rotate", arguments: [{ path: "vm_size", before: "a1", after: "b1" }] },
  ]);
  expect(status).toBe(0);
  expectNothingLeft();
});

test("installs the packages of a revision whose lock file is another one", () => {
  const npm = join(folder, "npm");
  writeFileSync(npm, `#!/bin/sh\necho "$@" > "${folder}/npm-was-told"\n`);
  chmodSync(npm, 0o755);
  writeFileSync(join(project, "package-lock.json"), '{"lockfileVersion": 3}');
  const { status } = spawnSync(process.execPath, [...SCRIPT, "main"], {
    cwd: project,
    env: { ...ENVIRONMENT(), PATH: folder + delimiter + process.env.PATH },
  });
  expect(status).toBe(0);
  expect(existsSync(join(folder, "npm-was-told"))).toBe(true);
  expectNothingLeft();
});

test.each<[string, () => void, readonly string[], RegExp]>([
  ["a revision that is none", () => {}, ["nowhere"], /^"nowhere" is no git revision of this folder: give a branch/],
  ["an option for a revision", () => {}, ["--", "--all"], /^"--all" is no git revision of this folder/],
  [
    "an app that fails",
    () => writeApp('"a1"', "throw new Error('a mistake');"),
    ["HEAD"],
    /^the working tree cannot be synthesised: sh -c node app\.js failed[^]*a mistake/,
  ],
  [
    "a folder without an app",
    () => rmSync(join(project, "cdktf.json")),
    ["HEAD"],
    /^the working tree has no cdktf\.json here: run this in the folder of the app/,
  ],
])("refuses %s, and leaves nothing behind", async (_, prepare, args, message) => {
  prepare();
  await expect(review(...args)).rejects.toThrow(message);
  expect(process.stdout.write).not.toHaveBeenCalled();
  expectNothingLeft();
});

test("leaves nothing behind when it is interrupted", async () => {
  const started = join(folder, "started");
  writeApp(
    '"a1"',
    `require("node:fs").writeFileSync(${JSON.stringify(started)}, ""); const { ppid } = process; setInterval(() => ppid === process.ppid || process.exit(), 100);`,
  );
  const child = spawn(process.execPath, [...SCRIPT, "main"], { cwd: project, env: ENVIRONMENT() });
  const ended = new Promise((resolve) => child.on("close", resolve));
  while (!existsSync(started) && child.exitCode === null) await new Promise((done) => setTimeout(done, 20));
  child.kill("SIGTERM");
  expect(await ended).toBe(1);
  expectNothingLeft();
});
