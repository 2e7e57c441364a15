import { notesOn, cluster, pool, defaultPool } from "../../support/changes";
import { Stack, stackOf } from "../../support/reviews";

describe("what is weaker", () => {
  test.each<{ name: string; before: Stack; after: Stack; note: string }>([
    {
      name: "local accounts",
      before: cluster({ local_account_disabled: true }),
      after: cluster({}),
      note: "local accounts are turned on",
    },
    {
      name: "Entra ID",
      before: cluster({ azure_active_directory_role_based_access_control: { tenant_id: "t" } }),
      after: cluster({}),
      note: "Entra ID no longer decides who logs in",
    },
    {
      name: "RBAC",
      before: cluster({}),
      after: cluster({ role_based_access_control_enabled: false }),
      note: "Kubernetes RBAC is turned off",
    },
    {
      name: "a public API server",
      before: cluster({ private_cluster_enabled: true }),
      after: cluster({}),
      note: "the API server gets a public address",
    },
    {
      name: "an opening in the words of azurerm 3",
      before: cluster({ api_server_authorized_ip_ranges: ["10.0.0.0/8"] }, 3),
      after: cluster({ api_server_authorized_ip_ranges: ["0.0.0.0/0"] }, 3),
      note: "the API server can be reached from everywhere",
    },
    {
      name: "ranges of azurerm 3 that are forgotten with the next version",
      before: cluster({ api_server_authorized_ip_ranges: ["10.0.0.0/8"] }, 3),
      after: cluster({}),
      note: "the API server can be reached from everywhere",
    },
    {
      name: "ranges that are gone",
      before: cluster({ api_server_access_profile: { authorized_ip_ranges: ["10.0.0.0/8"] } }),
      after: cluster({}),
      note: "the API server can be reached from everywhere",
    },
    {
      name: "a range of everything",
      before: cluster({ api_server_access_profile: { authorized_ip_ranges: ["10.0.0.0/8"] } }),
      after: cluster({ api_server_access_profile: { authorized_ip_ranges: ["0.0.0.0/0"] } }),
      note: "the API server can be reached from everywhere",
    },
    {
      name: "Azure Policy",
      before: cluster({ azure_policy_enabled: true }),
      after: cluster({ azure_policy_enabled: false }),
      note: "Azure Policy is turned off",
    },
    {
      name: "a pool without kata",
      before: pool({ workload_runtime: "KataVmIsolation" }),
      after: pool({}),
      note: "the pool loses its kata runtime",
    },
    {
      name: "no kata pool",
      before: pool({ workload_runtime: "KataVmIsolation" }),
      after: stackOf({}),
      note: "its sandboxed pods find no node, unless another kata pool is left",
    },
    {
      name: "a pool that is not dedicated",
      before: pool({ node_taints: ["dedicated=pod-sandboxing:NoSchedule"] }),
      after: pool({}),
      note: "the pool is no longer dedicated",
    },
    {
      name: "host encryption",
      before: pool({ host_encryption_enabled: true }),
      after: pool({}),
      note: "host encryption is turned off",
    },
    {
      name: "public addresses",
      before: pool({}),
      after: pool({ node_public_ip_enabled: true }),
      note: "its nodes get public addresses",
    },
    {
      name: "commands of Azure",
      before: cluster({ run_command_enabled: false }),
      after: cluster({}),
      note: "`az aks command invoke` is allowed",
    },
    {
      name: "Defender",
      before: cluster({ microsoft_defender: { log_analytics_workspace_id: "w" } }),
      after: cluster({}),
      note: "Microsoft Defender is turned off",
    },
    {
      name: "a key of yours",
      before: cluster({ key_management_service: { key_vault_key_id: "k" } }),
      after: cluster({}),
      note: "secrets are no longer encrypted with a key of yours",
    },
    { name: "FIPS", before: pool({ fips_enabled: true }), after: pool({}), note: "FIPS is turned off" },
    {
      name: "host encryption of the default pool",
      before: defaultPool({ host_encryption_enabled: true }),
      after: defaultPool({}),
      note: "host encryption is turned off",
    },
    {
      name: "local accounts by a local value",
      before: { ...cluster({ local_account_disabled: "${local.off}" }), locals: { off: true } },
      after: { ...cluster({ local_account_disabled: "${local.off}" }), locals: { off: false } },
      note: "local accounts are turned on",
    },
  ])("$name", async ({ before, after, note }) => {
    expect(await notesOn(before, after)).toContainEqual(expect.stringContaining(note));
    const reverse = await notesOn(after, before);
    expect(reverse.filter((text) => text.includes(note))).toEqual([]);
    expect((await notesOn(before, before)).filter((text) => text.includes(note))).toEqual([]);
  });

  test.each<{ name: string; before: Stack; after: Stack }>([
    {
      name: "local accounts",
      before: cluster({ local_account_disabled: true }),
      after: cluster({ local_account_disabled: "${var.a}" }),
    },
    {
      name: "the API server",
      before: cluster({ private_cluster_enabled: true }),
      after: cluster({ private_cluster_enabled: "${var.a}" }),
    },
    {
      name: "ranges",
      before: cluster({ api_server_access_profile: { authorized_ip_ranges: "${var.ranges}" } }),
      after: cluster({ api_server_access_profile: { authorized_ip_ranges: "${var.ranges}" }, tags: { a: "b" } }),
    },
    {
      name: "kata",
      before: pool({ workload_runtime: "KataVmIsolation" }),
      after: pool({ workload_runtime: "${var.runtime}" }),
    },
    {
      name: "kata by a local value",
      before: pool({ workload_runtime: "KataVmIsolation" }),
      after: { ...pool({ workload_runtime: "${local.runtime}" }), locals: { runtime: "KataVmIsolation" } },
    },
    {
      name: "taints",
      before: pool({ node_taints: ["dedicated=pod-sandboxing:NoSchedule"] }),
      after: pool({ node_taints: "${var.taints}" }),
    },
    {
      name: "kata before",
      before: pool({ workload_runtime: "${var.runtime}" }),
      after: pool({ workload_runtime: "OCIContainer" }),
    },
    {
      name: "a default pool in a dynamic block",
      before: cluster({}),
      after: cluster({ default_node_pool: null, dynamic: { default_node_pool: {} } }),
    },
  ])("not $name that only Terraform knows", async ({ before, after }) => {
    const looser = (await notesOn(before, after)).filter((note) => !/refuses|takes/.test(note));
    expect(looser.filter((note) => !note.includes("a rule that it did not have"))).toEqual([]);
  });

  test.each<{ name: string; before: Stack; after: Stack }>([
    {
      name: "public addresses",
      before: pool({ node_public_ip_enabled: true }),
      after: pool({ node_public_ip_enabled: true, node_count: 2 }),
    },
    {
      name: "no RBAC",
      before: cluster({ role_based_access_control_enabled: false }),
      after: cluster({ role_based_access_control_enabled: false, tags: { a: "b" } }),
    },
    {
      name: "what is ignored",
      before: cluster({ local_account_disabled: true }),
      after: cluster({ local_account_disabled: false, lifecycle: { ignore_changes: ["local_account_disabled"] } }),
    },
    { name: "other taints", before: pool({ node_taints: ["a=b:NoSchedule"] }), after: pool({}) },
  ])("not $name", async ({ before, after }) => {
    const looser = await notesOn(before, after);
    expect(looser.filter((note) => !/refuses|`kubernetes` goes from/.test(note))).toEqual([]);
  });
});
