import { AzurermVersion, PodSandboxing } from "../lib";
import { aksCluster, clusterStack, KATA_POOL, nodePool } from "./support/clusters";

test("the document's preview", () => {
  const { resource, terraform } = clusterStack({}, (cluster) => cluster.addKataNodePool("kata", KATA_POOL));
  expect(terraform.required_providers.azurerm).toEqual({
    source: "hashicorp/azurerm",
    version: ">= 3.105.0, < 4.0.0",
  });
  expect(resource.azurerm_kubernetes_cluster.aks.default_node_pool.os_sku).toBe("CBLMariner");
  expect(Object.values(resource.azurerm_kubernetes_cluster_node_pool)).toEqual([
    expect.objectContaining({ os_sku: "CBLMariner", workload_runtime: "KataMshvVmIsolation" }),
  ]);
});

test.each([
  [4, PodSandboxing.GA, ">= 4.78.0, < 5.0.0"],
  [5, PodSandboxing.GA.on(AzurermVersion.V5), ">= 5.0.0, < 6.0.0"],
])("GA is one word away, on azurerm %i", (_, podSandboxing, version) => {
  const { resource, terraform } = clusterStack({ podSandboxing }, (cluster) =>
    cluster.addKataNodePool("kata", KATA_POOL),
  );
  expect(terraform.required_providers.azurerm.version).toBe(version);
  expect(resource.azurerm_kubernetes_cluster.aks.default_node_pool.os_sku).toBe("AzureLinux");
  expect(Object.values(resource.azurerm_kubernetes_cluster_node_pool)).toEqual([
    expect.objectContaining({ os_sku: "AzureLinux", workload_runtime: "KataVmIsolation" }),
  ]);
});

test("only kata node pools have a workload runtime", () => {
  expect(aksCluster({}).default_node_pool).not.toHaveProperty("workload_runtime");
  expect(nodePool((cluster) => cluster.addNodePool("apps", KATA_POOL))).not.toHaveProperty("workload_runtime");
});

test("a release is for an azurerm version", () => {
  expect(() => PodSandboxing.GA.on("5" as never)).toThrow(
    'PodSandboxing.GA.on got the string "5": write AzurermVersion.V4 or AzurermVersion.V5',
  );
  expect(() => PodSandboxing.PREVIEW.on(undefined as never)).toThrow("got undefined: write AzurermVersion.V3");
});

test("azurerm 3 knows no GA", () => {
  expect(() => PodSandboxing.GA.on(AzurermVersion.V3)).toThrow(
    "azurerm 3 cannot express PodSandboxing.GA (it has no KataVmIsolation): use azurerm 4 or 5",
  );
});
