// Runs the CLI of cdktf: npm run synth|synth:hcl|diff|deploy|destroy -- [APP.ts] [STACK…] [options of the CLI]
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { forget, isWanted, policiesWithNamespace } from "./destroy";

const CLI = require.resolve("cdktf-cli/bundle/bin/cdktf");
const COMPILER = require.resolve("typescript/bin/tsc");
const TYPE_CHECK = ["--noEmit", "--incremental", "--tsBuildInfoFile", "node_modules/.cache/app.tsbuildinfo"];

const [command, ...args] = process.argv.slice(2);
const { values, positionals, tokens } = parseArgs({
  args,
  strict: false,
  tokens: true,
  options: {
    app: { type: "string", short: "a" },
    output: { type: "string", short: "o" },
    "outputs-file": { type: "string" },
    parallelism: { type: "string" },
    "terraform-parallelism": { type: "string" },
    var: { type: "string", multiple: true },
    "var-file": { type: "string", multiple: true },
  },
});
const file = positionals.find((argument) => argument.endsWith(".ts"));
const app = file === undefined ? values.app : `node --import tsx ${JSON.stringify(file)}`;
const output = String(values.output ?? (values.hcl ? "cdktf.out.hcl" : "cdktf.out"));

main().catch((error: Error | number) => {
  if (error instanceof Error) console.error(error.message);
  process.exitCode = error instanceof Error ? 1 : error;
});

async function main(): Promise<void> {
  if (file !== undefined && !existsSync(file)) {
    throw new Error(`app "${file}" does not exist: give a file such as main.ts or examples/arm-tab.ts`);
  }
  if (command === "diff" || command === "deploy") await run(COMPILER, TYPE_CHECK);
  if (!values["skip-synth"]) await synth();
  if (command === "synth") return;

  const stacks = positionals.filter((argument) => argument !== file);
  const options = tokens.flatMap((token) =>
    token.kind !== "option" || token.name === "output"
      ? []
      : [token.rawName, ...(token.value === undefined ? [] : [token.value])],
  );
  const act = (stacks: readonly string[], ...more: readonly string[]) =>
    run(CLI, [command, ...stacks, ...options, ...more, "--output", output, "--skip-synth"]);
  if (command === "destroy") return destroy(stacks, act);
  if (command !== "diff") return act(stacks.length > 0 ? stacks : ["*"]);
  for (const stack of stacks.length > 0 ? stacks : stacksOf(output).map(({ name }) => name)) await act([stack]);
}

type Act = (stacks: readonly string[], ...more: readonly string[]) => Promise<void>;

/** Terraform alone deletes network policies before the pods that they hold, which no dependency can turn round. */
async function destroy(chosen: readonly string[], act: Act): Promise<void> {
  const stacks = stacksOf(output).filter(({ name }) => chosen.length === 0 || chosen.some((one) => matches(name, one)));
  const holding = stacks
    .map(({ name, workingDirectory }) => ({ name, folder: join(output, workingDirectory) }))
    .map((stack) => ({ ...stack, policies: policiesWithNamespace(stack.folder) }))
    .filter(({ policies }) => policies.length > 0);
  const ask = !values["auto-approve"];
  for (const { name, folder, policies } of holding) {
    if (ask && !(await isWanted(name, folder, variables()))) throw new Error(`stack ${name} is not destroyed`);
    forget(folder, policies);
    if (ask) await act([name], "--auto-approve", "--ignore-missing-stack-dependencies");
  }
  if (!ask || holding.length === 0) return act(chosen.length > 0 ? chosen : ["*"]);
  const others = stacks.map(({ name }) => name).filter((name) => holding.every((stack) => stack.name !== name));
  if (others.length > 0) await act(others, "--ignore-missing-stack-dependencies");
}

/** The CLI takes names with stars. */
function matches(name: string, pattern: string): boolean {
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*")}$`).test(name);
}

function variables(): string[] {
  return ["var", "var-file"].flatMap((name) => [values[name] ?? []].flat().map((value) => `-${name}=${value}`));
}

async function synth(): Promise<void> {
  const options = [...(app ? ["--app", String(app)] : []), ...(values.hcl ? ["--hcl"] : [])];
  const { status, ...printed } = await start(CLI, ["synth", "--output", output, ...options], "pipe");
  const { stdout, stderr } = status === 0 ? printed : withErrorOnce(printed);
  process.stdout.write(command === "synth" ? stdout : withoutWarnings(stdout));
  process.stderr.write(stderr);
  if (status !== 0) throw status;
  for (const { workingDirectory } of stacksOf(output)) {
    // Terraform would read the other language, too.
    rmSync(join(output, workingDirectory, values.hcl ? "cdk.tf.json" : "cdk.tf"), { force: true });
  }
}

async function run(script: string, args: readonly string[]): Promise<void> {
  const { status } = await start(script, args, "inherit");
  if (status !== 0) throw status;
}

interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

function start(script: string, args: readonly string[], output: "inherit" | "pipe") {
  const asks = output === "inherit" && process.stdin.isTTY && !values["auto-approve"] && command !== "diff";
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ["inherit", output, output],
    env: {
      ...process.env,
      CHECKPOINT_DISABLE: "1",
      DISABLE_VERSION_CHECK: "1",
      // A synth asks Terraform for its version only, whose words on a missing file of settings would be logged as errors.
      ...(output === "pipe" && { TF_CLI_CONFIG_FILE: "" }),
      // The CLI takes this for a log, and leaves out its spinner; but also its questions.
      ...((output === "pipe" || !process.stdout.isTTY) && !asks && { CONTINUOUS_INTEGRATION: "true" }),
    },
  });
  process.on("SIGINT", () => {}); // a terminal sends it to the CLI as well, which ends Terraform in order
  process.on("SIGTERM", (signal) => child.kill(signal));
  const printed = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text) => (printed.stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text) => (printed.stderr += text));
  return new Promise<Printed & { readonly status: number }>((resolve, reject) => {
    child.on("error", reject).on("close", (code) => resolve({ ...printed, status: code ?? 1 }));
  });
}

interface Stack {
  readonly name: string;
  readonly workingDirectory: string;
  readonly annotations: readonly { readonly constructPath: string; readonly message: string }[];
}

function stacksOf(folder: string): readonly Stack[] {
  return Object.values(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")).stacks);
}

/**
 * The CLI prints what a failed app says on stderr in its log on stdout, and again on stderr: here it comes once, on
 * stderr, before the words of the CLI. The last frame of the spinner goes, too.
 */
function withErrorOnce(printed: Printed): Printed {
  const stdout = stripVTControlCharacters(printed.stdout).replace(/\n[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] {2}\w+\n*$/, "");
  const stderr = stripVTControlCharacters(printed.stderr);
  const [block, indented] = /\nCommand output on stderr:\n\n((?: {4}.*\n|[^\S\n]*\n)+)/.exec(stderr) ?? [];
  const error = indented?.replace(/^ {4}/gm, "").trimEnd();
  if (!block || !error) return printed;
  for (const { index, 0: prefix } of stdout.matchAll(/\[[^[\]]+\] \[ERROR\] default - /g)) {
    const logged = stdout.slice(index + prefix.length).replace(/\n\[[^[\]]+\] \[ERROR\] default - /g, "");
    if (!logged.startsWith(error)) continue;
    return {
      stdout: (stdout.slice(0, index) + logged.slice(error.length)).trimStart(),
      stderr: `${error}\n${stderr.replace(block, "").trimEnd()}\n`,
    };
  }
  return printed;
}

/** Without the warnings that the next command prints, too. */
function withoutWarnings(stdout: string): string {
  const warnings = stacksOf(output).flatMap(({ annotations }) => annotations);
  const isWarning = (line: string) =>
    warnings.some(({ constructPath, message }) => line.endsWith(`[${constructPath}]: ${message}`));
  return stdout
    .split("\n")
    .filter((line) => !isWarning(line))
    .join("\n");
}
