import { App } from "cdktf";
import { AksClusterProps, SandboxedNamespaceOptions, SandboxStack, NetworkPeer } from "../../lib";
import { cidrContains, isCidr } from "../../lib/cidr";
import { clusterIn, sandboxStack } from "../support/clusters";

function namespaceParts(options: SandboxedNamespaceOptions = {}) {
  return sandboxStack((sandbox) => {
    sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
    sandbox.addNamespace("untrusted", options);
  }).resource;
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
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/warn": "restricted",
      "pod-sandboxing/policy": "sandbox",
    },
  });
});

test("every container gets limits that are its requests", () => {
  const [limits] = Object.values(namespaceParts({ containerMemory: "256Mi" }).kubernetes_limit_range_v1);
  const values = { memory: "256Mi", cpu: "250m" };
  expect(limits).toMatchObject({
    metadata: { name: "limits", namespace: "untrusted" },
    spec: {
      limit: [
        {
          type: "Container",
          default: values,
          default_request: values,
          max_limit_request_ratio: { memory: "1", cpu: "1" },
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

test("a quota is optional", () => {
  expect(namespaceParts()).not.toHaveProperty("kubernetes_resource_quota_v1");
  expect(Object.values(namespaceParts({ quota: { pods: "20" } }).kubernetes_resource_quota_v1)).toEqual([
    expect.objectContaining({ spec: { hard: { pods: "20" } } }),
  ]);
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
        ],
        ports: [
          { port: "53", protocol: "UDP" },
          { port: "53", protocol: "TCP" },
        ],
      },
    ],
  });
});

test("openings never reach the metadata address", () => {
  const egress = [
    { peer: NetworkPeer.cidr("0.0.0.0/0"), ports: [443] },
    { peer: NetworkPeer.cidr("10.0.0.0/16") },
    { peer: NetworkPeer.namespace("shared"), ports: [5432], protocol: "TCP" as const },
  ];
  expect(networkPolicy({ egress }, "egress")).toEqual({
    pod_selector: {},
    policy_types: ["Egress"],
    egress: [
      {
        to: [{ ip_block: { cidr: "0.0.0.0/0", except: ["169.254.169.254/32"] } }],
        ports: [{ port: "443", protocol: "TCP" }],
      },
      { to: [{ ip_block: { cidr: "10.0.0.0/16" } }] },
      {
        to: [{ namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "shared" } } }],
        ports: [{ port: "5432", protocol: "TCP" }],
      },
    ],
  });
});

test("other namespaces are let in by name", () => {
  expect(
    networkPolicy({ ingress: [{ peer: NetworkPeer.namespace("gateway"), ports: [8080] }] }, "ingress"),
  ).toMatchObject({
    policy_types: ["Ingress"],
    ingress: [
      {
        from: [{ namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "gateway" } } }],
        ports: [{ port: "8080", protocol: "TCP" }],
      },
    ],
  });
});

test.each([
  ["0.0.0.0/0", true],
  ["169.254.0.0/16", true],
  ["169.254.169.254/32", true],
  ["169.254.169.253/32", false],
  ["10.0.0.0/8", false],
  ["::/0", false],
])("%s contains the metadata address: %s", (cidr, contains) => {
  expect(isCidr(cidr)).toBe(true);
  expect(cidrContains(cidr, "169.254.169.254")).toBe(contains);
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
      "bad CIDR",
      "untrusted",
      { egress: [{ peer: NetworkPeer.cidr("10.0.0.0") }] },
      '"10.0.0.0" is not a CIDR: write one such as 10.0.0.0/16 [sandbox/untrusted]',
    ],
    [
      "CIDR with a long prefix",
      "untrusted",
      { egress: [{ peer: NetworkPeer.cidr("10.0.0.0/33") }] },
      '"10.0.0.0/33" is not a CIDR',
    ],
    [
      "metadata address",
      "untrusted",
      { egress: [{ peer: NetworkPeer.cidr("169.254.169.254/32") }] },
      '"169.254.169.254/32" is the instance metadata address, which gives away the node\'s identity: leave it closed [sandbox/untrusted]',
    ],
    [
      "opening to a malformed namespace",
      "untrusted",
      { ingress: [{ peer: NetworkPeer.namespace("A") }] },
      'namespace "A" of an opening is not a valid name: write the name of a namespace [sandbox/untrusted]',
    ],
    [
      "bad port",
      "untrusted",
      { egress: [{ peer: NetworkPeer.cidr("10.0.0.0/8"), ports: [0] }] },
      "ports 0 are out of range: use whole numbers from 1 to 65535 [sandbox/untrusted]",
    ],
  ])("%s", (_, id, options, message) => {
    const app = new App();
    const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app) });
    sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
    expect(() => sandbox.addNamespace(id, options)).toThrow(message);
  });
});

test.each<[string, Partial<AksClusterProps>, number]>([
  ["without", {}, 1],
  ["with", { networkProfile: { networkPlugin: "azure", networkPolicy: "calico" } }, 0],
])("a cluster %s an engine for network policies", (_, props, warnings) => {
  const app = new App();
  const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app, props) });
  const { metadata } = sandbox.addNamespace("untrusted").node;
  expect(
    metadata.filter(({ data }) => String(data).startsWith("the cluster has no engine for network policies")),
  ).toHaveLength(warnings);
});

test("a namespace is declared once", () => {
  const app = new App();
  const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app) });
  sandbox.addNamespace("untrusted");
  expect(() => sandbox.addNamespace("again", { name: "untrusted" })).toThrow(
    'namespace "untrusted" is already in this stack: choose another name [sandbox/again]',
  );
});
