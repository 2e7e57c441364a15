import { App } from "cdktf";
import { IKataRuntimeClass, SandboxStack } from "../../../lib";
import { CLASS_ANNOTATION, POLICY_LABEL } from "../../../lib/sandbox/policy/sandbox-policy";
import { SYSTEM_NAMESPACES } from "../../../lib/sandbox/system-namespaces";
import { denialsOf } from "../../support/cel";
import { clusterIn, sandboxStack } from "../../support/clusters";
import { synthesiseStack } from "../../support/synth";

const CLASS =
  "pods of this namespace need a kernel of their own: write spec.runtimeClassName: kata-small or kata-large or kata";
const HOST_NETWORK = "pods with a kernel of their own cannot use the host's network: remove spec.hostNetwork";
const LIMITS =
  "the memory limits of a pod are the size of its VM: write resources.limits.memory for every container, init containers included";
const TOO_LARGE = (memory: string, name: string) =>
  `the memory limits of all containers, init containers included, are more than the ${memory} of runtime class ${name}: lower resources.limits.memory or use a larger class`;
const SMALL = TOO_LARGE("1Gi", "kata-small");
const LARGE = TOO_LARGE("8Gi", "kata-large");

function policyOf(more: (sandbox: SandboxStack, small: IKataRuntimeClass) => void = () => {}, props: object = {}) {
  const { resource } = sandboxStack((sandbox) => {
    sandbox.addNamespace("untrusted");
    const small = sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
    sandbox.addRuntimeClass("kata-large", { podMemory: "8Gi" });
    sandbox.addRuntimeClass("kata");
    more(sandbox, small);
  }, props);
  return resource.kubernetes_manifest.policy.manifest;
}

type Memory = string | number | undefined;

function container(memory: Memory, more: object = {}): object {
  return { name: "c", resources: memory === undefined ? {} : { limits: { memory } }, ...more };
}

function pod(runtimeClassName: string | undefined, memory: readonly Memory[], more: object = {}): object {
  return {
    metadata: {},
    spec: { ...(runtimeClassName && { runtimeClassName }), containers: memory.map((m) => container(m)), ...more },
  };
}

const SIDECAR = { restartPolicy: "Always" };

describe("a pod", () => {
  const policy = policyOf();

  test.each<[string, object, readonly string[]]>([
    ["small", pod("kata-small", ["512Mi"]), []],
    ["of exactly the class's memory", pod("kata-small", ["1Gi"]), []],
    ["of exactly the class's memory in other units", pod("kata-small", ["1024Mi"]), []],
    ["of exactly the class's memory in bytes", pod("kata-small", ["1073741824"]), []],
    ["with memory as a number", pod("kata-small", [1073741824]), []],
    ["with memory in powers of ten", pod("kata-small", ["1G"]), []],
    ["with memory in thousandths", pod("kata-small", ["128974848000m"]), []],
    ["with memory in exponents", pod("kata-small", ["1e9"]), []],
    ["of two containers that fit", pod("kata-small", ["512Mi", "512Mi"]), []],
    ["of containers in mixed units that fit", pod("kata-small", ["0.5Gi", "262144Ki", "268435456"]), []],
    ["large", pod("kata-large", ["4Gi", "4096Mi"]), []],
    ["with an init container that fits", pod("kata-small", ["512Mi"], { initContainers: [container("512Mi")] }), []],
    ["with a sidecar that fits", pod("kata-small", ["512Mi"], { initContainers: [container("256Mi", SIDECAR)] }), []],
    ["with no init container", pod("kata-small", ["512Mi"], { initContainers: [] }), []],
    [
      "with ephemeral containers, which have no limits",
      pod("kata-small", ["1Gi"], { ephemeralContainers: [container(undefined)] }),
      [],
    ],
    ["off the host's network", pod("kata-small", ["1Gi"], { hostNetwork: false }), []],
    ["of a class without size", pod("kata", ["64Gi"]), []],
    ["of a class without size and without limits", pod("kata", [undefined, undefined]), []],
    [
      "with requests as well",
      {
        spec: {
          runtimeClassName: "kata-small",
          containers: [{ resources: { requests: { memory: "1Gi" }, limits: { memory: "1Gi", cpu: "1" } } }],
        },
      },
      [],
    ],

    ["without a class", pod(undefined, ["512Mi"]), [CLASS]],
    ["of an empty class", { spec: { runtimeClassName: "", containers: [container("1Gi")] } }, [CLASS]],
    ["of runc", pod("runc", ["512Mi"]), [CLASS]],
    ["of the class that AKS creates", pod("kata-mshv-vm-isolation", ["512Mi"]), [CLASS]],
    ["of a class in capitals", pod("Kata-Small", ["512Mi"]), [CLASS]],
    ["of a class that begins alike", pod("kata-smaller", ["512Mi"]), [CLASS]],
    ["on the host's network", pod("kata-small", ["512Mi"], { hostNetwork: true }), [HOST_NETWORK]],
    ["without class on the host's network", pod(undefined, ["512Mi"], { hostNetwork: true }), [CLASS, HOST_NETWORK]],
    ["without limits", pod("kata-small", [undefined]), [LIMITS]],
    ["with no resources at all", { spec: { runtimeClassName: "kata-small", containers: [{ name: "c" }] } }, [LIMITS]],
    [
      "with a CPU limit only",
      { spec: { runtimeClassName: "kata-small", containers: [{ resources: { limits: { cpu: "1" } } }] } },
      [LIMITS],
    ],
    [
      "with a memory request only",
      { spec: { runtimeClassName: "kata-small", containers: [{ resources: { requests: { memory: "1Gi" } } }] } },
      [LIMITS],
    ],
    ["with one container without limits", pod("kata-large", ["1Gi", undefined]), [LIMITS]],
    [
      "with an init container without limits",
      pod("kata-small", ["512Mi"], { initContainers: [container(undefined)] }),
      [LIMITS],
    ],
    [
      "with a sidecar without limits",
      pod("kata-small", ["512Mi"], { initContainers: [container(undefined, SIDECAR)] }),
      [LIMITS],
    ],
    ["a byte too large", pod("kata-small", ["1073741825"]), [SMALL]],
    ["of containers that are too large together", pod("kata-small", ["512Mi", "513Mi"]), [SMALL]],
    [
      "with an init container that is too large",
      pod("kata-small", ["1Mi"], { initContainers: [container("1Gi")] }),
      [SMALL],
    ],
    [
      "with a sidecar that is too large together",
      pod("kata-small", ["768Mi"], { initContainers: [container("512Mi", SIDECAR)] }),
      [SMALL],
    ],
    ["too large for the large class", pod("kata-large", ["8Gi", "1"]), [LARGE]],
    ["too large in mixed units", pod("kata-small", ["1G", "75Mi"]), [SMALL]],
    ["too large on the host's network", pod("kata-small", ["2Gi"], { hostNetwork: true }), [HOST_NETWORK, SMALL]],
  ])("%s", (_, spec, denials) => {
    expect(denialsOf(policy, { object: { metadata: {}, ...spec } })).toEqual(denials);
  });
});

test("the class that AKS creates is allowed on request", () => {
  const { resource } = sandboxStackAllowingBuiltIn();
  const policy = resource.kubernetes_manifest.policy.manifest;
  expect(denialsOf(policy, { object: pod("kata-mshv-vm-isolation", [undefined]) })).toEqual([]);
  expect(denialsOf(policy, { object: pod("runc", ["1Gi"]) })).toHaveLength(1);
});

function sandboxStackAllowingBuiltIn() {
  return synthesiseStack("sandbox", (app) => {
    const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app), allowBuiltInRuntimeClass: true });
    sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
    sandbox.addNamespace("untrusted");
  });
}

test("a namespace may have one class for its pods", () => {
  const policy = policyOf((sandbox, small) => sandbox.addNamespace("small-only", { runtimeClass: small }));
  const namespace = { metadata: { annotations: { [CLASS_ANNOTATION]: "kata-small" } } };
  expect(denialsOf(policy, { object: pod("kata-small", ["1Gi"]), namespace })).toEqual([]);
  expect(denialsOf(policy, { object: pod("kata-large", ["1Gi"]), namespace })).toEqual([
    "pods of this namespace use one runtime class: write spec.runtimeClassName: kata-small",
  ]);
  expect(
    denialsOf(policy, { object: pod("kata-large", ["1Gi"]), namespace: { metadata: { annotations: { other: "x" } } } }),
  ).toEqual([]);
  expect(denialsOf(policy, { object: pod("kata-large", ["1Gi"]), namespace: { metadata: {} } })).toEqual([]);
});

test("a stack without classes admits no pod", () => {
  const { resource } = sandboxStack((sandbox) => sandbox.addNamespace("untrusted"));
  expect(denialsOf(resource.kubernetes_manifest.policy.manifest, { object: pod("kata", ["1Gi"]) })).toEqual([
    "pods of this namespace need a kernel of their own, and there is no runtime class for it yet",
  ]);
});

test("the policy fails closed, for new pods of labelled namespaces that are not the cluster's own", () => {
  const { resource } = sandboxStack((sandbox) => sandbox.addNamespace("untrusted"));
  const { policy, ...rest } = resource.kubernetes_manifest;
  const [binding] = Object.values(rest) as { manifest: object; depends_on: string[] }[];
  expect(policy.manifest.spec).toMatchObject({
    failurePolicy: "Fail",
    matchConstraints: {
      resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
    },
  });
  expect(binding).toMatchObject({
    manifest: {
      spec: {
        policyName: "sandbox",
        validationActions: ["Deny"],
        matchResources: {
          namespaceSelector: {
            matchLabels: { [POLICY_LABEL]: "sandbox" },
            matchExpressions: [
              {
                key: "kubernetes.io/metadata.name",
                operator: "NotIn",
                values: expect.arrayContaining(["kube-system"]),
              },
            ],
          },
        },
      },
    },
    depends_on: ["kubernetes_manifest.policy"],
  });
  expect([...SYSTEM_NAMESPACES]).toEqual([...SYSTEM_NAMESPACES].sort());
});

test("there is no policy without a namespace", () => {
  const { resource } = sandboxStack((sandbox) => sandbox.addRuntimeClass("kata"));
  expect(Object.keys(resource.kubernetes_manifest)).toEqual(["kata"]);
});

test.each([
  ["1.29.4", true],
  ["1.30", false],
  [undefined, false],
])("Kubernetes %s is refused: %s", (kubernetesVersion, refused) => {
  const app = new App();
  const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app, { kubernetesVersion }) });
  const add = () => sandbox.addNamespace("untrusted");
  if (!refused) return expect(add).not.toThrow();
  expect(add).toThrow(
    'Kubernetes version "1.29.4" has no ValidatingAdmissionPolicy, which sandboxed namespaces need: use 1.30 or later [sandbox/policy]',
  );
});
