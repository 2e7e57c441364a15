import { clusterWith, reviewOf, Stack, stackOf } from "../support/reviews";

async function notesOn(before: Stack, after: Stack): Promise<readonly string[]> {
  return (await reviewOf({ s: before }, { s: after })).notes;
}

const cluster = (config: object, azurerm?: 3 | 4 | 5) => stackOf(clusterWith(config), {}, azurerm);
const pool = (config: object, azurerm?: 3 | 4 | 5) => stackOf(clusterWith({}, config), {}, azurerm);
const manifest = (manifest: object) => stackOf({ kubernetes_manifest: { m: { manifest } } });

describe("providers and state", () => {
  test("another major, once for all stacks", async () => {
    const [three, four] = [3, 4].map((major) => {
      const stack = stackOf(clusterWith(), {}, major as 3 | 4);
      return { cluster: stack, sandbox: stack };
    });
    expect((await reviewOf(three, four)).notes).toEqual([
      "azurerm goes from 3 (`>= 3.105.0, < 4.0.0`) to 4 (`>= 4.78.0, < 5.0.0`): read its upgrade guide first, as older versions cannot read the state that it writes (in stacks `cluster` and `sandbox`)",
    ]);
    expect((await reviewOf(four, three)).notes).toEqual([
      "azurerm goes from 4 (`>= 4.78.0, < 5.0.0`) to 3 (`>= 3.105.0, < 4.0.0`): it may not be able to read the state that the newer version wrote (in stacks `cluster` and `sandbox`)",
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

  test("a state that is reached in another way", async () => {
    const at = (access_key: string) => {
      const stack = stackOf({}) as { terraform: object };
      return { ...stack, terraform: { ...stack.terraform, backend: { azurerm: { key: "k", access_key } } } };
    };
    expect(await notesOn(at("hunter2"), at("hunter3"))).toEqual([
      "stack `s` reaches its state in another way: run `terraform init -reconfigure` with it",
    ]);
  });

  test("a version that is judged by another one", async () => {
    const old = { terraform: { required_providers: { azurerm: { version: "4.10.0" } } } };
    expect(await notesOn(old, old)).toEqual([
      "azurerm `4.10.0` is judged by what version 4.81.0 does, which may differ (in stack `s`)",
    ]);
  });

  test("a provider that logs in otherwise, without its secrets", async () => {
    const as = (config: object) => stackOf({}, { provider: { azurerm: [{ features: [{}], ...config }] } });
    expect(
      await notesOn(as({ subscription_id: "a", client_secret: "x" }), as({ subscription_id: "b", client_secret: "y" })),
    ).toEqual([
      "provider azurerm of stack `s` is configured differently: `subscription_id` `a` → `b`, `client_secret`",
    ]);
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

  test("what was protected", async () => {
    const guarded = { lifecycle: { prevent_destroy: true } };
    expect(await notesOn(cluster(guarded), cluster({}))).toEqual([
      "`azurerm_kubernetes_cluster.aks` loses its `prevent_destroy`: from now on a plan may destroy it",
    ]);
    expect(await notesOn(cluster(guarded), stackOf({}))).toContainEqual(
      "`azurerm_kubernetes_cluster.aks` had `prevent_destroy`, which goes with it: nothing stops Terraform from destroying it",
    );
    expect(await notesOn(cluster(guarded), cluster({ ...guarded, dns_prefix: "b" }))).toContainEqual(
      "`azurerm_kubernetes_cluster.aks` has `prevent_destroy`, so Terraform refuses the whole plan of stack `s`",
    );
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
      "AKS refuses at apply to go back from Kubernetes 1.34.2 to 1.33",
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
  ])("%s", async (_, before, after, note) => {
    expect(await notesOn(before, after)).toContainEqual(expect.stringContaining(`: ${note}`));
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
      "it lets through what was shut out",
    ],
    [
      "a network policy that comes",
      stackOf(AROUND),
      stackOf({ ...AROUND, ...inNamespace({ egress: [{ to: [{ ip_block: { cidr: "0.0.0.0/0" } }] }] }) }),
      "it lets through what was shut out",
    ],
    [
      "a network policy that no longer shuts the way out",
      networkPolicy({ policy_types: ["Ingress", "Egress"] }),
      networkPolicy({ policy_types: ["Ingress"] }),
      "it lets through what was shut out",
    ],
    ["a network policy that goes", networkPolicy({}), stackOf({}), "what it shut out is let through"],
  ])("%s", async (_, before, after, note) => {
    expect(await notesOn(before, after)).toContainEqual(expect.stringContaining(note));
    const reverse = await notesOn(after, before);
    expect(reverse.filter((text) => text.includes(note))).toEqual([]);
  });

  test("not what comes with its namespace", async () => {
    const egress = [{ to: [{ ip_block: { cidr: "0.0.0.0/0" } }] }];
    const notes = await notesOn(stackOf({}), stackOf({ ...AROUND, ...inNamespace({ egress }) }));
    expect(notes.filter((note) => note.includes("lets through"))).toEqual([]);
  });

  test("not what goes with its namespace", async () => {
    const inside = { kubernetes_network_policy_v1: { p: { metadata: { name: "p", namespace: "n" }, spec: {} } } };
    const around = { kubernetes_namespace_v1: { n: { metadata: { name: "n" } } } };
    expect(await notesOn(stackOf({ ...around, ...inside }), stackOf({}))).toEqual([]);
    expect(await notesOn(stackOf({ ...around, ...inside }), stackOf(around))).toHaveLength(1);
    expect(await notesOn(stackOf({ ...around, ...inside }), stackOf(inside))).toEqual([
      "`kubernetes_network_policy_v1.p` of s is in the namespace of `kubernetes_namespace_v1.n` and goes with it",
    ]);
  });
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
});

describe("secrets are in no form of a review", () => {
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
      "what Terraform is told to hide",
      cluster({ tags: { a: '${sensitive("hunter2")}' } }),
      cluster({ tags: { a: '${sensitive("hunter3")}' } }),
    ],
  ])("%s", async (_, before, after) => {
    const result = await reviewOf({ s: before }, { s: after });
    expect(result.changes.some(({ verdict }) => verdict !== "none")).toBe(true);
    expect(JSON.stringify(result) + result.toMarkdown()).not.toContain("hunter");
  });
});
