import { AZURERM, byAddress, clusterWith, reviewOf, stackOf, verdictsOf } from "../support/reviews";

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

async function verdicts(before: object, after: object) {
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
    expect(await clusterChange({ network_profile: { network_plugin: "azure" } }, {})).toMatchObject({
      verdict: "none",
      arguments: [{ path: "network_profile", effect: "none" }],
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
    for (const name of ["group", "${azurerm_resource_group.group.name}"]) {
      expect(await verdicts(stackOf(group("eastus", name)), stackOf(group("westus", name)))).toEqual({
        "azurerm_resource_group.group": "replace",
        [CLUSTER]: "replace",
        [POOL]: "replace",
        "azurerm_user_assigned_identity.id": "replace",
      });
    }
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
  });

  test("what is forgotten stays, and what is imported is known only at apply", async () => {
    const { azurerm_kubernetes_cluster_node_pool: pools, ...rest } = clusterWith();
    const removed = [{ from: POOL, lifecycle: { destroy: false } }];
    expect(await verdicts(stackOf(clusterWith()), stackOf(rest, { removed }))).toMatchObject({ [POOL]: "none" });
    expect(await verdicts(stackOf(clusterWith()), stackOf(rest))).toMatchObject({ [POOL]: "destroy" });
    const imported = [{ to: POOL, id: "/subscriptions/x" }];
    expect(
      await verdicts(
        stackOf(rest),
        stackOf({ ...rest, azurerm_kubernetes_cluster_node_pool: pools }, { import: imported }),
      ),
    ).toMatchObject({ [POOL]: "unknown" });
  });

  test("a provider or a number of instances that changes is not known", async () => {
    expect(await poolChange({}, { provider: "azurerm.other" })).toMatchObject({ verdict: "unknown" });
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
  const group = (display_name: string) => stackOf({ azuread_group: { team: { display_name } } });
  const result = await reviewOf({ cluster: group("a") }, { cluster: group("b") });
  expect(result.changes).toMatchObject([
    {
      verdict: "unknown",
      arguments: [{ path: "display_name", before: "(not shown)", after: "(not shown)", effect: "unknown" }],
      why: expect.stringContaining("effect not known to this review"),
    },
  ]);
});

test("a stack that goes destroys what it made, and says so", async () => {
  const other = stackOf({});
  const result = await reviewOf({ cluster: stackOf(clusterWith()), other }, { other });
  expect(verdictsOf(result)).toEqual({ [CLUSTER]: "destroy", [POOL]: "destroy" });
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
