import { AksClusterProps, AzurermVersion, PodSandboxing } from "../../../lib";
import { Unchecked } from "../../support/mistakes";
import { GUID, identity, ZONE_ID } from "../../support/ids";
import { clusterWith as cluster, Refusal, testRefusals } from "../../support/refusals";

const profile = (networkProfile: object, props: Unchecked<AksClusterProps> = {}) =>
  cluster({ networkProfile: { networkPlugin: "azure", ...networkProfile }, ...props });
const GA_5 = { podSandboxing: PodSandboxing.GA.on(AzurermVersion.V5) };
const OVERLAY = { networkPluginMode: "overlay" };
const USER_ASSIGNED = { type: "UserAssigned", identityIds: [identity("aks")] };
const PRIVATE = { privateClusterEnabled: true, privateDnsZoneId: ZONE_ID, identity: USER_ASSIGNED };
const SERVICES = { serviceCidr: "10.0.0.0/16", dnsServiceIp: "10.0.0.10" };
const KUBELET = { clientId: GUID, objectId: GUID, userAssignedIdentityId: identity("kubelet") };

const REFUSALS: { readonly [subject: string]: readonly Refusal[] } = {
  network: [
    [
      profile({ ...OVERLAY, networkPlugin: "kubenet" }),
      "networkProfile.networkPluginMode overlay does not go with networkPlugin kubenet: write networkPlugin azure [cluster/aks]",
      profile(OVERLAY),
    ],
    [
      profile({ networkPlugin: "kubenet", networkPolicy: "azure" }),
      "networkProfile.networkPolicy azure does not go with networkPlugin kubenet: write networkPlugin azure, or networkPolicy calico [cluster/aks]",
      profile({ networkPlugin: "kubenet", networkPolicy: "calico" }),
    ],
    [
      profile({ networkPlugin: "none", networkDataPlane: "cilium" }),
      "networkProfile.networkDataPlane cilium does not go with networkPlugin none: write networkPlugin azure [cluster/aks]",
      profile({ ...OVERLAY, networkDataPlane: "cilium" }),
    ],
    [
      profile({ networkPolicy: "cilium" }),
      "networkProfile.networkPolicy cilium needs networkDataPlane cilium (got azure): write both [cluster/aks]",
      profile({ ...OVERLAY, networkPolicy: "cilium", networkDataPlane: "cilium" }),
    ],
    [
      profile({ networkPlugin: "kubenet", networkMode: "bridge" }),
      "networkProfile.networkMode bridge does not go with networkPlugin kubenet: remove it, or write networkPlugin azure [cluster/aks]",
      profile({ networkMode: "transparent" }),
    ],
    [
      profile({ advancedNetworking: { securityEnabled: true } }),
      "networkProfile.advancedNetworking.securityEnabled needs networkDataPlane cilium: write it, or remove the block [cluster/aks]",
      profile({ ...OVERLAY, networkDataPlane: "cilium", advancedNetworking: { securityEnabled: true } }),
    ],
    [
      profile({ advancedNetworking: {} }),
      "networkProfile.advancedNetworking is empty: write observabilityEnabled or securityEnabled [cluster/aks]",
      profile({ advancedNetworking: { observabilityEnabled: false } }),
    ],
    [
      profile({ outboundType: "none" }),
      'networkProfile.outboundType none needs bootstrapProfile: { artifactSource: "Cache" }: add it [cluster/aks]',
      profile({ outboundType: "none" }, { bootstrapProfile: { artifactSource: "Cache" } }),
    ],
    [
      profile({ loadBalancerSku: "basic", natGatewayProfile: {} }),
      "networkProfile.loadBalancerProfile and natGatewayProfile do not go with loadBalancerSku basic: write standard, or remove them [cluster/aks]",
      profile({ loadBalancerSku: "standard", natGatewayProfile: {} }),
    ],
    [
      profile({ loadBalancerProfile: { managedOutboundIpCount: 1, outboundIpAddressIds: ["id"] } }),
      "networkProfile.loadBalancerProfile has more than one kind of outbound addresses: keep one of managedOutboundIpCount, outboundIpAddressIds and outboundIpPrefixIds [cluster/aks]",
      profile({ loadBalancerProfile: { managedOutboundIpCount: 1, managedOutboundIpv6Count: 1 } }),
    ],
    [
      profile({ ...OVERLAY, podCidr: "10.244.0.0" }),
      'networkProfile.podCidr "10.244.0.0" is not a range of addresses: write one such as 10.0.0.0/16 [cluster/aks]',
      profile({ ...OVERLAY, podCidr: "10.244.0.0/16" }),
    ],
    [
      profile({ podCidr: "10.244.0.0/16" }),
      'networkProfile.podCidr "10.244.0.0/16" does not go with networkPlugin azure, whose pods have addresses of the subnet: remove it, or add networkPluginMode overlay [cluster/aks]',
      profile({ networkPlugin: "kubenet", podCidr: "10.244.0.0/16" }),
    ],
    [
      profile({ serviceCidr: "10.0.0.0/16" }),
      "networkProfile.serviceCidr needs dnsServiceIp: write an address in it, such as the tenth [cluster/aks]",
      profile(SERVICES),
    ],
    [
      profile({ dnsServiceIp: "10.0.0.10" }),
      'networkProfile.dnsServiceIp "10.0.0.10" needs serviceCidr: write the range that it is in [cluster/aks]',
      profile({ serviceCidrs: ["10.0.0.0/16"], dnsServiceIp: "10.0.0.10" }),
    ],
    [
      profile({ ...SERVICES, dnsServiceIp: "10.1.0.10" }),
      'networkProfile.dnsServiceIp "10.1.0.10" is not in the range of services 10.0.0.0/16: write an address in it [cluster/aks]',
      profile({ ...SERVICES, dnsServiceIp: "10.0.255.254" }),
    ],
    [
      profile({ ...SERVICES, serviceCidr: "10.0.0.0/12" }),
      'networkProfile.serviceCidr "10.0.0.0/12" is too large for services: write one smaller than /12 [cluster/aks]',
      profile({ ...SERVICES, serviceCidr: "10.0.0.0/13" }),
    ],
    [
      profile({ ipVersions: ["IPv6"] }),
      'networkProfile.ipVersions ["IPv6"] lacks IPv4, which AKS needs: add it [cluster/aks]',
      profile({ ipVersions: ["IPv4"] }),
    ],
    [
      profile({ loadBalancerProfile: { outboundPortsAllocated: 7 } }),
      "networkProfile.loadBalancerProfile.outboundPortsAllocated 7 is no multiple of 8: write one such as 8 [cluster/aks]",
      profile({ loadBalancerProfile: { outboundPortsAllocated: 64000 } }),
    ],
    [
      profile({ ...OVERLAY, podCidrs: ["10.244.0.0/16", "fd12::/64"] }),
      'networkProfile has two ranges of addresses for one version of IP: write ipVersions: ["IPv4", "IPv6"] [cluster/aks]',
      profile({ ...OVERLAY, podCidrs: ["10.244.0.0/16", "fd12::/64"], ipVersions: ["IPv4", "IPv6"] }),
    ],
    [
      profile({ ...OVERLAY, ...SERVICES, podCidr: "10.0.128.0/17" }),
      "networkProfile: the ranges of pods and services 10.0.128.0/17 and 10.0.0.0/16 overlap: write others [cluster/aks]",
      profile({ ...OVERLAY, ...SERVICES, podCidr: "10.1.0.0/16" }),
    ],
  ],
  "API server": [
    [
      cluster({ dnsPrefix: "a", dnsPrefixPrivateCluster: "b" }),
      "dnsPrefix and dnsPrefixPrivateCluster exclude each other: keep one [cluster/aks]",
      cluster({ dnsPrefix: "a" }),
    ],
    [
      cluster({ privateClusterEnabled: true, privateDnsZoneId: "System", dnsPrefixPrivateCluster: "b" }),
      'dnsPrefixPrivateCluster "b" is for private clusters with a DNS zone of your own: write dnsPrefix, or privateClusterEnabled true and the id of the zone as privateDnsZoneId [cluster/aks]',
      cluster({ ...PRIVATE, dnsPrefixPrivateCluster: "b" }),
    ],
    [
      cluster({ ...PRIVATE, identity: undefined }),
      'privateDnsZoneId of your own needs an identity that may write to the zone before the cluster exists: write identity: { type: "UserAssigned", identityIds: […] } [cluster/aks]',
      cluster({ ...PRIVATE, privateDnsZoneId: "None", identity: undefined }),
    ],
  ],
  identity: [
    [
      cluster({ identity: { type: "SystemAssigned" }, servicePrincipal: { clientId: GUID, clientSecret: "b" } }),
      "identity and servicePrincipal exclude each other: keep identity [cluster/aks]",
      cluster({ servicePrincipal: { clientId: GUID, clientSecret: "b" } }),
    ],
    [
      cluster({ identity: { ...USER_ASSIGNED, type: "SystemAssigned, UserAssigned" } }),
      'identity.type "SystemAssigned, UserAssigned" is not for a cluster: write SystemAssigned or UserAssigned [cluster/aks]',
      cluster({ identity: USER_ASSIGNED }),
    ],
    [
      cluster({ identity: { type: "UserAssigned" } }),
      "identity.type UserAssigned needs identityIds: write the id of a user-assigned identity [cluster/aks]",
      cluster({ identity: USER_ASSIGNED }),
    ],
    [
      cluster({ identity: { ...USER_ASSIGNED, type: "SystemAssigned" } }),
      "identity.identityIds does not go with type SystemAssigned: write type UserAssigned [cluster/aks]",
      cluster({ identity: { type: "SystemAssigned" } }),
    ],
    [
      cluster({ azureActiveDirectoryRoleBasedAccessControl: { azureRbacEnabled: true } }),
      "azureActiveDirectoryRoleBasedAccessControl names neither tenant nor group: write tenantId or adminGroupObjectIds [cluster/aks]",
      cluster({ azureActiveDirectoryRoleBasedAccessControl: { adminGroupObjectIds: [GUID] } }),
    ],
    [
      cluster({ workloadIdentityEnabled: true }),
      "workloadIdentityEnabled true needs oidcIssuerEnabled true (got nothing): add it [cluster/aks]",
      cluster({ workloadIdentityEnabled: true, oidcIssuerEnabled: true }),
    ],
    [
      cluster({ ...GA_5, workloadIdentityEnabled: true, oidcIssuerEnabled: false }),
      "workloadIdentityEnabled true needs oidcIssuerEnabled true (got false): add it [cluster/aks]",
      cluster({ ...GA_5, workloadIdentityEnabled: true }),
    ],
    [
      cluster({ kubeletIdentity: KUBELET }),
      "kubeletIdentity needs clientId, objectId and userAssignedIdentityId, and identity.identityIds of the cluster: write all [cluster/aks]",
      cluster({ kubeletIdentity: KUBELET, identity: USER_ASSIGNED }),
    ],
  ],
  upgrades: [
    [
      cluster({ automaticUpgradeChannel: "node-image", nodeOsUpgradeChannel: "None" }),
      "automaticUpgradeChannel node-image does not go with nodeOsUpgradeChannel None: write NodeImage, or remove it [cluster/aks]",
      cluster({ automaticUpgradeChannel: "node-image", nodeOsUpgradeChannel: "NodeImage" }),
    ],
    [
      cluster({
        kubernetesVersion: "1.35",
        defaultNodePool: { name: "default", vmSize: "Standard_D2s_v5", orchestratorVersion: "1.36" },
      }),
      'defaultNodePool.orchestratorVersion "1.36" is newer than kubernetesVersion "1.35": upgrade the cluster first [cluster/aks]',
      cluster({
        kubernetesVersion: "1.36",
        defaultNodePool: { name: "default", vmSize: "Standard_D2s_v5", orchestratorVersion: "1.36.1" },
      }),
    ],
    [
      cluster({ costAnalysisEnabled: true }),
      "costAnalysisEnabled true does not go with skuTier Free: write skuTier Standard or Premium [cluster/aks]",
      cluster({ costAnalysisEnabled: true, skuTier: "Standard" }),
    ],
    [
      cluster({ supportPlan: "AKSLongTermSupport", skuTier: "Standard" }),
      "supportPlan AKSLongTermSupport does not go with skuTier Standard: write skuTier Premium [cluster/aks]",
      cluster({ supportPlan: "AKSLongTermSupport", skuTier: "Premium" }),
    ],
  ],
};

describe.each(Object.keys(REFUSALS))("%s", (subject) => {
  testRefusals(REFUSALS[subject]);
});
