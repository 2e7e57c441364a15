import { AZURERM, byAddress, clusterWith, reviewOf, Stack, stackOf, verdictsOf } from "../support/reviews";

const CLUSTER = "azurerm_kubernetes_cluster.aks";
const POOL = "azurerm_kubernetes_cluster_node_pool.kata";

type Major = keyof typeof AZURERM;

/** What happens to the node pool when its arguments change. */
async function poolChange(before: object, after: object, azurerm: Major = 4) {
  const [old, next] = [before, after].map((pool) => ({ cluster: stackOf(clusterWith({}, pool), {}, azurerm) }));
  return byAddress(await reviewOf(old, next))[POOL];
}

/** What happens to the cluster when its arguments change. */
async function clusterChange(before: object, after: object, azurerm: Major = 4) {
  const [old, next] = [before, after].map((cluster) => ({ cluster: stackOf(clusterWith(cluster), {}, azurerm) }));
  return byAddress(await reviewOf(old, next))[CLUSTER];
}

async function verdicts(before: Stack, after: Stack) {
  return verdictsOf(await reviewOf({ cluster: before }, { cluster: after }));
}

describe("what is written in two ways is the same", () => {
  test.each<[string, object, object]>([
    ["a set in another order", { zones: ["1", "2"] }, { zones: ["2", "1"] }],
    ["a number in quotes", { node_count: 2 }, { node_count: "2" }],
    ["a number for a string", { os_disk_type: "Managed", zones: ["1"] }, { os_disk_type: "Managed", zones: [1] }],
    ["a block in a list", { upgrade_settings: { max_surge: "10%" } }, { upgrade_settings: [{ max_surge: "10%" }] }],
    ["null", {}, { max_pods: null }],
    ["a default", {}, { os_disk_type: "Managed", mode: "User", priority: "Regular", spot_max_price: -1 }],
    ["false", {}, { fips_enabled: false, host_encryption_enabled: false }],
    ["an empty list", {}, { node_taints: [] }],
    ["an empty text", {}, { capacity_reservation_group_id: "" }],
    [
      "zero",
      { upgrade_settings: { max_surge: "1" } },
      { upgrade_settings: { max_surge: "1", drain_timeout_in_minutes: 0 } },
    ],
    ["null in a map", { tags: { a: "b" } }, { tags: { a: "b", c: null } }],
    ["null instances", {}, { count: null, for_each: null }],
  ])("%s", async (_, before, after) => {
    expect(await poolChange(before, after)).toMatchObject({ verdict: "none", arguments: [] });
  });

  test("a list in another order is a change", async () => {
    const taints = ["a=b:NoSchedule", "c=d:NoSchedule"];
    const change = await poolChange({ node_taints: taints }, { node_taints: taints.toReversed() });
    expect(change.verdict).toBe("update");
  });

  test("a region with spaces", async () => {
    expect(await clusterChange({ location: "eastus" }, { location: "East US" })).toMatchObject({ verdict: "none" });
    expect(await clusterChange({ location: "eastus" }, { location: "East US 2" })).toMatchObject({
      verdict: "replace",
    });
  });

  test("quantities of Kubernetes", async () => {
    const quota = (memory: string) =>
      stackOf({ kubernetes_resource_quota_v1: { q: { metadata: { name: "q" }, spec: { hard: { memory } } } } });
    expect(await verdicts(quota("1Gi"), quota("1024Mi"))).toEqual({ "kubernetes_resource_quota_v1.q": "none" });
    expect(await verdicts(quota("1Gi"), quota("1025Mi"))).toEqual({ "kubernetes_resource_quota_v1.q": "update" });
  });

  test("names of other azurerm majors", async () => {
    const before = stackOf(clusterWith({}, { enable_auto_scaling: true, enable_host_encryption: true }), {}, 3);
    const after = stackOf(clusterWith({}, { auto_scaling_enabled: true, host_encryption_enabled: true }), {}, 4);
    expect((await verdicts(before, after))[POOL]).toBe("none");
    const { arguments: back } = byAddress(
      await reviewOf(
        { cluster: stackOf(clusterWith({}, { auto_scaling_enabled: true }), {}, 4) },
        { cluster: stackOf(clusterWith({}, { enable_auto_scaling: false }), {}, 3) },
      ),
    )[POOL];
    expect(back).toEqual([{ path: "enable_auto_scaling", before: true, after: false, effect: "update" }]);
  });

  test("places of other azurerm majors", async () => {
    const ranges = ["10.0.0.0/8"];
    const before = stackOf(
      clusterWith({
        api_server_authorized_ip_ranges: ranges,
        network_profile: { network_plugin: "azure", ebpf_data_plane: "cilium" },
        web_app_routing: { dns_zone_id: "zone" },
      }),
      {},
      3,
    );
    const after = (network_data_plane?: string) =>
      stackOf(
        clusterWith({
          api_server_access_profile: { authorized_ip_ranges: ranges },
          network_profile: { network_plugin: "azure", network_data_plane },
          web_app_routing: { dns_zone_ids: ["zone"] },
        }),
      );
    const { arguments: changed } = byAddress(await reviewOf({ s: before }, { s: after("cilium") }))[CLUSTER];
    expect(changed.map(({ path }) => path)).toEqual(["image_cleaner_interval_hours"]);
    expect((await verdicts(before, after()))[CLUSTER]).toBe("replace");
  });

  test("names of roles", async () => {
    const role = (role_definition_name: string) =>
      stackOf({ azurerm_role_assignment: { r: { role_definition_name } } });
    expect(await verdicts(role("Reader"), role("reader"))).toEqual({ "azurerm_role_assignment.r": "none" });
    expect(await verdicts(role("Reader"), role("Owner"))).toEqual({ "azurerm_role_assignment.r": "replace" });
    const byId = (role_definition_id: string) => stackOf({ azurerm_role_assignment: { r: { role_definition_id } } });
    expect(await verdicts(byId("/a/B"), byId("/A/b"))).toEqual({ "azurerm_role_assignment.r": "none" });
  });

  test("objects in a list, with and without nulls", async () => {
    const network = (subnet: object) => stackOf({ azurerm_virtual_network: { v: { subnet: [subnet] } } });
    const bare = { name: "a", address_prefixes: ["10.0.0.0/24"], default_outbound_access_enabled: true };
    const nulled = { ...bare, default_outbound_access_enabled: "true", security_group: null };
    expect(await verdicts(network(bare), network(nulled))).toEqual({ "azurerm_virtual_network.v": "none" });
  });

  test("JSON and HCL of a type without a schema", async () => {
    const json = (...members: object[]) => stackOf({ azuread_group: { team: { member: members } } });
    const hcl = (...names: string[]) => `
      terraform {
        backend "local" { path = "state" }
      }
      resource "azuread_group" "team" {
        ${names.map((name) => `member {\n name = "${name}"\n }`).join("\n")}
      }`;
    const group = { "azuread_group.team": "none" };
    expect(await verdicts(stackOf({ azuread_group: { team: { member: { name: "a" } } } }), hcl("a"))).toEqual(group);
    expect(await verdicts(json({ name: "a" }, { name: "b" }), hcl("a", "b"))).toEqual(group);
    expect(await verdicts(json({ name: "a" }, { name: "b" }), hcl("a", "c"))).toEqual({
      "azuread_group.team": "unknown",
    });
  });

  test("a default that an older azurerm had", async () => {
    const cleaned = (image_cleaner_interval_hours: number | undefined, azurerm: Major) =>
      stackOf(clusterWith({ image_cleaner_interval_hours }), {}, azurerm);
    const changed = async (before: object, after: object) =>
      byAddress(await reviewOf({ s: before }, { s: after }))[CLUSTER].arguments;
    expect(await changed(cleaned(undefined, 3), cleaned(48, 4))).toEqual([]);
    for (const after of [36, undefined])
      expect(await changed(cleaned(24, 3), cleaned(after, 4))).toEqual([
        { path: "image_cleaner_interval_hours", before: 24, after: after ?? null, effect: "update" },
      ]);
  });

  test("nothing at the places of other azurerm majors", async () => {
    const routed = (web_app_routing: object, azurerm: Major) => stackOf(clusterWith({ web_app_routing }), {}, azurerm);
    const result = await reviewOf({ s: routed({ dns_zone_id: "" }, 3) }, { s: routed({ dns_zone_ids: [] }, 4) });
    expect(byAddress(result)[CLUSTER].arguments.map(({ path }) => path)).toEqual(["image_cleaner_interval_hours"]);
  });

  test("what Terraform runs beside a resource", async () => {
    const beside = { "//": "why", provisioner: [{ "local-exec": { command: "a" } }], connection: { host: "b" } };
    expect(await poolChange({}, beside)).toMatchObject({ verdict: "none", arguments: [] });
  });

  test("JSON in the form of lists", async () => {
    const lists = (resources: object) => ({
      ...stackOf({}),
      provider: { azurerm: { features: {} } },
      resource: Object.entries(resources).map(([type, ids]) => ({ [type]: [ids] })),
    });
    expect(await verdicts(stackOf(clusterWith()), lists(clusterWith()))).toEqual({ [CLUSTER]: "none", [POOL]: "none" });
  });

  test("JSON and HCL", async () => {
    const hcl = `
      terraform {
        required_providers {
          azurerm = { source = "hashicorp/azurerm", version = ">= 4.78.0, < 5.0.0" }
        }
        backend "local" { path = "state" }
      }
      resource "azurerm_kubernetes_cluster_node_pool" "kata" {
        name                  = "kata"
        kubernetes_cluster_id = azurerm_kubernetes_cluster.aks.id
        vm_size               = "Standard_D4s_v5"
        upgrade_settings { max_surge = "10%" }
        lifecycle { ignore_changes = [node_count] }
      }`;
    const json = stackOf({
      azurerm_kubernetes_cluster_node_pool: {
        kata: {
          ...clusterWith({}, { upgrade_settings: { max_surge: "10%" } }).azurerm_kubernetes_cluster_node_pool.kata,
          lifecycle: { ignore_changes: ["node_count"] },
        },
      },
    });
    const result = await reviewOf({ cluster: json }, { cluster: hcl });
    expect(result.changes).toMatchObject([{ verdict: "none", arguments: [] }]);
    expect(result.notes).toEqual([]);
  });
});

describe("what the provider keeps when it is taken away", () => {
  test("is told and changes nothing", async () => {
    expect(await poolChange({ max_pods: 50 }, {})).toMatchObject({
      verdict: "none",
      arguments: [{ path: "max_pods", before: 50, after: null, effect: "none" }],
    });
    const network_profile = { network_plugin: "azure", load_balancer_profile: { managed_outbound_ip_count: 2 } };
    expect(await clusterChange({ network_profile }, {})).toMatchObject({
      verdict: "none",
      arguments: [{ path: "network_profile", before: network_profile, effect: "none" }],
    });
  });

  test("is not what has a default or nothing", async () => {
    expect(await poolChange({ os_disk_type: "Ephemeral" }, {})).toMatchObject({ verdict: "rotate" });
    expect(await poolChange({ zones: ["1"] }, {})).toMatchObject({ verdict: "rotate" });
  });
});

describe("what AKS has where nothing is written", () => {
  test.each<[string, object, object]>([
    ["OS SKU", {}, { os_sku: "Ubuntu" }],
    ["kubelet disk", {}, { kubelet_disk_type: "OS" }],
  ])("%s", async (_, before, after) => {
    expect(await poolChange(before, after)).toMatchObject({ verdict: "none" });
  });

  test("node provisioning, which azurerm 5 demands", async () => {
    const before = stackOf(clusterWith({ oidc_issuer_enabled: true }), {}, 4);
    const after = stackOf(
      clusterWith({ oidc_issuer_enabled: true, node_provisioning_profile: { mode: "Manual" } }),
      {},
      5,
    );
    expect((await verdicts(before, after))[CLUSTER]).toBe("none");
    const auto = stackOf(
      clusterWith({ oidc_issuer_enabled: true, node_provisioning_profile: { mode: "Auto" } }),
      {},
      5,
    );
    expect((await verdicts(before, auto))[CLUSTER]).toBe("update");
  });
});

describe("rules that depend on the values", () => {
  const profile = (network_profile: object) => ({ network_profile });

  test.each<[string, Major, object, object, string]>([
    ["OS SKU within a family", 4, { os_sku: "AzureLinux" }, { os_sku: "AzureLinux3" }, "update"],
    ["OS SKU within a family, as azurerm 3 sees it", 3, { os_sku: "AzureLinux" }, { os_sku: "Ubuntu" }, "update"],
    ["OS SKU to another family", 3, { os_sku: "CBLMariner" }, { os_sku: "AzureLinux" }, "replace"],
    [
      "drain timeout set",
      4,
      { upgrade_settings: { max_surge: "1" } },
      { upgrade_settings: { max_surge: "1", drain_timeout_in_minutes: 9 } },
      "update",
    ],
    [
      "drain timeout unset",
      4,
      { upgrade_settings: { max_surge: "1", drain_timeout_in_minutes: 9 } },
      { upgrade_settings: { max_surge: "1" } },
      "replace",
    ],
    [
      "drain timeout gone with its block",
      4,
      { upgrade_settings: { max_surge: "1", drain_timeout_in_minutes: 9 } },
      {},
      "replace",
    ],
    ["workload runtime", 4, { workload_runtime: "OCIContainer" }, { workload_runtime: "KataVmIsolation" }, "update"],
    [
      "kubelet configuration",
      4,
      { kubelet_config: { pod_max_pid: 100 } },
      { kubelet_config: { pod_max_pid: 200 } },
      "rotate",
    ],
    [
      "kubelet configuration on azurerm 3",
      3,
      { kubelet_config: { pod_max_pid: 100 } },
      { kubelet_config: { pod_max_pid: 200 } },
      "replace",
    ],
    [
      "a sysctl on azurerm 3",
      3,
      { linux_os_config: { sysctl_config: { vm_swappiness: 1 } } },
      { linux_os_config: { sysctl_config: { vm_swappiness: 2 } } },
      "replace",
    ],
  ])("node pool: %s", async (_, azurerm, before, after, verdict) => {
    expect(await poolChange(before, after, azurerm)).toMatchObject({ verdict });
  });

  test.each<[string, Major, object, object, string]>([
    ["OIDC issuer off", 4, { oidc_issuer_enabled: true }, { oidc_issuer_enabled: false }, "replace"],
    ["OIDC issuer on", 4, { oidc_issuer_enabled: false }, { oidc_issuer_enabled: true }, "update"],
    ["OIDC issuer off on azurerm 3", 3, { oidc_issuer_enabled: true }, { oidc_issuer_enabled: false }, "update"],
    [
      "data plane to cilium",
      4,
      profile({ network_plugin: "azure" }),
      profile({ network_plugin: "azure", network_data_plane: "cilium" }),
      "update",
    ],
    [
      "data plane from cilium",
      4,
      profile({ network_plugin: "azure", network_data_plane: "cilium" }),
      profile({ network_plugin: "azure" }),
      "replace",
    ],
    [
      "policy to cilium",
      4,
      profile({ network_plugin: "azure", network_policy: "calico" }),
      profile({ network_plugin: "azure", network_policy: "cilium" }),
      "update",
    ],
    [
      "policy to calico",
      4,
      profile({ network_plugin: "azure", network_policy: "azure" }),
      profile({ network_plugin: "azure", network_policy: "calico" }),
      "replace",
    ],
    [
      "policy to cilium on azurerm 3",
      3,
      profile({ network_plugin: "azure", network_policy: "azure" }),
      profile({ network_plugin: "azure", network_policy: "cilium" }),
      "replace",
    ],
    [
      "plugin to overlay",
      4,
      profile({ network_plugin: "kubenet" }),
      profile({ network_plugin: "azure", network_plugin_mode: "overlay" }),
      "update",
    ],
    ["plugin", 4, profile({ network_plugin: "kubenet" }), profile({ network_plugin: "azure" }), "replace"],
    [
      "overlay gone",
      4,
      profile({ network_plugin: "azure", network_plugin_mode: "overlay" }),
      profile({ network_plugin: "azure" }),
      "replace",
    ],
    ["a network profile that says what is there", 4, {}, profile({ network_plugin: "kubenet" }), "none"],
    ["a network profile that says something else", 4, {}, profile({ network_plugin: "azure" }), "replace"],
    [
      "a network profile that adds to what is there",
      4,
      {},
      profile({ network_plugin: "kubenet", network_policy: "calico" }),
      "update",
    ],
    [
      "pool name",
      4,
      {},
      { default_node_pool: { name: "other", vm_size: "Standard_D2s_v5", temporary_name_for_rotation: "tmp" } },
      "replace",
    ],
    ["Linux profile", 4, {}, { linux_profile: { admin_username: "me", ssh_key: { key_data: "ssh" } } }, "replace"],
    [
      "service principal",
      4,
      {},
      { identity: null, service_principal: { client_id: "id", client_secret: "secret" } },
      "replace",
    ],
    ["service principal gone", 4, { service_principal: { client_id: "id", client_secret: "secret" } }, {}, "update"],
    ["API server subnet gone", 4, { api_server_access_profile: { subnet_id: "id" } }, {}, "replace"],
  ])("cluster: %s", async (_, azurerm, before, after, verdict) => {
    expect(await clusterChange(before, after, azurerm)).toMatchObject({ verdict });
  });
});

describe("consequences", () => {
  test("a replaced cluster replaces its pools", async () => {
    const result = await verdicts(stackOf(clusterWith()), stackOf(clusterWith({ dns_prefix: "pods" })));
    expect(result).toEqual({ [CLUSTER]: "replace", [POOL]: "replace" });
  });

  test("a replaced resource group replaces all that is in it", async () => {
    const group = (location: string, name: string) => ({
      azurerm_resource_group: { group: { name: "group", location } },
      ...clusterWith({ resource_group_name: name }),
      azurerm_user_assigned_identity: { id: { name: "id", location: "eastus", resource_group_name: "group" } },
    });
    for (const name of [
      "group",
      "${azurerm_resource_group.group.name}",
      "${lower(azurerm_resource_group.group.name)}",
    ]) {
      expect(await verdicts(stackOf(group("eastus", name)), stackOf(group("westus", name)))).toEqual({
        "azurerm_resource_group.group": "replace",
        [CLUSTER]: "replace",
        [POOL]: "replace",
        "azurerm_user_assigned_identity.id": "replace",
      });
    }
  });

  test("a resource group that goes away or is replaced at another address replaces what stays in it", async () => {
    const inGroup = (groups: object, more: object = {}) =>
      stackOf({ azurerm_resource_group: groups as never, ...clusterWith() }, { locals: { name: "group" }, ...more });
    const group = (location: string) => ({ name: "${local.name}", location });
    expect(await verdicts(inGroup({ group: group("eastus") }), inGroup({}))).toMatchObject({ [CLUSTER]: "replace" });
    const moved = [{ from: "azurerm_resource_group.group", to: "azurerm_resource_group.main" }];
    const unchanged = inGroup({ main: group("eastus") }, { moved });
    expect(await verdicts(inGroup({ group: group("eastus") }), unchanged)).toMatchObject({ [CLUSTER]: "none" });
    const after = inGroup({ main: group("westus") }, { moved });
    expect(await verdicts(inGroup({ group: group("eastus") }), after)).toMatchObject({
      "azurerm_resource_group.main": "replace",
      [CLUSTER]: "replace",
    });
  });

  test("what is named like a resource group is none", async () => {
    const named = (location: string) =>
      stackOf({
        ...clusterWith(),
        azurerm_user_assigned_identity: { i: { name: "group", location, resource_group_name: "other" } },
      });
    expect(await verdicts(named("eastus"), named("westus"))).toMatchObject({
      "azurerm_user_assigned_identity.i": "replace",
      [CLUSTER]: "none",
    });
  });

  test("a resource group that is replaced is a surer cause than a trigger", async () => {
    const triggered = (location: string, input: string) =>
      stackOf({
        azurerm_resource_group: { group: { name: "group", location } },
        ...clusterWith({ lifecycle: { replace_triggered_by: ["terraform_data.t"] } }),
        terraform_data: { t: { input } },
      });
    const result = await reviewOf({ s: triggered("eastus", "a") }, { s: triggered("westus", "${var.a}") });
    expect(byAddress(result)[CLUSTER]).toMatchObject({
      verdict: "replace",
      why: expect.stringContaining("`azurerm_resource_group.group` goes away, and everything in it with it"),
    });
  });

  test("a trigger replaces, except when it is new", async () => {
    const triggered = (value?: string) =>
      stackOf({
        ...clusterWith({}, { lifecycle: { replace_triggered_by: ["terraform_data.t"] } }),
        ...(value && { terraform_data: { t: { triggers_replace: { value } } } }),
      });
    expect(await verdicts(triggered("a"), triggered("b"))).toMatchObject({
      "terraform_data.t": "replace",
      [POOL]: "replace",
    });
    expect(await verdicts(triggered(), triggered("b"))).toMatchObject({ "terraform_data.t": "create", [POOL]: "none" });
  });

  test("a trigger by what is computed from what changes replaces", async () => {
    const triggered = (input: string) =>
      stackOf({
        ...clusterWith({}, { lifecycle: { replace_triggered_by: ["terraform_data.t.output"] } }),
        terraform_data: { t: { input } },
      });
    expect(await verdicts(triggered("a"), triggered("b"))).toMatchObject({ [POOL]: "replace" });
    expect(await verdicts(triggered("a"), triggered("a"))).toMatchObject({ [POOL]: "none" });
  });

  test("a trigger that may change may replace", async () => {
    const triggered = (value: string) =>
      stackOf({
        ...clusterWith({}, { lifecycle: { replace_triggered_by: ["terraform_data.t"] } }),
        terraform_data: { t: { triggers_replace: value } },
      });
    expect(await verdicts(triggered("a"), triggered("${var.a}"))).toMatchObject({
      "terraform_data.t": "unknown",
      [POOL]: "unknown",
    });
    const result = await reviewOf({ s: triggered("a") }, { s: triggered("${var.a}") });
    expect(byAddress(result)[POOL].why).toMatch(/^if `terraform_data.t` changes, azurerm replaces the node pool/);
  });

  test("what azurerm computes anew is another value", async () => {
    const issued = (oidc_issuer_enabled: boolean) =>
      stackOf({
        ...clusterWith({ oidc_issuer_enabled }),
        terraform_data: { t: { triggers_replace: "${azurerm_kubernetes_cluster.aks.oidc_issuer_url}" } },
      });
    expect(await verdicts(issued(false), issued(true))).toMatchObject({
      [CLUSTER]: "update",
      "terraform_data.t": "replace",
    });
  });

  test("a config map that was immutable is replaced for its data", async () => {
    const map = (immutable: boolean, data: object) =>
      stackOf({ kubernetes_config_map_v1: { m: { metadata: { name: "m" }, immutable, data } } });
    expect(await verdicts(map(true, { a: "b" }), map(true, { a: "c" }))).toEqual({
      "kubernetes_config_map_v1.m": "replace",
    });
    expect(await verdicts(map(false, { a: "b" }), map(true, { a: "c" }))).toEqual({
      "kubernetes_config_map_v1.m": "update",
    });
  });

  test("what is updated gives no new id", async () => {
    expect(await verdicts(stackOf(clusterWith()), stackOf(clusterWith({ tags: { a: "b" } })))).toEqual({
      [CLUSTER]: "update",
      [POOL]: "none",
    });
  });
});

describe("expressions", () => {
  test("that are the same are the same", async () => {
    expect(await poolChange({ vm_size: "${var.size}" }, { vm_size: "${var.size}" })).toMatchObject({ verdict: "none" });
  });

  test("that differ are known only at apply", async () => {
    expect(await poolChange({}, { vm_size: "${var.size}" })).toMatchObject({
      verdict: "unknown",
      arguments: [{ path: "vm_size", before: "Standard_D4s_v5", after: "${var.size}", effect: "unknown" }],
      why: expect.stringContaining("(known only at apply): if it differs, azurerm rotates the pool"),
    });
    expect(await poolChange({}, { vm_size: "${var.size}", priority: "${var.priority}" })).toMatchObject({
      verdict: "unknown",
      why: expect.stringContaining("if it differs, azurerm replaces the node pool"),
    });
    expect(await poolChange({ vm_size: "a" }, { vm_size: "%{ if var.a }b%{ endif }" })).toMatchObject({
      verdict: "unknown",
    });
  });

  test("are shown as they are written, and what is not written is not shown", async () => {
    const after = "${azurerm_kubernetes_cluster.aks.name}-${var.a}";
    expect(await poolChange({ tags: { a: "x" } }, { tags: { a: after } })).toMatchObject({
      arguments: [{ path: "tags.a", before: "x", after }],
    });
    expect(await poolChange({}, { os_disk_type: "Ephemeral" })).toMatchObject({
      arguments: [{ path: "os_disk_type", before: null, after: "Ephemeral" }],
    });
  });

  test("that name what another resource takes of its own map are known only at apply", async () => {
    const pools = (vm_size: string) => {
      const { kata } = clusterWith(
        {},
        { for_each: { a: { size: "b" } }, vm_size },
      ).azurerm_kubernetes_cluster_node_pool;
      const other = { ...kata, for_each: { a: { size: "c" } }, vm_size: "${each.value.size}" };
      return stackOf({ ...clusterWith(), azurerm_kubernetes_cluster_node_pool: { kata, other } });
    };
    const reference = '${azurerm_kubernetes_cluster_node_pool.other["a"].vm_size}';
    expect(await verdicts(pools("${each.value.size}"), pools(reference))).toMatchObject({ [POOL]: "unknown" });
  });

  test("that name what is ignored, or what a data source has, are known only at apply", async () => {
    const named = (triggers_replace: unknown) =>
      stackOf(
        {
          ...clusterWith({}, { node_count: 1, lifecycle: { ignore_changes: ["node_count"] } }),
          terraform_data: { t: { triggers_replace } },
        },
        { data: { azurerm_subnet: { s: { name: "s" } } } },
      );
    const T = { "terraform_data.t": "unknown" };
    expect(await verdicts(named(1), named("${azurerm_kubernetes_cluster_node_pool.kata.node_count}"))).toMatchObject(T);
    expect(await verdicts(named("s"), named("${data.azurerm_subnet.s.name}"))).toMatchObject(T);
  });

  test("that differ change in place what cannot change otherwise", async () => {
    expect(await poolChange({ node_count: 1 }, { node_count: "${var.count}" })).toMatchObject({
      verdict: "update",
      arguments: [{ effect: "unknown" }],
    });
  });

  test("that name what the stack says are what it says", async () => {
    const named = (resource_group_name: string) =>
      stackOf({
        azurerm_resource_group: { group: { name: "group", location: "eastus" } },
        ...clusterWith({ resource_group_name }),
      });
    expect(await verdicts(named("group"), named("${azurerm_resource_group.group.name}"))).toMatchObject({
      [CLUSTER]: "none",
    });
  });

  test("that name what is created are new", async () => {
    const subnet = { azurerm_subnet: { s: { name: "s", resource_group_name: "g", virtual_network_name: "v" } } };
    const before = stackOf(clusterWith({}, { vnet_subnet_id: "/subscriptions/x" }));
    const after = stackOf({ ...clusterWith({}, { vnet_subnet_id: "${azurerm_subnet.s.id}" }), ...subnet });
    expect(await verdicts(before, after)).toMatchObject({ [POOL]: "rotate", "azurerm_subnet.s": "create" });
  });

  test("that name a data source which waits are new", async () => {
    const stack = (dependsOn: string[]) =>
      stackOf(
        {
          ...clusterWith({}, { vnet_subnet_id: "${data.azurerm_subnet.s.id}" }),
          terraform_data: { t: { input: dependsOn.length ? "b" : "a" } },
        },
        {
          data: {
            azurerm_subnet: {
              s: { name: "s", resource_group_name: "g", virtual_network_name: "v", depends_on: dependsOn },
            },
          },
        },
      );
    expect(await verdicts(stack([]), stack([]))).toMatchObject({ [POOL]: "none" });
    expect(await verdicts(stack([]), stack(["terraform_data.t"]))).toMatchObject({ [POOL]: "rotate" });
  });
});

describe("variables and local values", () => {
  test("count by what they are where nobody sets them", async () => {
    const sized = (size: string) =>
      stackOf(clusterWith({}, { vm_size: "${var.size}" }), { variable: { size: { default: size } } });
    expect(await verdicts(sized("a"), sized("a"))).toMatchObject({ [POOL]: "none" });
    expect(await verdicts(sized("a"), sized("b"))).toMatchObject({ [POOL]: "rotate" });
  });

  test("count with what they are made of", async () => {
    const sized = (size: string) =>
      stackOf(clusterWith({}, { vm_size: "${local.size}" }), {
        locals: { size: "Standard_${var.size}" },
        variable: { size: { default: size } },
      });
    expect(await verdicts(sized("a"), sized("b"))).toMatchObject({ [POOL]: "rotate" });
  });
});

describe("a literal that is taken out", () => {
  const sized = (vm_size: string, more: object = {}) => stackOf(clusterWith({}, { vm_size }), more);

  test("into a local value is the same", async () => {
    const local = sized("${local.size}", { locals: { size: "Standard_D4s_v5" } });
    expect(await verdicts(sized("Standard_D4s_v5"), local)).toMatchObject({ [POOL]: "none" });
    expect(await verdicts(local, sized("${local.s}", { locals: { s: "Standard_D4s_v5" } }))).toMatchObject({
      [POOL]: "none",
    });
    expect(await verdicts(sized("Standard_D8s_v5"), local)).toMatchObject({ [POOL]: "rotate" });
  });

  test("into a part of a text, a list or an expression with spaces is the same", async () => {
    const tagged = (a: string, zones: string[], vm_size: string) =>
      stackOf(clusterWith({}, { tags: { a }, zones, vm_size }), { locals: { a: "x", n: 1, size: "b", zone: "1" } });
    const local = tagged("a-${ local.a }-${local.n}-$${local.a}", ["${local.zone}"], "${ local.size }");
    expect(await verdicts(tagged("a-x-1-$${local.a}", ["1"], "b"), local)).toMatchObject({ [POOL]: "none" });
  });

  test.each<[string, object, object, object]>([
    ["as a number for a text", { zones: ["1"] }, { zones: ["${local.n}"] }, { n: 1 }],
    ["in another order of a set", { zones: ["1", "2"] }, { zones: ["${local.a}", "${local.b}"] }, { a: "2", b: "1" }],
    ["as a text for a boolean", { fips_enabled: true }, { fips_enabled: "${local.n}" }, { n: "true" }],
    ["as a text for a number", { node_count: 2 }, { node_count: "${local.n}" }, { n: "2" }],
  ])("into a local value %s is the same", async (_, before, after, locals) => {
    expect(await verdicts(stackOf(clusterWith({}, before)), stackOf(clusterWith({}, after), { locals }))).toMatchObject(
      {
        [POOL]: "none",
      },
    );
  });

  test("into a variable is known only at apply", async () => {
    const variable = sized("${var.size}", { variable: { size: { default: "Standard_D4s_v5" } } });
    expect(await verdicts(sized("Standard_D4s_v5"), variable)).toMatchObject({ [POOL]: "unknown" });
  });
});

describe("references into what is written", () => {
  const named = (pool: object, tag: string) =>
    stackOf({
      ...clusterWith({
        default_node_pool: { name: "default", vm_size: "a", temporary_name_for_rotation: "tmp", ...pool },
      }),
      terraform_data: { t: { triggers_replace: { tag } } },
    });

  test("are not moved by what stands beside", async () => {
    const tag = "${azurerm_kubernetes_cluster.aks.default_node_pool[0].vm_size}";
    expect(await verdicts(named({ node_count: 1 }, tag), named({ node_count: 2 }, tag))).toMatchObject({
      "terraform_data.t": "none",
    });
    expect(await verdicts(named({}, tag), named({ vm_size: "b" }, tag))).toMatchObject({
      "terraform_data.t": "replace",
    });
  });

  test("are none where they are escaped", async () => {
    const [one, other] = ["$${azurerm_kubernetes_cluster.aks.id}", "$${azurerm_kubernetes_cluster.aks.name}"];
    expect(await verdicts(named({}, one), named({}, other))).toMatchObject({ "terraform_data.t": "replace" });
    expect(await verdicts(named({}, "%%{ if a }"), named({}, "%%{ if b }"))).toMatchObject({
      "terraform_data.t": "replace",
    });
  });
});

describe("what Terraform is told of resources", () => {
  test("changes that are ignored are none", async () => {
    const ignoring = (paths: unknown, pool: object) => ({ ...pool, lifecycle: { ignore_changes: paths } });
    const change = await poolChange(
      { vm_size: "a", tags: { a: "b" } },
      ignoring(["vm_size", "tags"], { vm_size: "b", tags: { a: "c" } }),
    );
    expect(change).toMatchObject({ verdict: "none", arguments: [{ effect: "none" }, { effect: "none" }] });
    expect(await poolChange({ vm_size: "a" }, ignoring("all", { vm_size: "b" }))).toMatchObject({ verdict: "none" });
    const tagged = (a: string) => ({ tags: { a, "b/c": a } });
    const tags = await poolChange(tagged("x"), ignoring(['tags["a"]', 'tags["b/c"]'], tagged("y")));
    expect(tags).toMatchObject({ verdict: "none" });
    const count = { name: "default", vm_size: "Standard_D2s_v5", temporary_name_for_rotation: "tmp", node_count: 2 };
    expect(
      await clusterChange(
        {},
        { default_node_pool: count, lifecycle: { ignore_changes: ["default_node_pool[0].node_count"] } },
      ),
    ).toMatchObject({ verdict: "none" });
  });

  test("what has moved is compared with where it was", async () => {
    const { azurerm_kubernetes_cluster_node_pool: pools, ...rest } = clusterWith();
    const renamed = { ...rest, azurerm_kubernetes_cluster_node_pool: { sandbox: { ...pools.kata, node_count: 3 } } };
    const moved = [{ from: POOL, to: "azurerm_kubernetes_cluster_node_pool.sandbox" }];
    expect(await verdicts(stackOf(clusterWith()), stackOf(renamed, { moved }))).toEqual({
      [CLUSTER]: "none",
      "azurerm_kubernetes_cluster_node_pool.sandbox": "update",
    });
  });

  test("a moved block that has done its work is passed over, and several lead on", async () => {
    const { azurerm_kubernetes_cluster_node_pool: pools, ...rest } = clusterWith();
    const at = (id: string, moved: object[], pool: object = {}) =>
      stackOf({ ...rest, azurerm_kubernetes_cluster_node_pool: { [id]: { ...pools.kata, ...pool } } }, { moved });
    const from = (old: string, next: string) => ({
      from: `azurerm_kubernetes_cluster_node_pool.${old}`,
      to: `azurerm_kubernetes_cluster_node_pool.${next}`,
    });
    const done = [from("old", "kata")];
    expect(await verdicts(at("kata", done), at("kata", done, { name: "other" }))).toMatchObject({ [POOL]: "replace" });
    expect(await verdicts(at("a", []), at("kata", [from("a", "b"), from("b", "kata")]))).toEqual({
      [CLUSTER]: "none",
      [POOL]: "none",
    });
    const circle = [from("a", "b"), from("b", "kata"), from("kata", "b")];
    expect(await verdicts(at("a", []), at("kata", circle))).toEqual({ [CLUSTER]: "none", [POOL]: "none" });
  });

  test("a moved block to what is there already leads nowhere", async () => {
    const a = { "terraform_data.a": "destroy", "terraform_data.b": "none" };
    const [one, other] = [{ input: "1" }, { input: "2" }];
    const moved = [{ from: "terraform_data.a", to: "terraform_data.b" }];
    expect(
      await verdicts(
        stackOf({ terraform_data: { a: one, b: other } }),
        stackOf({ terraform_data: { b: other } }, { moved }),
      ),
    ).toEqual(a);
  });

  test("paths that are ignored are not those that begin alike, and may be written in other ways", async () => {
    const tagged = (ab: string) => ({ tags: { ab }, lifecycle: { ignore_changes: ['tags["a"]'] } });
    expect(await poolChange(tagged("x"), tagged("y"))).toMatchObject({ verdict: "update" });
    const counted = (node_count: number) => ({
      default_node_pool: { name: "default", vm_size: "a", node_count },
      lifecycle: { ignore_changes: ["default_node_pool.0.node_count"] },
    });
    expect(await clusterChange(counted(1), counted(2))).toMatchObject({ verdict: "none" });
    const plane = (ebpf_data_plane: string) => ({
      network_profile: { network_plugin: "azure", ebpf_data_plane },
      lifecycle: { ignore_changes: ["network_profile[0].ebpf_data_plane"] },
    });
    expect(await clusterChange(plane("azure"), plane("cilium"), 3)).toMatchObject({ verdict: "none" });
    const hcl = (count: number) => `
      resource "azurerm_kubernetes_cluster_node_pool" "kata" {
        node_count = ${count}
        lifecycle { ignore_changes = [node_count] }
      }`;
    const result = await reviewOf({ s: hcl(1) }, { s: hcl(2) });
    expect(verdictsOf(result)).toEqual({ [POOL]: "none" });
  });

  test("what is forgotten stays, and what is imported is known only at apply", async () => {
    const { azurerm_kubernetes_cluster_node_pool: pools, ...rest } = clusterWith();
    const removed = (destroy: boolean) => ({ removed: [{ from: POOL, lifecycle: { destroy } }] });
    const forgotten = await reviewOf({ s: stackOf(clusterWith()) }, { s: stackOf({}, removed(false)) });
    expect(byAddress(forgotten)).toMatchObject({
      [CLUSTER]: { verdict: "destroy" },
      [POOL]: { verdict: "none", why: "Terraform forgets the node pool, which stays" },
    });
    expect(await verdicts(stackOf(clusterWith()), stackOf(rest, removed(true)))).toMatchObject({ [POOL]: "destroy" });
    expect(await verdicts(stackOf(clusterWith()), stackOf(rest))).toMatchObject({ [POOL]: "destroy" });
    const imported = [{ to: POOL, id: "/subscriptions/x" }];
    const after = stackOf({ ...rest, azurerm_kubernetes_cluster_node_pool: pools }, { import: imported });
    expect(byAddress(await reviewOf({ s: stackOf(rest) }, { s: after }))[POOL]).toMatchObject({
      verdict: "unknown",
      why: "azurerm imports the node pool: what differs from it is known only at apply",
    });
  });

  test("a provider or a number of instances that changes is not known", async () => {
    expect(await poolChange({}, { provider: "azurerm.other" })).toMatchObject({
      verdict: "unknown",
      arguments: [{ path: "provider", before: null, after: "azurerm.other" }],
    });
    expect(await poolChange({}, { count: "${var.count}" })).toMatchObject({ verdict: "unknown" });
  });
});

test("instances that are no longer counted are destroyed", async () => {
  expect(await poolChange({ count: 3 }, { count: 2 })).toMatchObject({ verdict: "destroy" });
  expect(await poolChange({}, { count: 0 })).toMatchObject({ verdict: "destroy" });
  expect(await poolChange({ for_each: { a: "1", b: "2" } }, { for_each: { a: "1" } })).toMatchObject({
    verdict: "destroy",
  });
  expect(await poolChange({ count: 1 }, { for_each: { a: "1" } })).toMatchObject({ verdict: "destroy" });
});

test("instances that are counted anew are created, and one without a number is the first", async () => {
  expect(await poolChange({}, { count: 2 })).toMatchObject({ verdict: "create" });
  expect(await poolChange({}, { count: 1 })).toMatchObject({ verdict: "none" });
  expect(await poolChange({ for_each: { a: "1" } }, { for_each: { a: "1", b: "2" } })).toMatchObject({
    verdict: "create",
  });
});

test("instances are counted through local values and defaults of variables", async () => {
  const counted = (count: string, locals: object, variable: object) =>
    stackOf(clusterWith({}, { count }), { locals, variable });
  const local = (n: number) => counted("${local.n}", { n }, {});
  expect(await verdicts(local(1), local(0))).toMatchObject({ [POOL]: "destroy" });
  const byDefault = (n: number) => counted("${var.n}", {}, { n: { default: n } });
  expect(await verdicts(byDefault(1), byDefault(0))).toMatchObject({ [POOL]: "destroy" });
});

test("what no schema has is not known, and not shown", async () => {
  const group = (display_name?: string) => stackOf({ azuread_group: { team: { display_name } } });
  const result = await reviewOf({ cluster: group("a") }, { cluster: group("b") });
  expect(result.changes).toMatchObject([
    {
      verdict: "unknown",
      arguments: [{ path: "display_name", before: "(not shown)", after: "(not shown)", effect: "unknown" }],
      why: expect.stringContaining("effect not known to this review"),
    },
  ]);
  const gone = await reviewOf({ cluster: group("a") }, { cluster: group() });
  expect(gone.changes).toMatchObject([{ verdict: "unknown", why: expect.stringContaining("is taken away") }]);
});

test("a stack that goes destroys what it made, and says so", async () => {
  const other = stackOf({});
  const result = await reviewOf({ cluster: stackOf(clusterWith()), other }, { other });
  expect(verdictsOf(result)).toEqual({ [CLUSTER]: "destroy", [POOL]: "destroy" });
  expect(byAddress(result)[POOL].why).toMatch(/^its stack is gone from the output: .* azurerm destroys the node pool/);
  expect(result.notes).toContainEqual(
    expect.stringContaining("its verdicts here are those of `cdktf destroy cluster`"),
  );
});

test("what azurerm may have filled in with just this is known only at apply", async () => {
  expect(await clusterChange({}, { oidc_issuer_enabled: false })).toMatchObject({ verdict: "unknown" });
});

test("a stack without versions is judged by the newest, and one of an unknown version is not judged", async () => {
  const bare = (pool: object, terraform?: object) => ({ ...stackOf(clusterWith({}, pool)), terraform });
  expect(await verdicts(bare({}), bare({ max_pods: 50 }))).toMatchObject({ [POOL]: "rotate" });
  const two = { required_providers: { azurerm: { version: "~> 2.0" } } };
  expect(await verdicts(bare({}, two), bare({ max_pods: 50 }, two))).toMatchObject({ [POOL]: "unknown" });
});

test.each([
  ["no stack", {}, 'after" has no stack: synthesise again'],
  [
    "a stack that is none",
    { s: { moved: "x", resource: { a: { b: { lifecycle: 5, ignore_changes: 5 } } } } },
    "not as cdktf writes one",
  ],
])("%s is refused", async (_, after, message) => {
  await expect(reviewOf({}, after)).rejects.toThrow(message);
});

test("a stack that comes creates", async () => {
  expect(verdictsOf(await reviewOf({}, { cluster: stackOf(clusterWith()) }))).toEqual({
    [CLUSTER]: "create",
    [POOL]: "create",
  });
});

describe("expressions whose text stays", () => {
  const triggered = (on: unknown, resources: object, more: object = {}) =>
    stackOf({ ...resources, terraform_data: { t: { triggers_replace: on } } }, more);
  const maintained = (...days: string[]) => ({
    maintenance_window: { allowed: days.map((day) => ({ day, hours: [1] })) },
  });
  const T = { "terraform_data.t": "replace" };
  const namespace = (labels: object) => ({ kubernetes_namespace_v1: { n: { metadata: { name: "n", labels } } } });
  const manifest = (manifest: object) => ({ kubernetes_manifest: { m: { manifest } } });
  const output = "${terraform_data.a.output.k}";

  test.each<[string, object, object]>([
    [
      "an instance",
      triggered(
        "${azurerm_kubernetes_cluster_node_pool.kata[0].node_count}",
        clusterWith({}, { count: 1, node_count: 1 }),
      ),
      triggered(
        "${azurerm_kubernetes_cluster_node_pool.kata[0].node_count}",
        clusterWith({}, { count: 1, node_count: 2 }),
      ),
    ],
    [
      "all instances",
      triggered('${join("", azurerm_kubernetes_cluster_node_pool.kata[*].name)}', clusterWith({}, { count: 1 })),
      triggered('${join("", azurerm_kubernetes_cluster_node_pool.kata[*].name)}', clusterWith({}, { count: 2 })),
    ],
    [
      "a name with dots in quotes",
      triggered('${kubernetes_namespace_v1.n.metadata[0].labels["a.b/c"]}', namespace({ "a.b/c": "d" })),
      triggered('${kubernetes_namespace_v1.n.metadata[0].labels["a.b/c"]}', namespace({ "a.b/c": "e" })),
    ],
    [
      "a part of an output",
      stackOf({ terraform_data: { a: { input: { k: "a" } }, t: { triggers_replace: output } } }),
      stackOf({ terraform_data: { a: { input: { k: "b" } }, t: { triggers_replace: output } } }),
    ],
    [
      "an object in the cluster",
      triggered("${kubernetes_manifest.m.object.spec.a}", manifest({ spec: { a: "b" } })),
      triggered("${kubernetes_manifest.m.object.spec.a}", manifest({ spec: { a: "c" } })),
    ],
    [
      "an argument that is taken away",
      triggered("${upper(azurerm_kubernetes_cluster.aks.sku_tier)}", clusterWith({ sku_tier: "Standard" })),
      triggered("${upper(azurerm_kubernetes_cluster.aks.sku_tier)}", clusterWith()),
    ],
    [
      "a whole resource",
      triggered("${azurerm_kubernetes_cluster.aks}", clusterWith()),
      triggered("${azurerm_kubernetes_cluster.aks}", clusterWith({ tags: { a: "b" } })),
    ],
    [
      "a key of a variable",
      triggered("${var.pool.size}", {}, { variable: { pool: { default: { size: "a", count: 1 } } } }),
      triggered("${var.pool.size}", {}, { variable: { pool: { default: { size: "b", count: 1 } } } }),
    ],
    [
      "a variable in a list",
      triggered("${upper(var.a)}", {}, { variable: [{ a: { default: "a" } }] }),
      triggered("${upper(var.a)}", {}, { variable: [{ a: { default: "b" } }] }),
    ],
  ])("%s is another one", async (_, before, after) => {
    expect(await verdicts(before, after)).toMatchObject(T);
    expect(await verdicts(before, before)).toMatchObject({ "terraform_data.t": "none" });
  });

  test.each<[string, object, object, string]>([
    [
      "that the provider keeps when it is taken away",
      clusterWith({ default_node_pool: { name: "default", vm_size: "a", node_count: 2 } }),
      clusterWith({ default_node_pool: { name: "default", vm_size: "a" } }),
      "default_node_pool[0].node_count",
    ],
    ["that says its default", clusterWith(), clusterWith({ sku_tier: "Free" }), "sku_tier"],
  ])("an argument %s is not", async (_, before, after, attribute) => {
    const on = `\${azurerm_kubernetes_cluster.aks.${attribute}}`;
    expect(await verdicts(triggered(on, before), triggered(on, after))).toMatchObject({ "terraform_data.t": "none" });
  });

  test("an argument that is written for the first time", async () => {
    const on = "${azurerm_kubernetes_cluster_node_pool.kata.node_count}";
    const after = clusterWith({}, { node_count: 3 });
    expect(await verdicts(triggered(on, clusterWith()), triggered(on, after))).toMatchObject(T);
  });

  test("an argument in the names of an older azurerm", async () => {
    const on = "${azurerm_kubernetes_cluster_node_pool.kata.enable_auto_scaling}";
    const scaled = (enable_auto_scaling: boolean) =>
      stackOf({ ...clusterWith({}, { enable_auto_scaling }), terraform_data: { t: { triggers_replace: on } } }, {}, 3);
    expect(await verdicts(scaled(true), scaled(false))).toMatchObject(T);
    const within = "${azurerm_kubernetes_cluster.aks.default_node_pool[0].enable_auto_scaling}";
    const inside = (enable_auto_scaling: boolean) => {
      const pool = { default_node_pool: { name: "default", vm_size: "a", enable_auto_scaling } };
      return stackOf({ ...clusterWith(pool), terraform_data: { t: { triggers_replace: within } } }, {}, 3);
    };
    expect(await verdicts(inside(true), inside(false))).toMatchObject(T);
  });

  test.each<[string, object, object]>([
    [
      "another key of a variable",
      triggered("${var.pool.size}", {}, { variable: { pool: { default: { size: "a", count: 1 } } } }),
      triggered("${var.pool.size}", {}, { variable: { pool: { default: { size: "a", count: 2 } } } }),
    ],
    [
      "another key of a local value",
      triggered("${local.pool.size}", {}, { locals: { pool: { size: "a", count: 1 } } }),
      triggered("${local.pool.size}", {}, { locals: { pool: { size: "a", count: 2 } } }),
    ],
    [
      "an ignored argument",
      triggered(
        "${azurerm_kubernetes_cluster_node_pool.kata.node_count}",
        clusterWith({}, { node_count: 1, lifecycle: { ignore_changes: ["node_count"] } }),
      ),
      triggered(
        "${azurerm_kubernetes_cluster_node_pool.kata.node_count}",
        clusterWith({}, { node_count: 2, lifecycle: { ignore_changes: ["node_count"] } }),
      ),
    ],
    [
      "a set in another order",
      triggered("${azurerm_kubernetes_cluster.aks.maintenance_window}", clusterWith(maintained("Monday", "Sunday"))),
      triggered("${azurerm_kubernetes_cluster.aks.maintenance_window}", clusterWith(maintained("Sunday", "Monday"))),
    ],
    [
      "what only reads like a variable",
      triggered(["${local.a}", "var.b"], {}, { locals: { a: "x" }, variable: { b: { default: 1 } } }),
      triggered(["${local.a}", "var.b"], {}, { locals: { a: "x" }, variable: { b: { default: 2 } } }),
    ],
    [
      "a part of a local value that is called like a resource",
      triggered("${upper(local.azurerm_kubernetes_cluster.aks)}", clusterWith()),
      triggered("${upper(local.azurerm_kubernetes_cluster.aks)}", clusterWith({ tags: { a: "b" } })),
    ],
    [
      "a part of an output that is called like a variable",
      triggered("${terraform_data.a.output.var.b}", {}, { variable: { b: { default: 1 } } }),
      triggered("${terraform_data.a.output.var.b}", {}, { variable: { b: { default: 2 } } }),
    ],
  ])("%s is not", async (_, before, after) => {
    expect(await verdicts(before, after)).toMatchObject({ "terraform_data.t": "none" });
  });

  test("a key of a local value that only Terraform knows may be another one", async () => {
    const merged = (size: string) =>
      triggered("${local.pool.size}", {}, { locals: { pool: `\${merge({ size = "${size}" })}` } });
    expect(await verdicts(merged("a"), merged("b"))).toMatchObject({ "terraform_data.t": "unknown" });
    expect(await verdicts(merged("a"), merged("a"))).toMatchObject({ "terraform_data.t": "none" });
  });

  test("a region and a role", async () => {
    const variable = (value: string) => ({ variable: { v: { default: value } } });
    const group = { azurerm_resource_group: { g: { name: "g", location: "${var.v}" } } };
    expect(await verdicts(stackOf(group, variable("eastus")), stackOf(group, variable("westeurope")))).toEqual({
      "azurerm_resource_group.g": "replace",
    });
    const role = { azurerm_role_assignment: { r: { role_definition_name: "${var.v}" } } };
    expect(await verdicts(stackOf(role, variable("Reader")), stackOf(role, variable("Owner")))).toEqual({
      "azurerm_role_assignment.r": "replace",
    });
  });

  test("a set of blocks", async () => {
    const maintained = (day: string) =>
      stackOf(clusterWith({ maintenance_window: { allowed: [{ day: "${var.day}", hours: [1] }] } }), {
        variable: { day: { default: day } },
      });
    expect(await verdicts(maintained("Monday"), maintained("Sunday"))).toMatchObject({ [CLUSTER]: "update" });
    expect(await verdicts(maintained("Monday"), maintained("Monday"))).toMatchObject({ [CLUSTER]: "none" });
  });

  test("a module, and a data source of any name", async () => {
    const inSubnet = (vnet_subnet_id: string, more: object) => stackOf(clusterWith({}, { vnet_subnet_id }), more);
    const module = (version: string) =>
      inSubnet("${module.net.subnet}", { module: { net: { source: "net", version } } });
    expect(await verdicts(module("1"), module("2"))).toMatchObject({ "module.net": "unknown", [POOL]: "unknown" });
    expect(await verdicts(module("1"), module("1"))).toMatchObject({ "module.net": "none", [POOL]: "none" });
    const data = (url: string) => inSubnet("${data.http.ip.body}", { data: { http: { ip: { url } } } });
    expect(await verdicts(data("a"), data("b"))).toMatchObject({ [POOL]: "unknown" });
  });
});

describe("instances", () => {
  const counted = (count: unknown, more: object = {}) => stackOf(clusterWith({}, { count, ...more }));
  const each = (for_each: unknown, pool: object, more: object = {}) =>
    stackOf(clusterWith({}, { for_each, ...pool }), more);

  test.each<[string, object, object, string, object[]]>([
    ["more", counted(1), counted(3), "create", [{ path: "count", before: 1, after: 3, effect: "create" }]],
    ["fewer", counted(3), counted(2), "destroy", [{ path: "count", before: 3, after: 2, effect: "destroy" }]],
    ["one that is counted", stackOf(clusterWith()), counted(1), "none", []],
    ["none at all", counted(0), stackOf({ ...clusterWith(), azurerm_kubernetes_cluster_node_pool: {} }), "none", []],
    ["none that change", counted(0), counted(0, { vm_size: "a" }), "none", []],
    ["none that come", stackOf({ ...clusterWith(), azurerm_kubernetes_cluster_node_pool: {} }), counted(0), "none", []],
    ["a key that becomes a number", each({ a: {} }, {}), counted(1), "destroy", [{ path: "each.key" }]],
    ["more than anybody has", counted(1), counted(1e10), "unknown", [{ path: "count", effect: "unknown" }]],
    [
      "by another resource",
      stackOf({ ...clusterWith({}, { count: "${terraform_data.n.input}" }), terraform_data: { n: { input: 2 } } }),
      stackOf({ ...clusterWith({}, { count: "${terraform_data.n.input}" }), terraform_data: { n: { input: 1 } } }),
      "destroy",
      [{ path: "count", before: 2, after: 1 }],
    ],
    [
      "whose keys only Terraform knows",
      each("${toset(var.a)}", {}),
      each("${toset(var.b)}", {}),
      "unknown",
      [{ path: "for_each", effect: "unknown" }],
    ],
    ["the first", counted(0), counted(1, { priority: "Spot" }), "create", [{ path: "count" }]],
    [
      "other keys",
      each({ a: {}, b: {} }, {}),
      each({ b: {}, c: {} }, {}),
      "destroy",
      [{ path: "each.key", before: ["a", "b"], after: ["b", "c"], effect: "destroy" }],
    ],
    ["a key that looks like a number", stackOf(clusterWith()), each({ 0: {} }, {}), "destroy", [{ path: "each.key" }]],
    [
      "by a variable",
      { ...counted("${var.n}"), variable: { n: { default: 1 } } },
      { ...counted("${local.n}"), locals: { n: 2 } },
      "create",
      [{ path: "count", before: 1, after: 2 }],
    ],
    [
      "that only Terraform can count",
      counted("${length(var.a)}"),
      counted("${length(var.b)}"),
      "unknown",
      [{ path: "count", effect: "unknown" }],
    ],
  ])("%s", async (_, before, after, verdict, changed) => {
    const change = byAddress(await reviewOf({ s: before }, { s: after }))[POOL];
    expect(change).toMatchObject({ verdict, arguments: changed });
  });

  test("that stay and those that go are told apart", async () => {
    const result = byAddress(await reviewOf({ s: counted(3) }, { s: counted(2) }))[POOL];
    expect(result.why).toBe("`count` `3` → `2`: azurerm destroys those that are gone, and leaves the other node pools");
    const { why } = byAddress(await reviewOf({ s: counted(2) }, { s: counted(3) }))[POOL];
    expect(why).toBe("`count` `2` → `3`: azurerm creates those that are new, and leaves the other node pools");
  });

  test("that have moved are the same", async () => {
    const moved = (to: string) => ({ moved: [{ from: "azurerm_kubernetes_cluster_node_pool.kata[0]", to }] });
    const to = 'azurerm_kubernetes_cluster_node_pool.kata["a"]';
    expect(await verdicts(counted(1), each({ a: {} }, {}, moved(to)))).toMatchObject({ [POOL]: "none" });
    expect(await verdicts(counted(1), each({ a: {} }, {}))).toMatchObject({ [POOL]: "destroy" });
    const first = { moved: [{ from: POOL, to }] };
    expect(await verdicts(stackOf(clusterWith()), each({ a: {} }, {}, first))).toMatchObject({ [POOL]: "none" });
  });

  test.each<[string, string, string]>([
    ["${each.value.size}", "vm_size", "rotate"],
    ['${each.value["size"]}', "vm_size", "rotate"],
    ["${each.value.priority}", "priority", "replace"],
    ["${lower(each.value.tag)}", "vm_size", "none"],
    ["${each.key}", "vm_size", "none"],
    ["${upper(local.each.value.size)}", "vm_size", "none"],
  ])("are told %s by the map that they are made of", async (expression, path, verdict) => {
    const map = (size: string) => ({
      a: { size, priority: size, tag: "t" },
      [size]: { size, priority: size, tag: "t" },
    });
    const pools = (size: string) => each(map(size), { [path]: expression });
    const byLocal = (size: string) => each("${local.pools}", { [path]: expression }, { locals: { pools: map(size) } });
    for (const made of [pools, byLocal]) {
      const { arguments: changed } = byAddress(await reviewOf({ s: made("b") }, { s: made("c") }))[POOL];
      const effects = changed.filter((change) => change.path === path).map(({ effect }) => effect);
      expect(effects).toEqual(verdict === "none" ? [] : [verdict]);
    }
  });

  test("of a resource that is replaced are known only at apply", async () => {
    const pools = (dns_prefix: string) =>
      stackOf({
        azurerm_kubernetes_cluster: {
          aks: { ...clusterWith().azurerm_kubernetes_cluster.aks, dns_prefix, for_each: { a: 1 } },
        },
        azurerm_kubernetes_cluster_node_pool: {
          kata: {
            name: "kata",
            for_each: "${azurerm_kubernetes_cluster.aks}",
            kubernetes_cluster_id: "${each.value.id}",
          },
        },
      });
    expect(await verdicts(pools("a"), pools("b"))).toMatchObject({ [CLUSTER]: "replace", [POOL]: "unknown" });
  });
});

describe("triggers", () => {
  const triggeredBy = (trigger: string, cluster: object = {}, more: object = {}) =>
    stackOf({ ...clusterWith(cluster, { lifecycle: { replace_triggered_by: [trigger] } }), ...more });
  const data = (config: object) => ({ terraform_data: { t: config } });
  const chained = (input: string) => ({
    terraform_data: { t: { input }, u: { lifecycle: { replace_triggered_by: ["terraform_data.t"] } } },
  });

  test.each<[string, object, object, string]>([
    [
      "by an id that stays",
      triggeredBy("azurerm_kubernetes_cluster.aks.id"),
      triggeredBy("azurerm_kubernetes_cluster.aks.id", { tags: { a: "b" } }),
      "none",
    ],
    [
      "by a name that stays",
      triggeredBy("azurerm_kubernetes_cluster.aks.name", { kubernetes_cluster_id: "x" }),
      triggeredBy("azurerm_kubernetes_cluster.aks.name", { kubernetes_cluster_id: "x", tags: { a: "b" } }),
      "none",
    ],
    [
      "by more instances",
      triggeredBy("terraform_data.t", {}, data({ count: 1 })),
      triggeredBy("terraform_data.t", {}, data({ count: 2 })),
      "none",
    ],
    [
      "by the first instances",
      triggeredBy("terraform_data.t", {}, data({ count: 0 })),
      triggeredBy("terraform_data.t", {}, data({ count: 2 })),
      "none",
    ],
    ["by what is gone", triggeredBy("terraform_data.t", {}, data({})), triggeredBy("terraform_data.t"), "none"],
    [
      "by what is triggered itself",
      triggeredBy("terraform_data.u", {}, chained("a")),
      triggeredBy("terraform_data.u", {}, chained("b")),
      "replace",
    ],
    [
      "by fewer instances",
      triggeredBy("terraform_data.t", {}, data({ count: 2 })),
      triggeredBy("terraform_data.t", {}, data({ count: 1 })),
      "none",
    ],
    [
      "by an update",
      triggeredBy("terraform_data.t", {}, data({ input: "a" })),
      triggeredBy("terraform_data.t", {}, data({ input: "b" })),
      "replace",
    ],
    [
      "by an update that may be none",
      triggeredBy("terraform_data.t", {}, data({ input: "a" })),
      triggeredBy("terraform_data.t", {}, data({ input: "${var.a}" })),
      "unknown",
    ],
  ])("%s", async (_, before, after, verdict) => {
    expect(await verdicts(before, after)).toMatchObject({ [POOL]: verdict });
  });
});

describe("what the plugin SDK does not make", () => {
  const data = (config: object) => stackOf({ terraform_data: { t: config } });

  test.each<[string, object, object, string]>([
    ["false", {}, { triggers_replace: false }, "replace"],
    ["an empty text", { triggers_replace: "" }, {}, "replace"],
    ["a null inside", { triggers_replace: { a: 1 } }, { triggers_replace: { a: 1, b: null } }, "replace"],
    ["an empty object", {}, { input: {} }, "update"],
    ["null itself", {}, { triggers_replace: null }, "none"],
  ])("tells nothing from %s", async (_, before, after, verdict) => {
    expect(await verdicts(data(before), data(after))).toEqual({ "terraform_data.t": verdict });
  });

  const manifest = (manifest: unknown, more: object = {}) =>
    stackOf({ kubernetes_manifest: { m: { manifest } } }, more);
  const named = (metadata: object) => ({ apiVersion: "v1", kind: "ConfigMap", metadata });

  test.each<[string, object, object, string]>([
    ["another expression", manifest('${file("a")}'), manifest('${file("b")}'), "unknown"],
    ["an expression for a text", manifest(named({ name: "a" })), manifest("${local.m}"), "unknown"],
    [
      "another name in a local value",
      manifest({ ...named({}), metadata: "${local.m}" }, { locals: { m: { name: "a" } } }),
      manifest({ ...named({}), metadata: "${local.m}" }, { locals: { m: { name: "b" } } }),
      "replace",
    ],
    [
      "another label in a local value",
      manifest({ ...named({}), metadata: "${local.m}" }, { locals: { m: { name: "a", labels: { a: "b" } } } }),
      manifest({ ...named({}), metadata: "${local.m}" }, { locals: { m: { name: "a", labels: { a: "c" } } } }),
      "update",
    ],
    ["a null inside", manifest(named({ name: "a" })), manifest({ ...named({ name: "a" }), data: null }), "update"],
  ])("a manifest with %s", async (_, before, after, verdict) => {
    expect(await verdicts(before, after)).toEqual({ "kubernetes_manifest.m": verdict });
  });

  test("a manifest with what it had in a local value is the same", async () => {
    const local = manifest({ ...named({}), metadata: "${local.m}" }, { locals: { m: { name: "a" } } });
    const { changes } = await reviewOf({ s: manifest(named({ name: "a" })) }, { s: local });
    expect(changes).toMatchObject([{ verdict: "none", arguments: [] }]);
  });

  test("timeouts are in a plan of these only", async () => {
    expect(await poolChange({ timeouts: { create: "1h" } }, { timeouts: { create: "2h" } })).toMatchObject({
      verdict: "none",
    });
    expect(await poolChange({}, { timeouts: { create: "1h" } })).toMatchObject({
      arguments: [{ path: "timeouts", before: null, after: { create: "1h" } }],
    });
    const waiting = (create: string) =>
      stackOf({ kubernetes_manifest: { m: { manifest: named({}), timeouts: { create } } } });
    expect(await verdicts(waiting("1m"), waiting("2m"))).toEqual({ "kubernetes_manifest.m": "update" });
  });
});

test("what tells most is told first", async () => {
  const changed = stackOf(clusterWith({ dns_prefix: "b" }, { priority: "Spot" }));
  const result = byAddress(await reviewOf({ s: stackOf(clusterWith()) }, { s: changed }));
  expect(result[POOL].why).toMatch(/^`priority` nothing → `Spot` and 1 more: azurerm replaces the node pool/);
});

test("what is as bad comes in the order of addresses", async () => {
  const data = (...ids: string[]) => stackOf({ terraform_data: Object.fromEntries(ids.map((id) => [id, {}])) });
  const { changes } = await reviewOf({ s: data("c", "a") }, { s: data("d", "b") });
  expect(changes.map(({ address }) => address.at(-1)).join("")).toBe("acbd");
});

test("labels of a Secret are shown", async () => {
  const labelled = (a: string) =>
    stackOf({ kubernetes_manifest: { m: { manifest: { kind: "Secret", metadata: { labels: { a } } } } } });
  const { changes } = await reviewOf({ s: labelled("b") }, { s: labelled("c") });
  expect(changes).toMatchObject([
    { arguments: [{ path: "manifest.metadata.labels.a", before: "b", after: "c", effect: "update" }] },
  ]);
});

describe("what is written in ways that few use", () => {
  test("a block that Terraform makes and that is taken away", async () => {
    const change = await poolChange(
      { dynamic: { kubelet_config: { for_each: [1], content: { pod_max_pid: 9 } } } },
      {},
    );
    expect(change).toMatchObject({ verdict: "unknown", arguments: [{ path: "dynamic" }] });
  });

  test("what the provider computes", async () => {
    expect(await clusterChange({ fqdn: "a" }, { fqdn: "b" })).toMatchObject({ verdict: "unknown" });
  });

  test("a provider under another name", async () => {
    const az = (vm_size: string) => ({
      terraform: { required_providers: { az: { source: "hashicorp/azurerm", version: "3.116.0" } } },
      resource: clusterWith({ provider: "az" }, { provider: "az", vm_size }),
    });
    expect(await verdicts(az("a"), az("b"))).toMatchObject({ [POOL]: "replace" });
    const short = (vm_size: string) => ({
      terraform: { required_providers: { azurerm: "3.116.0" } },
      resource: clusterWith({}, { vm_size }),
    });
    expect(await verdicts(short("a"), short("b"))).toMatchObject({ [POOL]: "replace" });
  });

  test("a provider that is the default one anyway", async () => {
    expect(await poolChange({}, { provider: "azurerm" })).toMatchObject({ verdict: "none" });
    expect(await poolChange({}, { provider: "azurerm.other" })).toMatchObject({ verdict: "unknown" });
  });

  test("a constraint that excludes a version", async () => {
    const excluding = (vm_size: string) => ({
      ...stackOf(clusterWith({}, { vm_size })),
      terraform: { required_providers: { azurerm: { version: ">= 4.0, != 4.50.0, < 5.0" } } },
    });
    expect(await verdicts(excluding("a"), excluding("b"))).toMatchObject({ [POOL]: "rotate" });
  });

  test("a version that the project has no schema of", async () => {
    const on = (version: string, label: string) => ({
      terraform: { required_providers: { kubernetes: { version } } },
      resource: { kubernetes_namespace_v1: { n: { metadata: [{ name: "n", labels: { a: label } }] } } },
    });
    const namespace = "kubernetes_namespace_v1.n";
    expect(await verdicts(on("~> 2.38", "a"), on("~> 3.0", "a"))).toEqual({ [namespace]: "none" });
    expect(await verdicts(on("~> 2.38", "a"), on("~> 3.0", "b"))).toEqual({ [namespace]: "unknown" });
    expect(await verdicts(on("~> 3.0", "a"), on("~> 3.0", "a"))).toEqual({ [namespace]: "none" });
  });

  test("comments in blocks", async () => {
    const settings = { upgrade_settings: { max_surge: "10%" } };
    const commented = { "//": "why", upgrade_settings: { max_surge: "10%", "//": { a: "b" } } };
    expect(await poolChange(settings, commented)).toMatchObject({ verdict: "none" });
  });

  test("arguments at the places of azurerm 3 that are ignored", async () => {
    const ranges = (range: string) => ({
      api_server_authorized_ip_ranges: [range],
      lifecycle: { ignore_changes: ["api_server_authorized_ip_ranges"] },
    });
    expect(await clusterChange(ranges("10.0.0.0/8"), ranges("10.0.0.0/9"), 3)).toMatchObject({ verdict: "none" });
  });

  test("one of several tags that is ignored", async () => {
    const tagged = (one: string, two: string) => ({
      tags: { 1: one, 2: two },
      lifecycle: { ignore_changes: ['tags["1"]'] },
    });
    expect(await poolChange(tagged("a", "a"), tagged("b", "a"))).toMatchObject({ verdict: "none" });
    expect(await poolChange(tagged("a", "a"), tagged("a", "b"))).toMatchObject({ verdict: "update" });
  });

  test("a resource that becomes one of another type", async () => {
    const metadata = { name: "n" };
    const moved = { moved: [{ from: "kubernetes_namespace.n", to: "kubernetes_namespace_v1.n" }] };
    const result = await reviewOf(
      { s: stackOf({ kubernetes_namespace: { n: { metadata } } }) },
      { s: stackOf({ kubernetes_namespace_v1: { n: { metadata } } }, moved) },
    );
    expect(result.changes).toMatchObject([
      { verdict: "unknown", why: "its `moved` block makes another type of it, which few providers can do" },
    ]);
  });

  test("resources that go in circles", async () => {
    const circle = stackOf({
      terraform_data: { a: { input: "x${terraform_data.b.input}" }, b: { input: "x${terraform_data.a.input}" } },
    });
    expect(await verdicts(circle, circle)).toEqual({ "terraform_data.a": "none", "terraform_data.b": "none" });
  });

  test("local values that go in circles", async () => {
    const circle = stackOf(clusterWith({}, { vm_size: "${local.a}" }), {
      locals: { a: "${local.b}", b: "${local.a}" },
    });
    expect(await verdicts(circle, circle)).toMatchObject({ [POOL]: "none" });
  });
});

const IGNORED = { lifecycle: { ignore_changes: ["input"] } };

describe("as Terraform itself plans it", () => {
  const T = (resources: object, more: object = {}) => stackOf({ terraform_data: resources as never }, more);
  const locals = (values: object) => ({ locals: values });
  const move = (from: string, to: string) => ({ from: `terraform_data.${from}`, to: `terraform_data.${to}` });
  const each = (map: object, more: object = {}) => ({ for_each: map, ...more });
  const d = (triggers_replace: unknown) => ({ d: { triggers_replace } });

  test.each<[string, object, object, { readonly [id: string]: string }]>([
    [
      "a key that a local value tells",
      T({ a: each({ "${local.k}": 1 }) }, locals({ k: "a" })),
      T({ a: each({ "${local.k}": 1 }) }, locals({ k: "b" })),
      { a: "destroy" },
    ],
    [
      "a key that is taken out into a local value",
      T({ a: each({ a: 1 }) }),
      T({ a: each({ "${local.k}": 1 }) }, locals({ k: "a" })),
      { a: "none" },
    ],
    [
      "a name inside of a value that a local value tells",
      T(d({ "${local.k}": 1 }), locals({ k: "a" })),
      T(d({ "${local.k}": 1 }), locals({ k: "b" })),
      { d: "replace" },
    ],
    [
      "a move onto an instance that is there",
      T({ a: { count: 2 } }),
      T({ a: { count: 1 } }, { moved: [move("a[1]", "a[0]")] }),
      { a: "destroy" },
    ],
    [
      "instances that move to other addresses",
      T({ a: each({ x: 1, y: 1, z: 1 }) }),
      T({ x: {}, y: {} }, { moved: [move('a["x"]', "x"), move('a["y"]', "y")] }),
      { a: "unknown", x: "unknown", y: "unknown" },
    ],
    [
      "a set that shrinks",
      T({ a: each("${toset(local.l)}" as never, { triggers_replace: "${each.value}" }) }, locals({ l: ["a", "b"] })),
      T({ a: each("${toset(local.l)}" as never, { triggers_replace: "${each.value}" }) }, locals({ l: ["a"] })),
      { a: "destroy" },
    ],
    [
      "a set that grows",
      T({ a: each('${toset(["a"])}' as never, { triggers_replace: "${each.value}" }) }),
      T({ a: each('${toset(["b", "a"])}' as never, { triggers_replace: "${each.value}" }) }),
      { a: "create" },
    ],
    [
      "a count that is taken from name to name",
      T({ a: { count: "${local.n}" } }, { ...locals({ n: "${var.n}" }), variable: { n: { default: 2 } } }),
      T({ a: { count: "${local.n}" } }, { ...locals({ n: "${var.n}" }), variable: { n: { default: 1 } } }),
      { a: "destroy" },
    ],
    [
      "an argument that each value tells, seen from outside",
      T({ z: each({ a: 1 }, { input: "${each.value}" }), ...d('${terraform_data.z["a"].input}') }),
      T({ z: each({ a: 2 }, { input: "${each.value}" }), ...d('${terraform_data.z["a"].input}') }),
      { z: "update", d: "replace" },
    ],
    [
      "an ignored argument of what is replaced",
      T({ z: { input: 1, triggers_replace: 1, ...IGNORED }, ...d("${terraform_data.z.input}") }),
      T({ z: { input: 2, triggers_replace: 2, ...IGNORED }, ...d("${terraform_data.z.input}") }),
      { z: "replace", d: "replace" },
    ],
    [
      "an index that a local value tells",
      T(d("${local.sizes[local.env]}"), locals({ sizes: { a: 1, b: 2 }, env: "a" })),
      T(d("${local.sizes[local.env]}"), locals({ sizes: { a: 1, b: 2 }, env: "b" })),
      { d: "replace" },
    ],
    [
      "a key that has moved",
      T({ a: each({ x: 1 }, { triggers_replace: "${each.key}" }) }),
      T({ a: each({ y: 1 }, { triggers_replace: "${each.key}" }) }, { moved: [move('a["x"]', 'a["y"]')] }),
      { a: "replace" },
    ],
    [
      "an instance that goes",
      T({ z: { count: 1 }, ...d("${try(terraform_data.z[0].id, 0)}") }),
      T({ z: { count: 0 }, ...d("${try(terraform_data.z[0].id, 0)}") }),
      { d: "replace" },
    ],
    [
      "an instance that comes",
      T({ z: { count: 1 }, ...d("${try(terraform_data.z[1].id, 0)}") }),
      T({ z: { count: 2 }, ...d("${try(terraform_data.z[1].id, 0)}") }),
      { d: "replace" },
    ],
    [
      "all instances in the old spelling",
      T({ z: { count: 1 }, ...d("${terraform_data.z.*.id}") }),
      T({ z: { count: 2 }, ...d("${terraform_data.z.*.id}") }),
      { d: "replace" },
    ],
    [
      "one instance by a key that is an expression",
      T({ z: each({ a: 1 }), a: each({ a: 1 }, { triggers_replace: "${terraform_data.z[each.key].id}" }) }),
      T({ z: each({ a: 1 }), a: each({ a: 1 }, { triggers_replace: "${terraform_data.z[each.key].id}" }) }),
      { z: "none", a: "none" },
    ],
    [
      "a variable of another type",
      T(d("${var.v}"), { variable: { v: { type: "string", default: 1 } } }),
      T(d("${var.v}"), { variable: { v: { type: "number", default: 1 } } }),
      { d: "unknown" },
    ],
    [
      "a part of what is ignored",
      T({ z: { input: { k: 1 }, ...IGNORED }, ...d("${terraform_data.z.input.k}") }),
      T({ z: { input: { k: 2 }, ...IGNORED }, ...d("${terraform_data.z.input.k}") }),
      { z: "none", d: "none" },
    ],
    [
      "a literal in place of a part that is the same",
      T({ z: { input: { k: "a" } }, ...d("a") }),
      T({ z: { input: { k: "a" } }, ...d("${terraform_data.z.input.k}") }),
      { d: "none" },
    ],
    [
      "a resource that becomes a list of one",
      T({ z: { input: 1 }, ...d("${jsonencode(terraform_data.z)}") }),
      T({ z: { input: 1, count: 1 }, ...d("${jsonencode(terraform_data.z)}") }),
      { z: "none", d: "replace" },
    ],
    ["the time", T(d("${timestamp()}")), T(d("${timestamp()}")), { d: "replace" }],
    [
      "an argument of what is replaced that is not written",
      T({ z: { triggers_replace: 1 }, ...d("${terraform_data.z.input}") }),
      T({ z: { triggers_replace: 2 }, ...d("${terraform_data.z.input}") }),
      { z: "replace", d: "none" },
    ],
    [
      "another part of what a local value names",
      T(d("${local.y.a}"), locals({ x: { a: 1, b: 1 }, y: "${local.x}" })),
      T(d("${local.y.a}"), locals({ x: { a: 1, b: 2 }, y: "${local.x}" })),
      { d: "none" },
    ],
  ])("%s", async (_, before, after, expected) => {
    const byId = Object.fromEntries(
      Object.entries(await verdicts(before, after)).map(([address, verdict]) => [address.split(".")[1], verdict]),
    );
    expect(byId).toMatchObject(expected);
  });

  test.each<[string, object, string]>([
    ["refers to what changes", { name: "${terraform_data.z.id}" }, "rotate"],
    ["counts what changes", { name: "a", count: "${length(terraform_data.z.output)}" }, "rotate"],
    ["refers to something else", { name: "${terraform_data.y.id}" }, "none"],
  ])("a data source that %s is read at apply", async (_, subnet, verdict) => {
    const stack = (input: string) =>
      stackOf(
        {
          ...clusterWith({}, { vnet_subnet_id: "${data.azurerm_subnet.s.id}" }),
          terraform_data: { z: { input }, y: {} },
        },
        { data: { azurerm_subnet: { s: { resource_group_name: "g", virtual_network_name: "v", ...subnet } } } },
      );
    expect(await verdicts(stack("a"), stack("b"))).toMatchObject({ [POOL]: verdict });
  });

  test("a module that is counted is another one", async () => {
    const net = (more: object) => stackOf({}, { module: { net: { source: "./net", ...more } } });
    expect(await verdicts(net({}), net({ count: 1 }))).toEqual({ "module.net": "destroy" });
  });
});
