import { AksCluster, ClusterIdentity, ClusterStack } from "../../lib";
import { clusterStack } from "../support/clusters";
import { GA_CLUSTER, stackIn } from "../support/mistakes";
import { synthesiseStack } from "../support/synth";
import { idOf, subnet, ZONE_ID } from "../support/ids";

const REGISTRY = idOf("Microsoft.ContainerRegistry/registries", "registry");

const GROUP = { name: "group", location: "eastus" };

test("an identity has its roles before the cluster is created", () => {
  const { resource } = synthesiseStack("cluster", (app) => {
    const stack = new ClusterStack(app, "cluster");
    const own = new ClusterIdentity(stack, "own", {
      name: "aks",
      resourceGroup: GROUP,
      subnetIds: [subnet("nodes")],
      privateDnsZoneId: ZONE_ID,
    });
    new AksCluster(stack, "aks", { ...GA_CLUSTER, identity: own.identity, dependsOn: own.roles });
  });
  const principal_id = "${azurerm_user_assigned_identity.own.principal_id}";
  expect(Object.values(resource.azurerm_role_assignment)).toEqual([
    expect.objectContaining({ role_definition_name: "Network Contributor", scope: subnet("nodes"), principal_id }),
    expect.objectContaining({ role_definition_name: "Private DNS Zone Contributor", scope: ZONE_ID, principal_id }),
  ]);
  expect(resource.azurerm_kubernetes_cluster.aks).toMatchObject({
    identity: { type: "UserAssigned", identity_ids: ["${azurerm_user_assigned_identity.own.id}"] },
    depends_on: Object.keys(resource.azurerm_role_assignment).map((id) => `azurerm_role_assignment.${id}`),
  });
});

test("an identity without a name is refused", () => {
  expect(() => new ClusterIdentity(stackIn(), "own", { resourceGroup: GROUP } as never)).toThrow(
    "name is missing (got undefined): write a string [cluster/own]",
  );
});

test("nodes may pull from a registry", () => {
  const { resource } = clusterStack({}, (cluster) => cluster.grantAcrPull("registry", REGISTRY));
  expect(resource.azurerm_role_assignment).toEqual({
    aks_registry_23FDAF8B: expect.objectContaining({
      role_definition_name: "AcrPull",
      scope: REGISTRY,
      principal_id: "${azurerm_kubernetes_cluster.aks.kubelet_identity[0].object_id}",
    }),
  });
});
