// Measures commands against each other.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const PROJECT = resolve(__dirname, "..");
const COMPILED = join(PROJECT, ".bench");
const PRELOAD = ["--import", join(__dirname, "cost.mjs")];

/** The CLI of cdktf sets it, and prints the warnings of an app itself. */
const QUIET = { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true" };

/** Arguments of node in the folder of the compiled project, and the language that it synthesises. */
export type Command = readonly string[] | { readonly args: readonly string[]; readonly hcl: true };

export interface Cost {
  /** CPU time, which other processes of the machine lengthen less than they do the time on the clock. */
  readonly seconds: number;
  readonly mebibytes: number;
}

/** Compiles what is measured, as it is published, and runs something with it. */
export function withCompiled(run: () => void): void {
  const tsc = require.resolve("typescript/bin/tsc");
  const { status } = spawnSync(process.execPath, [tsc, "--project", "tsconfig.bench.json"], {
    cwd: PROJECT,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("the project does not compile: run npm run check");
  try {
    cpSync(join(PROJECT, "schemas"), join(COMPILED, "schemas"), { recursive: true });
    run();
  } finally {
    rmSync(COMPILED, { recursive: true, force: true });
  }
}

/** Runs a command and returns what it printed and what it took. */
export function run(command: Command, outdir?: string): { readonly stdout: string; readonly cost: Cost } {
  const { args, hcl } = "args" in command ? command : { args: command, hcl: false };
  const folder = outdir ?? mkdtempSync(join(tmpdir(), "bench-"));
  const { status, stdout, output } = spawnSync(process.execPath, [...PRELOAD, ...args], {
    cwd: COMPILED,
    env: { ...process.env, ...QUIET, CDKTF_OUTDIR: folder, SYNTH_HCL_OUTPUT: String(hcl) },
    stdio: ["ignore", "pipe", "inherit", "pipe"],
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (outdir === undefined) rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(`node ${args.join(" ")} failed`);
  const [microseconds, kibibytes] = output[3]!.split(" ").map(Number);
  return { stdout, cost: { seconds: microseconds / 1e6, mebibytes: kibibytes / 1024 } };
}

/** The least of several runs each, in turn, so that a busy moment of the machine spoils none of them. */
export function measure<Name extends string>(rounds: number, commands: Record<Name, Command>): Record<Name, Cost> {
  const names = Object.keys(commands) as Name[];
  const runs = Array.from({ length: rounds }, () => names.map((name) => run(commands[name]).cost));
  const costs = names.map((name, i) => {
    const least = (cost: keyof Cost) => Math.min(...runs.map((round) => round[i][cost]));
    return [name, { seconds: least("seconds"), mebibytes: least("mebibytes") }];
  });
  return Object.fromEntries(costs);
}

export function print(what: string, cost: Cost, floor: Cost): void {
  const multiple = (unit: keyof Cost) => `${(cost[unit] / floor[unit]).toFixed(2)}x`;
  const absolute = `${cost.seconds.toFixed(2)} s, ${cost.mebibytes.toFixed(0)} MiB`;
  console.log(`${what.padEnd(52)} time ${multiple("seconds")}, memory ${multiple("mebibytes")}   (${absolute})`);
}
