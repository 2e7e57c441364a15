import { idFormOf, isIdOf } from "../../validation/azure-ids";
import type { Rule } from "../../validation/rule";

/** Input of the rules for an identity and its roles. */
interface ClusterIdentityRuleInput {
  readonly name: string;
  readonly subnetIds: readonly string[];
  readonly privateDnsZoneId?: string;
}

const SUBNET = "Microsoft.Network/virtualNetworks/subnets";
const ZONE = "Microsoft.Network/privateDnsZones";

export const CLUSTER_IDENTITY_RULES: readonly Rule<ClusterIdentityRuleInput>[] = [
  {
    when: ({ name }) => !/^[A-Za-z0-9][-\w]{2,127}$/.test(name),
    message: ({ name }) =>
      `identity name "${name}" is not valid: use 3 to 128 letters, digits, hyphens and underscores with a letter or digit first`,
    source:
      "learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules, Microsoft.ManagedIdentity",
  },
  {
    when: ({ subnetIds }) => subnetIds.some((id) => !isIdOf(SUBNET, id)),
    message: ({ subnetIds }) =>
      `subnetIds has "${subnetIds.find((id) => !isIdOf(SUBNET, id))}", which is not the id of a subnet: write one such as ${idFormOf(SUBNET)}`,
    source: "learn.microsoft.com/azure/role-based-access-control/scope-overview",
  },
  {
    when: ({ privateDnsZoneId: id }) => id !== undefined && !isIdOf(ZONE, id),
    message: ({ privateDnsZoneId: id }) =>
      `privateDnsZoneId "${id}" is not the id of a private DNS zone: write one such as ${idFormOf(ZONE)}`,
    source: "learn.microsoft.com/azure/role-based-access-control/scope-overview",
  },
];
