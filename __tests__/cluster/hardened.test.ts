import { App } from "cdktf";
import { AzurermVersion, hardened, HARDENED_NODE_POOL, PodSandboxing } from "../../lib";
import { CLUSTER, clusterIn, clusterStack, KATA_POOL } from "../support/clusters";
import { failuresIn } from "../support/schema-failures";
import { idOf, workspace } from "../support/ids";

const OPTIONS = {
  adminGroupObjectIds: ["11111111-1111-1111-1111-111111111111"],
  logAnalyticsWorkspaceId: workspace("logs"),
  diskEncryptionSetId: idOf("Microsoft.Compute/diskEncryptionSets", "keys"),
};
const RELEASES = [PodSandboxing.GA, PodSandboxing.GA.on(AzurermVersion.V5)];

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Resource = any;

/** When a cluster passes a check of Checkov 3.3 or Trivy, in the words of azurerm 4 and 5. */
const CLUSTER_CHECKS: { readonly [id: string]: (cluster: Resource) => unknown } = {
  CKV_AZURE_4: ({ oms_agent }) => oms_agent.log_analytics_workspace_id,
  CKV_AZURE_5: ({ role_based_access_control_enabled: rbac }) => rbac ?? true,
  CKV_AZURE_6: ({ private_cluster_enabled }) => private_cluster_enabled,
  CKV_AZURE_7: ({ network_profile }) => network_profile.network_policy,
  CKV_AZURE_115: ({ private_cluster_enabled }) => private_cluster_enabled === true,
  CKV_AZURE_116: ({ azure_policy_enabled }) => azure_policy_enabled === true,
  CKV_AZURE_117: ({ disk_encryption_set_id }) => disk_encryption_set_id,
  CKV_AZURE_141: ({ local_account_disabled }) => local_account_disabled === true,
  CKV_AZURE_143: ({ default_node_pool }) => default_node_pool.node_public_ip_enabled !== true,
  CKV_AZURE_168: ({ default_node_pool }) => default_node_pool.max_pods >= 50,
  CKV_AZURE_169: ({ default_node_pool }) => default_node_pool.type !== "AvailabilitySet",
  CKV_AZURE_170: ({ sku_tier }) => sku_tier === "Standard",
  CKV_AZURE_171: ({ automatic_upgrade_channel: channel }) => channel !== undefined && channel !== "none",
  CKV_AZURE_172: ({ key_vault_secrets_provider }) => key_vault_secrets_provider.secret_rotation_enabled === true,
  CKV_AZURE_226: ({ default_node_pool }) => default_node_pool.os_disk_type === "Ephemeral",
  CKV_AZURE_227: ({ default_node_pool }) => default_node_pool.host_encryption_enabled === true,
  CKV_AZURE_232: ({ default_node_pool }) => default_node_pool.only_critical_addons_enabled === true,
  CKV_AZURE_246: ({ http_application_routing_enabled }) => http_application_routing_enabled !== true,
  CKV2_AZURE_29: ({ network_profile }) => network_profile.network_plugin === "azure",
  "AZU-0040": ({ oms_agent }) => oms_agent,
  "AZU-0041": ({ private_cluster_enabled }) => private_cluster_enabled,
  "AZU-0042": ({ role_based_access_control_enabled }) => role_based_access_control_enabled === true,
  "AZU-0043": ({ network_profile }) => network_profile.network_policy,
  "AZU-0065": ({ private_cluster_enabled }) => private_cluster_enabled === true,
  "AZU-0066": ({ azure_policy_enabled }) => azure_policy_enabled === true,
  "AZU-0067": ({ disk_encryption_set_id }) => disk_encryption_set_id,
};
const POOL_CHECKS: { readonly [id: string]: (pool: Resource) => unknown } = {
  CKV_AZURE_168: ({ max_pods }) => max_pods >= 50,
  CKV_AZURE_227: ({ host_encryption_enabled }) => host_encryption_enabled === true,
};

describe.each(RELEASES)("on azurerm $azurermVersion.major", (podSandboxing) => {
  const stack = clusterStack({ ...hardened(OPTIONS), podSandboxing }, (cluster) =>
    cluster.addKataNodePool("kata", { ...HARDENED_NODE_POOL, ...KATA_POOL }),
  );

  test.each(Object.entries(CLUSTER_CHECKS))("a hardened cluster passes %s", (_, passes) => {
    expect(passes(stack.resource.azurerm_kubernetes_cluster.aks)).toBeTruthy();
  });

  test.each(Object.entries(POOL_CHECKS))("a hardened pool passes %s", (_, passes) => {
    expect(Object.values(stack.resource.azurerm_kubernetes_cluster_node_pool).every(passes)).toBe(true);
  });

  test("azurerm takes it, and no rule warns of it", () => {
    expect(failuresIn(stack, "json")).toEqual([]);
    const cluster = clusterIn(new App(), { ...hardened(OPTIONS), podSandboxing, kubernetesVersion: "1.36" });
    const pool = cluster.addKataNodePool("kata", { ...HARDENED_NODE_POOL, ...KATA_POOL });
    expect([...cluster.node.metadata, ...pool.node.metadata]).toEqual([]);
  });
});

test("the document's cluster passes few of them", () => {
  const { resource } = clusterStack({ ...CLUSTER, networkProfile: { networkPlugin: "azure" } });
  const failed = Object.entries(CLUSTER_CHECKS).filter(([, passes]) => {
    const blocks = { oms_agent: {}, key_vault_secrets_provider: {} };
    return !passes({ ...blocks, ...resource.azurerm_kubernetes_cluster.aks });
  });
  expect(failed.length).toBeGreaterThan(15);
});

test("a waived disk encryption set is not written", () => {
  const waived = hardened({ ...OPTIONS, diskEncryptionSetId: "waived" });
  const { resource } = clusterStack({ ...waived, podSandboxing: PodSandboxing.GA });
  expect(resource.azurerm_kubernetes_cluster.aks).not.toHaveProperty("disk_encryption_set_id");
});
