import { notesOn, cluster, defaultPool, network, manifest } from "../../support/changes";
import { identity, ZONE_ID } from "../../support/ids";
import { Stack } from "../../support/reviews";

describe("what is refused", () => {
  test.each<{ name: string; before: Stack; after: Stack; note: string }>([
    {
      name: "workload identity without its issuer",
      before: cluster({}),
      after: cluster({ workload_identity_enabled: true }),
      note: "azurerm or AKS refuses it: `workload_identity_enabled` true needs `oidc_issuer_enabled` true",
    },
    {
      name: "a downgrade",
      before: cluster({ kubernetes_version: "1.34.2" }),
      after: cluster({ kubernetes_version: "1.33" }),
      note: "AKS refuses at apply to go back from Kubernetes `1.34.2` to `1.33`",
    },
    {
      name: "an identity and a service principal",
      before: cluster({}),
      after: cluster({ service_principal: { client_id: "a", client_secret: "b" } }),
      note: "azurerm or AKS refuses it: identity and `service_principal` exclude each other",
    },
    {
      name: "another handler",
      before: manifest({ kind: "RuntimeClass", handler: "kata" }),
      after: manifest({ kind: "RuntimeClass", handler: "kata2" }),
      note: "Kubernetes refuses at apply to change the handler of a runtime class: give the class another name",
    },
    {
      name: "fewer nodes than an autoscaled pool has",
      before: cluster({}),
      after: defaultPool({ auto_scaling_enabled: true, node_count: 1, min_count: 2, max_count: 3 }),
      note: "azurerm or AKS refuses it: `default_node_pool.node_count` 1 is less than `default_node_pool.min_count` 2",
    },
    {
      name: "workload identity with an issuer that is turned off on azurerm 5",
      before: cluster({}, 5),
      after: cluster({ workload_identity_enabled: true, oidc_issuer_enabled: false }, 5),
      note: "azurerm or AKS refuses it: `workload_identity_enabled` true needs `oidc_issuer_enabled` true",
    },
    {
      name: "security without azure",
      before: cluster({}),
      after: network({ network_data_plane: "cilium", advanced_networking: { security_enabled: true } }),
      note: "azurerm or AKS refuses it: `network_profile.network_data_plane` cilium does not go with `network_plugin`",
    },
    {
      name: "two ranges of services",
      before: cluster({}),
      after: network({ service_cidrs: ["10.1.0.0/16", "fd00::/64"], dns_service_ip: "10.1.0.1" }),
      note: "azurerm or AKS refuses it: `network_profile` has two ranges of addresses for one version of IP",
    },
    {
      name: "a gateway of a basic load balancer",
      before: cluster({}),
      after: network({ load_balancer_sku: "basic", nat_gateway_profile: {} }),
      note: "azurerm or AKS refuses it: `network_profile.load_balancer_profile` and `nat_gateway_profile` do not go with `load_balancer_sku` basic",
    },
    {
      name: "more nodes than an autoscaled pool has",
      before: cluster({}),
      after: defaultPool({ auto_scaling_enabled: true, node_count: 5, min_count: 1, max_count: 3 }),
      note: "azurerm or AKS refuses it: `default_node_pool.node_count` 5 is more than `default_node_pool.max_count` 3",
    },
    {
      name: "another count of an autoscaled pool",
      before: defaultPool({ auto_scaling_enabled: true, node_count: 1, min_count: 1, max_count: 3 }),
      after: defaultPool({ auto_scaling_enabled: true, node_count: 2, min_count: 1, max_count: 3 }),
      note: "azurerm refuses at apply to change `default_node_pool.node_count` while the pool is autoscaled",
    },
    {
      name: "an override that is taken away",
      before: cluster({ upgrade_override: { force_upgrade_enabled: true } }),
      after: cluster({}),
      note: "azurerm refuses at apply to take `upgrade_override` away",
    },
    {
      name: "no way out",
      before: cluster({}),
      after: network({ network_plugin: "azure", outbound_type: "none" }),
      note: "azurerm or AKS refuses it: `network_profile.outbound_type` none needs `bootstrap_profile`",
    },
    {
      name: "security without cilium",
      before: cluster({}),
      after: network({ network_plugin: "azure", advanced_networking: { security_enabled: true } }),
      note: "azurerm or AKS refuses it: `network_profile.advanced_networking.security_enabled` needs `network_data_plane` cilium",
    },
    {
      name: "pod addresses without overlay",
      before: cluster({}),
      after: network({ network_plugin: "azure", pod_cidr: "10.1.0.0/16" }),
      note: 'azurerm or AKS refuses it: `network_profile.pod_cidr` "10.1.0.0/16" does not go with `network_plugin` azure',
    },
    {
      name: "service addresses without DNS",
      before: cluster({}),
      after: network({ network_plugin: "azure", service_cidr: "10.1.0.0/16" }),
      note: "azurerm or AKS refuses it: `network_profile.service_cidr` needs `dns_service_ip`",
    },
    {
      name: "two ranges for one kind of addresses",
      before: cluster({}),
      after: network({ network_plugin: "azure", pod_cidrs: ["10.1.0.0/16", "fd00::/64"] }),
      note: "azurerm or AKS refuses it: `network_profile` has two ranges of addresses for one version of IP",
    },
    {
      name: "a profile of a basic load balancer",
      before: cluster({}),
      after: network({ network_plugin: "azure", load_balancer_sku: "basic", load_balancer_profile: {} }),
      note: "azurerm or AKS refuses it: `network_profile.load_balancer_profile` and `nat_gateway_profile` do not go with `load_balancer_sku` basic",
    },
    {
      name: "no DNS prefix",
      before: cluster({}),
      after: cluster({ dns_prefix: null }),
      note: "azurerm wants `dns_prefix`",
    },
    {
      name: "two DNS prefixes",
      before: cluster({}),
      after: cluster({ dns_prefix_private_cluster: "b" }),
      note: "azurerm or AKS refuses it: `dns_prefix` and `dns_prefix_private_cluster` exclude each other",
    },
    {
      name: "a private DNS prefix of a public cluster",
      before: cluster({}),
      after: cluster({ dns_prefix: null, dns_prefix_private_cluster: "b" }),
      note: 'azurerm or AKS refuses it: `dns_prefix_private_cluster` "b" is for private clusters with a DNS zone of your own',
    },
    {
      name: "a DNS zone that the cluster's identity cannot write",
      before: cluster({}),
      after: cluster({ private_cluster_enabled: true, private_dns_zone_id: "/subscriptions/s/zone" }),
      note: "azurerm or AKS refuses it: `private_dns_zone_id` of your own needs an identity that may write to the zone",
    },
    {
      name: "two ways to upgrade nodes",
      before: cluster({}),
      after: cluster({ automatic_upgrade_channel: "node-image", node_os_upgrade_channel: "SecurityPatch" }),
      note: "azurerm or AKS refuses it: `automatic_upgrade_channel` node-image does not go with `node_os_upgrade_channel` SecurityPatch",
    },
    {
      name: "costs on the free tier",
      before: cluster({}),
      after: cluster({ cost_analysis_enabled: true }),
      note: "azurerm or AKS refuses it: `cost_analysis_enabled` true does not go with `sku_tier` Free",
    },
    {
      name: "nodes that are newer than their control plane",
      before: cluster({ kubernetes_version: "1.33" }),
      after: defaultPool({ orchestrator_version: "1.34" }, { kubernetes_version: "1.33" }),
      note: 'azurerm or AKS refuses it: `default_node_pool.orchestrator_version` "1.34" is newer than `kubernetes_version`',
    },
  ])("$name", async ({ before, after, note }) => {
    expect(await notesOn(before, after)).toContainEqual(expect.stringContaining(`: ${note}`));
    expect((await notesOn(before, before)).filter((text) => text.includes(note))).toEqual([]);
  });

  test.each<{ name: string; before: Stack; after: Stack }>([
    {
      name: "a way out that is cached",
      before: cluster({}),
      after: network({ outbound_type: "none" }, { artifact_source: "Cache" }),
    },
    {
      name: "an identity in a dynamic block",
      before: cluster({}),
      after: cluster({ identity: null, dynamic: { identity: { for_each: [1] } } }),
    },
    {
      name: "as many nodes as an autoscaled pool may have",
      before: cluster({}),
      after: defaultPool({ auto_scaling_enabled: true, node_count: 1, min_count: 1, max_count: 1 }),
    },
    {
      name: "another count of a pool that was not autoscaled",
      before: defaultPool({ node_count: 1 }),
      after: defaultPool({ auto_scaling_enabled: true, node_count: 2, min_count: 1, max_count: 3 }),
    },
    {
      name: "another count that is ignored",
      before: defaultPool({ auto_scaling_enabled: true, node_count: 1, min_count: 1, max_count: 3 }),
      after: defaultPool(
        { auto_scaling_enabled: true, node_count: 2, min_count: 1, max_count: 3 },
        { tags: { a: "b" }, lifecycle: { ignore_changes: ["default_node_pool[0].node_count"] } },
      ),
    },
    {
      name: "an override in a dynamic block",
      before: cluster({ upgrade_override: { force_upgrade_enabled: true } }),
      after: cluster({ dynamic: { upgrade_override: { for_each: [1] } } }),
    },
    {
      name: "workload identity on azurerm 5",
      before: cluster({}, 5),
      after: cluster({ workload_identity_enabled: true }, 5),
    },
    {
      name: "pod addresses of kubenet",
      before: cluster({}),
      after: network({ network_plugin: "kubenet", pod_cidr: "10.1.0.0/16" }),
    },
    {
      name: "pod addresses with overlay",
      before: cluster({}),
      after: network({ network_plugin: "azure", network_plugin_mode: "overlay", pod_cidr: "10.1.0.0/16" }),
    },
    {
      name: "a list of service addresses with DNS",
      before: cluster({}),
      after: network({ service_cidrs: ["10.1.0.0/16"], dns_service_ip: "10.1.0.1" }),
    },
    {
      name: "two ranges for two kinds of addresses",
      before: cluster({}),
      after: network({ pod_cidrs: ["10.1.0.0/16", "fd00::/64"], ip_versions: ["IPv4", "IPv6"] }),
    },
    {
      name: "two ranges for kinds of addresses that only Terraform knows",
      before: cluster({}),
      after: network({ pod_cidrs: ["10.1.0.0/16", "fd00::/64"], ip_versions: ["${var.ip}"] }),
    },
    {
      name: "a profile of a standard load balancer",
      before: cluster({}),
      after: network({ network_plugin: "azure", load_balancer_profile: {} }),
    },
    {
      name: "a private DNS prefix in a zone that an identity of one's own can write",
      before: cluster({}),
      after: cluster({
        dns_prefix: null,
        dns_prefix_private_cluster: "b",
        private_cluster_enabled: true,
        private_dns_zone_id: ZONE_ID,
        identity: { type: "UserAssigned", identity_ids: [identity("aks")] },
      }),
    },
    { name: "no DNS zone", before: cluster({}), after: cluster({ private_dns_zone_id: "None" }) },
    {
      name: "a DNS zone that only Terraform knows",
      before: cluster({}),
      after: cluster({ private_dns_zone_id: "${var.zone}" }),
    },
    {
      name: "a DNS zone that the cluster's identity can write",
      before: cluster({}),
      after: cluster({
        private_dns_zone_id: ZONE_ID,
        identity: { type: "UserAssigned", identity_ids: [identity("aks")] },
      }),
    },
    {
      name: "node images on their own",
      before: cluster({}),
      after: cluster({ automatic_upgrade_channel: "node-image" }),
    },
    {
      name: "another channel of node images",
      before: cluster({}),
      after: cluster({ node_os_upgrade_channel: "SecurityPatch" }),
    },
    {
      name: "node images twice",
      before: cluster({}),
      after: cluster({ automatic_upgrade_channel: "node-image", node_os_upgrade_channel: "NodeImage" }),
    },
    {
      name: "costs on another tier",
      before: cluster({}),
      after: cluster({ cost_analysis_enabled: true, sku_tier: "Standard" }),
    },
    {
      name: "another field of the name",
      before: manifest({ kind: "A", handler: "a" }),
      after: manifest({ kind: "A", handler: "b" }),
    },
    {
      name: "less of a version",
      before: cluster({ kubernetes_version: "1.34.2" }),
      after: cluster({ kubernetes_version: "1.34" }),
    },
    {
      name: "a version that only Terraform knows",
      before: cluster({ kubernetes_version: "1.34" }),
      after: cluster({ kubernetes_version: "${var.v1}" }),
    },
  ])("not $name", async ({ before, after }) => {
    const refused = /(azurerm|AKS|Kubernetes) (refuses|wants|takes|cannot)/;
    expect((await notesOn(before, after)).filter((note) => refused.test(note))).toEqual([]);
  });
});
