import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { App } from "cdktf";
import { AksCluster, ClusterStack, PodSandboxing } from "../../lib";
import { aksCluster, CLUSTER, clusterIn, clusterStack, KATA_POOL } from "../support/clusters";
import { synthesiseStack } from "../support/synth";
import { GUID, identity, ZONE_ID } from "../support/ids";

const ADDRESS = "azurerm_kubernetes_cluster.aks";

test("what is left out has the defaults of the document", () => {
  expect(aksCluster({})).toMatchObject({
    name: "myAKSCluster",
    location: "eastus",
    resource_group_name: "myResourceGroup",
    dns_prefix: "myAKSCluster",
    identity: { type: "SystemAssigned" },
    node_os_channel_upgrade: "NodeImage",
    default_node_pool: {
      name: "default",
      node_count: 2,
      vm_size: "Standard_D2_v2",
      temporary_name_for_rotation: "defaulttmp",
      upgrade_settings: { max_surge: "10%" },
    },
  });
});

test("node images are the channel of node OS upgrades on every major, and another one is taken", () => {
  const ga = { podSandboxing: PodSandboxing.GA };
  expect(aksCluster(ga)).not.toHaveProperty("node_os_upgrade_channel"); // azurerm 4 and 5 have it as their default
  expect(aksCluster({ nodeOsUpgradeChannel: "None" })).toMatchObject({ node_os_channel_upgrade: "None" });
  expect(aksCluster({ ...ga, nodeOsUpgradeChannel: "None" })).toMatchObject({ node_os_upgrade_channel: "None" });
});

test("what is given wins over the defaults", () => {
  expect(
    aksCluster({
      location: "westeurope",
      dnsPrefix: "other",
      identity: { type: "UserAssigned", identityIds: [identity("aks")] },
      defaultNodePool: {
        ...CLUSTER.defaultNodePool,
        temporaryNameForRotation: "tmp",
        upgradeSettings: { maxSurge: "33%" },
      },
      tags: { team: "a" },
    }),
  ).toMatchObject({
    location: "westeurope",
    dns_prefix: "other",
    identity: { type: "UserAssigned", identity_ids: [identity("aks")] },
    default_node_pool: { temporary_name_for_rotation: "tmp", upgrade_settings: { max_surge: "33%" } },
    tags: { team: "a" },
  });
});

test("a service principal takes the place of the identity", () => {
  const servicePrincipal = { clientId: GUID, clientSecret: "${var.secret}" };
  expect(aksCluster({ servicePrincipal })).not.toHaveProperty("identity");
});

test.each([
  ["my_cluster", "my-cluster"],
  ["a".repeat(60), "a".repeat(54)],
  ["a".repeat(53) + "_b", "a".repeat(53)],
])("the DNS prefix of cluster %s is %s", (name, dnsPrefix) => {
  expect(aksCluster({ name }).dns_prefix).toBe(dnsPrefix);
});

test("a private cluster with a DNS prefix of its own gets no public one", () => {
  const cluster = aksCluster({
    privateClusterEnabled: true,
    dnsPrefixPrivateCluster: "inside",
    privateDnsZoneId: ZONE_ID,
    identity: { type: "UserAssigned", identityIds: [identity("aks")] },
  });
  expect(cluster).toMatchObject({ dns_prefix_private_cluster: "inside" });
  expect(cluster).not.toHaveProperty("dns_prefix");
});

test("a resource group in the same app is created first and named in plain text", () => {
  const stack = synthesiseStack("cluster", (app) => {
    const azure = new ClusterStack(app, "cluster");
    const resourceGroup = new ResourceGroup(azure, "group", { name: "myResourceGroup", location: "eastus" });
    new AksCluster(azure, "aks", { ...CLUSTER, resourceGroup });
  });
  expect(stack.resource.azurerm_kubernetes_cluster.aks).toMatchObject({
    resource_group_name: "${azurerm_resource_group.group.name}",
    location: "eastus",
  });
  expect(stack.output.aks_get_credentials.value).toContain("--resource-group myResourceGroup ");
});

describe("outputs", () => {
  test("are the control plane and the line that logs people in", () => {
    expect(clusterStack({}).output).toEqual({
      aks_control_plane_fqdn: { value: `\${${ADDRESS}.fqdn}` },
      aks_get_credentials: {
        value: "az aks get-credentials --resource-group myResourceGroup --name myAKSCluster",
      },
    });
  });

  test("name the private address of a private cluster", () => {
    const { output } = clusterStack({ privateClusterEnabled: true });
    expect(output.aks_control_plane_fqdn.value).toBe(`\${${ADDRESS}.private_fqdn}`);
  });

  test("name the subscription if the stack has one", () => {
    const { output, provider } = synthesiseStack("cluster", (app) => {
      clusterIn(app, {}, { subscriptionId: GUID });
    });
    expect(output.aks_get_credentials.value).toMatch(new RegExp(` --subscription ${GUID}$`));
    expect(provider.azurerm).toEqual([{ features: [{}], subscription_id: GUID }]);
  });

  test("of a second cluster have names of their own", () => {
    const { output } = synthesiseStack("cluster", (app) => {
      const azure = new ClusterStack(app, "cluster");
      new AksCluster(azure, "one", { ...CLUSTER, name: "one" });
      new AksCluster(azure, "two", { ...CLUSTER, name: "two" });
    });
    expect(output.one_get_credentials.value).toMatch(/ --name one$/);
    expect(output.two_get_credentials.value).toMatch(/ --name two$/);
  });
});

describe("two ids that are one in an address", () => {
  const azure = () => new ClusterStack(new App(), "cluster");

  test("are refused for clusters", () => {
    const stack = azure();
    new AksCluster(stack, "a.ks", { ...CLUSTER, name: "one" });
    expect(() => new AksCluster(stack, "aks", { ...CLUSTER, name: "two" })).toThrow(
      'there are already outputs of a cluster "aks": give the cluster another id [cluster/aks]',
    );
  });

  test("are refused for all other resources before anything is written", () => {
    const stack = azure();
    for (const id of ["group", "gro.up"]) new ResourceGroup(stack, id, { name: id, location: "eastus" });
    expect(() => stack.prepareStack()).toThrow(
      '"cluster/group" and "cluster/gro.up" have the same address azurerm_resource_group.group: give one of them another id',
    );
  });
});

test("addresses of a cluster and its pools", () => {
  const { resource } = clusterStack({}, (cluster) => {
    cluster.addNodePool("apps", KATA_POOL);
    cluster.addKataNodePool("kata", KATA_POOL);
  });
  expect(Object.keys(resource.azurerm_kubernetes_cluster)).toEqual(["aks"]);
  expect(Object.keys(resource.azurerm_kubernetes_cluster_node_pool)).toEqual([
    "aks_apps_22F9F771",
    "aks_kata_49693DD2",
  ]);
});

test("the azurerm resource stays within reach", () => {
  const cluster = aksCluster({ podSandboxing: PodSandboxing.GA }, ({ resource }) => {
    resource.skuTier = "Standard";
    resource.addOverride("node_provisioning_profile.mode", "Auto");
  });
  expect(cluster).toMatchObject({ sku_tier: "Standard", node_provisioning_profile: { mode: "Auto" } });
});
