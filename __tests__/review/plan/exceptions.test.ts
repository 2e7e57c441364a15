import { Major, poolChange, clusterChange } from "../../support/changes";

describe("rules that depend on the values", () => {
  const profile = (network_profile: object) => ({ network_profile });

  test.each<{ name: string; azurerm: Major; before: object; after: object; verdict: string }>([
    {
      name: "OS SKU within a family",
      azurerm: 4,
      before: { os_sku: "AzureLinux" },
      after: { os_sku: "AzureLinux3" },
      verdict: "update",
    },
    {
      name: "OS SKU within a family, as azurerm 3 sees it",
      azurerm: 3,
      before: { os_sku: "AzureLinux" },
      after: { os_sku: "Ubuntu" },
      verdict: "update",
    },
    {
      name: "OS SKU to another family",
      azurerm: 3,
      before: { os_sku: "CBLMariner" },
      after: { os_sku: "AzureLinux" },
      verdict: "replace",
    },
    {
      name: "drain timeout set",
      azurerm: 4,
      before: { upgrade_settings: { max_surge: "1" } },
      after: { upgrade_settings: { max_surge: "1", drain_timeout_in_minutes: 9 } },
      verdict: "update",
    },
    {
      name: "drain timeout unset",
      azurerm: 4,
      before: { upgrade_settings: { max_surge: "1", drain_timeout_in_minutes: 9 } },
      after: { upgrade_settings: { max_surge: "1" } },
      verdict: "replace",
    },
    {
      name: "drain timeout gone with its block",
      azurerm: 4,
      before: { upgrade_settings: { max_surge: "1", drain_timeout_in_minutes: 9 } },
      after: {},
      verdict: "replace",
    },
    {
      name: "workload runtime",
      azurerm: 4,
      before: { workload_runtime: "OCIContainer" },
      after: { workload_runtime: "KataVmIsolation" },
      verdict: "update",
    },
    {
      name: "kubelet configuration",
      azurerm: 4,
      before: { kubelet_config: { pod_max_pid: 100 } },
      after: { kubelet_config: { pod_max_pid: 200 } },
      verdict: "rotate",
    },
    {
      name: "kubelet configuration on azurerm 3",
      azurerm: 3,
      before: { kubelet_config: { pod_max_pid: 100 } },
      after: { kubelet_config: { pod_max_pid: 200 } },
      verdict: "replace",
    },
    {
      name: "a sysctl on azurerm 3",
      azurerm: 3,
      before: { linux_os_config: { sysctl_config: { vm_swappiness: 1 } } },
      after: { linux_os_config: { sysctl_config: { vm_swappiness: 2 } } },
      verdict: "replace",
    },
  ])("node pool: $name", async ({ azurerm, before, after, verdict }) => {
    expect(await poolChange(before, after, azurerm)).toMatchObject({ verdict });
  });

  test.each<{ name: string; azurerm: Major; before: object; after: object; verdict: string }>([
    {
      name: "OIDC issuer off",
      azurerm: 4,
      before: { oidc_issuer_enabled: true },
      after: { oidc_issuer_enabled: false },
      verdict: "replace",
    },
    {
      name: "OIDC issuer on",
      azurerm: 4,
      before: { oidc_issuer_enabled: false },
      after: { oidc_issuer_enabled: true },
      verdict: "update",
    },
    {
      name: "OIDC issuer off on azurerm 3",
      azurerm: 3,
      before: { oidc_issuer_enabled: true },
      after: { oidc_issuer_enabled: false },
      verdict: "update",
    },
    {
      name: "data plane to cilium",
      azurerm: 4,
      before: profile({ network_plugin: "azure" }),
      after: profile({ network_plugin: "azure", network_data_plane: "cilium" }),
      verdict: "update",
    },
    {
      name: "data plane from cilium",
      azurerm: 4,
      before: profile({ network_plugin: "azure", network_data_plane: "cilium" }),
      after: profile({ network_plugin: "azure" }),
      verdict: "replace",
    },
    {
      name: "policy to cilium",
      azurerm: 4,
      before: profile({ network_plugin: "azure", network_policy: "calico" }),
      after: profile({ network_plugin: "azure", network_policy: "cilium" }),
      verdict: "update",
    },
    {
      name: "policy to calico",
      azurerm: 4,
      before: profile({ network_plugin: "azure", network_policy: "azure" }),
      after: profile({ network_plugin: "azure", network_policy: "calico" }),
      verdict: "replace",
    },
    {
      name: "policy to cilium on azurerm 3",
      azurerm: 3,
      before: profile({ network_plugin: "azure", network_policy: "azure" }),
      after: profile({ network_plugin: "azure", network_policy: "cilium" }),
      verdict: "replace",
    },
    {
      name: "plugin to overlay",
      azurerm: 4,
      before: profile({ network_plugin: "kubenet" }),
      after: profile({ network_plugin: "azure", network_plugin_mode: "overlay" }),
      verdict: "update",
    },
    {
      name: "plugin",
      azurerm: 4,
      before: profile({ network_plugin: "kubenet" }),
      after: profile({ network_plugin: "azure" }),
      verdict: "replace",
    },
    {
      name: "overlay gone",
      azurerm: 4,
      before: profile({ network_plugin: "azure", network_plugin_mode: "overlay" }),
      after: profile({ network_plugin: "azure" }),
      verdict: "replace",
    },
    {
      name: "a network profile that says what is there",
      azurerm: 4,
      before: {},
      after: profile({ network_plugin: "kubenet" }),
      verdict: "none",
    },
    {
      name: "a network profile that says something else",
      azurerm: 4,
      before: {},
      after: profile({ network_plugin: "azure" }),
      verdict: "replace",
    },
    {
      name: "a network profile that adds to what is there",
      azurerm: 4,
      before: {},
      after: profile({ network_plugin: "kubenet", network_policy: "calico" }),
      verdict: "update",
    },
    {
      name: "pool name",
      azurerm: 4,
      before: {},
      after: { default_node_pool: { name: "other", vm_size: "Standard_D2s_v5", temporary_name_for_rotation: "tmp" } },
      verdict: "replace",
    },
    {
      name: "Linux profile",
      azurerm: 4,
      before: {},
      after: { linux_profile: { admin_username: "me", ssh_key: { key_data: "ssh" } } },
      verdict: "replace",
    },
    {
      name: "service principal",
      azurerm: 4,
      before: {},
      after: { identity: null, service_principal: { client_id: "id", client_secret: "secret" } },
      verdict: "replace",
    },
    {
      name: "service principal gone",
      azurerm: 4,
      before: { service_principal: { client_id: "id", client_secret: "secret" } },
      after: {},
      verdict: "update",
    },
    {
      name: "API server subnet gone",
      azurerm: 4,
      before: { api_server_access_profile: { subnet_id: "id" } },
      after: {},
      verdict: "replace",
    },
  ])("cluster: $name", async ({ azurerm, before, after, verdict }) => {
    expect(await clusterChange(before, after, azurerm)).toMatchObject({ verdict });
  });
});
