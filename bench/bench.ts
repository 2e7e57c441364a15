// Prints what the project costs as multiples of a floor that is measured in the same run.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measure, print, PROJECT, TSX } from "./measure";

console.log("This takes about a minute and a half.\n");

const start = measure(5, {
  floor: ["-e", 'require("cdktf")'],
  index: [...TSX, "-e", 'require("./lib")'],
  main: [...TSX, "main.ts"],
});
print("node -e 'require(\"cdktf\")'", start.floor, start.floor);
print("require of lib/index.ts, of that", start.index, start.floor);
print("main.ts, of that", start.main, start.floor);

for (const [count, rounds] of [
  [1, 3],
  [100, 3],
  [1000, 1],
]) {
  const clusters = (kind: string) => [...TSX, "bench/clusters.ts", kind, String(count)];
  const { l1, constructs } = measure(rounds, { l1: clusters("l1"), constructs: clusters("constructs") });
  print(`${count} clusters, of the same in bare L1`, constructs, l1);
  if (count < 1000) continue;
  const { hcl } = measure(rounds, { hcl: { args: clusters("constructs"), hcl: true } });
  print(`${count} clusters in HCL, of the same in JSON`, hcl, constructs);
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
    review: [...TSX, "lib/cli/bin.ts", "review", ...folders],
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
