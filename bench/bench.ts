// Prints what the project costs as multiples of a floor that is measured in the same run.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const PROJECT = resolve(__dirname, "..");
const PRELOAD = ["--import", join(__dirname, "peak-memory.mjs")];
const TSX = ["--import", "tsx"];

interface Cost {
  readonly seconds: number;
  readonly mebibytes: number;
}

function run(args: readonly string[]): Cost {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  const start = process.hrtime.bigint();
  const { status, output } = spawnSync(process.execPath, [...PRELOAD, ...args], {
    cwd: PROJECT,
    env: { ...process.env, CDKTF_OUTDIR: outdir },
    stdio: ["ignore", "ignore", "inherit", "pipe"],
    encoding: "utf8",
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  rmSync(outdir, { recursive: true });
  if (status !== 0) throw new Error(`node ${args.join(" ")} failed`);
  return { seconds, mebibytes: Number(output[3]) / 1024 };
}

/** Medians of several runs each, in turn, so that a busy moment of the machine meets all of them. */
function measure<Name extends string>(rounds: number, commands: Record<Name, readonly string[]>): Record<Name, Cost> {
  const names = Object.keys(commands) as Name[];
  const runs = Array.from({ length: rounds }, () => names.map((name) => run(commands[name])));
  const costs = names.map((name, i) => {
    const median = (cost: keyof Cost) => runs.map((round) => round[i][cost]).sort((a, b) => a - b)[rounds >> 1];
    return [name, { seconds: median("seconds"), mebibytes: median("mebibytes") }];
  });
  return Object.fromEntries(costs);
}

function print(what: string, cost: Cost, floor: Cost): void {
  const multiple = (unit: keyof Cost) => `${(cost[unit] / floor[unit]).toFixed(2)}x`;
  const absolute = `${cost.seconds.toFixed(2)} s, ${cost.mebibytes.toFixed(0)} MiB`;
  console.log(`${what.padEnd(52)} time ${multiple("seconds")}, memory ${multiple("mebibytes")}   (${absolute})`);
}

const start = measure(9, { floor: ["-e", 'require("cdktf")'], main: [...TSX, "main.ts"] });
print("node -e 'require(\"cdktf\")'", start.floor, start.floor);
print("main.ts, of that", start.main, start.floor);

for (const [count, rounds] of [
  [1, 5],
  [100, 5],
  [1000, 3],
]) {
  const clusters = (kind: string) => [...TSX, "bench/clusters.ts", kind, String(count)];
  const { l1, constructs } = measure(rounds, { l1: clusters("l1"), constructs: clusters("constructs") });
  print(`${count} clusters, of the same in bare L1`, constructs, l1);
}

/** Two outputs of 1000 clusters, with another VM size for every kata pool in the second one. */
function twoOutputs(language: "json" | "hcl"): readonly [string, string] {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const [before, after] = [join(folder, "before"), join(folder, "after")];
  spawnSync(process.execPath, [...TSX, "bench/clusters.ts", "constructs", "1000"], {
    cwd: PROJECT,
    env: { ...process.env, CDKTF_OUTDIR: before, SYNTH_HCL_OUTPUT: String(language === "hcl") },
  });
  cpSync(before, after, { recursive: true });
  const file = join(after, "stacks/cluster", language === "hcl" ? "cdk.tf" : "cdk.tf.json");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll("Standard_D4s_v5", "Standard_D8s_v5"));
  return [before, after];
}

for (const language of ["json", "hcl"] as const) {
  const folders = twoOutputs(language);
  const { synth, review } = measure(3, {
    synth: [...TSX, "bench/clusters.ts", "constructs", "1000"],
    review: [...TSX, "scripts/review.ts", ...folders],
  });
  print(`review of 1000 clusters in ${language}, of their synthesis`, review, synth);
  rmSync(join(folders[0], ".."), { recursive: true });
}

const { stdout: modules } = spawnSync(
  process.execPath,
  [...TSX, "-e", 'require("./lib/review"); console.log(Object.keys(require.cache).length)'],
  { cwd: PROJECT, encoding: "utf8" },
);
console.log(`${'modules loaded by require("…/review")'.padEnd(52)} ${modules.trim()}`);
