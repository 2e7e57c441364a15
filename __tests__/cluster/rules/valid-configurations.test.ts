import { Configuration, failuresOf, GA_RELEASES } from "../../support/configurations";
import { GUID, identity, workspace } from "../../support/ids";

const GROUP = "11111111-1111-1111-1111-111111111111";
const SUBNET = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s";
const OVERLAY = { networkPlugin: "azure", networkPluginMode: "overlay" };
const CILIUM = { ...OVERLAY, networkDataPlane: "cilium", networkPolicy: "cilium" };
const USER_ASSIGNED = { type: "UserAssigned", identityIds: [identity("aks")] };
const ZONE =
  "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/privatelink.eastus.azmk8s.io";
const ENTRA = { azureActiveDirectoryRoleBasedAccessControl: { adminGroupObjectIds: [GROUP], azureRbacEnabled: true } };

/** Sources: azurerm's tests of both resources, examples of Azure/terraform-azurerm-aks, of claranet's and of AVM's modules. */
const CONFIGURATIONS: { readonly [what: string]: Configuration } = {
  basic: {},
  "Kubernetes version with patch": {
    cluster: { kubernetesVersion: "1.36.1" },
    pool: { orchestratorVersion: "1.36.1" },
  },
  "pool of an older version": { cluster: { kubernetesVersion: "1.36" }, pool: { orchestratorVersion: "1.35.2" } },
  autoscaled: { defaultNodePool: { nodeCount: undefined, autoScalingEnabled: true, minCount: 1, maxCount: 2 } },
  "autoscaled with a first count": {
    defaultNodePool: { nodeCount: 2, autoScalingEnabled: true, minCount: 1, maxCount: 1000 },
    pool: { nodeCount: 400, autoScalingEnabled: true, minCount: 399, maxCount: 1000 },
  },
  "autoscaled from zero": { pool: { nodeCount: undefined, autoScalingEnabled: true, minCount: 0, maxCount: 10 } },
  "autoscaling explicitly off": { pool: { autoScalingEnabled: false, nodeCount: 0 } },
  "autoscaler profile": {
    cluster: { autoScalerProfile: { expander: "least-waste", maxUnreadyPercentage: 50.5, newPodScaleUpDelay: "10s" } },
  },
  kubenet: { network: { networkPlugin: "kubenet" } },
  "kubenet with Calico": { network: { networkPlugin: "kubenet", networkPolicy: "calico", podCidr: "10.244.0.0/16" } },
  "azure with its own policies": { network: { networkPlugin: "azure", networkPolicy: "azure" } },
  "azure with Calico": { network: { networkPlugin: "azure", networkPolicy: "calico" } },
  "azure with ranges": {
    network: { networkPlugin: "azure", serviceCidr: "10.10.0.0/16", dnsServiceIp: "10.10.0.10" },
    defaultNodePool: { vnetSubnetId: SUBNET },
  },
  "overlay with a range of pods": { network: { ...OVERLAY, podCidr: "192.168.0.0/16" } },
  "overlay with Cilium": { network: CILIUM },
  "Cilium in a pod subnet": {
    network: { networkPlugin: "azure", networkDataPlane: "cilium", networkPolicy: "cilium" },
    defaultNodePool: { vnetSubnetId: SUBNET, podSubnetId: `${SUBNET}2` },
  },
  "Cilium without a policy": { network: { ...OVERLAY, networkDataPlane: "cilium" } },
  "Cilium's advanced networking": {
    network: { ...CILIUM, advancedNetworking: { observabilityEnabled: true, securityEnabled: true } },
  },
  "advanced networking that only observes": {
    network: { ...OVERLAY, advancedNetworking: { observabilityEnabled: true } },
  },
  "dual stack": {
    network: {
      ...OVERLAY,
      ipVersions: ["IPv4", "IPv6"],
      podCidrs: ["10.244.0.0/16", "fd12:3456:789a::/64"],
      serviceCidrs: ["10.0.0.0/16", "fd12:3456:789a:1::/108"],
      dnsServiceIp: "10.0.0.10",
    },
  },
  "one's own CNI": { network: { networkPlugin: "none" } },
  "user-defined routes": {
    network: { networkPlugin: "azure", outboundType: "userDefinedRouting" },
    defaultNodePool: { vnetSubnetId: SUBNET },
  },
  "managed NAT gateway": {
    network: {
      networkPlugin: "azure",
      outboundType: "managedNATGateway",
      natGatewayProfile: { managedOutboundIpCount: 2, idleTimeoutInMinutes: 10 },
    },
  },
  "load balancer with prefixes": {
    network: {
      networkPlugin: "azure",
      loadBalancerSku: "standard",
      loadBalancerProfile: { outboundIpPrefixIds: ["id"], outboundPortsAllocated: 8000, idleTimeoutInMinutes: 4 },
    },
  },
  "isolated from the internet": {
    cluster: { bootstrapProfile: { artifactSource: "Cache" } },
    network: { networkPlugin: "azure", outboundType: "none" },
  },
  private: { cluster: { privateClusterEnabled: true } },
  "private without a zone": { cluster: { privateClusterEnabled: true, privateDnsZoneId: "None" } },
  "private with the zone of AKS": {
    cluster: { privateClusterEnabled: true, privateDnsZoneId: "System", privateClusterPublicFqdnEnabled: true },
  },
  "private with a zone of one's own": {
    cluster: { privateClusterEnabled: true, privateDnsZoneId: ZONE, identity: USER_ASSIGNED },
  },
  "private with a prefix in one's own zone": {
    cluster: {
      privateClusterEnabled: true,
      privateDnsZoneId: ZONE,
      dnsPrefixPrivateCluster: "aks",
      identity: USER_ASSIGNED,
    },
  },
  "authorized ranges": { cluster: { apiServerAccessProfile: { authorizedIpRanges: ["198.51.100.0/24"] } } },
  "API server in a subnet": {
    cluster: {
      identity: USER_ASSIGNED,
      apiServerAccessProfile: { virtualNetworkIntegrationEnabled: true, subnetId: SUBNET },
    },
  },
  "Entra ID": { cluster: ENTRA },
  "Entra ID by tenant alone": { cluster: { azureActiveDirectoryRoleBasedAccessControl: { tenantId: GROUP } } },
  "no local accounts": { cluster: { ...ENTRA, localAccountDisabled: true } },
  "service principal": { cluster: { servicePrincipal: { clientId: GROUP, clientSecret: "${var.secret}" } } },
  "kubelet's own identity": {
    cluster: {
      identity: USER_ASSIGNED,
      kubeletIdentity: { clientId: GUID, objectId: GUID, userAssignedIdentityId: identity("kubelet") },
    },
  },
  "workload identity": { cluster: { oidcIssuerEnabled: true, workloadIdentityEnabled: true } },
  "upgrade channels": { cluster: { automaticUpgradeChannel: "stable", nodeOsUpgradeChannel: "SecurityPatch" } },
  "node images by both channels": {
    cluster: { automaticUpgradeChannel: "node-image", nodeOsUpgradeChannel: "NodeImage" },
  },
  "node images by one channel": { cluster: { automaticUpgradeChannel: "node-image" } },
  "maintenance windows": {
    cluster: {
      maintenanceWindow: { allowed: [{ day: "Sunday", hours: [1, 2] }] },
      maintenanceWindowAutoUpgrade: {
        frequency: "Weekly",
        interval: 1,
        duration: 4,
        dayOfWeek: "Sunday",
        startTime: "00:00",
      },
      maintenanceWindowNodeOs: {
        frequency: "Daily",
        interval: 1,
        duration: 16,
        startTime: "07:00",
        utcOffset: "+01:00",
      },
    },
  },
  "long-term support": { cluster: { skuTier: "Premium", supportPlan: "AKSLongTermSupport" } },
  "cost analysis": { cluster: { skuTier: "Standard", costAnalysisEnabled: true } },
  "add-ons": {
    cluster: {
      azurePolicyEnabled: true,
      omsAgent: { logAnalyticsWorkspaceId: workspace("logs"), msiAuthForMonitoringEnabled: true },
      keyVaultSecretsProvider: { secretRotationEnabled: true, secretRotationInterval: "2m" },
      ingressApplicationGateway: { gatewayName: "gateway", subnetCidr: "10.225.0.0/16" },
      monitorMetrics: {},
      imageCleanerEnabled: true,
      imageCleanerIntervalHours: 120,
      workloadAutoscalerProfile: { kedaEnabled: true },
      storageProfile: { blobDriverEnabled: true },
    },
  },
  "service mesh": { cluster: { serviceMeshProfile: { mode: "Istio", revisions: ["asm-1-27"] } } },
  "web app routing": { cluster: { webAppRouting: { dnsZoneIds: [] } } },
  Windows: {
    cluster: { windowsProfile: { adminUsername: "azureuser", adminPassword: "P@55W0rd1234!h@2h1C0rP" } },
    network: { networkPlugin: "azure", networkPolicy: "azure" },
    pool: { name: "win", osType: "Windows", osSku: "Windows2022", windowsProfile: { outboundNatEnabled: true } },
  },
  Ubuntu: { pool: { osSku: "Ubuntu" }, defaultNodePool: { osSku: "Ubuntu" } },
  Spot: {
    pool: {
      priority: "Spot",
      evictionPolicy: "Delete",
      spotMaxPrice: 0.5,
      autoScalingEnabled: true,
      nodeCount: undefined,
      minCount: 0,
      maxCount: 3,
    },
  },
  "Spot at any price": { pool: { priority: "Spot", spotMaxPrice: -1 } },
  "second system pool": { pool: { mode: "System", nodeCount: 1, nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"] } },
  "kubelet and sysctls": {
    pool: {
      kubeletConfig: {
        cpuManagerPolicy: "static",
        imageGcHighThreshold: 90,
        imageGcLowThreshold: 70,
        podMaxPid: 12345,
      },
      linuxOsConfig: { transparentHugePage: "always", swapFileSizeMb: 300, sysctlConfig: { netCoreSomaxconn: 4096 } },
    },
  },
  "upgrades without surge": { pool: { upgradeSettings: { maxUnavailable: "1", undrainableNodeBehavior: "Cordon" } } },
  "labels and taints": {
    pool: {
      nodeLabels: { key: "value", "example.com/team": "" },
      nodeTaints: ["key=value:NoSchedule", "alone:NoExecute"],
    },
  },
  "GPU nodes": { pool: { vmSize: "Standard_NC24ads_A100_v4", gpuDriver: "None" } },
  "many pods on an ephemeral disk": {
    pool: {
      maxPods: 250,
      osDiskType: "Ephemeral",
      osDiskSizeGb: 100,
      zones: ["1", "2", "3"],
      hostEncryptionEnabled: true,
    },
  },
  "kata in zones": {
    kata: {
      dedicated: true,
      zones: ["1", "2"],
      maxPods: 50,
      nodeCount: undefined,
      autoScalingEnabled: true,
      minCount: 1,
      maxCount: 9,
    },
  },
  "kata with a public subnet of its own": {
    defaultNodePool: { vnetSubnetId: SUBNET },
    kata: { vnetSubnetId: `${SUBNET}2` },
  },
};

test("there are many", () => {
  expect(Object.keys(CONFIGURATIONS).length).toBeGreaterThanOrEqual(40);
});

describe.each(GA_RELEASES)("on azurerm $azurermVersion.major", (podSandboxing) => {
  test.each(Object.keys(CONFIGURATIONS))("%s passes, and azurerm takes it", (what) => {
    expect(failuresOf(CONFIGURATIONS[what], podSandboxing)).toEqual([]);
  });
});
