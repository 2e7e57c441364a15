import { App } from "cdktf";
import {
  AksCluster,
  AksClusterProps,
  ClusterStack,
  IAksCluster,
  PodSandboxing,
  SandboxedNamespaceOptions,
  SandboxStack,
} from "../../lib";
import { clusterIn, sandboxStack } from "../support/clusters";

function namespaceParts(options: SandboxedNamespaceOptions = {}) {
  return sandboxStack((sandbox) => {
    sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
    sandbox.addNamespace("untrusted", options);
  }).resource;
}

function quotas(options?: SandboxedNamespaceOptions): { [name: string]: object | undefined } {
  const written = Object.values<{ metadata: { name: string }; spec: object }>(
    namespaceParts(options).kubernetes_resource_quota_v1,
  );
  return Object.fromEntries(written.map(({ metadata, spec }) => [metadata.name, spec]));
}

function networkPolicy(options: SandboxedNamespaceOptions, name: string) {
  const policies = Object.values<{ metadata: { name: string }; spec: object }>(
    namespaceParts(options).kubernetes_network_policy_v1,
  );
  return policies.find(({ metadata }) => metadata.name === name)?.spec;
}

test("a namespace is restricted and held by the policy", () => {
  expect(namespaceParts().kubernetes_namespace_v1.untrusted.metadata).toEqual({
    name: "untrusted",
    labels: {
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/enforce-version": "latest",
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/warn": "restricted",
      "pod-sandboxing/policy": "sandbox",
    },
  });
});

test("every container gets limits that are its requests, but for its files", () => {
  const [limits] = Object.values(namespaceParts({ containerMemory: "256Mi" }).kubernetes_limit_range_v1);
  const ofVm = { memory: "256Mi", cpu: "250m" };
  expect(limits).toMatchObject({
    metadata: { name: "limits", namespace: "untrusted" },
    spec: {
      limit: [
        {
          type: "Container",
          default: { ...ofVm, "ephemeral-storage": "1Gi" },
          default_request: { ...ofVm, "ephemeral-storage": "0" },
          max: { "ephemeral-storage": "8Gi" },
        },
      ],
    },
  });
});

test("the default service account mounts no token", () => {
  expect(Object.values(namespaceParts().kubernetes_default_service_account_v1)).toEqual([
    expect.objectContaining({ automount_service_account_token: false, metadata: { namespace: "untrusted" } }),
  ]);
});

test("a namespace has a quota unless it is turned off", () => {
  const quota = (options?: SandboxedNamespaceOptions) => quotas(options).quota;
  expect(quota({ quota: false })).toBeUndefined();
  expect(quota()).toEqual({
    hard: { pods: "50", "limits.cpu": "16", "limits.memory": "32Gi", "limits.ephemeral-storage": "64Gi" },
  });
  expect(quota({ quota: { pods: "20" } })).toEqual({ hard: { pods: "20" } });
});

test("its pods are counted", () => {
  expect(quotas({ quota: false })).toEqual({ "pod-count": { hard: { pods: "1M" } } });
});

test("nothing but DNS passes by default", () => {
  expect(Object.keys(namespaceParts().kubernetes_network_policy_v1)).toHaveLength(2);
  expect(networkPolicy({}, "default-deny")).toEqual({ pod_selector: {}, policy_types: ["Ingress", "Egress"] });
  expect(networkPolicy({}, "dns")).toMatchObject({
    policy_types: ["Egress"],
    egress: [
      {
        to: [
          {
            namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "kube-system" } },
            pod_selector: { match_labels: { "k8s-app": "kube-dns" } },
          },
          { ip_block: { cidr: "169.254.10.10/32" } },
          { ip_block: { cidr: "169.254.10.11/32" } },
        ],
        ports: [
          { port: "53", protocol: "UDP" },
          { port: "53", protocol: "TCP" },
        ],
      },
    ],
  });
});

describe("a namespace is refused", () => {
  test.each<[string, string, SandboxedNamespaceOptions, string]>([
    [
      "name in capitals",
      "Untrusted",
      {},
      'namespace name "Untrusted" is not valid: use 1 to 63 lowercase letters, digits and hyphens with a letter or digit at both ends [sandbox/Untrusted]',
    ],
    [
      "system namespace",
      "kube-system",
      {},
      'namespace "kube-system" belongs to the cluster itself: use a namespace of your own [sandbox/kube-system]',
    ],
    ["namespace that sounds like the system's", "kube-mine", {}, 'namespace "kube-mine" belongs to the cluster itself'],
    ["default namespace", "default", {}, 'namespace "default" belongs to the cluster itself'],
    [
      "memory that is no quantity",
      "untrusted",
      { containerMemory: "lots" },
      'containerMemory "lots" is not a quantity: write one such as 256Mi [sandbox/untrusted]',
    ],
    [
      "CPU that is no quantity",
      "untrusted",
      { containerCpu: "fast" },
      'containerCpu "fast" is not a quantity: write one such as 500m [sandbox/untrusted]',
    ],
    [
      "quota that is no quantity",
      "untrusted",
      { quota: { pods: "many" } },
      'quota {"pods":"many"} has a value that is no quantity: write ones such as 20, 500m or 16Gi [sandbox/untrusted]',
    ],
    [
      "empty quota",
      "untrusted",
      { quota: {} },
      'quota is empty: write one such as { pods: "20" }, or false for no quota [sandbox/untrusted]',
    ],
    [
      "quota of another type",
      "untrusted",
      { quota: true as never },
      'quota is the boolean true: write an object such as { pods: "20" }, or false for no quota [sandbox/untrusted]',
    ],
    [
      "more storage than the ceiling",
      "untrusted",
      { containerEphemeralStorage: "16Gi" },
      'containerEphemeralStorage "16Gi" is more than maxContainerEphemeralStorage "8Gi": raise the latter [sandbox/untrusted]',
    ],
    [
      "ceiling that is no quantity",
      "untrusted",
      { maxContainerEphemeralStorage: "lots" },
      'maxContainerEphemeralStorage "lots" is not a quantity: write one such as 8Gi [sandbox/untrusted]',
    ],
    [
      "label of Pod Security",
      "untrusted",
      { labels: { "pod-security.kubernetes.io/enforce": "baseline" } },
      'label "pod-security.kubernetes.io/enforce" cannot be set (Pod Security of a sandboxed namespace is restricted): leave it out [sandbox/untrusted]',
    ],
    [
      "annotation of the policies",
      "untrusted",
      { annotations: { "pod-sandboxing/runtime-class": "other" } },
      'annotation "pod-sandboxing/runtime-class" cannot be set (the policies read it): leave it out [sandbox/untrusted]',
    ],
    [
      "malformed label",
      "untrusted",
      { labels: { "a b": "c" } },
      'label "a b" is not valid: write a name of at most 63 characters, with a prefix such as example.com/ or without [sandbox/untrusted]',
    ],
    [
      "malformed value of a label",
      "untrusted",
      { labels: { a: "b c" } },
      'value "b c" of a label is not valid: use at most 63 letters, digits, hyphens, underscores and dots [sandbox/untrusted]',
    ],
  ])("%s", (_, id, options, message) => {
    const app = new App();
    const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app) });
    sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
    expect(() => sandbox.addNamespace(id, options)).toThrow(message);
  });
});

describe("an engine for network policies", () => {
  function isMissing(clusterOf: (app: App) => IAksCluster, remedy: string): boolean {
    const app = new App();
    const { node } = new SandboxStack(app, "sandbox", { cluster: clusterOf(app) }).addNamespace("untrusted");
    const warning = node.metadata.map(({ data }) => String(data)).find((data) => data.includes("no engine"));
    if (warning !== undefined) expect(warning).toContain(`those of namespace "untrusted": write ${remedy}`);
    return warning !== undefined;
  }

  test.each<[string, Partial<AksClusterProps>, boolean]>([
    ["is missing in the default profile", {}, true],
    ["is named", { networkProfile: { networkPlugin: "azure", networkPolicy: "calico" } }, false],
    ["comes with the data plane", { networkProfile: { networkPlugin: "azure", networkDataPlane: "cilium" } }, false],
    [
      "does not come with that of Azure",
      { networkProfile: { networkPlugin: "azure", networkDataPlane: "azure" } },
      true,
    ],
  ])("%s", (_, props, missing) => {
    expect(isMissing((app) => clusterIn(app, props), "networkProfile: {")).toBe(missing);
  });

  test.each([
    ["cilium", false],
    ["none", true],
    ["", true],
    [undefined, true],
  ])("of an existing cluster: %s", (networkPolicy, missing) => {
    const existing = { podSandboxing: PodSandboxing.GA, clusterName: "aks", resourceGroupName: "group", networkPolicy };
    const clusterOf = (app: App) => AksCluster.fromExisting(new ClusterStack(app, "pools"), "aks", existing);
    expect(isMissing(clusterOf, "the networkPolicy that az aks show")).toBe(missing);
  });
});

test("labels and annotations are beside its own", () => {
  const { metadata } = namespaceParts({
    labels: { team: "a" },
    annotations: { "example.com/owner": "b" },
  }).kubernetes_namespace_v1.untrusted;
  expect(metadata.labels).toMatchObject({ team: "a", "pod-security.kubernetes.io/enforce": "restricted" });
  expect(metadata.annotations).toEqual({ "example.com/owner": "b" });
});

test("quantities are written as the API server answers with them", () => {
  const parts = namespaceParts({
    containerMemory: "0.25Gi",
    containerCpu: "0.5",
    containerEphemeralStorage: "1024Mi",
    maxContainerEphemeralStorage: "2048Mi",
    quota: { "limits.cpu": "1000m", "limits.memory": "1024Mi" },
  });
  const [limits] = Object.values<{ spec: { limit: object[] } }>(parts.kubernetes_limit_range_v1);
  expect(limits.spec.limit).toMatchObject([
    {
      default: { memory: "256Mi", cpu: "500m", "ephemeral-storage": "1Gi" },
      default_request: { memory: "256Mi", cpu: "500m" },
      max: { "ephemeral-storage": "2Gi" },
    },
  ]);
  const written = Object.values<{ spec: object }>(parts.kubernetes_resource_quota_v1).map(({ spec }) => spec);
  expect(written).toContainEqual({ hard: { "limits.cpu": "1", "limits.memory": "1Gi" } });
});

test("network policies have the label that keeps tenants from changing them", () => {
  for (const policy of Object.values(namespaceParts().kubernetes_network_policy_v1))
    expect(policy).toMatchObject({ metadata: { labels: { "pod-sandboxing/policy": "sandbox" } } });
});

test("its deletion waits for pods that end slowly", () => {
  expect(namespaceParts().kubernetes_namespace_v1.untrusted.timeouts).toEqual({ delete: "15m" });
  expect(namespaceParts({ maxTerminationGracePeriodSeconds: 3601 }).kubernetes_namespace_v1.untrusted.timeouts).toEqual(
    { delete: "71m" },
  );
});

test("all parts are there to depend on, as a copy", () => {
  const app = new App();
  const namespace = new SandboxStack(app, "sandbox", { cluster: clusterIn(app) }).addNamespace("untrusted");
  expect(namespace.parts).toHaveLength(7);
  namespace.parts.pop();
  expect(namespace.parts).toHaveLength(7);
});

test("a namespace is declared once", () => {
  const app = new App();
  const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app) });
  sandbox.addNamespace("untrusted");
  expect(() => sandbox.addNamespace("again", { name: "untrusted" })).toThrow(
    'namespace "untrusted" is already on this cluster: choose another name [sandbox/again]',
  );
});
