import { isIP } from "node:net";
import { fromFirstAddress, isCidr } from "../../cidr";
import type { Rule } from "../../validation/rule";
import type { ClusterArguments } from "./cluster-arguments";
import { AZURERM_CLUSTER } from "./sources";

/** Values of `private_dns_zone_id` that are no zone of one's own. */
const ZONES_OF_AKS = ["System", "None"];

const hasOwnZone = ({ privateDnsZoneId: zone }: ClusterArguments) => zone !== undefined && !ZONES_OF_AKS.includes(zone);

/** Names and addresses of API servers that azurerm or AKS refuses. */
export const API_SERVER_RULES: readonly Rule<ClusterArguments>[] = [
  {
    when: ({ dnsPrefix }) =>
      dnsPrefix !== undefined && !/^[A-Za-z0-9]([-A-Za-z0-9]{0,52}[A-Za-z0-9])?$/.test(dnsPrefix),
    message: ({ dnsPrefix }) =>
      `DNS prefix "${dnsPrefix}" is not valid: use 1 to 54 letters, digits and hyphens with a letter or digit at both ends`,
    source: "learn.microsoft.com/rest/api/aks/managed-clusters/create-or-update, dnsPrefix",
  },
  {
    when: ({ dnsPrefix, dnsPrefixPrivateCluster }) => dnsPrefix !== undefined && dnsPrefixPrivateCluster !== undefined,
    message: () => "dnsPrefix and dnsPrefixPrivateCluster exclude each other: keep one",
    source: `${AZURERM_CLUSTER}, ExactlyOneOf`,
    refusedAt: "plan",
  },
  {
    when: (cluster) =>
      cluster.dnsPrefixPrivateCluster !== undefined && (cluster.privateClusterEnabled !== true || !hasOwnZone(cluster)),
    message: ({ dnsPrefixPrivateCluster }) =>
      `dnsPrefixPrivateCluster "${dnsPrefixPrivateCluster}" is for private clusters with a DNS zone of your own: write dnsPrefix, or privateClusterEnabled true and the id of the zone as privateDnsZoneId`,
    source: `${AZURERM_CLUSTER}; azurerm 4.81 destroys such a cluster before it refuses it`,
  },
  {
    when: (cluster) => hasOwnZone(cluster) && cluster.identity?.type === "SystemAssigned",
    message: () =>
      "privateDnsZoneId of your own needs an identity that may write to the zone before the cluster exists: " +
      'write identity: { type: "UserAssigned", identityIds: […] }',
    source: AZURERM_CLUSTER,
  },
  {
    when: ({ apiServerAccessProfile: access }) => noRange(access?.authorizedIpRanges) !== undefined,
    message: ({ apiServerAccessProfile: access }) =>
      `apiServerAccessProfile.authorizedIpRanges has "${noRange(access!.authorizedIpRanges)}", which is not a range of addresses: write one such as 203.0.113.0/24`,
    source: `${AZURERM_CLUSTER}, validate.CIDR`,
  },
  {
    when: ({ apiServerAccessProfile: access }) => startingInside(access?.authorizedIpRanges) !== undefined,
    message: ({ apiServerAccessProfile: access }) => {
      const range = startingInside(access!.authorizedIpRanges)!;
      return `apiServerAccessProfile.authorizedIpRanges has "${range}", which does not begin with its first address: write ${fromFirstAddress(range)}`;
    },
    source: "learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges",
    warns: true,
  },
  {
    when: ({ apiServerAccessProfile: access, privateClusterEnabled }) =>
      privateClusterEnabled === true && (access?.authorizedIpRanges ?? []).length > 0,
    message: () =>
      "apiServerAccessProfile.authorizedIpRanges does not apply to a private API server: remove it, or privateClusterEnabled",
    source: "learn.microsoft.com/azure/aks/private-clusters, limitations",
    warns: true,
  },
  {
    when: ({ apiServerAccessProfile: access }) => (access?.authorizedIpRanges ?? []).some(isEverybody),
    message: ({ apiServerAccessProfile: access }) =>
      `apiServerAccessProfile.authorizedIpRanges has ${access!.authorizedIpRanges!.find(isEverybody)}, which lets everybody reach the API server: write the ranges that need to, or privateClusterEnabled true`,
    source: "learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges",
    warns: true,
  },
];

function noRange(ranges: readonly string[] = []): string | undefined {
  return ranges.find((range) => !isCidr(range) && isIP(range) === 0);
}

function startingInside(ranges: readonly string[] = []): string | undefined {
  return ranges.find((range) => fromFirstAddress(range) !== undefined);
}

function isEverybody(range: string): boolean {
  return /^(0\.0\.0\.0|::)\/0$/.test(range);
}
