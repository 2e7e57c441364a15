import { AksClusterProps, AzurermVersion, DefaultNodePoolOptions, PodSandboxing } from "../../lib";
import { structureOfHcl, structureOfJson } from "../support/hcl";
import { aksCluster, CLUSTER, clusterIn, KATA_POOL, nodePool } from "../support/clusters";
import { synthesise } from "../support/synth";
import { GUID, subnet } from "../support/ids";

const PREVIEW = PodSandboxing.PREVIEW;
const GA_4 = PodSandboxing.GA;
const GA_5 = PodSandboxing.GA.on(AzurermVersion.V5);

const RENAMED: Partial<AksClusterProps> = {
  automaticUpgradeChannel: "patch",
  nodeOsUpgradeChannel: "NodeImage",
  apiServerAccessProfile: { virtualNetworkIntegrationEnabled: true, subnetId: subnet("nodes") },
  azureActiveDirectoryRoleBasedAccessControl: { tenantId: GUID },
  tags: { team: "a", "cost/center": "42" },
  defaultNodePool: {
    ...CLUSTER.defaultNodePool,
    nodeLabels: { "example.com/team": "a" },
    zones: ["1", "2"],
    hostEncryptionEnabled: true,
    nodePublicIpEnabled: false,
    kubeletConfig: { containerLogMaxLine: 5 },
    linuxOsConfig: { transparentHugePageEnabled: "always" },
  },
};

describe("azurerm 3", () => {
  test("gets its names, in blocks too", () => {
    const cluster = aksCluster({ ...RENAMED, podSandboxing: PREVIEW });
    expect(cluster).toMatchObject({
      automatic_channel_upgrade: "patch",
      node_os_channel_upgrade: "NodeImage",
      api_server_access_profile: { vnet_integration_enabled: true, subnet_id: subnet("nodes") },
      azure_active_directory_role_based_access_control: { managed: true, tenant_id: GUID },
      default_node_pool: {
        enable_host_encryption: true,
        enable_node_public_ip: false,
        kubelet_config: { container_log_max_line: 5 },
        linux_os_config: { transparent_huge_page_enabled: "always" },
      },
    });
    expect(JSON.stringify(cluster)).not.toMatch(
      /automatic_upgrade_channel|host_encryption_enabled|virtual_network_int/,
    );
  });

  test("gets its names in node pools", () => {
    const pool = nodePool((cluster) =>
      cluster.addKataNodePool("kata", {
        vmSize: "Standard_D4s_v3",
        autoScalingEnabled: true,
        minCount: 0,
        maxCount: 3,
      }),
    );
    expect(pool).toMatchObject({ enable_auto_scaling: true, min_count: 0, max_count: 3 });
    expect(pool).not.toHaveProperty("temporary_name_for_rotation");
  });

  test("has no managed Entra ID unless it is asked for", () => {
    expect(aksCluster({})).not.toHaveProperty("azure_active_directory_role_based_access_control");
  });

  test.each<[string, Partial<AksClusterProps>]>([
    ["upgrade_override", { upgradeOverride: { forceUpgradeEnabled: true } }],
    [
      "advanced_networking",
      {
        networkProfile: {
          networkPlugin: "azure",
          networkDataPlane: "cilium",
          advancedNetworking: { securityEnabled: true },
        },
      },
    ],
    ["gpu_driver", { defaultNodePool: { ...CLUSTER.defaultNodePool, gpuDriver: "None" } as DefaultNodePoolOptions }],
  ])("refuses %s, which it lacks", (argument, props) => {
    const remedy = "leave it out or use azurerm 4 or 5 (PodSandboxing.GA) [cluster/aks]";
    expect(() => aksCluster(props)).toThrow(`azurerm 3 has no argument "${argument}": ${remedy}`);
    expect(() => aksCluster({ ...props, podSandboxing: GA_4 })).not.toThrow();
  });
});

describe.each([
  [4, GA_4],
  [5, GA_5],
])("azurerm %i", (major, podSandboxing) => {
  test("keeps the names of the bindings but for those that were renamed later", () => {
    expect(aksCluster({ ...RENAMED, podSandboxing })).toMatchObject({
      automatic_upgrade_channel: "patch",
      node_os_upgrade_channel: "NodeImage",
      api_server_access_profile: { virtual_network_integration_enabled: true },
      azure_active_directory_role_based_access_control: { tenant_id: GUID },
      default_node_pool: {
        host_encryption_enabled: true,
        node_public_ip_enabled: false,
        kubelet_config: { container_log_max_files: 5 },
        linux_os_config: { transparent_huge_page: "always" },
      },
    });
  });

  test("demands node_provisioning_profile only from 5 on", () => {
    expect(aksCluster({ podSandboxing }).node_provisioning_profile).toEqual(
      major === 5 ? { mode: "Manual" } : undefined,
    );
  });
});

test.each([
  ["azurerm 3", PREVIEW],
  ["azurerm 4", GA_4],
  ["azurerm 5", GA_5],
])("%s reads the same in HCL", async (_, podSandboxing) => {
  const files = (["json", "hcl"] as const).map(
    (language) =>
      synthesise((app) => {
        clusterIn(app, { ...RENAMED, podSandboxing }).addKataNodePool("kata", { ...KATA_POOL, dedicated: true });
      }, language).cluster,
  );
  expect(await structureOfHcl(files[1])).toEqual(structureOfJson(files[0]));
});

test("two names for one argument are refused", () => {
  const linuxOsConfig = { transparentHugePage: "always", transparentHugePageEnabled: "never" };
  const defaultNodePool = { ...CLUSTER.defaultNodePool, linuxOsConfig };
  expect(() => aksCluster({ defaultNodePool })).toThrow(
    'azurerm 3 has one argument "transparent_huge_page_enabled" for two that are given: give one [cluster/aks]',
  );
});
