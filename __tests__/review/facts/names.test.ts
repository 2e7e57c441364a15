import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PodSandboxing } from "../../../lib";
import { DEDICATED_TAINT, taintText } from "../../../lib/cluster/node-pool-defaults";
import { argumentsOf } from "../../../lib/review/facts/arguments";
import * as names from "../../../lib/review/facts/resource-types";
import { KATA_HANDLER } from "../../../lib/sandbox/kata-runtime-class";
import { POOL_LABEL } from "../../../lib/sandbox/pool-label";
import { CLASS_ANNOTATION, POLICY_LABEL } from "../../../lib/sandbox/policy/policy-names";
import { PROJECT } from "../../support/synth";

test("the names that the review looks for are those that constructs write", () => {
  expect(names.KATA_RUNTIMES).toEqual([PodSandboxing.PREVIEW, PodSandboxing.GA].map((one) => one.workloadRuntime));
  expect(names.POLICY_LABEL).toBe(POLICY_LABEL);
  expect(names.POOL_LABEL).toBe(POOL_LABEL);
  const rows = readFileSync(join(PROJECT, "schemas/review-notes.json"), "utf8");
  const taint = `"^${taintText(DEDICATED_TAINT)}$"`;
  for (const name of [`"handler":"${KATA_HANDLER}"`, taint, `["${POLICY_LABEL}"]`, `["${CLASS_ANNOTATION}"]`])
    expect(rows.replaceAll("\\", "")).toContain(name);
});

test("the review loads neither cdktf nor constructs nor bindings", () => {
  const script = 'require("./lib/review"); console.log(Object.keys(require.cache).join("\\n"));';
  const { stdout } = spawnSync(process.execPath, ["--import", "tsx", "-e", script], { cwd: PROJECT, encoding: "utf8" });
  const modules = stdout.trim().split("\n");
  expect(modules.filter((file) => file.includes("/lib/review/"))).not.toEqual([]);
  expect(modules.filter((file) => /\/(cdktf|constructs|provider-[a-z]+)\//.test(file))).toEqual([]);
});

test.each(["azurerm_kubernetes_cluster", "azurerm_kubernetes_cluster_node_pool"])(
  "each argument of %s is one record per version, under today's name",
  (type) => {
    const [three, four] = ["3.116.0", "4.81.0"].map((constraint) => argumentsOf("resource", type, constraint));
    for (const [old, today] of [
      ["enable_auto_scaling", "auto_scaling_enabled"],
      ["enable_node_public_ip", "node_public_ip_enabled"],
    ]) {
      const prefix = type.endsWith("pool") ? "" : "default_node_pool.";
      expect(three.byWritten.get(prefix + old)).toBe(three.byPath.get(prefix + today));
      expect(four.byWritten.has(prefix + old)).toBe(false);
      expect(four.byWritten.get(prefix + today)).toBe(four.byPath.get(prefix + today));
    }
  },
);
