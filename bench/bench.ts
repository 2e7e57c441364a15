// Prints what the project costs, compiled, as multiples of a floor that is measured in the same run.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cost, measure, print, run, withCompiled } from "./measure";

console.log("This takes about a minute. Times are CPU time.\n");

const clusters = (kind: "l1" | "constructs", count: number) => ["bench/clusters.js", kind, String(count)];

withCompiled(() => {
  const start = measure(3, {
    cdktf: ["-e", 'require("cdktf")'],
    index: ["-e", 'require("./lib")'],
    main: ["main.js"],
  });
  print('require("cdktf")', start.cdktf, start.cdktf);
  print("require of the constructs, of that", start.index, start.cdktf);
  print("main.ts, of that", start.main, start.cdktf);

  for (const [count, rounds] of [
    [1, 3],
    [100, 2],
    [1000, 2],
  ]) {
    const { l1, constructs } = measure(rounds, {
      l1: clusters("l1", count),
      constructs: clusters("constructs", count),
    });
    print(`${count} clusters, of the same in bare L1`, constructs, l1);
  }

  const json = benchReview("json");
  const hcl = benchReview("hcl");
  print("1000 clusters in HCL, of the same in JSON", hcl, json);

  const modules = ["-e", 'require("./lib/review"); console.log(Object.keys(require.cache).length)'];
  console.log(`${'modules loaded by require("…/review")'.padEnd(52)} ${run(modules).stdout.trim()}`);
});

/** A review of 1000 clusters, of which every kata pool gets another VM size; returns what their synthesis took. */
function benchReview(language: "json" | "hcl"): Cost {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const [before, after] = [join(folder, "before"), join(folder, "after")];
  const args = clusters("constructs", 1000);
  const synth = run(language === "hcl" ? { args, hcl: true } : args, before).cost;
  cpSync(before, after, { recursive: true });
  const file = join(after, "stacks/cluster", language === "hcl" ? "cdk.tf" : "cdk.tf.json");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll("Standard_D4s_v5", "Standard_D8s_v5"));
  const review = run(["lib/cli/bin.js", "review", before, after]).cost;
  print(`review of 1000 clusters in ${language}, of their synthesis`, review, synth);
  rmSync(folder, { recursive: true });
  return synth;
}
