import { CLUSTER, POOL, Major, poolChange, clusterChange, verdicts } from "../../support/changes";
import { byAddress, clusterWith, reviewOf, stackOf } from "../../support/reviews";

describe("what is written in two ways is the same", () => {
  test.each<{ name: string; before: object; after: object }>([
    { name: "a set in another order", before: { zones: ["1", "2"] }, after: { zones: ["2", "1"] } },
    { name: "a number in quotes", before: { node_count: 2 }, after: { node_count: "2" } },
    {
      name: "a number for a string",
      before: { os_disk_type: "Managed", zones: ["1"] },
      after: { os_disk_type: "Managed", zones: [1] },
    },
    {
      name: "a block in a list",
      before: { upgrade_settings: { max_surge: "10%" } },
      after: { upgrade_settings: [{ max_surge: "10%" }] },
    },
    { name: "null", before: {}, after: { max_pods: null } },
    {
      name: "a default",
      before: {},
      after: { os_disk_type: "Managed", mode: "User", priority: "Regular", spot_max_price: -1 },
    },
    { name: "false", before: {}, after: { fips_enabled: false, host_encryption_enabled: false } },
    { name: "an empty list", before: {}, after: { node_taints: [] } },
    { name: "an empty text", before: {}, after: { capacity_reservation_group_id: "" } },
    {
      name: "zero",
      before: { upgrade_settings: { max_surge: "1" } },
      after: { upgrade_settings: { max_surge: "1", drain_timeout_in_minutes: 0 } },
    },
    { name: "null in a map", before: { tags: { a: "b" } }, after: { tags: { a: "b", c: null } } },
    { name: "null instances", before: {}, after: { count: null, for_each: null } },
  ])("$name", async ({ before, after }) => {
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

  test("a time in another zone", async () => {
    const from = (start_date: string) => ({
      maintenance_window_node_os: { frequency: "Weekly", interval: 1, duration: 4, start_date },
    });
    const change = (to: string) => clusterChange(from("2026-12-01T01:00:00+01:00"), from(to));
    expect(await change("2026-12-01T00:00:00Z")).toMatchObject({ verdict: "none" });
    expect(await change("2026-12-01T01:00:00Z")).toMatchObject({ verdict: "update" });
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
