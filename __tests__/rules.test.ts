import { App, Fn, TerraformVariable, Token } from "cdktf";
import { StackManifest } from "cdktf/lib/manifest";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AksCluster,
  AksClusterProps,
  AzurermVersion,
  ClusterAccess,
  ClusterStack,
  DefaultNodePoolOptions,
  KataNodePoolOptions,
  NodePoolOptions,
  PodSandboxing,
  SandboxStack,
} from "../lib";
import { CLUSTER_RULES } from "../lib/cluster/rules/cluster-rules";
import { KATA_NODE_POOL_RULES } from "../lib/cluster/rules/kata-node-pool-rules";
import { NODE_POOL_RULES } from "../lib/cluster/rules/node-pool-rules";
import { CLUSTER, clusterIn, KATA_POOL } from "./support/clusters";
import { synthesise } from "./support/synth";

const GA = { podSandboxing: PodSandboxing.GA };
const ENTRA = { azureActiveDirectoryRoleBasedAccessControl: { azureRbacEnabled: true } };

type Refused<Props> = [mistake: string, props: Props, message: string];

describe("a cluster is refused", () => {
  test.each<Refused<Partial<AksClusterProps>>>([
    [
      "name with a dot",
      { name: "my.cluster" },
      'cluster name "my.cluster" is not valid: use 1 to 63 letters, digits, underscores and hyphens with a letter or digit at both ends [cluster/aks]',
    ],
    ["name of 64 characters", { name: "a".repeat(64) }, `cluster name "${"a".repeat(64)}" is not valid`],
    ["name that ends with a hyphen", { name: "aks-" }, 'cluster name "aks-" is not valid'],
    ["empty name", { name: "" }, "name is empty: write a string [cluster/aks]"],
    [
      "DNS prefix with an underscore",
      { dnsPrefix: "my_aks" },
      'DNS prefix "my_aks" is not valid: use 1 to 54 letters, digits and hyphens with a letter or digit at both ends [cluster/aks]',
    ],
    ["DNS prefix of 55 characters", { dnsPrefix: "a".repeat(55) }, `DNS prefix "${"a".repeat(55)}" is not valid`],
    ["DNS prefix that starts with a hyphen", { dnsPrefix: "-aks" }, 'DNS prefix "-aks" is not valid'],
    [
      "old Kubernetes on PREVIEW",
      { kubernetesVersion: "1.23.9" },
      'Kubernetes version "1.23.9" is too old for PodSandboxing.PREVIEW: use 1.24 or later [cluster/aks]',
    ],
    [
      "old Kubernetes on GA",
      { ...GA, kubernetesVersion: "1.26" },
      'Kubernetes version "1.26" is too old for PodSandboxing.GA: use 1.27 or later [cluster/aks]',
    ],
    [
      "Kubernetes that is no version",
      { kubernetesVersion: "latest" },
      'Kubernetes version "latest" is not a version: write one such as 1.34 or 1.34.2 [cluster/aks]',
    ],
    [
      "local accounts that are disabled",
      { localAccountDisabled: true },
      "local accounts cannot log in to a cluster with localAccountDisabled true: use ClusterAccess.kubelogin() [cluster/aks]",
    ],
    [
      "local accounts with Entra ID",
      { ...ENTRA, access: ClusterAccess.LOCAL_ACCOUNTS },
      "local accounts cannot log in to a cluster with azureActiveDirectoryRoleBasedAccessControl (its kubeconfig has no client certificate): use ClusterAccess.kubelogin() [cluster/aks]",
    ],
    [
      "kubelogin without Entra ID",
      { access: ClusterAccess.kubelogin() },
      "kubelogin cannot log in to a cluster without Entra ID: add azureActiveDirectoryRoleBasedAccessControl or use ClusterAccess.LOCAL_ACCOUNTS [cluster/aks]",
    ],
  ])("%s", (_, props, message) => {
    expect(() => clusterIn(new App(), props)).toThrow(message);
  });
});

describe("a default node pool is refused", () => {
  test.each<Refused<Partial<DefaultNodePoolOptions>>>([
    [
      "name with a capital",
      { name: "Default" },
      'node pool name "Default" is not valid: use 1 to 12 lowercase letters and digits with a letter first [cluster/aks]',
    ],
    ["no nodes", { nodeCount: 0 }, "nodeCount 0 is out of range: use a whole number from 1 to 1000 [cluster/aks]"],
    [
      "node count that autoscaling owns",
      { autoScalingEnabled: true, minCount: 1, maxCount: 3 },
      'nodeCount 2 cannot be changed once the default node pool is autoscaled: leave it out or add lifecycle: { ignoreChanges: ["default_node_pool[0].node_count"] } [cluster/aks]',
    ],
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

test("nothing is written when a mistake is found", () => {
  const outdir = join(mkdtempSync(join(tmpdir(), "rules-")), "out");
  const app = new App({ outdir });
  const cluster = clusterIn(app);
  new SandboxStack(app, "sandbox", { cluster });
  cluster.addKataNodePool("kata", { ...KATA_POOL, temporaryNameForRotation: "katatmp" });
  expect(() => app.synth()).toThrow('azurerm 3 has no argument "temporary_name_for_rotation"');
  expect(existsSync(join(outdir, "stacks")) ? readdirSync(join(outdir, "stacks")) : []).toEqual([]);
});

test("unresolved tokens pass", () => {
  const output = synthesise((app) => {
    const stack = new ClusterStack(app, "cluster");
    const variable = (name: string) => new TerraformVariable(stack, name, {});
    const text = variable("text").stringValue;
    const number = variable("number").numberValue;
    const cluster = new AksCluster(stack, "aks", {
      podSandboxing: PodSandboxing.PREVIEW,
      name: text,
      resourceGroup: { name: text, location: text },
      kubernetesVersion: text,
      defaultNodePool: {
        name: text,
        vmSize: text,
        nodeCount: number,
        autoScalingEnabled: variable("scaled").booleanValue,
        minCount: number,
        maxCount: number,
        nodeLabels: Token.asStringMap(Fn.tomap(variable("labels").value)),
        orchestratorVersion: text,
      },
    });
    cluster.addKataNodePool("kata", {
      name: "${var.text}x",
      vmSize: text,
      nodeCount: number,
      nodeTaints: variable("taints").listValue,
      dedicated: true,
    });
    cluster.addNodePool("apps", { vmSize: text, nodeTaints: [text, "a=b:NoExecute"] });
  });
  const { resource } = JSON.parse(output.cluster);
  const pools = resource.azurerm_kubernetes_cluster_node_pool;
  expect(resource.azurerm_kubernetes_cluster.aks.dns_prefix).toBe("${var.text}");
  expect(resource.azurerm_kubernetes_cluster.aks.default_node_pool).not.toHaveProperty("temporary_name_for_rotation");
  expect(Object.values(pools)).toContainEqual(
    expect.objectContaining({ node_taints: '${concat(var.taints, ["dedicated=pod-sandboxing:NoSchedule"])}' }),
  );
  expect(Object.values(pools)).toContainEqual(
    expect.objectContaining({ node_taints: ["${var.text}", "a=b:NoExecute"] }),
  );
});

describe("warnings", () => {
  test.each<[string, (app: App) => void, string, string]>([
    [
      "PREVIEW itself",
      (app) => clusterIn(app),
      "cluster/aks",
      "AKS no longer creates node pools of the Pod Sandboxing preview (their images were removed on 2026-03-31): write podSandboxing: PodSandboxing.GA for today's AKS",
    ],
    [
      "Kubernetes without images",
      (app) => clusterIn(app, { ...GA, kubernetesVersion: "1.31" }),
      "cluster/aks",
      'Kubernetes version "1.31" has only node images that Azure removed on 2026-03-31: use 1.32 or later',
    ],
    [
      "undecided VM size",
      (app) => clusterIn(app, GA).addKataNodePool("kata", { vmSize: "Standard_F8s_v2" }),
      "cluster/aks/kata",
      'VM size "Standard_F8s_v2" may not run kata pods (only AKS knows whether this size supports nested virtualization): if AKS refuses it, use one such as Standard_D4s_v3',
    ],
  ])("%s", (_, build, constructPath, message) => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), "rules-")) });
    build(app);
    app.synth();
    expect(annotationsOf(app)).toEqual([{ constructPath, level: "@cdktf/warn", message, stacktrace: undefined }]);
  });

  test("none for GA on a supported version", () => {
    const cluster = clusterIn(new App(), { ...GA, kubernetesVersion: "1.34" });
    const pool = cluster.addKataNodePool("kata", KATA_POOL);
    expect([...cluster.node.metadata, ...pool.node.metadata]).toEqual([]);
  });
});

test("every rule has a source", () => {
  const rules = [...CLUSTER_RULES, ...NODE_POOL_RULES, ...KATA_NODE_POOL_RULES];
  expect(rules.filter(({ source }) => !/[a-z]/.test(source))).toEqual([]);
});

function annotationsOf(app: App): unknown[] {
  const stacks = app.manifest.stacks as unknown as { readonly [stack: string]: StackManifest };
  return Object.values(stacks).flatMap((stack) => stack.annotations);
}
