// Measures commands against each other.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const PROJECT = resolve(__dirname, "..");
export const TSX = ["--import", "tsx"];
const PRELOAD = ["--import", join(__dirname, "peak-memory.mjs")];

/** The CLI of cdktf sets it, and prints the warnings of an app itself. */
const QUIET = { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true" };

/** What to run with node, and in which language it synthesises. */
type Command = readonly string[] | { readonly args: readonly string[]; readonly hcl: true };

interface Cost {
  readonly seconds: number;
  readonly mebibytes: number;
}

function run(command: Command): Cost {
  const { args, hcl } = "args" in command ? command : { args: command, hcl: false };
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  const start = process.hrtime.bigint();
  const { status, output } = spawnSync(process.execPath, [...PRELOAD, ...args], {
    cwd: PROJECT,
    env: { ...process.env, ...QUIET, CDKTF_OUTDIR: outdir, SYNTH_HCL_OUTPUT: String(hcl) },
    stdio: ["ignore", "ignore", "inherit", "pipe"],
    encoding: "utf8",
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  rmSync(outdir, { recursive: true });
  if (status !== 0) throw new Error(`node ${args.join(" ")} failed`);
  return { seconds, mebibytes: Number(output[3]) / 1024 };
}

/** The least of several runs each, in turn, so that a busy moment of the machine spoils none of them. */
export function measure<Name extends string>(rounds: number, commands: Record<Name, Command>): Record<Name, Cost> {
  const names = Object.keys(commands) as Name[];
  const runs = Array.from({ length: rounds }, () => names.map((name) => run(commands[name])));
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
