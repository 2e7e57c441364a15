import { App } from "cdktf";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AksCluster, AzurermVersion, ClusterStack, PodSandboxing, SandboxStack } from "../lib";
import { CLUSTER_RULES } from "../lib/cluster/rules/cluster-rules";
import { KATA_NODE_POOL_RULES } from "../lib/cluster/rules/kata-node-pool-rules";
import { NODE_POOL_RULES } from "../lib/cluster/rules/node-pool-rules";
import { CLUSTER, clusterIn, KATA_POOL } from "./support/clusters";

const GA = { podSandboxing: PodSandboxing.GA };

describe("stacks are refused", () => {
  test("two azurerm ranges in one stack", () => {
    const stack = new ClusterStack(new App(), "cluster");
    new AksCluster(stack, "old", CLUSTER);
    expect(() => new AksCluster(stack, "new", { ...CLUSTER, ...GA })).toThrow(
      'stack "cluster" is pinned to azurerm ">= 3.105.0, < 4.0.0" and cannot use ">= 4.78.0, < 5.0.0" as well: ' +
        "put the clusters of each azurerm version into a stack of their own [cluster/new]",
    );
  });

  test("an azurerm major that lacks the release", () => {
    expect(() => PodSandboxing.PREVIEW.on(AzurermVersion.V4)).toThrow(
      "azurerm 4 cannot express PodSandboxing.PREVIEW (it has no KataMshvVmIsolation): use azurerm 3",
    );
  });
});

test("nothing is written after a validation error", () => {
  const outdir = join(mkdtempSync(join(tmpdir(), "rules-")), "out");
  const app = new App({ outdir });
  const cluster = clusterIn(app);
  new SandboxStack(app, "sandbox", { cluster });
  cluster.addKataNodePool("kata", { ...KATA_POOL, temporaryNameForRotation: "katatmp" });
  expect(() => app.synth()).toThrow('azurerm 3 has no argument "temporary_name_for_rotation"');
  expect(existsSync(join(outdir, "stacks")) ? readdirSync(join(outdir, "stacks")) : []).toEqual([]);
});

test("every rule has a source", () => {
  const rules = [...CLUSTER_RULES, ...NODE_POOL_RULES, ...KATA_NODE_POOL_RULES];
  expect(rules.filter(({ source }) => !/[a-z]/.test(source))).toEqual([]);
});
