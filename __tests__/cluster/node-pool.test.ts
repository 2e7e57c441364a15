import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App } from "cdktf";
import { PodSandboxing } from "../../lib";
import { clusterIn, clusterStack, KATA_POOL, nodePool } from "../support/clusters";

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

test("a Spot pool has no surge", () => {
  const spot = { ...KATA_POOL, priority: "Spot", evictionPolicy: "Delete" };
  expect(nodePool((cluster) => cluster.addKataNodePool("spot", spot), GA)).not.toHaveProperty("upgrade_settings");
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
