import { cidrContains, cidrsOverlap, fromFirstAddress, isCidr } from "../../cidr";
import type { Rule } from "../../validation/rule";
import type { ClusterArguments } from "./cluster-arguments";
import { AZURERM_CLUSTER, AZURERM_CLUSTER_DOCS } from "./sources";

type Profile = NonNullable<ClusterArguments["networkProfile"]>;

const AKS_ADDRESSES = "learn.microsoft.com/azure/aks/concepts-network-ip-address-planning";
const AKS_FIRST_ADDRESS = "learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges, CIDR ranges";
const AKS_CILIUM = "learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium";

/** A rule for what a cluster's network profile says. */
function profileRule(
  when: (profile: Profile, cluster: ClusterArguments) => boolean,
  message: (profile: Profile) => string,
  source: string,
  more: Pick<Rule<ClusterArguments>, "warns" | "refusedAt"> = {},
): Rule<ClusterArguments> {
  return {
    when: (cluster) => cluster.networkProfile !== undefined && when(cluster.networkProfile, cluster),
    message: (cluster) => message(cluster.networkProfile!),
    source,
    ...more,
  };
}

/** Network profiles that azurerm or AKS refuses. */
export const NETWORK_RULES: readonly Rule<ClusterArguments>[] = [
  profileRule(
    ({ networkPluginMode, networkPlugin }) => /^overlay$/i.test(networkPluginMode ?? "") && networkPlugin !== "azure",
    ({ networkPlugin }) =>
      `networkProfile.networkPluginMode overlay does not go with networkPlugin ${networkPlugin}: write networkPlugin azure`,
    AZURERM_CLUSTER_DOCS,
  ),
  profileRule(
    ({ networkPolicy, networkPlugin }) => networkPolicy === "azure" && networkPlugin !== "azure",
    ({ networkPlugin }) =>
      `networkProfile.networkPolicy azure does not go with networkPlugin ${networkPlugin}: write networkPlugin azure, or networkPolicy calico`,
    AZURERM_CLUSTER_DOCS,
  ),
  profileRule(
    ({ networkDataPlane, networkPlugin }) => networkDataPlane === "cilium" && networkPlugin !== "azure",
    ({ networkPlugin }) =>
      `networkProfile.networkDataPlane cilium does not go with networkPlugin ${networkPlugin}: write networkPlugin azure`,
    AZURERM_CLUSTER_DOCS,
  ),
  profileRule(
    ({ networkPolicy, networkDataPlane }) => networkPolicy === "cilium" && networkDataPlane !== "cilium",
    ({ networkDataPlane = "azure" }) =>
      `networkProfile.networkPolicy cilium needs networkDataPlane cilium (got ${networkDataPlane}): write both`,
    AZURERM_CLUSTER_DOCS,
  ),
  profileRule(
    ({ networkPolicy, networkDataPlane }) =>
      networkDataPlane === "cilium" && networkPolicy !== undefined && networkPolicy !== "cilium",
    ({ networkPolicy }) =>
      `networkProfile.networkDataPlane cilium brings an engine of its own, so AKS may refuse networkPolicy ${networkPolicy}: write networkPolicy cilium`,
    AKS_CILIUM,
    { warns: true },
  ),
  profileRule(
    ({ networkMode, networkPlugin }) => networkMode !== undefined && networkPlugin !== "azure",
    ({ networkMode, networkPlugin }) =>
      `networkProfile.networkMode ${networkMode} does not go with networkPlugin ${networkPlugin}: remove it, or write networkPlugin azure`,
    AZURERM_CLUSTER,
  ),
  profileRule(
    ({ advancedNetworking, networkDataPlane }) =>
      advancedNetworking?.securityEnabled === true && networkDataPlane !== "cilium",
    () =>
      "networkProfile.advancedNetworking.securityEnabled needs networkDataPlane cilium: write it, or remove the block",
    AZURERM_CLUSTER,
    { refusedAt: "plan" },
  ),
  profileRule(
    ({ advancedNetworking: advanced }) =>
      advanced !== undefined && advanced.observabilityEnabled === undefined && advanced.securityEnabled === undefined,
    () => "networkProfile.advancedNetworking is empty: write observabilityEnabled or securityEnabled",
    AZURERM_CLUSTER,
  ),
  profileRule(
    ({ outboundType }, { bootstrapProfile }) => outboundType === "none" && bootstrapProfile?.artifactSource !== "Cache",
    () => 'networkProfile.outboundType none needs bootstrapProfile: { artifactSource: "Cache" }: add it',
    AZURERM_CLUSTER,
    { refusedAt: "plan" },
  ),
  profileRule(
    ({ loadBalancerSku, loadBalancerProfile, natGatewayProfile }) =>
      loadBalancerSku === "basic" && (loadBalancerProfile !== undefined || natGatewayProfile !== undefined),
    () =>
      "networkProfile.loadBalancerProfile and natGatewayProfile do not go with loadBalancerSku basic: write standard, or remove them",
    AZURERM_CLUSTER,
  ),
  profileRule(
    ({ loadBalancerProfile: balancer }) =>
      balancer !== undefined &&
      [
        balancer.managedOutboundIpCount ?? balancer.managedOutboundIpv6Count,
        balancer.outboundIpAddressIds,
        balancer.outboundIpPrefixIds,
      ].filter((kind) => kind !== undefined).length > 1,
    () =>
      "networkProfile.loadBalancerProfile has more than one kind of outbound addresses: keep one of managedOutboundIpCount, outboundIpAddressIds and outboundIpPrefixIds",
    `${AZURERM_CLUSTER}, ConflictsWith`,
    { refusedAt: "plan" },
  ),
  profileRule(
    (profile) => malformed(profile) !== undefined,
    (profile) =>
      `networkProfile.${malformed(profile)!.name} "${malformed(profile)!.range}" is not a range of addresses: write one such as 10.0.0.0/16`,
    AZURERM_CLUSTER,
  ),
  profileRule(
    (profile) => startingInside(profile) !== undefined,
    (profile) => {
      const { name, range } = startingInside(profile)!;
      return `networkProfile.${name} "${range}" does not begin with its first address: write ${fromFirstAddress(range)}`;
    },
    AKS_FIRST_ADDRESS,
    { warns: true },
  ),
  profileRule(
    ({ podCidr, networkPlugin, networkPluginMode }) =>
      podCidr !== undefined && networkPlugin === "azure" && networkPluginMode === undefined,
    ({ podCidr }) =>
      `networkProfile.podCidr "${podCidr}" does not go with networkPlugin azure, whose pods have addresses of the subnet: remove it, or add networkPluginMode overlay`,
    AZURERM_CLUSTER,
  ),
  profileRule(
    (profile) => serviceRanges(profile).length > 0 !== (profile.dnsServiceIp !== undefined),
    ({ dnsServiceIp }) =>
      dnsServiceIp === undefined
        ? "networkProfile.serviceCidr needs dnsServiceIp: write an address in it, such as the tenth"
        : `networkProfile.dnsServiceIp "${dnsServiceIp}" needs serviceCidr: write the range that it is in`,
    AZURERM_CLUSTER,
  ),
  profileRule(
    (profile) =>
      profile.dnsServiceIp !== undefined &&
      !serviceRanges(profile).some((range) => cidrContains(range, profile.dnsServiceIp!)),
    (profile) =>
      `networkProfile.dnsServiceIp "${profile.dnsServiceIp}" is not in the range of services ${serviceRanges(profile).join(", ")}: write an address in it`,
    AKS_ADDRESSES,
  ),
  profileRule(
    (profile) => serviceRanges(profile).some((range) => isFirstOf(range, profile.dnsServiceIp)),
    ({ dnsServiceIp }) =>
      `networkProfile.dnsServiceIp "${dnsServiceIp}" is the first address of services, which Kubernetes' own service has: write another one, such as the tenth`,
    AKS_ADDRESSES,
    { warns: true },
  ),
  profileRule(
    (profile) => serviceRanges(profile).some(isTooLarge),
    (profile) =>
      `networkProfile.serviceCidr "${serviceRanges(profile).find(isTooLarge)}" is too large for services: write one smaller than /12`,
    AZURERM_CLUSTER_DOCS,
  ),
  profileRule(
    ({ ipVersions = ["IPv4"] }) => !ipVersions.includes("IPv4"),
    ({ ipVersions }) => `networkProfile.ipVersions ${JSON.stringify(ipVersions)} lacks IPv4, which AKS needs: add it`,
    AZURERM_CLUSTER_DOCS,
  ),
  profileRule(
    ({ loadBalancerProfile: balancer }) => (balancer?.outboundPortsAllocated ?? 0) % 8 !== 0,
    ({ loadBalancerProfile: balancer }) =>
      `networkProfile.loadBalancerProfile.outboundPortsAllocated ${balancer!.outboundPortsAllocated} is no multiple of 8: write one such as ${Math.ceil(balancer!.outboundPortsAllocated! / 8) * 8}`,
    "learn.microsoft.com/azure/aks/load-balancer-standard, outbound ports",
  ),
  profileRule(
    ({ ipVersions = [], podCidrs = [], serviceCidrs = [] }) =>
      (podCidrs.length > 1 || serviceCidrs.length > 1) &&
      !["IPv4", "IPv6"].every((version) => ipVersions.includes(version)),
    () => 'networkProfile has two ranges of addresses for one version of IP: write ipVersions: ["IPv4", "IPv6"]',
    AZURERM_CLUSTER,
  ),
  profileRule(
    (profile) => overlap(profile) !== undefined,
    (profile) =>
      `networkProfile: the ranges of pods and services ${overlap(profile)!.join(" and ")} overlap: write others`,
    AKS_ADDRESSES,
  ),
];

function podRanges({ podCidr, podCidrs }: Profile): readonly string[] {
  return podCidrs ?? (podCidr === undefined ? [] : [podCidr]);
}

function serviceRanges({ serviceCidr, serviceCidrs }: Profile): readonly string[] {
  return serviceCidrs ?? (serviceCidr === undefined ? [] : [serviceCidr]);
}

interface NamedRange {
  readonly name: string;
  readonly range: string;
}

function namedRanges(profile: Profile): NamedRange[] {
  return (["podCidr", "serviceCidr", "podCidrs", "serviceCidrs"] as const).flatMap((name) =>
    [profile[name] ?? []].flat().map((range) => ({ name, range })),
  );
}

function malformed(profile: Profile): NamedRange | undefined {
  return namedRanges(profile).find(({ range }) => !isCidr(range));
}

function startingInside(profile: Profile): NamedRange | undefined {
  return namedRanges(profile).find(({ range }) => fromFirstAddress(range) !== undefined);
}

/** The address after that of the network. */
function isFirstOf(range: string, address: string | undefined): boolean {
  return address !== undefined && /\.0\/\d+$/.test(range) && address === range.replace(/\.0\/\d+$/, ".1");
}

function isTooLarge(range: string): boolean {
  return range.includes(".") && Number(range.split("/")[1]) <= 12;
}

function overlap(profile: Profile): readonly [string, string] | undefined {
  return podRanges(profile)
    .flatMap((pods) => serviceRanges(profile).map((services) => [pods, services] as const))
    .find(([pods, services]) => cidrsOverlap(pods, services));
}
