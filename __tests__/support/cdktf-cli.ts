import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT } from "./synth";

let created: string;

/** Gives each test of a file a folder with a stand-in for Terraform. */
export function foldersOfTests(): void {
  beforeEach(() => {
    created = mkdtempSync(join(tmpdir(), "cdktf-"));
    write("terraform", STAND_IN);
    chmodSync(join(created, "terraform"), 0o755);
  });
  afterEach(() => rmSync(created, { recursive: true }));
}

/** The folder of the test that runs. */
export const folder = () => created;

/** Says that it is Terraform, misses its file of settings, shows the state that is a file, and notes what it is told to do in which stack. */
const STAND_IN = `#!/bin/sh
here=$(dirname "$0")
stack=$(basename "$PWD")
[ -z "$TF_CLI_CONFIG_FILE" ] || echo "Warning: Unable to open CLI configuration file" >&2
case "$1" in
  version | -v) echo "Terraform v1.11.4" ;;
  show) if [ "$2" = -json ] && [ -e "$here/$stack.json" ]; then cat "$here/$stack.json"; else echo "{}"; fi ;;
  plan) echo "plan $stack" >>"$here/calls"; echo "the plan" ;;
  apply | destroy) echo "$1 $stack" >>"$here/calls" ;;
  state) echo "$* $stack" >>"$here/calls" ;;
  *) echo "{}" ;;
esac
`;

/** Writes a file into the folder of the test and returns its path. */
export function write(file: string, text: string): string {
  writeFileSync(join(created, file), text);
  return join(created, file);
}

/** Commands that Terraform was given, in the order of the calls. */
export function calls(): string[] {
  return readFileSync(join(created, "calls"), "utf8").trim().split("\n");
}

/** Runs the script behind `npm run synth` and the like, with a stand-in for Terraform. */
export function cdktf(cwd: string, args: readonly string[], input = "") {
  const tsx = `file://${require.resolve("tsx")}`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", tsx, join(PROJECT, "scripts/cdktf.ts"), ...args],
    { cwd, encoding: "utf8", input, env: { ...process.env, ...variables(args) } },
  );
  return { status, stdout, stderr };
}

const variables = ([command]: readonly string[]) => ({
  // From Node 21 on, the hook in this file has Node warn of a module that packages of the CLI load.
  NODE_OPTIONS: `--no-deprecation --max-old-space-size=4096 --require ${JSON.stringify(join(__dirname, "without-converter.cjs"))}`,
  TERRAFORM_BINARY_NAME: join(created, "terraform"),
  TF_CLI_CONFIG_FILE: command === "synth" ? join(created, "missing") : "",
});

/** Writes an app of a cluster and a sandbox. */
export function writeApp(): void {
  write("cdktf.json", '{ "language": "typescript", "app": "node app.cjs", "sendCrashReports": "false" }');
  write("app.cjs", APP);
}

/** Writes what an app of two stacks would write, in less time. */
const APP = `
const { mkdirSync, writeFileSync } = require("node:fs");
const stack = (name, annotations, dependencies) => {
  const workingDirectory = "stacks/" + name;
  mkdirSync(process.env.CDKTF_OUTDIR + "/" + workingDirectory, { recursive: true });
  const synthesizedStackPath = workingDirectory + "/cdk.tf.json";
  const resource = name === "sandbox" ? { kubernetes_network_policy_v1: {} } : {};
  const text = JSON.stringify({ "//": { metadata: {} }, terraform: {}, resource });
  writeFileSync(process.env.CDKTF_OUTDIR + "/" + synthesizedStackPath, text);
  return { name, constructPath: name, workingDirectory, synthesizedStackPath, annotations, dependencies };
};
const warning = { constructPath: "cluster", level: "@cdktf/warn", message: "careful" };
const stacks = { cluster: stack("cluster", [warning], []), sandbox: stack("sandbox", [], ["cluster"]) };
writeFileSync(process.env.CDKTF_OUTDIR + "/manifest.json", JSON.stringify({ version: "0.21.0", stacks }));
`;
