import { clusterWith, reviewOf, Stack, stackOf } from "../support/reviews";

async function notesOn(before: Stack, after: Stack): Promise<readonly string[]> {
  return (await reviewOf({ s: before }, { s: after })).notes;
}

const cluster = (config: object, azurerm?: 3 | 4 | 5) => stackOf(clusterWith(config), {}, azurerm);
const pool = (config: object, azurerm?: 3 | 4 | 5) => stackOf(clusterWith({}, config), {}, azurerm);
const defaultPool = (config: object, more: object = {}) =>
  cluster({ default_node_pool: { name: "default", temporary_name_for_rotation: "tmp", ...config }, ...more });
const network = (network_profile: object, bootstrap_profile?: object) =>
  cluster({ network_profile, bootstrap_profile });
const manifest = (manifest: object) => stackOf({ kubernetes_manifest: { m: { manifest } } });

const waiting = (wait_for: object) =>
  stackOf({
    kubernetes_manifest: { m: { manifest: { apiVersion: "v1", kind: "A", metadata: { name: "a" } }, wait_for } },
  });
const ofPools = (pools: { readonly [id: string]: object }) =>
  stackOf({
    azurerm_kubernetes_cluster_node_pool: Object.fromEntries(
      Object.entries(pools).map(([id, config]) => [id, { name: "kata", kubernetes_cluster_id: "c", ...config }]),
    ),
  });

describe("providers and state", () => {
  test("another major, once for all stacks", async () => {
    const [three, four] = [3, 4].map((major) => {
      const stack = stackOf(clusterWith(), {}, major as 3 | 4);
      return { cluster: stack, sandbox: stack };
    });
    expect((await reviewOf(three, four)).notes).toEqual([
      "`azurerm` goes from 3 (`>= 3.105.0, < 4.0.0`) to 4 (`>= 4.78.0, < 5.0.0`): read its upgrade guide first, as older versions cannot read the state that it writes (in stacks `cluster` and `sandbox`)",
    ]);
    expect((await reviewOf(four, three)).notes).toEqual([
      "`azurerm` goes from 4 (`>= 4.78.0, < 5.0.0`) to 3 (`>= 3.105.0, < 4.0.0`): it may not be able to read the state that the newer version wrote (in stacks `cluster` and `sandbox`)",
    ]);
  });

  test("a state that moves, without its secrets", async () => {
    const at = (backend: object) => {
      const stack = stackOf({}) as { terraform: object };
      return { ...stack, terraform: { ...stack.terraform, backend } };
    };
    const azure = { storage_account_name: "state", container_name: "c", key: "k", access_key: "hunter2" };
    const [note, ...more] = await notesOn(at({ local: { path: "a" } }), at({ azurerm: azure }));
    expect(note).toBe(
      "the state of stack `s` moves from `local` `a` to `azurerm` `state` `c` `k`: run `terraform init -migrate-state` with it, or the next deployment knows of nothing and creates everything again",
    );
    expect(more).toEqual([]);
    expect(await notesOn(at({ azurerm: azure }), at({ azurerm: azure }))).toEqual([]);
  });

  test.each<[string, string]>([
    ["azurerm", "access_key"],
    ["azurerm", "sas_token"],
    ["azurerm", "use_oidc"],
    ["azurerm", "client_secret"],
    ["azurerm", "tenant_id"],
    ["azurerm", "snapshot"],
    ["s3", "dynamodb_table"],
    ["s3", "profile"],
    ["gcs", "credentials"],
    ["http", "unlock_method"],
  ])("a state in %s that is reached by another %s", async (kind, way) => {
    const at = (value: string) => ({ terraform: { backend: { [kind]: { key: "k", [way]: value } } } });
    expect(await notesOn(at("hunter2"), at("hunter3"))).toEqual([
      "stack `s` reaches its state in another way: run `terraform init -reconfigure` with it",
    ]);
  });

  test.each<[string, object, object]>([
    ["of a kind that few use", { http: { address: "https://a" } }, { http: { address: "https://b" } }],
    ["in HCP Terraform", { cloud: { organization: "a" } }, { cloud: { organization: "b" } }],
    ["in a workspace", { s3: { key: "k", workspace_key_prefix: "a" } }, { s3: { key: "k" } }],
  ])("a state that moves %s", async (_, before, after) => {
    const at = (backend: object) => ({ terraform: "cloud" in backend ? backend : { backend } });
    expect(await notesOn(at(before), at(after))).toEqual([
      expect.stringContaining("the state of stack `s` moves from"),
    ]);
  });

  test.each<[string, object]>([
    ["local", { path: "a", workspace_dir: "b" }],
    ["azurerm", { subscription_id: "a", resource_group_name: "b", storage_account_name: "c", container_name: "d" }],
    ["remote", { hostname: "a", organization: "b" }],
    ["s3", { bucket: "a", region: "b" }],
    ["gcs", { bucket: "a", prefix: "b" }],
  ])("the place of a state in %s", async (kind, config) => {
    const at = (backend: object) => ({ terraform: { backend } });
    const place = Object.values<string>({ ...config })
      .map((value) => ` \`${value}\``)
      .join("");
    expect(await notesOn(at({ http: {} }), at({ [kind]: config }))).toEqual([
      expect.stringContaining(`moves from \`http\` to \`${kind}\`${place}: run`),
    ]);
  });

  test("a state that is written where it is by default", async () => {
    const terraform = { backend: { local: { path: "terraform.tfstate" } } };
    expect(await notesOn({}, { terraform })).toEqual([]);
  });

  test("a state and a provider in blocks of their own", async () => {
    const blocks = (key: string) =>
      ['terraform {\nrequired_version = "1"\n}', `terraform {\nbackend "azurerm" {\nkey = "${key}"\n}\n}`].join("\n");
    expect(await notesOn(blocks("a"), blocks("a"))).toEqual([]);
    expect(await notesOn(blocks("a"), blocks("b"))).toEqual([
      expect.stringContaining("the state of stack `s` moves from `azurerm` `a` to `azurerm` `b`"),
    ]);
  });

  test("a version that is judged by another one", async () => {
    const old = { terraform: { required_providers: { azurerm: { version: "4.10.0" } } } };
    expect(await notesOn(old, old)).toEqual([
      "`azurerm` `4.10.0` is judged by what version 4.81.0 does, which may differ (in stack `s`)",
    ]);
  });

  test("a provider from elsewhere", async () => {
    const from = (source?: string, version?: string) => ({
      terraform: { required_providers: { azurerm: { source, version } } },
    });
    expect(await notesOn(from("hashicorp/azurerm"), from("acme/azurerm"))).toEqual([
      "`azurerm` comes from `acme/azurerm` instead of `hashicorp/azurerm` (in stack `s`)",
    ]);
    for (const more of [from("hashicorp/azurerm"), from(undefined, ">= 4.78.0")]) {
      expect(await notesOn(from(), more)).toEqual([]);
      expect(await notesOn(more, from())).toEqual([]);
    }
  });

  test("nothing of a provider that no schema is known of", async () => {
    const random = { terraform: { required_providers: { random: { source: "hashicorp/random", version: "~> 3.0" } } } };
    expect(await notesOn(random, random)).toEqual([]);
  });

  test("a version that is not known", async () => {
    const next = { terraform: { required_providers: { azurerm: { version: ">= 6.0.0" } } } };
    expect(await notesOn(next, next)).toEqual([
      "`azurerm` `>= 6.0.0` is not known to this review: what is written alike is taken to be alike (in stack `s`)",
    ]);
  });

  test("a provider that logs in otherwise, without its secrets", async () => {
    const as = (config: object) => stackOf({}, { provider: { azurerm: [{ features: [{}], ...config }] } });
    expect(
      await notesOn(as({ subscription_id: "a", client_secret: "x" }), as({ subscription_id: "b", client_secret: "y" })),
    ).toEqual([
      "provider `azurerm` of stack `s` is configured differently: `subscription_id` `a` → `b`, `client_secret`",
    ]);
    for (const identity of ["tenant_id", "environment"])
      expect(await notesOn(as({ [identity]: "a" }), as({ [identity]: "b" }))).toEqual([
        `provider \`azurerm\` of stack \`s\` is configured differently: \`${identity}\` \`a\` → \`b\``,
      ]);
    const to = (config: object) => stackOf({}, { provider: { kubernetes: [config] } });
    for (const identity of ["config_path", "config_context"])
      expect(await notesOn(to({ [identity]: "a" }), to({ [identity]: "b" }))).toEqual([
        `provider \`kubernetes\` of stack \`s\` is configured differently: \`${identity}\` \`a\` → \`b\``,
      ]);
  });

  test("a provider with an alias", async () => {
    const as = (...configs: object[]) => stackOf({}, { provider: { azurerm: configs } });
    const first = { features: [{}] };
    const other = { features: [{}], alias: "other", subscription_id: "a" };
    expect(await notesOn(as(first, other), as({ ...other, subscription_id: "b" }, first))).toEqual([
      "provider `azurerm.other` of stack `s` is configured differently: `subscription_id` `a` → `b`",
    ]);
    expect(await notesOn(as(first), as(first, other))).toEqual(["provider `azurerm.other` of stack `s` is new"]);
    expect(await notesOn(as(first, other), as(first))).toEqual(["provider `azurerm.other` of stack `s` is taken away"]);
  });
});

describe("addresses", () => {
  test("what has another address and is the same otherwise comes with its moved block", async () => {
    const named = (id: string, pool: string) => ({
      azurerm_kubernetes_cluster: { [id]: clusterWith().azurerm_kubernetes_cluster.aks },
      azurerm_kubernetes_cluster_node_pool: {
        [pool]: {
          ...clusterWith().azurerm_kubernetes_cluster_node_pool.kata,
          kubernetes_cluster_id: `\${azurerm_kubernetes_cluster.${id}.id}`,
        },
      },
    });
    const [note] = await notesOn(stackOf(named("aks", "kata")), stackOf(named("main", "sandbox")));
    expect(note).toContain("in stack `s` 2 resources have another address and are the same otherwise");
    expect(note.replaceAll(/\s+/g, " ")).toContain(
      "moved { from = azurerm_kubernetes_cluster.aks to = azurerm_kubernetes_cluster.main } " +
        "moved { from = azurerm_kubernetes_cluster_node_pool.kata to = azurerm_kubernetes_cluster_node_pool.sandbox }",
    );
  });

  test("what changes, too, is no move", async () => {
    const { azurerm_kubernetes_cluster_node_pool: pools, ...rest } = clusterWith();
    const renamed = { ...rest, azurerm_kubernetes_cluster_node_pool: { sandbox: { ...pools.kata, node_count: 3 } } };
    expect(await notesOn(stackOf(clusterWith()), stackOf(renamed))).toEqual([]);
  });

  test("what stays with fewer instances is no move", async () => {
    const counted = (a: number, b: number) => {
      const { kata } = clusterWith().azurerm_kubernetes_cluster_node_pool;
      return stackOf({ azurerm_kubernetes_cluster_node_pool: { a: { ...kata, count: a }, b: { ...kata, count: b } } });
    };
    expect(await notesOn(counted(2, 1), counted(1, 2))).toEqual([]);
  });

  test.each<[string, Stack, Stack]>([
    ["more instances", ofPools({ a: { count: 1 } }), ofPools({ b: { count: 2 } })],
    ["what fewer instances leave", ofPools({ a: { count: 2 } }), ofPools({ a: { count: 1 }, b: { count: 2 } })],
    ["what more instances add", ofPools({ a: { count: 1 }, b: { count: 2 } }), ofPools({ a: { count: 2 } })],
  ])("%s are no move", async (_, before, after) => {
    expect(await notesOn(before, after)).toEqual([]);
  });

  test("what refers to something that changes where it is may move", async () => {
    const pools = (id: string, tags: object) => {
      const { azurerm_kubernetes_cluster, azurerm_kubernetes_cluster_node_pool } = clusterWith({ tags });
      return stackOf({
        azurerm_kubernetes_cluster,
        azurerm_kubernetes_cluster_node_pool: { [id]: azurerm_kubernetes_cluster_node_pool.kata },
      });
    };
    expect(await notesOn(pools("kata", {}), pools("sandbox", { a: "b" }))).toEqual([
      expect.stringContaining("`azurerm_kubernetes_cluster_node_pool.kata` has another address"),
    ]);
  });

  test("what refers to itself in circles is no move", async () => {
    const circle = (a: string, b: string) =>
      stackOf({
        terraform_data: { [a]: { input: `\${terraform_data.${b}.id}` }, [b]: { input: `\${terraform_data.${a}.id}` } },
      });
    expect(await notesOn(circle("a", "b"), circle("c", "d"))).toEqual([]);
  });

  test("what is written in another language may move", async () => {
    const hcl = `
      terraform {
        required_providers {
          azurerm = { source = "hashicorp/azurerm", version = ">= 4.78.0, < 5.0.0" }
        }
        backend "local" { path = "state" }
      }
      resource "azurerm_kubernetes_cluster_node_pool" "b" {
        name                  = "kata"
        kubernetes_cluster_id = "c"
        depends_on            = [terraform_data.t]
      }`;
    const [note] = await notesOn(ofPools({ a: { depends_on: ["terraform_data.t"] } }), hcl);
    expect(note).toContain("`azurerm_kubernetes_cluster_node_pool.a` has another address");
  });

  test("each of several that are the same moves once", async () => {
    const [note] = await notesOn(ofPools({ a: {}, b: {} }), ofPools({ c: {} }));
    expect(note).toContain("`azurerm_kubernetes_cluster_node_pool.a` has another address");
  });

  test("more moves than fit are counted", async () => {
    const many = (prefix: string) =>
      ofPools(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${prefix}${i}`, { node_count: i }])));
    const [note] = await notesOn(many("a"), many("b"));
    expect(note.match(/moved \{/g)).toHaveLength(25);
    expect(note).toMatch(/\n\n {2}and 5 more$/);
  });

  test("what was protected", async () => {
    const guarded = { lifecycle: { prevent_destroy: true } };
    expect(await notesOn(cluster(guarded), cluster({}))).toEqual([
      "`azurerm_kubernetes_cluster.aks` loses its `prevent_destroy`: from now on a plan may destroy it",
    ]);
    expect(await notesOn(cluster(guarded), stackOf({}))).toContainEqual(
      "`azurerm_kubernetes_cluster.aks` had `prevent_destroy`, which goes with it: nothing stops Terraform from destroying it",
    );
    expect(await notesOn(cluster({ lifecycle: { prevent_destroy: "true" } }), cluster({}))).toHaveLength(1);
    const refused = (address: string) =>
      `\`${address}\` has \`prevent_destroy\`, so Terraform refuses the whole plan of stack \`s\``;
    expect(await notesOn(cluster(guarded), cluster({ ...guarded, dns_prefix: "b" }))).toContainEqual(
      refused("azurerm_kubernetes_cluster.aks"),
    );
    expect(await notesOn(pool({ ...guarded, count: 3 }), pool({ ...guarded, count: 2 }))).toContainEqual(
      refused("azurerm_kubernetes_cluster_node_pool.kata"),
    );
    expect(await notesOn(pool({ ...guarded, count: 2 }), pool({ ...guarded, count: 3 }))).toEqual([]);
  });
});

describe("what is refused", () => {
  const KATA = { workload_runtime: "KataVmIsolation" };

  test.each<[string, Stack, Stack, string]>([
    [
      "a rotation without a temporary name",
      pool({}),
      pool({ max_pods: 50 }),
      "azurerm refuses at apply to rotate for `max_pods`: write `temporary_name_for_rotation`",
    ],
    [
      "autoscaling without counts",
      pool({}),
      pool({ auto_scaling_enabled: true }),
      "azurerm refuses an autoscaled pool without `min_count` and `max_count`",
    ],
    [
      "counts without autoscaling",
      pool({}),
      pool({ min_count: 1 }),
      "azurerm refuses `min_count` and `max_count` of a pool that is not autoscaled",
    ],
    [
      "workload identity without its issuer",
      cluster({}),
      cluster({ workload_identity_enabled: true }),
      "azurerm refuses `workload_identity_enabled` without `oidc_issuer_enabled`",
    ],
    [
      "a downgrade",
      cluster({ kubernetes_version: "1.34.2" }),
      cluster({ kubernetes_version: "1.33" }),
      "AKS refuses at apply to go back from Kubernetes `1.34.2` to `1.33`",
    ],
    [
      "surge of Spot pools",
      pool({}),
      pool({ priority: "Spot", upgrade_settings: { max_surge: "10%" } }),
      "azurerm refuses `max_surge` and `max_unavailable` for Spot pools",
    ],
    [
      "kata on a VM size without nested virtualization",
      pool(KATA),
      pool({ ...KATA, vm_size: "Standard_B2s" }),
      "AKS refuses kata pods on `Standard_B2s` (B sizes have no nested virtualization)",
    ],
    ["kata with FIPS", pool(KATA), pool({ ...KATA, fips_enabled: true }), "AKS refuses `fips_enabled` with kata pods"],
    [
      "kata on Ubuntu",
      pool({ ...KATA, os_sku: "AzureLinux" }),
      pool({ ...KATA, os_sku: "Ubuntu" }),
      "AKS refuses kata pods on `Ubuntu`",
    ],
    [
      "a value that the version lacks",
      pool({}),
      pool({ os_sku: "CBLMariner" }),
      "the provider refuses `os_sku`: it takes one of AzureLinux, AzureLinux3, Ubuntu, Ubuntu2204, Ubuntu2404, Windows2019, Windows2022, not `CBLMariner`",
    ],
    [
      "an argument that the version lacks",
      pool({}),
      pool({ enable_auto_scaling: true }),
      "the provider refuses `enable_auto_scaling`: it takes no such argument",
    ],
    [
      "more nodes at least than at most",
      pool({}),
      pool({ auto_scaling_enabled: true, min_count: 3, max_count: 2 }),
      "azurerm refuses `min_count` 3 above `max_count` 2",
    ],
    ["a pool's name", pool({}), pool({ name: "Kata-1" }), "azurerm refuses `Kata-1` as the name of a pool"],
    [
      "an identity and a service principal",
      cluster({}),
      cluster({ service_principal: { client_id: "a", client_secret: "b" } }),
      "azurerm takes exactly one of `identity` and `service_principal`",
    ],
    [
      "upgrade settings that say nothing",
      pool({}),
      pool({ upgrade_settings: { node_soak_duration_in_minutes: 1 } }),
      "azurerm refuses `upgrade_settings` without `max_surge` or `max_unavailable`",
    ],
    [
      "another handler",
      manifest({ kind: "RuntimeClass", handler: "kata" }),
      manifest({ kind: "RuntimeClass", handler: "kata2" }),
      "Kubernetes refuses at apply to change the handler of a runtime class: give the class another name",
    ],
    [
      "a rotation that may be",
      pool({ max_pods: 30 }),
      pool({ max_pods: "${var.pods}" }),
      "azurerm refuses at apply to rotate for `max_pods`: write `temporary_name_for_rotation`",
    ],
    [
      "autoscaling without one of the counts",
      pool({}),
      pool({ auto_scaling_enabled: true, min_count: 1 }),
      "azurerm refuses an autoscaled pool without `min_count` and `max_count`",
    ],
    [
      "a count at most without autoscaling",
      pool({}),
      pool({ max_count: 1 }),
      "azurerm refuses `min_count` and `max_count` of a pool that is not autoscaled",
    ],
    [
      "fewer nodes than an autoscaled pool has",
      cluster({}),
      defaultPool({ auto_scaling_enabled: true, node_count: 1, min_count: 2, max_count: 3 }),
      "azurerm refuses `node_count` `1` of an autoscaled pool of `2` to `3` nodes",
    ],
    [
      "workload identity with an issuer that is turned off on azurerm 5",
      cluster({}, 5),
      cluster({ workload_identity_enabled: true, oidc_issuer_enabled: false }, 5),
      "azurerm refuses `workload_identity_enabled` without `oidc_issuer_enabled`",
    ],
    [
      "security without azure",
      cluster({}),
      network({ network_data_plane: "cilium", advanced_networking: { security_enabled: true } }),
      "azurerm refuses `advanced_networking.security_enabled` without",
    ],
    [
      "two ranges of services",
      cluster({}),
      network({ service_cidrs: ["10.1.0.0/16", "fd00::/64"], dns_service_ip: "10.1.0.1" }),
      "azurerm refuses two ranges of addresses unless `ip_versions` has IPv4 and IPv6",
    ],
    [
      "a gateway of a basic load balancer",
      cluster({}),
      network({ load_balancer_sku: "basic", nat_gateway_profile: {} }),
      "azurerm refuses `load_balancer_profile` and `nat_gateway_profile` with `load_balancer_sku` basic",
    ],
    [
      "unavailable nodes of Spot pools",
      pool({}),
      pool({ priority: "Spot", upgrade_settings: { max_unavailable: "1" } }),
      "azurerm refuses `max_surge` and `max_unavailable` for Spot pools",
    ],
    [
      "kata on Windows",
      pool({ ...KATA, os_sku: "AzureLinux" }),
      pool({ ...KATA, os_sku: "Windows2022" }),
      "AKS refuses kata pods on `Windows2022`",
    ],
    [
      "more nodes than an autoscaled pool has",
      cluster({}),
      defaultPool({ auto_scaling_enabled: true, node_count: 5, min_count: 1, max_count: 3 }),
      "azurerm refuses `node_count` `5` of an autoscaled pool of `1` to `3` nodes",
    ],
    [
      "another count of an autoscaled pool",
      defaultPool({ auto_scaling_enabled: true, node_count: 1, min_count: 1, max_count: 3 }),
      defaultPool({ auto_scaling_enabled: true, node_count: 2, min_count: 1, max_count: 3 }),
      "azurerm refuses at apply to change `default_node_pool.node_count` while the pool is autoscaled",
    ],
    [
      "an override that is taken away",
      cluster({ upgrade_override: { force_upgrade_enabled: true } }),
      cluster({}),
      "azurerm refuses at apply to take `upgrade_override` away",
    ],
    [
      "no way out",
      cluster({}),
      network({ network_plugin: "azure", outbound_type: "none" }),
      "azurerm wants `bootstrap_profile.artifact_source` Cache for `outbound_type` none",
    ],
    [
      "security without cilium",
      cluster({}),
      network({ network_plugin: "azure", advanced_networking: { security_enabled: true } }),
      "azurerm refuses `advanced_networking.security_enabled` without",
    ],
    [
      "pod addresses without overlay",
      cluster({}),
      network({ network_plugin: "azure", pod_cidr: "10.1.0.0/16" }),
      "azurerm refuses `pod_cidr` with `network_plugin` azure unless",
    ],
    [
      "service addresses without DNS",
      cluster({}),
      network({ network_plugin: "azure", service_cidr: "10.1.0.0/16" }),
      "azurerm refuses one of `service_cidr` and `dns_service_ip` without the other",
    ],
    [
      "two ranges for one kind of addresses",
      cluster({}),
      network({ network_plugin: "azure", pod_cidrs: ["10.1.0.0/16", "fd00::/64"] }),
      "azurerm refuses two ranges of addresses unless `ip_versions` has IPv4 and IPv6",
    ],
    [
      "a profile of a basic load balancer",
      cluster({}),
      network({ network_plugin: "azure", load_balancer_sku: "basic", load_balancer_profile: {} }),
      "azurerm refuses `load_balancer_profile` and `nat_gateway_profile` with `load_balancer_sku` basic",
    ],
    ["no DNS prefix", cluster({}), cluster({ dns_prefix: null }), "azurerm wants `dns_prefix`"],
    [
      "two DNS prefixes",
      cluster({}),
      cluster({ dns_prefix_private_cluster: "b" }),
      "azurerm takes one of `dns_prefix` and `dns_prefix_private_cluster`, not both",
    ],
    [
      "a private DNS prefix of a public cluster",
      cluster({}),
      cluster({ dns_prefix: null, dns_prefix_private_cluster: "b" }),
      "azurerm refuses `dns_prefix_private_cluster` of a cluster that is not private",
    ],
    [
      "a DNS zone that the cluster's identity cannot write",
      cluster({}),
      cluster({ private_cluster_enabled: true, private_dns_zone_id: "/subscriptions/s/zone" }),
      "azurerm refuses a `private_dns_zone_id` of yours with an `identity` that is SystemAssigned",
    ],
    [
      "two ways to upgrade nodes",
      cluster({}),
      cluster({ automatic_upgrade_channel: "node-image", node_os_upgrade_channel: "SecurityPatch" }),
      "azurerm refuses `automatic_upgrade_channel` node-image unless",
    ],
    [
      "what Spot pools have only",
      pool({}),
      pool({ eviction_policy: "Delete" }),
      "azurerm refuses `eviction_policy` of a pool that is no Spot pool",
    ],
    [
      "a price that Spot pools have only",
      pool({}),
      pool({ spot_max_price: 0.5 }),
      "azurerm refuses `spot_max_price` of a pool that is no Spot pool",
    ],
    [
      "Linux settings of Windows",
      pool({}),
      pool({ os_type: "Windows", linux_os_config: { swap_file_size_mb: 1 } }),
      "azurerm refuses `linux_os_config` of a Windows pool",
    ],
    [
      "a temporary name that is none",
      pool({}),
      pool({ temporary_name_for_rotation: "Tmp" }),
      "azurerm refuses `Tmp` as the name of a pool",
    ],
    [
      "a temporary name that is taken",
      pool({}),
      pool({ temporary_name_for_rotation: "kata" }),
      "azurerm cannot rotate pool `kata` through a pool of the same name",
    ],
    [
      "costs on the free tier",
      cluster({}),
      cluster({ cost_analysis_enabled: true }),
      "azurerm refuses `cost_analysis_enabled` with `sku_tier` Free",
    ],
    [
      "nodes that are newer than their control plane",
      cluster({ kubernetes_version: "1.33" }),
      defaultPool({ orchestrator_version: "1.34" }, { kubernetes_version: "1.33" }),
      "azurerm refuses a `default_node_pool.orchestrator_version` that is newer than `kubernetes_version`",
    ],
  ])("%s", async (_, before, after, note) => {
    expect(await notesOn(before, after)).toContainEqual(expect.stringContaining(`: ${note}`));
    expect((await notesOn(before, before)).filter((text) => text.includes(note))).toEqual([]);
  });

  test.each<[string, Stack, Stack]>([
    ["a rotation of what is replaced", pool({}), pool({ max_pods: 50, priority: "Spot" })],
    ["a way out that is cached", cluster({}), network({ outbound_type: "none" }, { artifact_source: "Cache" })],
    [
      "an identity in a dynamic block",
      cluster({}),
      cluster({ identity: null, dynamic: { identity: { for_each: [1] } } }),
    ],
    ["what only Terraform knows", pool({}), pool({ eviction_policy: "Delete", priority: "${var.priority}" })],
    ["as few nodes at least as at most", pool({}), pool({ auto_scaling_enabled: true, min_count: 2, max_count: 2 })],
    [
      "as many nodes as an autoscaled pool may have",
      cluster({}),
      defaultPool({ auto_scaling_enabled: true, node_count: 1, min_count: 1, max_count: 1 }),
    ],
    [
      "another count of a pool that was not autoscaled",
      defaultPool({ node_count: 1 }),
      defaultPool({ auto_scaling_enabled: true, node_count: 2, min_count: 1, max_count: 3 }),
    ],
    [
      "another count that is ignored",
      defaultPool({ auto_scaling_enabled: true, node_count: 1, min_count: 1, max_count: 3 }),
      defaultPool(
        { auto_scaling_enabled: true, node_count: 2, min_count: 1, max_count: 3 },
        { tags: { a: "b" }, lifecycle: { ignore_changes: ["default_node_pool[0].node_count"] } },
      ),
    ],
    [
      "an override in a dynamic block",
      cluster({ upgrade_override: { force_upgrade_enabled: true } }),
      cluster({ dynamic: { upgrade_override: { for_each: [1] } } }),
    ],
    ["workload identity on azurerm 5", cluster({}, 5), cluster({ workload_identity_enabled: true }, 5)],
    ["pod addresses of kubenet", cluster({}), network({ network_plugin: "kubenet", pod_cidr: "10.1.0.0/16" })],
    [
      "pod addresses with overlay",
      cluster({}),
      network({ network_plugin: "azure", network_plugin_mode: "overlay", pod_cidr: "10.1.0.0/16" }),
    ],
    [
      "a list of service addresses with DNS",
      cluster({}),
      network({ service_cidrs: ["10.1.0.0/16"], dns_service_ip: "10.1.0.1" }),
    ],
    [
      "two ranges for two kinds of addresses",
      cluster({}),
      network({ pod_cidrs: ["10.1.0.0/16", "fd00::/64"], ip_versions: ["IPv4", "IPv6"] }),
    ],
    [
      "two ranges for kinds of addresses that only Terraform knows",
      cluster({}),
      network({ pod_cidrs: ["10.1.0.0/16", "fd00::/64"], ip_versions: ["${var.ip}"] }),
    ],
    [
      "a profile of a standard load balancer",
      cluster({}),
      network({ network_plugin: "azure", load_balancer_profile: {} }),
    ],
    [
      "a private DNS prefix of a private cluster",
      cluster({}),
      cluster({ dns_prefix: null, dns_prefix_private_cluster: "b", private_cluster_enabled: true }),
    ],
    [
      "a private DNS prefix in a zone",
      cluster({}),
      cluster({ dns_prefix: null, dns_prefix_private_cluster: "b", private_dns_zone_id: "System" }),
    ],
    ["no DNS zone", cluster({}), cluster({ private_dns_zone_id: "None" })],
    ["a DNS zone that only Terraform knows", cluster({}), cluster({ private_dns_zone_id: "${var.zone}" })],
    [
      "a DNS zone that the cluster's identity can write",
      cluster({}),
      cluster({ private_dns_zone_id: "/z", identity: { type: "UserAssigned", identity_ids: ["i"] } }),
    ],
    ["node images on their own", cluster({}), cluster({ automatic_upgrade_channel: "node-image" })],
    ["another channel of node images", cluster({}), cluster({ node_os_upgrade_channel: "SecurityPatch" })],
    [
      "node images twice",
      cluster({}),
      cluster({ automatic_upgrade_channel: "node-image", node_os_upgrade_channel: "NodeImage" }),
    ],
    ["any price", pool({}), pool({ spot_max_price: -1, node_count: 2 })],
    [
      "upgrade settings that say nothing on azurerm 3",
      pool({}, 3),
      pool({ upgrade_settings: { node_soak_duration_in_minutes: 1 } }, 3),
    ],
    [
      "Linux settings of Linux",
      pool({}),
      pool({ temporary_name_for_rotation: "tmp", linux_os_config: { swap_file_size_mb: 1 } }),
    ],
    ["a name that only Terraform knows", pool({}), pool({ name: "${var.name}" })],
    [
      "a rotation that is ignored",
      pool({ vm_size: "a" }),
      pool({ vm_size: "${var.a}", node_count: 3, lifecycle: { ignore_changes: ["vm_size"] } }),
    ],
    ["costs on another tier", cluster({}), cluster({ cost_analysis_enabled: true, sku_tier: "Standard" })],
    [
      "kata on a VM size that only Terraform knows",
      pool(KATA),
      pool({ ...KATA, temporary_name_for_rotation: "tmp", vm_size: "Standard_B2${var.s}" }),
    ],
    ["another field of the name", manifest({ kind: "A", handler: "a" }), manifest({ kind: "A", handler: "b" })],
    ["less of a version", cluster({ kubernetes_version: "1.34.2" }), cluster({ kubernetes_version: "1.34" })],
    [
      "a version that only Terraform knows",
      cluster({ kubernetes_version: "1.34" }),
      cluster({ kubernetes_version: "${var.v1}" }),
    ],
    ["what stays as it is", pool({ eviction_policy: "Delete" }), pool({ eviction_policy: "Delete" })],
  ])("not %s", async (_, before, after) => {
    const refused = /(azurerm|AKS|Kubernetes) (refuses|wants|takes|cannot)/;
    expect((await notesOn(before, after)).filter((note) => refused.test(note))).toEqual([]);
  });

  test("what is wrong in two ways, only for the first", async () => {
    const counts = defaultPool({ vm_size: "a", node_count: 5, min_count: 1, max_count: 3 });
    expect(await notesOn(cluster({}), counts)).toEqual([
      "`azurerm_kubernetes_cluster.aks` in `s`: azurerm refuses `min_count` and `max_count` of a pool that is not autoscaled",
    ]);
  });

  test.each<[string, Stack, string]>([
    [
      "more blocks than one",
      pool({ node_count: 2, timeouts: [{ create: "1h" }, { create: "2h" }] }),
      "`timeouts`: it takes at most 1 block",
    ],
    [
      "no block where one is needed",
      cluster({ default_node_pool: [] }),
      "`default_node_pool`: it takes at least 1 block",
    ],
    ["a list in a list", pool({ node_taints: [["a"]] }), '`node_taints`: it takes a value of type ["list","string"]'],
    ["a list in a map", pool({ tags: { a: ["b"] } }), '`tags`: it takes a value of type ["map","string"]'],
    ["too little of an object", waiting({}), "`wait_for`: it takes a value of type"],
    ["too much of an object", waiting({ fields: {}, a: "b" }), "`wait_for`: it takes a value of type"],
  ])("%s", async (_, after, refused) => {
    expect(await notesOn(stackOf({}), after)).toContainEqual(
      expect.stringContaining(`in \`s\`: the provider refuses ${refused}`),
    );
  });

  test.each<[string, Stack]>([
    [
      "blocks that Terraform makes",
      cluster({ default_node_pool: null, dynamic: { default_node_pool: { content: {} } } }),
    ],
    ["a number for a text", cluster({ default_node_pool: { name: "a" }, kubernetes_version: 1.34 })],
    [
      "what Terraform runs beside a resource",
      pool({ provisioner: { "local-exec": { command: "a" } }, connection: { host: "b" } }),
    ],
  ])("not %s by their schema", async (_, after) => {
    expect((await notesOn(stackOf({}), after)).filter((note) => note.includes("the provider refuses"))).toEqual([]);
  });

  test("a resource that is a text", async () => {
    expect(await notesOn(stackOf({}), stackOf({ azurerm_resource_group: { g: "text" as never } }))).toContainEqual(
      "`azurerm_resource_group.g` in `s`: the provider refuses it: it takes a block",
    );
  });

  test("what stands in a list of resources", async () => {
    const { resource, ...rest } = pool({ os_sku: "CBLMariner" }) as { resource: object };
    expect(await notesOn(pool({}), { ...rest, resource: [resource] })).toEqual([
      expect.stringContaining("the provider refuses `os_sku`"),
    ]);
  });

  test("what does not change, by another version of the provider", async () => {
    const preview = { os_sku: "CBLMariner", workload_runtime: "KataMshvVmIsolation" };
    const notes = await notesOn(pool(preview, 3), pool(preview, 4));
    for (const argument of ["os_sku", "workload_runtime"])
      expect(notes).toContainEqual(expect.stringContaining(`the provider refuses \`${argument}\``));
  });

  test("nothing of what goes well", async () => {
    const rotating = { temporary_name_for_rotation: "kata2" };
    expect(await notesOn(pool(rotating), pool({ ...rotating, max_pods: 50 }))).toEqual([]);
    expect(await notesOn(pool({}, 3), pool({ max_pods: 50 }, 3))).toEqual([]); // replaced, not rotated
    const counted = { auto_scaling_enabled: true, min_count: 1, max_count: 3 };
    expect(await notesOn(pool({}), pool(counted))).toEqual([]);
    expect(await notesOn(cluster({ kubernetes_version: "1.33" }), cluster({ kubernetes_version: "1.34" }))).toEqual([]);
  });
});

describe("what is looser", () => {
  const LABELS = { "pod-sandboxing/policy": "sandbox", "pod-security.kubernetes.io/enforce": "restricted" };
  const namespace = (labels: object, annotations: object = {}) =>
    stackOf({ kubernetes_namespace_v1: { n: { metadata: { name: "n", labels, annotations } } } });
  const policy = (spec: object) => manifest({ kind: "ValidatingAdmissionPolicy", metadata: { name: "p" }, spec });
  const binding = (spec: object) =>
    manifest({ kind: "ValidatingAdmissionPolicyBinding", metadata: { name: "p" }, spec });
  const admits = (names: string, size = 1024) => ({
    validations: [{ expression: `variables.runtimeClass in [${names}]`, message: "name a class" }],
    variables: [{ name: "podMemoryBytes", expression: `{'a': ${size * 1048576}.0}` }],
  });
  const runtimeClass = (more: object) => manifest({ kind: "RuntimeClass", handler: "kata", ...more });
  const limitRange = (config: object) =>
    stackOf({ kubernetes_limit_range_v1: { l: { metadata: { name: "l" }, ...config } } });
  const limits = (max: object) => limitRange({ spec: { limit: { type: "Container", max } } });
  const quota = (hard: unknown) =>
    stackOf({ kubernetes_resource_quota_v1: { q: { metadata: { name: "q" }, spec: { hard } } } });
  const account = (automount_service_account_token: boolean, around: object = {}) =>
    stackOf({
      ...around,
      kubernetes_default_service_account_v1: { a: { metadata: { namespace: "n" }, automount_service_account_token } },
    });
  const onKubernetes3 = (stack: object) => ({
    ...stack,
    terraform: { required_providers: { kubernetes: { version: ">= 3.0.0" } } },
  });
  const networkPolicy = (spec: object) =>
    stackOf({ kubernetes_network_policy_v1: { p: { metadata: { name: "p" }, spec } } });

  const AROUND = { kubernetes_namespace_v1: { n: { metadata: { name: "n" } } } };
  const inNamespace = (spec: object) => ({
    kubernetes_network_policy_v1: { p: { metadata: { name: "p", namespace: "n" }, spec } },
  });

  test.each<[string, Stack, Stack, string]>([
    ["local accounts", cluster({ local_account_disabled: true }), cluster({}), "local accounts are turned on"],
    [
      "Entra ID",
      cluster({ azure_active_directory_role_based_access_control: { tenant_id: "t" } }),
      cluster({}),
      "Entra ID no longer decides who logs in",
    ],
    ["RBAC", cluster({}), cluster({ role_based_access_control_enabled: false }), "Kubernetes RBAC is turned off"],
    [
      "a public API server",
      cluster({ private_cluster_enabled: true }),
      cluster({}),
      "the API server gets a public address",
    ],
    [
      "ranges that are gone",
      cluster({ api_server_access_profile: { authorized_ip_ranges: ["10.0.0.0/8"] } }),
      cluster({}),
      "the API server can be reached from everywhere",
    ],
    [
      "a range of everything",
      cluster({ api_server_access_profile: { authorized_ip_ranges: ["10.0.0.0/8"] } }),
      cluster({ api_server_access_profile: { authorized_ip_ranges: ["0.0.0.0/0"] } }),
      "the API server can be reached from everywhere",
    ],
    [
      "Azure Policy",
      cluster({ azure_policy_enabled: true }),
      cluster({ azure_policy_enabled: false }),
      "Azure Policy is turned off",
    ],
    ["a pool without kata", pool({ workload_runtime: "KataVmIsolation" }), pool({}), "the pool loses its kata runtime"],
    [
      "no kata pool",
      pool({ workload_runtime: "KataVmIsolation" }),
      stackOf({}),
      "no kata node pool is left in stack `s`",
    ],
    [
      "a pool that is not dedicated",
      pool({ node_taints: ["dedicated=pod-sandboxing:NoSchedule"] }),
      pool({}),
      "the pool is no longer dedicated",
    ],
    ["host encryption", pool({ host_encryption_enabled: true }), pool({}), "host encryption is turned off"],
    ["public addresses", pool({}), pool({ node_public_ip_enabled: true }), "its nodes get public addresses"],
    ["a handler", runtimeClass({}), runtimeClass({ handler: "runc" }), "handler `runc` instead of `kata`"],
    [
      "overhead",
      runtimeClass({ overhead: { podFixed: { memory: "1Gi" } } }),
      runtimeClass({ overhead: { podFixed: { memory: "512Mi" } } }),
      "overhead shrinks from `1Gi` to `512Mi`",
    ],
    [
      "a policy that fails open",
      policy({ failurePolicy: "Fail" }),
      policy({ failurePolicy: "Ignore" }),
      "a pod that the policy cannot judge is admitted",
    ],
    ["a validation", policy(admits("'a'")), policy({ validations: [] }), "it no longer checks: `name a class`"],
    ["a class", policy(admits("'a'")), policy(admits("'a', 'runc'")), "it admits pods of runtime class `runc`, too"],
    [
      "a size",
      policy(admits("'a'", 1024)),
      policy(admits("'a'", 2048)),
      "pods of runtime class `a` may have 2048Mi of memory",
    ],
    ["a policy", policy(admits("'a'")), stackOf({}), "pods are no longer held to a runtime class"],
    [
      "a binding that warns",
      binding({ validationActions: ["Deny"] }),
      binding({ validationActions: ["Warn"] }),
      "pods that break the policy are admitted",
    ],
    ["a binding", binding({}), stackOf({}), "its policy holds nobody"],
    [
      "a namespace without a policy",
      namespace(LABELS),
      namespace({ "pod-security.kubernetes.io/enforce": "restricted" }),
      "pods without a kernel of their own are admitted",
    ],
    [
      "a namespace under a weaker standard",
      namespace(LABELS),
      namespace({ ...LABELS, "pod-security.kubernetes.io/enforce": "privileged" }),
      "Pod Security goes from `restricted` to `privileged`",
    ],
    [
      "a namespace of any class",
      namespace(LABELS, { "pod-sandboxing/runtime-class": "a" }),
      namespace(LABELS),
      "its pods no longer have to use runtime class `a`",
    ],
    [
      "an opening",
      networkPolicy({ egress: [] }),
      networkPolicy({ egress: [{ to: [{ ip_block: { cidr: "0.0.0.0/0" } }] }] }),
      "it may let through what was shut out",
    ],
    [
      "an opening inwards",
      networkPolicy({ ingress: [] }),
      networkPolicy({ ingress: [{ from: [{ ip_block: { cidr: "0.0.0.0/0" } }] }] }),
      "it may let through what was shut out",
    ],
    [
      "a network policy that comes",
      stackOf(AROUND),
      stackOf({ ...AROUND, ...inNamespace({ egress: [{ to: [{ ip_block: { cidr: "0.0.0.0/0" } }] }] }) }),
      "it may let through what was shut out",
    ],
    [
      "a network policy that no longer shuts the way out",
      networkPolicy({ policy_types: ["Ingress", "Egress"] }),
      networkPolicy({ policy_types: ["Ingress"] }),
      "it lets through what was shut out",
    ],
    ["a network policy that goes", networkPolicy({}), stackOf({}), "what it shut out is let through"],
    [
      "a network policy of other pods",
      networkPolicy({ policy_types: ["Ingress"], pod_selector: {} }),
      networkPolicy({ policy_types: ["Ingress"], pod_selector: { match_labels: { a: "b" } } }),
      "it holds other pods",
    ],
    [
      "a network policy in a manifest",
      manifest({ kind: "NetworkPolicy", spec: { policyTypes: ["Ingress", "Egress"] } }),
      manifest({ kind: "NetworkPolicy", spec: { policyTypes: ["Ingress"] } }),
      "it lets through what was shut out",
    ],
    [
      "a network policy of other pods in a manifest",
      manifest({ kind: "NetworkPolicy", spec: { policyTypes: ["Ingress"], podSelector: {} } }),
      manifest({ kind: "NetworkPolicy", spec: { policyTypes: ["Ingress"], podSelector: { a: "b" } } }),
      "it holds other pods",
    ],
    [
      "a namespace in a manifest",
      manifest({ kind: "Namespace", metadata: { labels: LABELS } }),
      manifest({ kind: "Namespace", metadata: { labels: {} } }),
      "pods without a kernel of their own are admitted",
    ],
    [
      "a namespace under another policy",
      namespace(LABELS),
      namespace({ ...LABELS, "pod-sandboxing/policy": "other" }),
      "its pods are held by policy `other` instead of `sandbox`",
    ],
    [
      "a namespace whose provider has no schema",
      onKubernetes3(namespace(LABELS)),
      onKubernetes3(namespace({})),
      "pods without a kernel of their own are admitted",
    ],
    ["commands of Azure", cluster({ run_command_enabled: false }), cluster({}), "`az aks command invoke` is allowed"],
    [
      "Defender",
      cluster({ microsoft_defender: { log_analytics_workspace_id: "w" } }),
      cluster({}),
      "Microsoft Defender is turned off",
    ],
    [
      "a key of yours",
      cluster({ key_management_service: { key_vault_key_id: "k" } }),
      cluster({}),
      "secrets are no longer encrypted with a key of yours",
    ],
    ["FIPS", pool({ fips_enabled: true }), pool({}), "FIPS is turned off"],
    [
      "host encryption of the default pool",
      defaultPool({ host_encryption_enabled: true }),
      defaultPool({}),
      "host encryption is turned off",
    ],
    [
      "local accounts by a local value",
      { ...cluster({ local_account_disabled: "${local.off}" }), locals: { off: true } },
      { ...cluster({ local_account_disabled: "${local.off}" }), locals: { off: false } },
      "local accounts are turned on",
    ],
    [
      "a class that goes anywhere",
      runtimeClass({ scheduling: { nodeSelector: { a: "b" } } }),
      runtimeClass({}),
      "its pods are no longer sent to the kata nodes",
    ],
    [
      "a class without a manifest",
      stackOf({ kubernetes_runtime_class_v1: { c: { metadata: { name: "c" }, handler: "kata" } } }),
      stackOf({ kubernetes_runtime_class_v1: { c: { metadata: { name: "c" }, handler: "runc" } } }),
      "handler `runc` instead of `kata`",
    ],
    [
      "a policy that fails open for the first time",
      policy({}),
      policy({ failurePolicy: "Ignore" }),
      "a pod that the policy cannot judge is admitted",
    ],
    [
      "a policy that looks elsewhere",
      policy({ matchConstraints: { resourceRules: [{ resources: ["pods"] }] } }),
      policy({ matchConstraints: { resourceRules: [] } }),
      "what the policy looks at is different",
    ],
    [
      "a binding of other namespaces",
      binding({ matchResources: { namespaceSelector: { a: "b" } } }),
      binding({}),
      "the policy holds other namespaces",
    ],
    [
      "a binding of another policy",
      binding({ policyName: "a" }),
      binding({ policyName: "b" }),
      "it binds policy `b` instead",
    ],
    ["limits", limits({}), stackOf({}), "containers without limits get none"],
    ["other limits", limits({ memory: "1Gi" }), limits({ memory: "100Gi" }), "containers get other limits"],
    ["a quota that grows", quota({ pods: "2" }), quota({ pods: "20" }), "quota of `pods` goes from `2` to `20`"],
    ["a quota that ends", quota({ pods: "2" }), quota({}), "quota of `pods` goes from `2` to `unlimited`"],
    ["a quota", quota({}), stackOf({}), "all pods together may take what the cluster has"],
    ["a token", account(false), account(true), "pods get a token for the Kubernetes API"],
    ["a token again", account(false, AROUND), stackOf(AROUND), "pods get a token for the Kubernetes API"],
    [
      "the isolation check",
      stackOf({ kubernetes_job_v1: { j: { metadata: { name: "j" }, spec: { env: "kernel_version" } } } }),
      stackOf({}),
      "no deployment proves any more that kernels differ",
    ],
  ])("%s", async (_, before, after, note) => {
    expect(await notesOn(before, after)).toContainEqual(expect.stringContaining(note));
    const reverse = await notesOn(after, before);
    const isLooserBothWays = /is different|holds other|other limits|instead/.test(note);
    if (!isLooserBothWays) expect(reverse.filter((text) => text.includes(note))).toEqual([]);
    expect((await notesOn(before, before)).filter((text) => text.includes(note))).toEqual([]);
  });

  test.each<[string, Stack, Stack]>([
    ["local accounts", cluster({ local_account_disabled: true }), cluster({ local_account_disabled: "${var.a}" })],
    ["the API server", cluster({ private_cluster_enabled: true }), cluster({ private_cluster_enabled: "${var.a}" })],
    [
      "ranges",
      cluster({ api_server_access_profile: { authorized_ip_ranges: "${var.ranges}" } }),
      cluster({ api_server_access_profile: { authorized_ip_ranges: "${var.ranges}" }, tags: { a: "b" } }),
    ],
    ["kata", pool({ workload_runtime: "KataVmIsolation" }), pool({ workload_runtime: "${var.runtime}" })],
    [
      "kata by a local value",
      pool({ workload_runtime: "KataVmIsolation" }),
      { ...pool({ workload_runtime: "${local.runtime}" }), locals: { runtime: "KataVmIsolation" } },
    ],
    ["validations", policy(admits("'a'")), policy({ validations: "${local.validations}" })],
    ["taints", pool({ node_taints: ["dedicated=pod-sandboxing:NoSchedule"] }), pool({ node_taints: "${var.taints}" })],
    ["actions", binding({ validationActions: ["Deny"] }), binding({ validationActions: "${var.actions}" })],
    ["kata before", pool({ workload_runtime: "${var.runtime}" }), pool({ workload_runtime: "OCIContainer" })],
    ["quotas", quota("${var.hard}"), quota({ pods: "5" })],
    ["a quota", quota({ pods: "${var.pods}" }), quota({ pods: "5" })],
    [
      "directions",
      networkPolicy({ policy_types: "${var.types}" }),
      networkPolicy({ policy_types: "${var.types}", egress: "${var.e}" }),
    ],
    [
      "labels",
      namespace(LABELS),
      stackOf({ kubernetes_namespace_v1: { n: { metadata: { name: "n", labels: "${var.l}" } } } }),
    ],
    [
      "a default pool in a dynamic block",
      cluster({}),
      cluster({ default_node_pool: null, dynamic: { default_node_pool: {} } }),
    ],
  ])("not %s that only Terraform knows", async (_, before, after) => {
    const looser = (await notesOn(before, after)).filter((note) => !/refuses|takes/.test(note));
    expect(looser.filter((note) => !note.includes("a rule that it did not have"))).toEqual([]);
  });

  test.each<[string, Stack, Stack]>([
    ["public addresses", pool({ node_public_ip_enabled: true }), pool({ node_public_ip_enabled: true, node_count: 2 })],
    [
      "no RBAC",
      cluster({ role_based_access_control_enabled: false }),
      cluster({ role_based_access_control_enabled: false, tags: { a: "b" } }),
    ],
    ["labels that come", namespace({}), namespace(LABELS, { "pod-sandboxing/runtime-class": "a" })],
    [
      "a class that stays",
      namespace(LABELS, { "pod-sandboxing/runtime-class": "a" }),
      namespace({ ...LABELS, a: "b" }, { "pod-sandboxing/runtime-class": "a" }),
    ],
    ["no standard", namespace({ "pod-security.kubernetes.io/enforce": "privileged" }), namespace({})],
    [
      "a label that is null",
      manifest({ kind: "Namespace", metadata: { labels: { "pod-sandboxing/policy": null } } }),
      manifest({ kind: "Namespace", metadata: { labels: {} } }),
    ],
    ["limits that come", limitRange({}), limitRange({ spec: { limit: { type: "Container" } } })],
    [
      "tokens",
      account(true),
      stackOf({
        kubernetes_default_service_account_v1: {
          a: { metadata: { namespace: "n" }, image_pull_secret: { name: "a" } },
        },
      }),
    ],
    [
      "another job",
      stackOf({ kubernetes_job_v1: { j: { metadata: { name: "j" }, spec: { env: "a" } } } }),
      stackOf({}),
    ],
    [
      "what is ignored",
      cluster({ local_account_disabled: true }),
      cluster({ local_account_disabled: false, lifecycle: { ignore_changes: ["local_account_disabled"] } }),
    ],
    ["other taints", pool({ node_taints: ["a=b:NoSchedule"] }), pool({})],
    ["another handler", runtimeClass({ handler: "runc" }), runtimeClass({ handler: "gvisor" })],
    ["a class that went anywhere", runtimeClass({}), runtimeClass({ metadata: { labels: { a: "b" } } })],
    [
      "a validation with another number",
      policy({ validations: [{ expression: "size(object.spec.containers) < 5" }] }),
      policy({ validations: [{ expression: "size(object.spec.containers) < 4" }] }),
    ],
  ])("not %s", async (_, before, after) => {
    const looser = await notesOn(before, after);
    expect(looser.filter((note) => !/refuses|`kubernetes` goes from/.test(note))).toEqual([]);
  });

  test("another opening of a network policy", async () => {
    const opened = (cidr: string) => networkPolicy({ egress: [{ to: [{ ip_block: { cidr } }] }] });
    expect(await notesOn(opened("10.0.0.0/8"), opened("0.0.0.0/0"))).toContainEqual(
      expect.stringContaining("as it has a rule that it did not have"),
    );
  });

  test("not what comes with its namespace", async () => {
    const egress = [{ to: [{ ip_block: { cidr: "0.0.0.0/0" } }] }];
    const notes = await notesOn(stackOf({}), stackOf({ ...AROUND, ...inNamespace({ egress }) }));
    expect(notes.filter((note) => note.includes("let through"))).toEqual([]);
  });

  test("not what is in no namespace", async () => {
    const generated = { kubernetes_namespace_v1: { n: { metadata: { generate_name: "x" } } } };
    expect(await notesOn(stackOf({ ...clusterWith(), ...generated }), stackOf(clusterWith()))).toEqual([]);
  });

  test("not FIPS that a local value turns on", async () => {
    const off = (await notesOn(pool({ fips_enabled: true }), {
      ...pool({ fips_enabled: "${local.n}", node_count: 2 }),
      locals: { n: "true" },
    })) as string[];
    expect(off).toEqual([]);
  });

  test("what stays in a namespace that goes, also where a local value names it", async () => {
    const inside = { kubernetes_config_map_v1: { m: { metadata: { name: "m", namespace: "${local.n}" } } } };
    const locals = { locals: { n: "n" } };
    expect(await notesOn(stackOf({ ...AROUND, ...inside }, locals), stackOf(inside, locals))).toEqual([
      expect.stringContaining("`kubernetes_config_map_v1.m` of `s` is in the namespace of"),
    ]);
  });

  test("not what goes with its namespace", async () => {
    const inside = { kubernetes_network_policy_v1: { p: { metadata: { name: "p", namespace: "n" }, spec: {} } } };
    const around = { kubernetes_namespace_v1: { n: { metadata: { name: "n" } } } };
    expect(await notesOn(stackOf({ ...around, ...inside }), stackOf({}))).toEqual([]);
    expect(await notesOn(stackOf({ ...around, ...inside }), stackOf(around))).toHaveLength(1);
    expect(await notesOn(stackOf({ ...around, ...inside }), stackOf(inside))).toEqual([
      "`kubernetes_network_policy_v1.p` of `s` is in the namespace of `kubernetes_namespace_v1.n` and goes with it",
    ]);
  });
});

test("a cluster that another stack seeks by a local value is the one", async () => {
  const sandbox = stackOf(
    {},
    { data: { azurerm_kubernetes_cluster: { c: { name: "${local.c}" } } }, locals: { c: "aks" } },
  );
  const { notes } = await reviewOf(
    { cluster: cluster({}), sandbox },
    { cluster: cluster({ dns_prefix: "b" }), sandbox },
  );
  expect(notes).toContainEqual(expect.stringContaining("all that stack `sandbox` made goes with"));
});

test("a resource group that goes takes with it what other stacks have in it", async () => {
  const group = stackOf({ azurerm_resource_group: { g: { name: "group", location: "eastus" } } });
  const identity = (resource_group_name: string) => ({ name: "i", location: "eastus", resource_group_name });
  const inGroup = (...names: string[]) =>
    stackOf({
      azurerm_user_assigned_identity: Object.fromEntries(names.map((name, i) => [`i${i}`, identity(name)])),
    });
  const lost = async (stack: Stack) =>
    (await reviewOf({ group, stack }, { group: stackOf({}), stack })).notes.filter((note) => note.includes("go"));
  expect(await lost(inGroup("group"))).toEqual([
    "`azurerm_user_assigned_identity.i0` of stack `stack` goes with `azurerm_resource_group.g`, whatever its verdict here",
  ]);
  expect(await lost(inGroup("group", "other", "group"))).toEqual([
    "`azurerm_user_assigned_identity.i0` and `azurerm_user_assigned_identity.i2` of stack `stack` go with `azurerm_resource_group.g`, whatever the verdicts here",
  ]);
  expect(await lost(inGroup("other"))).toEqual([]);
});

test("what comes with a namespace that is replaced is not lost", async () => {
  const inNamespace = (name: string, maps: object) =>
    stackOf({ kubernetes_namespace_v1: { n: { metadata: { name } } }, kubernetes_config_map_v1: maps as never });
  const after = inNamespace("m", { m: { metadata: { name: "m", namespace: "n" } } });
  expect(await notesOn(inNamespace("n", {}), after)).toEqual([]);
});

test("a cluster that is replaced takes with it what another stack made in it", async () => {
  const sandbox = stackOf(
    {},
    { data: { azurerm_kubernetes_cluster: { c: { name: "aks", resource_group_name: "group" } } } },
  );
  const { notes } = await reviewOf(
    { cluster: cluster({}), sandbox },
    { cluster: cluster({ dns_prefix: "b" }), sandbox },
  );
  expect(notes).toEqual([
    "all that stack `sandbox` made goes with `azurerm_kubernetes_cluster.aks`, whatever its verdicts here: deploy that stack again afterwards",
  ]);
  const gone = "it still looks for the cluster `aks`";
  for (const after of [stackOf({}), cluster({ name: "other" })])
    expect((await reviewOf({ cluster: cluster({}), sandbox }, { cluster: after, sandbox })).notes).toContainEqual(
      expect.stringContaining(gone),
    );
});

describe("secrets are in no form of a review", () => {
  const ofLocalPassword = (password: string, terraform_data: object) =>
    stackOf({ terraform_data: terraform_data as never }, { locals: { password } });
  const ofExtension = (config: object) =>
    stackOf({
      azurerm_kubernetes_cluster_extension: { e: { name: "e", ...config } },
      terraform_data: { t: { input: "${azurerm_kubernetes_cluster_extension.e.configuration_protected_settings}" } },
    });
  const ofSecret = (secret: object) =>
    stackOf({
      kubernetes_manifest: { m: { manifest: { kind: "Secret", ...secret } } },
      terraform_data: { t: { input: "${kubernetes_manifest.m.manifest}" } },
    });
  const ofPrincipal = (client_secret: string) =>
    stackOf({
      ...clusterWith({ service_principal: { client_id: "i", client_secret } }),
      terraform_data: { t: { input: "${azurerm_kubernetes_cluster.aks.service_principal}" } },
    });

  test.each<[string, Stack, Stack]>([
    [
      "a service principal",
      cluster({ service_principal: { client_id: "i", client_secret: "hunter2" } }),
      cluster({ service_principal: { client_id: "i", client_secret: "hunter3" } }),
    ],
    [
      "a service principal that comes",
      cluster({}),
      cluster({ service_principal: { client_id: "i", client_secret: "hunter2" } }),
    ],
    [
      "a password of the wrong type",
      cluster({}),
      cluster({ windows_profile: { admin_username: "a", admin_password: ["hunter2"] } }),
    ],
    [
      "too many blocks with one",
      cluster({}),
      cluster({
        service_principal: [
          { client_id: "i", client_secret: "hunter2" },
          { client_id: "i", client_secret: "hunter3" },
        ],
      }),
    ],
    [
      "an object of kind Secret",
      manifest({ kind: "Secret", data: { a: "hunter2" } }),
      manifest({ kind: "Secret", data: { a: "hunter3" }, stringData: { b: "hunter2" } }),
    ],
    [
      "an object of kind Secret whose data comes",
      manifest({ kind: "Secret" }),
      manifest({ kind: "Secret", data: { a: "hunter2" } }),
    ],
    [
      "a resource without a schema",
      stackOf({ random_password: { p: { keepers: { a: "hunter2" } } } }),
      stackOf({ random_password: { p: { keepers: { a: "hunter3" } } } }),
    ],
    [
      "an argument that only the older version has",
      cluster({ azure_active_directory_role_based_access_control: { managed: true, server_app_secret: "hunter2" } }, 3),
      cluster({}),
    ],
    [
      "an argument that the newer version does not have",
      cluster({}),
      cluster({ azure_active_directory_role_based_access_control: { server_app_secret: "hunter2" } }),
    ],
    [
      "a dynamic block",
      cluster({}),
      cluster({ dynamic: { service_principal: { content: { client_secret: "hunter2" } } } }),
    ],
    ["a computed argument", cluster({}), cluster({ kube_config_raw: "hunter2", tags: { a: "b" } })],
    [
      "a manifest that is an expression",
      manifest({ kind: "Secret" }),
      stackOf({
        kubernetes_manifest: {
          m: { manifest: '${jsondecode("{\\"kind\\": \\"Secret\\", \\"data\\": \\"hunter2\\"}")}' },
        },
      }),
    ],
    [
      "a manifest whose kind is an expression",
      manifest({ kind: '${title("secret")}', data: { a: "hunter2" } }),
      manifest({ kind: '${title("secret")}', data: { a: "hunter3" } }),
    ],
    [
      "an annotation of a Secret",
      manifest({ kind: "Secret", metadata: { annotations: { a: "hunter2" } } }),
      manifest({ kind: "Secret", metadata: { annotations: { a: "hunter3" } } }),
    ],
    [
      "what instances are made of",
      pool({ for_each: { a: "hunter2" } }),
      pool({ for_each: { a: "hunter2", b: "hunter3" } }),
    ],
    [
      "what a local value holds",
      stackOf(clusterWith({ tags: { a: "${local.password}" } }), { locals: { password: "hunter2" } }),
      stackOf(clusterWith({ tags: { a: "${local.password}" } }), { locals: { password: "hunter3" } }),
    ],
    [
      "a reference to a secret",
      stackOf({
        ...clusterWith({ service_principal: { client_id: "i", client_secret: "hunter2" } }),
        terraform_data: { t: { input: "${azurerm_kubernetes_cluster.aks.service_principal[0].client_secret}" } },
      }),
      stackOf({
        ...clusterWith({ service_principal: { client_id: "i", client_secret: "hunter3" } }),
        terraform_data: { t: { input: "${azurerm_kubernetes_cluster.aks.service_principal[0].client_secret}" } },
      }),
    ],
    [
      "what a local value holds, at second hand",
      ofLocalPassword("hunter2", { t: { input: "${local.password}" }, u: { input: "${terraform_data.t.input}" } }),
      ofLocalPassword("hunter3", { t: { input: "${local.password}" }, u: { input: "${terraform_data.t.input}" } }),
    ],
    [
      "a reference to a secret that the schema does not mark",
      ofExtension({ configuration_protected_settings: { a: "hunter2" } }),
      ofExtension({ configuration_protected_settings: { a: "hunter3" } }),
    ],
    [
      "a reference to an object of kind Secret",
      ofSecret({ data: { a: "hunter2" } }),
      ofSecret({ data: { a: "hunter3" } }),
    ],
    [
      "a reference to an object of kind Secret that comes",
      stackOf({ terraform_data: { t: { input: "a" } } }),
      ofSecret({ data: { a: "hunter2" } }),
    ],
    [
      "a list of objects",
      manifest({ kind: "List", items: [{ kind: "Secret", data: { a: "hunter2" } }] }),
      manifest({ kind: "List", items: [{ kind: "Secret", data: { a: "hunter3" } }] }),
    ],
    ["a text for a block", cluster({}), cluster({ service_principal: "hunter2", identity: "hunter3" })],
    ["texts for a block", cluster({}), cluster({ service_principal: ["hunter2"], tags: { a: "b" } })],
    [
      "a password of the wrong type that quotes the review",
      cluster({}),
      cluster({ windows_profile: { admin_username: "a", admin_password: ["hunter2, got x"] } }),
    ],
    [
      "the settings of a backend that nobody knows",
      { ...cluster({}), terraform: { backend: { http: { address: "https://hunter2" } } } },
      { ...cluster({ dns_prefix: "b" }), terraform: { backend: { http: { address: "https://hunter3" } } } },
    ],
    [
      "what Terraform is told to hide",
      cluster({ tags: { a: '${sensitive("hunter2")}' } }),
      cluster({ tags: { a: '${sensitive("hunter3")}' } }),
    ],
    [
      "what Terraform is told to hide in a list",
      pool({ node_taints: ['${sensitive("hunter2")}'] }),
      pool({ node_taints: ['${sensitive("hunter3")}'] }),
    ],
    [
      "what Terraform is told to hide in an object",
      stackOf({ terraform_data: { t: { input: { a: '${sensitive("hunter2")}' } } } }),
      stackOf({ terraform_data: { t: { input: "a" } } }),
    ],
    [
      "the names in a secret map",
      ofExtension({ configuration_protected_settings: { hunter2: "a" } }),
      ofExtension({ configuration_protected_settings: { hunter3: "a" } }),
    ],
    ["a reference to a block with a secret", ofPrincipal("hunter2"), ofPrincipal("hunter3")],
    [
      "an object of kind Secret that becomes another",
      manifest({ kind: "Secret", data: { a: "hunter2" } }),
      manifest({ kind: "ConfigMap", data: { a: "b" } }),
    ],
  ])("%s", async (_, before, after) => {
    const result = await reviewOf({ s: before }, { s: after });
    expect(result.changes.some(({ verdict }) => verdict !== "none")).toBe(true);
    expect(JSON.stringify(result) + result.toMarkdown()).not.toContain("hunter");
  });
});
