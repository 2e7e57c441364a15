import { App, TerraformVariable } from "cdktf";
import {
  AksCluster,
  ClusterIdentity,
  ClusterStack,
  hardened,
  KataNodePool,
  PodSandboxing,
  SandboxStack,
} from "../../../lib";
import { PLACE_RULES } from "../../../lib/cluster/rules/place-rules";
import { brokenRules } from "../../../lib/validation/rule";
import { GUID, idOf, subnet, workspace, ZONE_ID } from "../../support/ids";
import { clusterOf, kataPoolOf, nodePoolOf, stackIn } from "../../support/mistakes";

/** A mistake, what is said, and the nearest that passes. */
type Mistake = readonly [make: () => unknown, message: string, passes: () => unknown];

const SUBNET = "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…";
const stackOf = (props: object) => new ClusterStack(new App(), "cluster", props);
const groupOf = (name: string) => clusterOf({ resourceGroup: { name, location: "eastus" } });
const identityOf = (props: object) =>
  new ClusterIdentity(stackIn(), "own", {
    name: "identity",
    resourceGroup: { name: "group", location: "eastus" },
    ...props,
  });
const readerOf = (azurermProvider: unknown) =>
  new SandboxStack(new App(), "sandbox", { cluster: clusterOf({}), azurermProvider } as never);
const GROUP_NAME =
  "is not valid: use 1 to 90 letters, digits, hyphens, underscores, parentheses and dots, with no dot at the end";

describe("ids and places", () => {
  test.each<Mistake>([
    [
      () => stackOf({ subscriptionId: "abc" }),
      'subscriptionId "abc" is not the id of a subscription: write the one that az account show --query id prints [cluster]',
      () => stackOf({ subscriptionId: GUID }),
    ],
    [
      () => stackOf({ tenantId: "contoso" }),
      'tenantId "contoso" is not the id of a tenant',
      () => stackOf({ tenantId: "contoso.onmicrosoft.com" }),
    ],
    [
      () => stackOf({ clientId: "app" }),
      'clientId "app" is not the id of an application: write its application (client) id [cluster]',
      () => stackOf({ clientId: "${var.client}" }),
    ],
    [
      () => stackOf({ resourceProviderRegistrations: "some" }),
      'resourceProviderRegistrations "some" is not known to azurerm: write core, extended, all, none or legacy [cluster]',
      () => stackOf({ resourceProviderRegistrations: "none" }),
    ],
    [
      () => nodePoolOf({ vnetSubnetId: "mySubnet" }),
      `vnetSubnetId "mySubnet" is not a resource id: write one such as ${SUBNET} [cluster/aks/apps]`,
      () => nodePoolOf({ vnetSubnetId: subnet("nodes").toLowerCase() }),
    ],
    [
      () => nodePoolOf({ podSubnetId: subnet("pods").replace(/\/subnets.*/, "") }),
      `is not a resource id: write one such as ${SUBNET} [cluster/aks/apps]`,
      () => nodePoolOf({ podSubnetId: "${var.subnet}" }),
    ],
    [
      () => clusterOf({ identity: { type: "UserAssigned", identityIds: ["own"] } }),
      'identity.identityIds "own" is not a resource id: write one such as /subscriptions/…/resourceGroups/…/providers/Microsoft.ManagedIdentity/userAssignedIdentities/… [cluster/aks]',
      () => clusterOf({ identity: { type: "UserAssigned", identityIds: ["${var.identity}"] } }),
    ],
    [
      () => clusterOf({ azureActiveDirectoryRoleBasedAccessControl: { adminGroupObjectIds: ["admins"] } }),
      'azureActiveDirectoryRoleBasedAccessControl.adminGroupObjectIds "admins" is not an id of Entra ID: write its GUID instead of a name [cluster/aks]',
      () => clusterOf({ azureActiveDirectoryRoleBasedAccessControl: { adminGroupObjectIds: [GUID] } }),
    ],
    [
      () => clusterOf({}).grantAcrPull("pull", "registry"),
      'registryId "registry" is not a resource id: write one such as /subscriptions/…/resourceGroups/…/providers/Microsoft.ContainerRegistry/registries/… [cluster/aks]',
      () => clusterOf({}).grantAcrPull("pull", `/subscriptions/${GUID}/resourceGroups/registries`),
    ],
    [
      () => clusterOf({}).grantAcrPull("pull", undefined as never),
      "registryId is missing (got undefined): write a string [cluster/aks]",
      () => clusterOf({}).grantAcrPull("pull", "${var.registry}"),
    ],
    [() => groupOf("group."), `resource group name "group." ${GROUP_NAME} [cluster/aks]`, () => groupOf("Gruppe-ä(1)")],
    [() => groupOf("my group"), `resource group name "my group" ${GROUP_NAME}`, () => groupOf("${var.group}")],
    [() => groupOf("g".repeat(91)), GROUP_NAME, () => groupOf("g".repeat(90))],
    [
      () =>
        AksCluster.fromExisting(stackIn(), "aks", {
          clusterName: "aks",
          resourceGroupName: "a/b",
          podSandboxing: PodSandboxing.GA,
        }),
      `resource group name "a/b" ${GROUP_NAME} [cluster/aks]`,
      () => groupOf("_"),
    ],
    [
      () => clusterOf({ nodeResourceGroup: "MYRESOURCEGROUP" }),
      'nodeResourceGroup "MYRESOURCEGROUP" is the cluster\'s own group, and AKS makes one for the nodes: write another name [cluster/aks]',
      () => clusterOf({ nodeResourceGroup: "myResourceGroup-nodes" }),
    ],
    [() => clusterOf({ location: "" }), "location is empty: write a string, or leave it out [cluster/aks]", () => true],
    [
      () => identityOf({ name: "ab" }),
      'identity name "ab" is not valid: use 3 to 128 letters, digits, hyphens and underscores with a letter or digit first [cluster/own]',
      () => identityOf({ name: "abc" }),
    ],
    [
      () => identityOf({ subnetIds: ["nodes"] }),
      `subnetIds has "nodes", which is not the id of a subnet: write one such as ${SUBNET} [cluster/own]`,
      () => identityOf({ subnetIds: ["${var.subnet}"] }),
    ],
    [
      () => identityOf({ subnetIds: new TerraformVariable(stackIn(), "subnets", {}).listValue }),
      "subnetIds is a list that is known after apply: write a list of ids of subnets [cluster/own]",
      () => identityOf({ subnetIds: [subnet("nodes")] }),
    ],
    [
      () => identityOf({ privateDnsZoneId: "System" }),
      'privateDnsZoneId "System" is not the id of a private DNS zone',
      () => identityOf({ privateDnsZoneId: ZONE_ID }),
    ],
    [
      () => hardened({ logAnalyticsWorkspaceId: workspace("logs"), diskEncryptionSetId: "waived" } as never),
      "adminGroupObjectIds is missing (got undefined): write a list of object ids of groups [hardened]",
      () => true,
    ],
    [
      () => clusterOf({ diskEncryptionSetId: "waive" }),
      'diskEncryptionSetId "waive" is not a resource id',
      () => clusterOf({ diskEncryptionSetId: idOf("Microsoft.Compute/diskEncryptionSets", "keys") }),
    ],
    [
      () => readerOf({ subscriptionId: GUID }),
      "azurermProvider.features is missing: write features: [{}] for azurerm's own [sandbox]",
      () => true,
    ],
    [
      () => readerOf({ features: [{}], subscription: "a" }),
      'prop "subscription" is not known in azurermProvider: did you mean subscriptionId? [sandbox]',
      () => true,
    ],
    [
      () => nodePoolOf({ timeouts: { create: "1 hour" } }),
      'timeouts.create "1 hour" is not a duration: write one such as 90m [cluster/aks/apps]',
      () => nodePoolOf({ timeouts: { create: "1h30m" } }),
    ],
    [
      () => nodePoolOf({ osDiskSizeGb: 4096 }),
      "osDiskSizeGb 4096 is out of range: use a whole number from 30 to 2048 [cluster/aks/apps]",
      () => nodePoolOf({ osDiskSizeGb: 2048 }),
    ],
    [
      () => nodePoolOf({ upgradeSettings: { maxSurge: "ten" } }),
      'upgradeSettings.maxSurge "ten" is no number of nodes: write one such as 1 or 10% [cluster/aks/apps]',
      () => nodePoolOf({ upgradeSettings: { maxSurge: "33%" } }),
    ],
    [
      () => nodePoolOf({ upgradeSettings: { maxUnavailable: "-1" } }),
      'upgradeSettings.maxUnavailable "-1" is no number of nodes',
      () => nodePoolOf({ upgradeSettings: { maxUnavailable: "0" } }),
    ],
    [
      () => clusterOf({ tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`tag${i}`, "a"])) }),
      "tags are 51: write 50 at most [cluster/aks]",
      () => clusterOf({ tags: { "example.com": "a".repeat(256) } }),
    ],
    [
      () => clusterOf({ apiServerAccessProfile: { authorizedIpRanges: ["1.2.3"] } }),
      'apiServerAccessProfile.authorizedIpRanges has "1.2.3", which is not a range of addresses: write one such as 203.0.113.0/24 [cluster/aks]',
      () => clusterOf({ apiServerAccessProfile: { authorizedIpRanges: ["203.0.113.7"] } }),
    ],
    [
      () => clusterOf({ linuxProfile: { adminUsername: "azureuser", sshKey: { keyData: "~/.ssh/id_rsa.pub" } } }),
      'linuxProfile.sshKey.keyData "~/.ssh/id_rsa.pub" is a path: write what is in the file [cluster/aks]',
      () => clusterOf({ linuxProfile: { adminUsername: "azureuser", sshKey: { keyData: "ssh-rsa AAAA" } } }),
    ],
    [
      () => kataPoolOf({ cluster: undefined, enableAutoScaling: true }),
      'prop "enableAutoScaling" is not known: did you mean autoScalingEnabled?',
      () => kataPoolOf({}),
    ],
  ])("%#", (make, message, passes) => {
    expect(make).toThrow(message);
    expect(passes).not.toThrow();
  });
});

test.each([
  ["eastuss", "did you mean eastus?"],
  ["West_Europe", "did you mean westeurope?"],
  ["the moon", "write a name that az account list-locations prints"],
])("the region %s is warned of", (location, remedy) => {
  expect(brokenRules(PLACE_RULES, { location }, () => false)).toEqual([
    { warns: true, message: `location "${location}" is not a known region: ${remedy}` },
  ]);
});

test("a region may be written as people read it", () => {
  expect(brokenRules(PLACE_RULES, { location: "West US 2" }, () => false)).toEqual([]);
});

test("a node pool and its cluster are in one app", () => {
  const cluster = clusterOf({});
  const props = { cluster, vmSize: "Standard_D4s_v5", nodeCount: 1 };
  expect(() => new KataNodePool(stackIn(), "kata", props)).toThrow(
    'the cluster "cluster/aks" is in another App: declare both in one App, or use AksCluster.fromExisting',
  );
});
