import { notesOn, pool, manifest } from "../../support/changes";
import { clusterWith, Stack, stackOf } from "../../support/reviews";

describe("what is weaker", () => {
  const LABELS = { "pod-sandboxing/policy": "sandbox", "pod-security.kubernetes.io/enforce": "restricted" };
  const namespace = (labels: object, annotations: object = {}) =>
    stackOf({ kubernetes_namespace_v1: { n: { metadata: { name: "n", labels, annotations } } } });
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
  test.each<{ name: string; before: Stack; after: Stack; note: string }>([
    {
      name: "a handler",
      before: runtimeClass({}),
      after: runtimeClass({ handler: "runc" }),
      note: "handler `runc` instead of `kata`",
    },
    {
      name: "overhead",
      before: runtimeClass({ overhead: { podFixed: { memory: "1Gi" } } }),
      after: runtimeClass({ overhead: { podFixed: { memory: "512Mi" } } }),
      note: "overhead shrinks from `1Gi` to `512Mi`",
    },

    {
      name: "a namespace without a policy",
      before: namespace(LABELS),
      after: namespace({ "pod-security.kubernetes.io/enforce": "restricted" }),
      note: "pods without a kernel of their own are admitted",
    },
    {
      name: "a namespace under a weaker standard",
      before: namespace(LABELS),
      after: namespace({ ...LABELS, "pod-security.kubernetes.io/enforce": "privileged" }),
      note: "Pod Security goes from `restricted` to `privileged`",
    },
    {
      name: "a namespace of any class",
      before: namespace(LABELS, { "pod-sandboxing/runtime-class": "a" }),
      after: namespace(LABELS),
      note: "its pods no longer have to use runtime class `a`",
    },
    {
      name: "an opening",
      before: networkPolicy({ egress: [] }),
      after: networkPolicy({ egress: [{ to: [{ ip_block: { cidr: "0.0.0.0/0" } }] }] }),
      note: "now: traffic out to `0.0.0.0/0`",
    },
    {
      name: "an opening inwards",
      before: networkPolicy({ ingress: [] }),
      after: networkPolicy({ ingress: [{ from: [{ ip_block: { cidr: "0.0.0.0/0" } }] }] }),
      note: "now: traffic ",
    },
    {
      name: "a network policy that comes",
      before: stackOf(AROUND),
      after: stackOf({ ...AROUND, ...inNamespace({ egress: [{ to: [{ ip_block: { cidr: "0.0.0.0/0" } }] }] }) }),
      note: "it lets traffic through in a namespace that was there before it",
    },
    {
      name: "a network policy that no longer shuts the way out",
      before: networkPolicy({ policy_types: ["Ingress", "Egress"] }),
      after: networkPolicy({ policy_types: ["Ingress"] }),
      note: "it lets through what was shut out",
    },
    {
      name: "a network policy that goes",
      before: networkPolicy({}),
      after: stackOf({}),
      note: "what it shut out is let through",
    },
    {
      name: "a network policy of other pods",
      before: networkPolicy({ policy_types: ["Ingress"], pod_selector: {} }),
      after: networkPolicy({ policy_types: ["Ingress"], pod_selector: { match_labels: { a: "b" } } }),
      note: "it holds other pods",
    },
    {
      name: "a network policy in a manifest",
      before: manifest({ kind: "NetworkPolicy", spec: { policyTypes: ["Ingress", "Egress"] } }),
      after: manifest({ kind: "NetworkPolicy", spec: { policyTypes: ["Ingress"] } }),
      note: "it lets through what was shut out",
    },
    {
      name: "a network policy of other pods in a manifest",
      before: manifest({ kind: "NetworkPolicy", spec: { policyTypes: ["Ingress"], podSelector: {} } }),
      after: manifest({ kind: "NetworkPolicy", spec: { policyTypes: ["Ingress"], podSelector: { a: "b" } } }),
      note: "it holds other pods",
    },
    {
      name: "a namespace in a manifest",
      before: manifest({ kind: "Namespace", metadata: { labels: LABELS } }),
      after: manifest({ kind: "Namespace", metadata: { labels: {} } }),
      note: "pods without a kernel of their own are admitted",
    },
    {
      name: "a namespace under another policy",
      before: namespace(LABELS),
      after: namespace({ ...LABELS, "pod-sandboxing/policy": "other" }),
      note: "its pods are held by policy `other` instead of `sandbox`",
    },
    {
      name: "a namespace whose provider has no schema",
      before: onKubernetes3(namespace(LABELS)),
      after: onKubernetes3(namespace({})),
      note: "pods without a kernel of their own are admitted",
    },
    {
      name: "a class that goes anywhere",
      before: runtimeClass({ scheduling: { nodeSelector: { a: "b" } } }),
      after: runtimeClass({}),
      note: "its pods are no longer sent to the kata nodes",
    },
    {
      name: "a class without a manifest",
      before: stackOf({ kubernetes_runtime_class_v1: { c: { metadata: { name: "c" }, handler: "kata" } } }),
      after: stackOf({ kubernetes_runtime_class_v1: { c: { metadata: { name: "c" }, handler: "runc" } } }),
      note: "handler `runc` instead of `kata`",
    },

    { name: "limits", before: limits({}), after: stackOf({}), note: "containers without limits get none" },
    {
      name: "other limits",
      before: limits({ memory: "1Gi" }),
      after: limits({ memory: "100Gi" }),
      note: "containers get other limits",
    },
    {
      name: "a quota that grows",
      before: quota({ pods: "2" }),
      after: quota({ pods: "20" }),
      note: "its namespace may take other amounts",
    },
    {
      name: "an amount of a quota",
      before: quota({ pods: "${var.pods}" }),
      after: quota({ pods: "5" }),
      note: "its namespace may take other amounts (`spec.hard`)",
    },
    {
      name: "a quota that ends",
      before: quota({ pods: "2" }),
      after: quota({}),
      note: "its namespace may take other amounts",
    },
    { name: "a quota", before: quota({}), after: stackOf({}), note: "all pods together may take what the cluster has" },
    { name: "a token", before: account(false), after: account(true), note: "pods get a token for the Kubernetes API" },
    {
      name: "a token again",
      before: account(false, AROUND),
      after: stackOf(AROUND),
      note: "pods get a token for the Kubernetes API",
    },
    {
      name: "the isolation check",
      before: stackOf({ kubernetes_job_v1: { j: { metadata: { name: "j" }, spec: { env: "kernel_version" } } } }),
      after: stackOf({}),
      note: "no deployment proves any more that kernels differ",
    },
  ])("$name", async ({ before, after, note }) => {
    expect(await notesOn(before, after)).toContainEqual(expect.stringContaining(note));
    const reverse = await notesOn(after, before);
    const isLooserBothWays = /holds other|other limits|other amounts|instead/.test(note);
    if (!isLooserBothWays) expect(reverse.filter((text) => text.includes(note))).toEqual([]);
    expect((await notesOn(before, before)).filter((text) => text.includes(note))).toEqual([]);
  });

  test.each<{ name: string; before: Stack; after: Stack }>([
    { name: "quotas", before: quota("${var.hard}"), after: quota({ pods: "5" }) },
    {
      name: "directions",
      before: networkPolicy({ policy_types: "${var.types}" }),
      after: networkPolicy({ policy_types: "${var.types}", egress: "${var.e}" }),
    },
    {
      name: "labels",
      before: namespace(LABELS),
      after: stackOf({ kubernetes_namespace_v1: { n: { metadata: { name: "n", labels: "${var.l}" } } } }),
    },
  ])("not $name that only Terraform knows", async ({ before, after }) => {
    const looser = (await notesOn(before, after)).filter((note) => !/refuses|takes/.test(note));
    expect(looser).toEqual([]);
  });

  test.each<{ name: string; before: Stack; after: Stack }>([
    {
      name: "labels that come",
      before: namespace({}),
      after: namespace(LABELS, { "pod-sandboxing/runtime-class": "a" }),
    },
    {
      name: "a class that stays",
      before: namespace(LABELS, { "pod-sandboxing/runtime-class": "a" }),
      after: namespace({ ...LABELS, a: "b" }, { "pod-sandboxing/runtime-class": "a" }),
    },
    {
      name: "no standard",
      before: namespace({ "pod-security.kubernetes.io/enforce": "privileged" }),
      after: namespace({}),
    },
    {
      name: "a label that is null",
      before: manifest({ kind: "Namespace", metadata: { labels: { "pod-sandboxing/policy": null } } }),
      after: manifest({ kind: "Namespace", metadata: { labels: {} } }),
    },
    { name: "limits that come", before: limitRange({}), after: limitRange({ spec: { limit: { type: "Container" } } }) },
    {
      name: "tokens",
      before: account(true),
      after: stackOf({
        kubernetes_default_service_account_v1: {
          a: { metadata: { namespace: "n" }, image_pull_secret: { name: "a" } },
        },
      }),
    },
    {
      name: "another job",
      before: stackOf({ kubernetes_job_v1: { j: { metadata: { name: "j" }, spec: { env: "a" } } } }),
      after: stackOf({}),
    },
    { name: "another handler", before: runtimeClass({ handler: "runc" }), after: runtimeClass({ handler: "gvisor" }) },
    {
      name: "a class that went anywhere",
      before: runtimeClass({}),
      after: runtimeClass({ metadata: { labels: { a: "b" } } }),
    },
  ])("not $name", async ({ before, after }) => {
    const looser = await notesOn(before, after);
    expect(looser.filter((note) => !/refuses|`kubernetes` goes from/.test(note))).toEqual([]);
  });

  test("another opening of a network policy", async () => {
    const opened = (cidr: string) => networkPolicy({ egress: [{ to: [{ ip_block: { cidr } }] }] });
    expect(await notesOn(opened("10.0.0.0/8"), opened("0.0.0.0/0"))).toContainEqual(
      expect.stringContaining(
        "what it admits changes; now: traffic out to `0.0.0.0/0`; no longer: traffic out to `10.0.0.0/8`",
      ),
    );
  });

  test("not what comes with its namespace", async () => {
    const egress = [{ to: [{ ip_block: { cidr: "0.0.0.0/0" } }] }];
    const notes = await notesOn(stackOf({}), stackOf({ ...AROUND, ...inNamespace({ egress }) }));
    expect(notes.filter((note) => /what it admits|lets traffic through/.test(note))).toEqual([]);
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
      expect.stringContaining("it takes `kubernetes_config_map_v1.m` in `s` with it"),
    ]);
  });

  test("not what goes with its namespace", async () => {
    const inside = { kubernetes_network_policy_v1: { p: { metadata: { name: "p", namespace: "n" }, spec: {} } } };
    const around = { kubernetes_namespace_v1: { n: { metadata: { name: "n" } } } };
    expect(await notesOn(stackOf({ ...around, ...inside }), stackOf({}))).toEqual([]);
    expect(await notesOn(stackOf({ ...around, ...inside }), stackOf(around))).toHaveLength(1);
    expect(await notesOn(stackOf({ ...around, ...inside }), stackOf(inside))).toEqual([
      "namespace `kubernetes_namespace_v1.n` in `s`: it takes `kubernetes_network_policy_v1.p` in `s` with it, whatever is said here",
    ]);
  });
});
