import { GUID, idFormOf, isIdOf } from "../../validation/azure-ids";
import type { Rule } from "../../validation/rule";
import type { ClusterArguments } from "./cluster-arguments";
import type { NodePoolArguments } from "./node-pool-arguments";
import { AZURERM_CLUSTER, AZURERM_COLLECTION_RULE, AZURERM_DIAGNOSTIC_SETTING, AZURERM_POOL } from "./sources";

/** An argument that names another resource of Azure. */
interface IdArgument {
  /** Names in the bindings, from the outside in. */
  readonly path: readonly string[];
  readonly type: string;
  /** Words that serve in place of an id. */
  readonly words?: readonly string[];
}

const SUBNET = "Microsoft.Network/virtualNetworks/subnets";
const WORKSPACE = "Microsoft.OperationalInsights/workspaces";
const IDENTITY = "Microsoft.ManagedIdentity/userAssignedIdentities";

const POOL_IDS: readonly IdArgument[] = [
  { path: ["vnetSubnetId"], type: SUBNET },
  { path: ["podSubnetId"], type: SUBNET },
  { path: ["proximityPlacementGroupId"], type: "Microsoft.Compute/proximityPlacementGroups" },
  { path: ["hostGroupId"], type: "Microsoft.Compute/hostGroups" },
  { path: ["capacityReservationGroupId"], type: "Microsoft.Compute/capacityReservationGroups" },
  { path: ["snapshotId"], type: "Microsoft.ContainerService/snapshots" },
  { path: ["nodePublicIpPrefixId"], type: "Microsoft.Network/publicIPPrefixes" },
];

const CLUSTER_IDS: readonly IdArgument[] = [
  { path: ["identity", "identityIds"], type: IDENTITY },
  { path: ["kubeletIdentity", "userAssignedIdentityId"], type: IDENTITY },
  { path: ["privateDnsZoneId"], type: "Microsoft.Network/privateDnsZones", words: ["System", "None"] },
  { path: ["diskEncryptionSetId"], type: "Microsoft.Compute/diskEncryptionSets" },
  { path: ["omsAgent", "logAnalyticsWorkspaceId"], type: WORKSPACE },
  { path: ["microsoftDefender", "logAnalyticsWorkspaceId"], type: WORKSPACE },
  { path: ["apiServerAccessProfile", "subnetId"], type: SUBNET },
  { path: ["ingressApplicationGateway", "gatewayId"], type: "Microsoft.Network/applicationGateways" },
  { path: ["ingressApplicationGateway", "subnetId"], type: SUBNET },
];

/** Log Analytics workspace of Container Insights, and Azure Monitor workspace of managed Prometheus. */
const COLLECTION_IDS: readonly IdArgument[] = [
  { path: ["logAnalyticsWorkspaceId"], type: WORKSPACE },
  { path: ["monitorWorkspaceId"], type: "Microsoft.Monitor/accounts" },
];

/** A partner's solution has a type of its own. */
const DIAGNOSTIC_SETTING_IDS: readonly IdArgument[] = [
  { path: ["logAnalyticsWorkspaceId"], type: WORKSPACE },
  { path: ["storageAccountId"], type: "Microsoft.Storage/storageAccounts" },
  { path: ["eventhubAuthorizationRuleId"], type: "Microsoft.EventHub/namespaces/authorizationRules" },
];

const CLUSTER_GUIDS: readonly (readonly string[])[] = [
  ["azureActiveDirectoryRoleBasedAccessControl", "tenantId"],
  ["azureActiveDirectoryRoleBasedAccessControl", "adminGroupObjectIds"],
  ["servicePrincipal", "clientId"],
];

/** Ids of other resources that azurerm refuses in a node pool. */
export const POOL_ID_RULES: readonly Rule<NodePoolArguments>[] = POOL_IDS.map((id) => idRule(id, AZURERM_POOL));

/** Ids of other resources, and of Entra ID, that azurerm refuses in a cluster. */
export const CLUSTER_ID_RULES: readonly Rule<ClusterArguments>[] = [
  ...CLUSTER_IDS.map((id) => idRule<ClusterArguments>(id, AZURERM_CLUSTER)),
  ...CLUSTER_GUIDS.map((path) => guidRule<ClusterArguments>(path)),
];

/** Ids of workspaces that azurerm refuses in a data collection rule. */
export const COLLECTION_ID_RULES: readonly Rule<object>[] = COLLECTION_IDS.map((id) =>
  idRule(id, AZURERM_COLLECTION_RULE),
);

/** Ids of other resources that azurerm refuses in a diagnostic setting. */
export const DIAGNOSTIC_SETTING_ID_RULES: readonly Rule<object>[] = DIAGNOSTIC_SETTING_IDS.map((id) =>
  idRule(id, AZURERM_DIAGNOSTIC_SETTING),
);

function idRule<Input extends object>({ path, type, words = [] }: IdArgument, source: string): Rule<Input> {
  const wrong = (input: Input) => textsAt(input, path).find((text) => !words.includes(text) && !isIdOf(type, text));
  return {
    when: (input) => wrong(input) !== undefined,
    message: (input) => `${path.join(".")} "${wrong(input)}" is not a resource id: write one such as ${idFormOf(type)}`,
    source,
  };
}

function guidRule<Input extends object>(path: readonly string[]): Rule<Input> {
  const wrong = (input: Input) => textsAt(input, path).find((text) => !GUID.test(text));
  return {
    when: (input) => wrong(input) !== undefined,
    message: (input) =>
      `${path.join(".")} "${wrong(input)}" is not an id of Entra ID: write its GUID instead of a name`,
    source: AZURERM_CLUSTER,
  };
}

const NONE: readonly string[] = [];

/** Returns the text, or each text of a list, at a path. */
function textsAt(input: object, path: readonly string[]): readonly string[] {
  let value: unknown = input;
  for (const name of path) value = (value as Record<string, unknown> | undefined)?.[name];
  if (value === undefined) return NONE;
  return [value].flat().filter((text): text is string => typeof text === "string" && text !== "");
}
