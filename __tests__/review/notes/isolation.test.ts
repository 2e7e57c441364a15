import { cluster, manifest, notesOn, pool } from "../../support/changes";
import { byAddress, clusterWith, reviewOf, Stack, stackOf } from "../../support/reviews";

const KATA = { workload_runtime: "KataVmIsolation" };
const job = (container: object, more: object = {}) => ({
  kubernetes_job_v1: {
    j: {
      metadata: { name: "j" },
      spec: { template: { spec: { container: [{ name: "kernel_version", image: "a", ...container }] } } },
      ...more,
    },
  },
});
const check = (container: object, more: object = {}) => stackOf(job(container, more));
const namespace = (labels: object) => ({ kubernetes_namespace_v1: { n: { metadata: { name: "n", labels } } } });
const policy = {
  kubernetes_manifest: { p: { manifest: { kind: "ValidatingAdmissionPolicy", metadata: { name: "p" }, spec: {} } } },
};
const binding = (name: string, subject: string) =>
  stackOf({
    kubernetes_cluster_role_binding_v1: {
      b: {
        metadata: { name: "b" },
        role_ref: { api_group: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
        subject: [{ kind: "User", name: subject, api_group: "rbac.authorization.k8s.io" }],
      },
    },
  });
const runtimeClass = (scheduling: object) => manifest({ kind: "RuntimeClass", handler: "kata", scheduling });
const pinned = (version: object) =>
  stackOf(namespace({ "pod-security.kubernetes.io/enforce": "restricted", ...version }));
const profile = (network_policy?: string, dns_prefix = "a") =>
  cluster({ network_profile: { network_plugin: "azure", network_policy }, dns_prefix });
const inNamespace = (metadata: object, spec: object) =>
  stackOf({ ...namespace({}), kubernetes_network_policy_v1: { p: { metadata: { name: "p", ...metadata }, spec } } });

test.each<{ name: string; before: Stack; after: Stack; note: string }>([
  {
    name: "another image of the check",
    before: check({}),
    after: check({ image: "b" }),
    note: "the isolation check runs something else",
  },
  {
    name: "another command of the check",
    before: check({}),
    after: check({ command: ["true"] }),
    note: "the isolation check runs something else",
  },
  {
    name: "a check that nobody waits for",
    before: check({}),
    after: check({}, { wait_for_completion: false }),
    note: "deployments no longer wait for the isolation check",
  },
  {
    name: "another selector",
    before: runtimeClass({ nodeSelector: { a: "b" } }),
    after: runtimeClass({ nodeSelector: { a: "c" } }),
    note: "its pods go to other nodes",
  },
  {
    name: "other tolerations",
    before: runtimeClass({}),
    after: runtimeClass({ tolerations: [{ operator: "Exists" }] }),
    note: "its pods tolerate other taints",
  },
  {
    name: "an old standard",
    before: pinned({}),
    after: pinned({ "pod-security.kubernetes.io/enforce-version": "v1.25" }),
    note: "Pod Security is pinned to `v1.25`",
  },
  {
    name: "a kata pool for the system",
    before: pool(KATA),
    after: pool({ ...KATA, mode: "System" }),
    note: "mode System puts AKS's own pods beside sandboxed ones",
  },
  {
    name: "a namespace without its label",
    before: stackOf(policy),
    after: stackOf({ ...policy, ...namespace({}) }),
    note: "pods without a kernel of their own are admitted (it has no label",
  },
  {
    name: "an administrator",
    before: stackOf({}),
    after: binding("cluster-admin", "a"),
    note: "may do everything in the cluster (`cluster-admin`)",
  },
  {
    name: "another role",
    before: binding("view", "a"),
    after: binding("cluster-admin", "a"),
    note: "may do everything in the cluster",
  },
  {
    name: "another administrator",
    before: binding("cluster-admin", "a"),
    after: binding("cluster-admin", "b"),
    note: "may do everything in the cluster",
  },
  {
    name: "no network policy engine",
    before: profile("azure"),
    after: profile(undefined, "b"),
    note: "no engine enforces network policies any more",
  },
])("$name is told", async ({ before, after, note }) => {
  expect(await notesOn(before, after)).toContainEqual(expect.stringContaining(note));
  const stays = (await notesOn(before, before)).concat(await notesOn(after, after));
  expect(stays.filter((text) => text.includes(note))).toEqual([]);
});

test.each<{ name: string; before: Stack; after: Stack }>([
  { name: "a namespace where no policy is", before: stackOf({}), after: stackOf(namespace({})) },
  { name: "a role that is not all", before: stackOf({}), after: binding("view", "a") },
  {
    name: "the newest standard",
    before: pinned({ "pod-security.kubernetes.io/enforce-version": "v1.25" }),
    after: pinned({ "pod-security.kubernetes.io/enforce-version": "latest" }),
  },
  { name: "an engine that AKS keeps", before: profile("azure"), after: profile() },
])("$name is not", async ({ before, after }) => {
  expect(await notesOn(before, after)).toEqual([]);
});

describe("kata pools without a node", () => {
  const stacks = async (before: object, after: object, more: object = job({})) => {
    const both = (config: object) => ({
      azure: stackOf(clusterWith({}, { ...KATA, ...config })),
      sandbox: stackOf(more as never),
    });
    return (await reviewOf(both(before), both(after))).notes.filter((note) => note.includes("may have no node"));
  };
  const scaled = (min_count: number) => ({ auto_scaling_enabled: true, min_count, max_count: 3 });

  test("are told where a check waits for one", async () => {
    const note = [expect.stringContaining("in `azure`: it may have no node: an isolation check on it waits for one")];
    expect(await stacks({ node_count: 1 }, { node_count: 0 })).toEqual(note);
    expect(await stacks(scaled(1), scaled(0))).toEqual(note);
  });

  test("are not told of what was so, or where nothing waits", async () => {
    expect(await stacks(scaled(0), { ...scaled(0), max_pods: 9 })).toEqual([]);
    expect(await stacks({ node_count: 1 }, { node_count: 0 }, {})).toEqual([]);
    expect(await stacks({ node_count: 2 }, { node_count: 1 })).toEqual([]);
  });
});

test.each<{ name: string; after: Stack; address: string; why: string }>([
  {
    name: "a namespace",
    after: stackOf(
      namespace({ "pod-sandboxing/policy": "sandbox", "pod-security.kubernetes.io/enforce": "restricted" }),
    ),
    address: "kubernetes_namespace_v1.n",
    why: "its pods: policy `sandbox`, runtime class any, Pod Security `restricted`",
  },
  {
    name: "an opening",
    after: inNamespace(
      { namespace: "n" },
      {
        policy_types: ["Egress"],
        pod_selector: {},
        egress: [{ to: [{ ip_block: { cidr: "0.0.0.0/0" } }], ports: [{ port: 443 }] }, {}],
      },
    ),
    address: "kubernetes_network_policy_v1.p",
    why: "it admits traffic out to `0.0.0.0/0` on port `443` and traffic out to everywhere",
  },
  {
    name: "a network policy that shuts all",
    after: inNamespace({}, { policy_types: ["Ingress"], pod_selector: {} }),
    address: "kubernetes_network_policy_v1.p",
    why: "it lets nothing through",
  },
  {
    name: "a runtime class",
    after: runtimeClass({}),
    address: "kubernetes_manifest.m",
    why: "its pods run with handler `kata` on nodes with any label",
  },
  {
    name: "a policy",
    after: manifest({
      kind: "ValidatingAdmissionPolicy",
      spec: { validations: [{ expression: "variables.runtimeClass in ['a', 'b']" }] },
    }),
    address: "kubernetes_manifest.m",
    why: "it admits pods of runtime class `a` with any amount of memory and pods of runtime class `b` with any amount of memory",
  },
  {
    name: "a role binding",
    after: binding("view", "a"),
    address: "kubernetes_cluster_role_binding_v1.b",
    why: "it gives the rights of `view`",
  },
])("$name that comes says what it admits", async ({ after, address, why }) => {
  expect(byAddress(await reviewOf({ s: stackOf({}) }, { s: after }))[address].why).toBe(why);
});
