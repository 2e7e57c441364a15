import { PodSandboxing } from "../../lib";
import { clusterStack, KATA_POOL } from "../support/clusters";

const GA = { podSandboxing: PodSandboxing.GA };

test("a pool is replaced when its runtime changes", () => {
  const { resource } = clusterStack(GA, (cluster) => cluster.addKataNodePool("kata", KATA_POOL));
  const [[id, data]] = Object.entries(resource.terraform_data);
  expect(data).toMatchObject({ triggers_replace: { os_sku: "AzureLinux", workload_runtime: "KataVmIsolation" } });
  expect(Object.values(resource.azurerm_kubernetes_cluster_node_pool)).toEqual([
    expect.objectContaining({ lifecycle: { replace_triggered_by: [`terraform_data.${id}`] } }),
  ]);
});

test("a pool that gains or loses kata keeps its addresses", () => {
  const kata = clusterStack(GA, (cluster) => cluster.addKataNodePool("pool", KATA_POOL)).resource;
  const plain = clusterStack(GA, (cluster) => cluster.addNodePool("pool", KATA_POOL)).resource;
  for (const type of ["terraform_data", "azurerm_kubernetes_cluster_node_pool"]) {
    expect(Object.keys(plain[type])).toEqual(Object.keys(kata[type]));
  }
  expect(Object.values(plain.terraform_data)).toEqual([
    expect.objectContaining({ triggers_replace: { os_sku: "AzureLinux", workload_runtime: "OCIContainer" } }),
  ]);
});

test("what is changed through the azurerm resource counts", () => {
  const { resource } = clusterStack(GA, (cluster) => {
    cluster.addNodePool("pool", KATA_POOL).resource.osSku = "Ubuntu";
  });
  expect(Object.values(resource.terraform_data)).toEqual([
    expect.objectContaining({ triggers_replace: { os_sku: "Ubuntu", workload_runtime: "OCIContainer" } }),
  ]);
});

test("a pool keeps what else is to replace it", () => {
  const lifecycle = { replaceTriggeredBy: ["null_resource.x"], createBeforeDestroy: true };
  const { resource } = clusterStack(GA, (cluster) => cluster.addKataNodePool("kata", { ...KATA_POOL, lifecycle }));
  expect(Object.values(resource.azurerm_kubernetes_cluster_node_pool)).toEqual([
    expect.objectContaining({
      lifecycle: {
        create_before_destroy: true,
        replace_triggered_by: ["null_resource.x", expect.stringContaining("terraform_data.aks_kata_runtime_")],
      },
    }),
  ]);
});
