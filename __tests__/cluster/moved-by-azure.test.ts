import { AksClusterProps, NodePoolOptions, PodSandboxing } from "../../lib";
import { aksCluster, CLUSTER, KATA_POOL, nodePool } from "../support/clusters";

const GA = { podSandboxing: PodSandboxing.GA };
const AUTOSCALED = { autoScalingEnabled: true, minCount: 1, maxCount: 3 };
const { nodeCount, ...UNCOUNTED } = CLUSTER.defaultNodePool;

test.each<[string, Partial<AksClusterProps>, string[] | undefined]>([
  ["a fixed pool", {}, undefined],
  ["an autoscaled pool without a count", { defaultNodePool: { ...UNCOUNTED, ...AUTOSCALED } }, undefined],
  [
    "an autoscaled pool with a first count",
    { defaultNodePool: { ...UNCOUNTED, nodeCount, ...AUTOSCALED } },
    ["default_node_pool[0].node_count"],
  ],
  ["a minor version under patches", { kubernetesVersion: "1.36", automaticUpgradeChannel: "patch" }, undefined],
  ["new node images", { kubernetesVersion: "1.36.1", automaticUpgradeChannel: "node-image" }, undefined],
  [
    "a precise version under patches",
    { kubernetesVersion: "1.36.1", automaticUpgradeChannel: "patch" },
    ["kubernetes_version"],
  ],
  [
    "versions under a channel that takes new ones",
    {
      kubernetesVersion: "1.36",
      automaticUpgradeChannel: "stable",
      defaultNodePool: { ...CLUSTER.defaultNodePool, orchestratorVersion: "1.36" },
    },
    ["kubernetes_version", "default_node_pool[0].orchestrator_version"],
  ],
  [
    "what is ignored anyway",
    {
      kubernetesVersion: "1.36",
      automaticUpgradeChannel: "rapid",
      lifecycle: { ignoreChanges: ["tags", "kubernetes_version"] },
    },
    ["tags", "kubernetes_version"],
  ],
])("cluster: %s", (_, props, ignored) => {
  expect(aksCluster({ ...GA, ...props }).lifecycle?.ignore_changes).toEqual(ignored);
});

test("cluster: all stays all", () => {
  const props = { defaultNodePool: { ...CLUSTER.defaultNodePool, ...AUTOSCALED }, lifecycle: { ignoreChanges: "all" } };
  expect(aksCluster({ ...GA, ...props } as Partial<AksClusterProps>).lifecycle.ignore_changes).toBe("all");
});

test.each<[string, Partial<NodePoolOptions>, Partial<AksClusterProps>, string[] | undefined]>([
  ["a fixed one", {}, {}, undefined],
  ["an autoscaled one with a first count", AUTOSCALED, {}, ["node_count"]],
  [
    "a version under a channel",
    { orchestratorVersion: "1.36" },
    { automaticUpgradeChannel: "rapid" },
    ["orchestrator_version"],
  ],
  ["a version without a channel", { orchestratorVersion: "1.36" }, {}, undefined],
])("node pool: %s", (_, options, props, ignored) => {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const pool: any = nodePool((cluster) => cluster.addNodePool("apps", { ...KATA_POOL, ...options }), {
    ...GA,
    ...props,
  });
  expect(pool.lifecycle.ignore_changes).toEqual(ignored);
});
