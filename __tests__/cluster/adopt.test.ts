import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App } from "cdktf";
import { AksCluster, AksClusterProps, ClusterStack, PodSandboxing } from "../../lib";
import { KATA_POOL } from "../support/clusters";
import { GUID } from "../support/ids";
import { GA_CLUSTER, Unchecked } from "../support/mistakes";
import { synthesise, synthesiseStack } from "../support/synth";

const ID = `/subscriptions/${GUID}/resourceGroups/myResourceGroup/providers/Microsoft.ContainerService/managedClusters/myAKSCluster`;

const build = (props: Unchecked<AksClusterProps>, subscriptionId?: string) => (app: App) => {
  const stack = new ClusterStack(app, "cluster", { subscriptionId });
  const cluster = new AksCluster(stack, "aks", { ...GA_CLUSTER, ...props } as never);
  cluster.addKataNodePool("kata", { ...KATA_POOL, adopt: typeof props.adopt === "boolean" ? props.adopt : false });
};

test("a cluster and its pools are imported by their names", () => {
  expect(synthesiseStack("cluster", build({ adopt: true }, GUID)).import).toEqual([
    { to: "azurerm_kubernetes_cluster.aks", id: ID },
    { to: "azurerm_kubernetes_cluster_node_pool.aks_kata_49693DD2", id: `${ID}/agentPools/kata` },
  ]);
});

test("a cluster is imported by its id", () => {
  expect(synthesiseStack("cluster", build({ adopt: ID })).import).toEqual([
    { to: "azurerm_kubernetes_cluster.aks", id: ID },
  ]);
});

test("an id in the case that az prints is written as azurerm wants it", () => {
  const printed = ID.replace("resourceGroups", "resourcegroups");
  expect(synthesiseStack("cluster", build({ adopt: printed })).import).toEqual([
    { to: "azurerm_kubernetes_cluster.aks", id: ID },
  ]);
});

test("a pool of a cluster that exists is imported", () => {
  const { import: imports } = synthesiseStack("cluster", (app) => {
    const stack = new ClusterStack(app, "cluster", { subscriptionId: GUID });
    const podSandboxing = PodSandboxing.GA;
    const names = { clusterName: "myAKSCluster", resourceGroupName: "myResourceGroup" };
    AksCluster.fromExisting(stack, "aks", { ...names, podSandboxing }).addNodePool("apps", {
      ...KATA_POOL,
      adopt: true,
    });
  });
  expect(imports).toEqual([expect.objectContaining({ id: `${ID}/agentPools/apps` })]);
});

test("the cluster's own provider imports it", () => {
  const { import: imports } = synthesiseStack("cluster", (app) => {
    const stack = new ClusterStack(app, "cluster");
    const provider = new AzurermProvider(stack, "west", { alias: "west", subscriptionId: GUID, features: [{}] });
    new AksCluster(stack, "aks", { ...GA_CLUSTER, provider, adopt: true });
  });
  expect(imports).toEqual([{ to: "azurerm_kubernetes_cluster.aks", id: ID, provider: "azurerm.west" }]);
});

test("an import block in HCL has a reference", () => {
  const { cluster } = synthesise(build({ adopt: true }, GUID), "hcl");
  expect(cluster).toMatch(/^import \{\n {2}to = azurerm_kubernetes_cluster\.aks\n {2}id = "\/subscriptions/m);
});

test.each([false, undefined])("nothing is imported with %s", (adopt) => {
  expect(synthesiseStack("cluster", build({ adopt }, GUID))).not.toHaveProperty("import");
});

test.each<[unknown, string | undefined, string]>([
  [
    true,
    undefined,
    "adopt true needs the subscription: write subscriptionId of the ClusterStack, or the resource id in place of true [cluster/aks]",
  ],
  [true, "${var.s}", "adopt needs an id that is known before apply: write the resource id in plain text [cluster/aks]"],
  [
    "myAKSCluster",
    GUID,
    `adopt "myAKSCluster" is not a resource id: write one such as ${ID.replace(GUID, "…")}, or true [cluster/aks]`,
  ],
  [1, GUID, "adopt is the number 1: write true or the resource id [cluster/aks]"],
  [
    ID.replace("myAKSCluster", "other"),
    undefined,
    `adopt "${ID.replace("myAKSCluster", "other")}" is the id of something else than the names say, which Terraform would take over and replace: write ${ID}, or other names [cluster/aks]`,
  ],
  [`${ID}/agentPools/kata`, undefined, "is the id of something else than the names say"],
])("adopt %j with subscription %s is refused", (adopt, subscriptionId, message) => {
  expect(() => build({ adopt }, subscriptionId)(new App())).toThrow(message);
});
