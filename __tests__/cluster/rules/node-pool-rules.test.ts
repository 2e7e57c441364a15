import { App } from "cdktf";
import { DefaultNodePoolOptions, KataNodePoolOptions, NodePoolOptions } from "../../../lib";
import { CLUSTER, clusterIn, KATA_POOL } from "../../support/clusters";

type Refused<Props> = [mistake: string, props: Props, message: string];

describe("a default node pool is refused", () => {
  test.each<Refused<Partial<DefaultNodePoolOptions>>>([
    [
      "name with a capital",
      { name: "Default" },
      'node pool name "Default" is not valid: use 1 to 12 lowercase letters and digits with a letter first [cluster/aks]',
    ],
    ["no nodes", { nodeCount: 0 }, "nodeCount 0 is out of range: use a whole number from 1 to 1000 [cluster/aks]"],
    [
      "temporary name like its own",
      { temporaryNameForRotation: "default" },
      'temporaryNameForRotation "default" is already in use in this cluster: choose another one [cluster/aks]',
    ],
  ])("%s", (_, pool, message) => {
    const defaultNodePool = { ...CLUSTER.defaultNodePool, ...pool };
    expect(() => clusterIn(new App(), { defaultNodePool })).toThrow(message);
  });
});

describe("a node pool is refused", () => {
  test.each<Refused<Partial<NodePoolOptions>>>([
    [
      "name that starts with a digit",
      { name: "1pool" },
      'node pool name "1pool" is not valid: use 1 to 12 lowercase letters and digits with a letter first [cluster/aks/apps]',
    ],
    ["name of 13 characters", { name: "abcdefghijklm" }, 'node pool name "abcdefghijklm" is not valid'],
    ["name with a hyphen", { name: "my-pool" }, 'node pool name "my-pool" is not valid'],
    [
      "name of the default pool",
      { name: "default" },
      'node pool name "default" is already in use in this cluster: choose another one [cluster/aks/apps]',
    ],
    [
      "name that another pool rotates through",
      { name: "defaulttmp" },
      'node pool name "defaulttmp" is already in use in this cluster',
    ],
    [
      "malformed temporary name",
      { temporaryNameForRotation: "Tmp" },
      'temporaryNameForRotation "Tmp" is not valid: use 1 to 12 lowercase letters and digits with a letter first [cluster/aks/apps]',
    ],
    [
      "temporary name in use",
      { temporaryNameForRotation: "default" },
      'temporaryNameForRotation "default" is already in use in this cluster',
    ],
    [
      "negative count",
      { nodeCount: -1 },
      "nodeCount -1 is out of range: use a whole number from 0 to 1000 [cluster/aks/apps]",
    ],
    ["half a node", { nodeCount: 1.5 }, "nodeCount 1.5 is out of range"],
    ["too many nodes", { nodeCount: 1001 }, "nodeCount 1001 is out of range"],
    [
      "system pool without nodes",
      { mode: "System", nodeCount: 0 },
      "nodeCount 0 is out of range: use a whole number from 1 to 1000",
    ],
    [
      "negative minimum",
      { autoScalingEnabled: true, minCount: -1, maxCount: 3 },
      "minCount -1 is out of range: use a whole number from 0 to 1000",
    ],
    [
      "maximum of none",
      { autoScalingEnabled: true, minCount: 0, maxCount: 0 },
      "maxCount 0 is out of range: use a whole number from 1 to 1000",
    ],
    [
      "minimum above maximum",
      { autoScalingEnabled: true, minCount: 4, maxCount: 3 },
      "minCount 4 is more than maxCount 3: lower minCount [cluster/aks/apps]",
    ],
    [
      "count below minimum",
      { autoScalingEnabled: true, nodeCount: 1, minCount: 2, maxCount: 3 },
      "nodeCount 1 is less than minCount 2: raise nodeCount [cluster/aks/apps]",
    ],
    [
      "count above maximum",
      { autoScalingEnabled: true, nodeCount: 4, minCount: 2, maxCount: 3 },
      "nodeCount 4 is more than maxCount 3: lower nodeCount [cluster/aks/apps]",
    ],
    [
      "autoscaling without bounds",
      { autoScalingEnabled: true, minCount: 1 },
      "an autoscaled pool needs minCount and maxCount (got 1 and none): give both [cluster/aks/apps]",
    ],
    [
      "bounds without autoscaling",
      { maxCount: 3 },
      "minCount and maxCount (got none and 3) are for autoscaled pools: add autoScalingEnabled true or leave them out [cluster/aks/apps]",
    ],
    [
      "label of AKS's",
      { nodeLabels: { team: "a", "kubernetes.azure.com/x": "1" } },
      'node label "kubernetes.azure.com/x" is under kubernetes.azure.com/, which AKS keeps for itself: use another prefix [cluster/aks/apps]',
    ],
    [
      "taint without effect",
      { nodeTaints: ["a=b:NoSchedule", "dedicated=kata"] },
      'node taint "dedicated=kata" is not valid: write key=value:effect with effect NoSchedule, PreferNoSchedule or NoExecute [cluster/aks/apps]',
    ],
    ["taint with an unknown effect", { nodeTaints: ["a=b:Never"] }, 'node taint "a=b:Never" is not valid'],
    ["taint without key", { nodeTaints: ["=b:NoSchedule"] }, 'node taint "=b:NoSchedule" is not valid'],
    [
      "old Kubernetes",
      { orchestratorVersion: "1.20.1" },
      'orchestratorVersion "1.20.1" is too old for PodSandboxing.PREVIEW: use 1.24 or later [cluster/aks/apps]',
    ],
  ])("%s", (_, pool, message) => {
    const cluster = clusterIn(new App());
    expect(() => cluster.addNodePool("apps", { vmSize: "Standard_D2s_v5", ...pool })).toThrow(message);
  });
});

describe("a kata node pool is refused", () => {
  test.each<Refused<Partial<KataNodePoolOptions> & { fipsEnabled?: boolean }>>([
    [
      "size that cannot nest",
      { vmSize: "Standard_D2_v2" },
      'VM size "Standard_D2_v2" cannot run kata pods (D sizes before v3 have no nested virtualization): use one such as Standard_D4s_v3 [cluster/aks/kata]',
    ],
    [
      "FIPS",
      { fipsEnabled: true },
      "fipsEnabled true does not go with kata pods, for which AKS has no FIPS image: leave it out [cluster/aks/kata]",
    ],
    ["what any pool is refused for", { name: "Kata" }, 'node pool name "Kata" is not valid'],
  ])("%s", (_, pool, message) => {
    const cluster = clusterIn(new App());
    expect(() => cluster.addKataNodePool("kata", { ...KATA_POOL, ...pool })).toThrow(message);
  });
});
