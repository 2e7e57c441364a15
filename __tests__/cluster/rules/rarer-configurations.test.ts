import { Configuration, failuresOf, GA_RELEASES } from "../../support/configurations";
import { idOf, workspace } from "../../support/ids";

const ID = "/subscriptions/s/resourceGroups/g/providers";
const SUBNET = `${ID}/Microsoft.Network/virtualNetworks/v/subnets/s`;
const OVERLAY = { networkPlugin: "azure", networkPluginMode: "overlay" };
const USER_ASSIGNED = {
  type: "UserAssigned",
  identityIds: [`${ID}/Microsoft.ManagedIdentity/userAssignedIdentities/i`],
};
const ADMINS = { adminGroupObjectIds: ["11111111-1111-1111-1111-111111111111"], azureRbacEnabled: true };
const WEEKLY = { frequency: "Weekly", interval: 2, duration: 8, dayOfWeek: "Monday", startTime: "07:00" };

/** Configurations of few clusters. Sources: azurerm's tests of both resources, terraform-azurerm-aks, AVM's modules of AKS, aks-light. */
const CONFIGURATIONS: { readonly [what: string]: Configuration } = {
  "group accounts with DNS of the network": {
    cluster: {
      windowsProfile: {
        adminUsername: "azureuser",
        adminPassword: "P@55W0rd1234!h@2h1C0rP",
        license: "Windows_Server",
        gmsa: { dnsServer: "", rootDomain: "" },
      },
    },
    network: { networkPlugin: "azure" },
  },
  "a proxy": {
    cluster: {
      httpProxyConfig: {
        httpProxy: "http://10.0.0.4:8888/",
        httpsProxy: "http://10.0.0.4:8888/",
        noProxy: ["localhost", "10.0.0.0/16"],
        trustedCa: "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==",
      },
    },
  },
  "secrets encrypted by a key vault": {
    cluster: {
      identity: USER_ASSIGNED,
      keyManagementService: { keyVaultKeyId: "https://v.vault.azure.net/keys/k/1", keyVaultNetworkAccess: "Private" },
    },
  },
  "nodes in containers": { cluster: { aciConnectorLinux: { subnetName: "aci" } }, network: { networkPlugin: "azure" } },
  "SSH for Linux nodes": {
    cluster: { linuxProfile: { adminUsername: "azureuser", sshKey: { keyData: "ssh-rsa AAAA" } } },
  },
  "all autoscaler settings": {
    cluster: {
      autoScalerProfile: {
        balanceSimilarNodeGroups: true,
        expander: "priority",
        maxGracefulTerminationSec: "15",
        maxNodeProvisioningTime: "10m",
        maxUnreadyNodes: 5,
        scaleDownUtilizationThreshold: "0.5",
        scanInterval: "10s",
        skipNodesWithLocalStorage: false,
        skipNodesWithSystemPods: false,
        emptyBulkDeleteMax: "50",
        daemonsetEvictionForEmptyNodesEnabled: true,
        ignoreDaemonsetsUtilizationEnabled: true,
      },
    },
  },
  "a new cluster from nothing but channels": {
    cluster: {
      automaticUpgradeChannel: "rapid",
      nodeOsUpgradeChannel: "Unmanaged",
      maintenanceWindowAutoUpgrade: WEEKLY,
    },
  },
  "a window on days of the month": {
    cluster: {
      maintenanceWindowNodeOs: {
        ...{ frequency: "AbsoluteMonthly", interval: 1, duration: 9, dayOfMonth: 5, startTime: "07:00" },
        notAllowed: [{ start: "2026-12-24T00:00:00Z", end: "2026-12-27T00:00:00Z" }],
      },
    },
  },
  "times without maintenance": {
    cluster: { maintenanceWindow: { notAllowed: [{ start: "2026-12-24T03:00:00Z", end: "2026-12-27T12:00:00Z" }] } },
  },
  "an upgrade in spite of warnings": {
    cluster: { upgradeOverride: { forceUpgradeEnabled: true, effectiveUntil: "2026-12-27T12:00:00Z" } },
  },
  "official support": { cluster: { skuTier: "Premium", supportPlan: "KubernetesOfficial" } },
  "all drivers off": {
    cluster: {
      storageProfile: { diskDriverEnabled: false, fileDriverEnabled: false, snapshotControllerEnabled: false },
    },
  },
  "confidential computing": { cluster: { confidentialComputing: { sgxQuoteHelperEnabled: true } } },
  "trusted certificates": { cluster: { customCaTrustCertificatesBase64: ["LS0tLS1CRUdJTi0tLS0tCg=="] } },
  Defender: { cluster: { microsoftDefender: { logAnalyticsWorkspaceId: workspace("logs") } } },
  "AI tools": { cluster: { aiToolchainOperatorEnabled: true, oidcIssuerEnabled: true, workloadIdentityEnabled: true } },
  "an Istio of its own certificates": {
    cluster: {
      serviceMeshProfile: {
        mode: "Istio",
        revisions: ["asm-1-27", "asm-1-28"],
        internalIngressGatewayEnabled: true,
        certificateAuthority: {
          keyVaultId: "id",
          rootCertObjectName: "root",
          certChainObjectName: "chain",
          certObjectName: "cert",
          keyObjectName: "key",
        },
      },
      keyVaultSecretsProvider: { secretRotationEnabled: true },
    },
  },
  "private with public name and Entra": {
    cluster: {
      azureActiveDirectoryRoleBasedAccessControl: ADMINS,
      localAccountDisabled: true,
      privateClusterEnabled: true,
      privateClusterPublicFqdnEnabled: true,
      privateDnsZoneId: "None",
      runCommandEnabled: false,
    },
  },
  "a NAT gateway of one's own": {
    network: { networkPlugin: "azure", outboundType: "userAssignedNATGateway" },
    defaultNodePool: { vnetSubnetId: SUBNET },
  },
  "no way out": {
    cluster: { bootstrapProfile: { artifactSource: "Cache", containerRegistryId: "id" } },
    network: { ...OVERLAY, outboundType: "none" },
  },
  "backends by address": {
    network: { ...OVERLAY, loadBalancerSku: "standard", loadBalancerProfile: { backendPoolType: "NodeIP" } },
  },
  "addresses of one's own": {
    network: {
      networkPlugin: "azure",
      loadBalancerProfile: { outboundIpAddressIds: ["id"], idleTimeoutInMinutes: 100 },
    },
  },
  "IPv6 first among ranges": {
    network: { ...OVERLAY, ipVersions: ["IPv4", "IPv6"], networkPolicy: "azure" },
  },
  "transparent mode": { network: { networkPlugin: "azure", networkMode: "transparent" } },
  "service range beside the network": {
    network: { ...OVERLAY, serviceCidr: "172.20.0.0/16", dnsServiceIp: "172.20.0.10", podCidr: "100.64.0.0/14" },
    defaultNodePool: { vnetSubnetId: SUBNET },
  },
  "many things of a default pool": {
    defaultNodePool: {
      capacityReservationGroupId: idOf("Microsoft.Compute/capacityReservationGroups", "a"),
      fipsEnabled: true,
      hostEncryptionEnabled: true,
      kubeletDiskType: "OS",
      nodePublicIpEnabled: true,
      nodePublicIpPrefixId: idOf("Microsoft.Network/publicIPPrefixes", "a"),
      onlyCriticalAddonsEnabled: true,
      osSku: "Ubuntu2404",
      proximityPlacementGroupId: idOf("Microsoft.Compute/proximityPlacementGroups", "a"),
      scaleDownMode: "Deallocate",
      snapshotId: idOf("Microsoft.ContainerService/snapshots", "a"),
      temporaryNameForRotation: "rotated",
      ultraSsdEnabled: true,
      zones: ["1"],
    },
    cluster: { identity: USER_ASSIGNED },
  },
  "dedicated hosts": {
    pool: { hostGroupId: idOf("Microsoft.Compute/hostGroups", "a"), vmSize: "Standard_D2s_v3", zones: ["1"] },
  },
  "a part of a GPU": { pool: { vmSize: "Standard_NC24ads_A100_v4", gpuInstance: "MIG1g", gpuDriver: "Install" } },
  "Windows 2019 in a pod subnet": {
    network: { networkPlugin: "azure" },
    defaultNodePool: { vnetSubnetId: SUBNET, podSubnetId: `${SUBNET}2` },
    pool: { name: "win19", osType: "Windows", osSku: "Windows2019", vnetSubnetId: SUBNET, podSubnetId: `${SUBNET}2` },
  },
  "ports and tags of nodes": {
    pool: {
      nodePublicIpEnabled: true,
      nodeNetworkProfile: {
        allowedHostPorts: [{ portStart: 8001, portEnd: 8002, protocol: "UDP" }],
        applicationSecurityGroupIds: ["id"],
        nodePublicIpTags: { RoutingPreference: "Internet" },
      },
    },
  },
  "upgrades that wait": {
    pool: { upgradeSettings: { maxSurge: "33%", drainTimeoutInMinutes: 30, nodeSoakDurationInMinutes: 5 } },
  },
  "a Spot pool that is put to sleep": {
    pool: { priority: "Spot", evictionPolicy: "Deallocate", scaleDownMode: "Deallocate" },
  },
  "Arm nodes beside kata ones": { pool: { vmSize: "Standard_D4ps_v6", osSku: "AzureLinux3" } },
  "a kata pool from zero on big nodes": {
    kata: {
      vmSize: "Standard_E16ds_v5",
      nodeCount: undefined,
      autoScalingEnabled: true,
      minCount: 0,
      maxCount: 100,
      osDiskType: "Ephemeral",
      nodeLabels: { "example.com/tenants": "many" },
    },
  },
  "a kata pool on Spot": { kata: { priority: "Spot", spotMaxPrice: -1 } },
};

describe.each(GA_RELEASES)("on azurerm $azurermVersion.major", (podSandboxing) => {
  test.each(Object.keys(CONFIGURATIONS))("%s: passes, and azurerm takes it", (what) => {
    expect(failuresOf(CONFIGURATIONS[what], podSandboxing)).toEqual([]);
  });
});
