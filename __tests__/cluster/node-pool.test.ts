import type { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App } from "cdktf";
import { NodePoolOptions, PodSandboxing } from "../../lib";
import { clusterIn, clusterStack, KATA_POOL, nodePool } from "../support/clusters";
import { subnet } from "../support/ids";

const GA = { podSandboxing: PodSandboxing.GA };

test("a pool is called like its construct unless it has a name", () => {
  expect(nodePool((cluster) => cluster.addNodePool("apps", KATA_POOL))).toMatchObject({ name: "apps" });
  expect(nodePool((cluster) => cluster.addNodePool("apps", { ...KATA_POOL, name: "other" }))).toMatchObject({
    name: "other",
  });
});

test.each([
  ["kata", "katatmp"],
  ["kata56789", "kata56789tmp"],
  ["kata567890", "kata509batmp"],
  ["kata567891", "kata5c4cctmp"],
])("pool %s rotates through %s", (id, temporary) => {
  expect(nodePool((cluster) => cluster.addKataNodePool(id, KATA_POOL), GA)).toMatchObject({
    temporary_name_for_rotation: temporary,
  });
});

test("a Windows pool has neither OS SKU nor a temporary name of its own", () => {
  const pool = nodePool((cluster) => cluster.addNodePool("win", { ...KATA_POOL, osType: "Windows" }), GA);
  expect(pool).toMatchObject({ os_type: "Windows" });
  expect(pool).not.toHaveProperty("os_sku");
  expect(pool).not.toHaveProperty("temporary_name_for_rotation");
});

test("a dedicated pool is tainted beside the taints that it is given", () => {
  const options = { ...KATA_POOL, nodeTaints: ["team=a:NoExecute"] };
  expect(nodePool((cluster) => cluster.addKataNodePool("kata", { ...options, dedicated: true }))).toMatchObject({
    node_taints: ["team=a:NoExecute", "dedicated=pod-sandboxing:NoSchedule"],
  });
  expect(nodePool((cluster) => cluster.addKataNodePool("kata", options))).toMatchObject({
    node_taints: ["team=a:NoExecute"],
  });
});

test("a pool uses the provider of its cluster", () => {
  const { resource } = clusterStack({}, (cluster) => {
    cluster.resource.provider = new AzurermProvider(cluster, "west", { alias: "west", features: [{}] });
    cluster.addKataNodePool("kata", KATA_POOL);
  });
  expect(Object.values(resource.azurerm_kubernetes_cluster_node_pool)).toEqual([
    expect.objectContaining({ provider: "azurerm.west" }),
  ]);
});

test("a cluster knows its kata pools", () => {
  const cluster = clusterIn(new App());
  cluster.addNodePool("apps", KATA_POOL);
  const kata = cluster.addKataNodePool("kata", KATA_POOL);
  expect(cluster.kataNodePools).toEqual([kata]);
});

test.each([undefined, null])("a prop that is %s has its default", (osSku) => {
  const options = { ...KATA_POOL, osSku, upgradeSettings: osSku } as never;
  expect(nodePool((cluster) => cluster.addNodePool("apps", options), GA)).toMatchObject({
    os_sku: "AzureLinux",
    upgrade_settings: { max_surge: "10%" },
  });
});

test("a pool is in the subnets of the default node pool unless it names others", () => {
  const defaultNodePool = {
    name: "default",
    vmSize: "Standard_D2s_v5",
    vnetSubnetId: subnet("nodes"),
    podSubnetId: subnet("pods"),
  };
  const props = { ...GA, defaultNodePool };
  expect(nodePool((cluster) => cluster.addKataNodePool("kata", KATA_POOL), props)).toMatchObject({
    vnet_subnet_id: subnet("nodes"),
    pod_subnet_id: subnet("pods"),
  });
  const options = { ...KATA_POOL, vnetSubnetId: subnet("other") };
  expect(nodePool((cluster) => cluster.addNodePool("apps", options), props)).toMatchObject({
    vnet_subnet_id: subnet("other"),
  });
});

test.each<[string, Partial<NodePoolOptions>, string | undefined]>([
  ["Ubuntu", { osSku: "Ubuntu" }, "Ubuntu"],
  ["another Azure Linux", { osSku: "AzureLinux3" }, "AzureLinux3"],
  ["Windows", { osType: "Windows", osSku: "Windows2022" }, "Windows2022"],
])("a plain pool may be of %s", (_, options, osSku) => {
  const pool = nodePool((cluster) => cluster.addNodePool("apps", { ...KATA_POOL, ...options }), GA);
  expect(pool).toMatchObject({ os_sku: osSku });
  expect(pool).not.toHaveProperty("workload_runtime");
});

test.each<[string, (resource: KubernetesClusterNodePool) => void, string]>([
  ["another", (resource) => (resource.workloadRuntime = "OCIContainer"), '"OCIContainer"'],
  ["none", (resource) => resource.resetWorkloadRuntime(), "null"],
  ["an override", (resource) => resource.addOverride("workload_runtime", "WasmWasi"), '"WasmWasi"'],
])("a kata pool whose runtime becomes %s is refused", (_, change, runtime) => {
  expect(() => nodePool((cluster) => change(cluster.addKataNodePool("kata", KATA_POOL).resource), GA)).toThrow(
    `workload_runtime of a kata node pool is overridden with ${runtime}, so that its pods would share the kernel of their node: ` +
      "remove the override, or use addNodePool [cluster/aks/kata]",
  );
});
