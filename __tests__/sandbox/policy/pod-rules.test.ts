import { SandboxStack } from "../../../lib";
import { CLASS_ANNOTATION, GRACE_PERIOD_ANNOTATION } from "../../../lib/sandbox/policy/policy-names";
import { denialsOf } from "../../support/cel";
import { clusterIn, KATA_POOL } from "../../support/clusters";
import { container, pod, podWithVolume } from "../../support/pods";
import { policyOf } from "../../support/policies";
import { synthesiseStack } from "../../support/synth";

const CLASS =
  "pods of this namespace need a kernel of their own: write spec.runtimeClassName: kata-small or kata-large or kata";
const HOST_NETWORK = "pods with a kernel of their own cannot use the host's network: remove spec.hostNetwork";
const HOST_PID = "pods with a kernel of their own cannot see the host's processes: remove spec.hostPID";
const HOST_IPC = "pods with a kernel of their own cannot share the host's memory: remove spec.hostIPC";
const HOST_PORT = "ports of the host are outside the namespace's network policies: remove hostPort and use a Service";
const CSI =
  "inline CSI volumes are mounted by the node, past the VM and past network policies: use a persistentVolumeClaim";
const VOLUME =
  "volumes of other types are mounted by the node's kernel, past the VM: use configMap, downwardAPI, projected, secret, emptyDir, ephemeral, image, persistentVolumeClaim";
const PRIORITY =
  "classes of priority that begin with system- take the place of the cluster's own pods: remove spec.priorityClassName or use another";
const NODE_NAME = "pods of this namespace are placed by the scheduler: remove spec.nodeName";
const OS = "pods with a kernel of their own run Linux: remove spec.os";
const ANTI_AFFINITY =
  "anti-affinity to pods of other namespaces keeps them off the nodes: remove namespaces and namespaceSelector from spec.affinity.podAntiAffinity";
const GRACE = (seconds: number) =>
  `a long grace period keeps a pod alive while its namespace is deleted: write spec.terminationGracePeriodSeconds of ${seconds} or less`;
const ANNOTATIONS =
  "annotations of the runtime change how a pod's VM is made: remove those that begin with io.katacontainers. or io.kubernetes.cri";

const policy = policyOf();
const with_ = (more: object) => pod("kata-small", ["1Gi"], more);

test.each<[string, object, readonly string[]]>([
  ["without a class", pod(undefined, ["512Mi"]), [CLASS]],
  ["of an empty class", pod(undefined, ["512Mi"], { runtimeClassName: "" }), [CLASS]],
  ["of runc", pod("runc", ["512Mi"]), [CLASS]],
  ["of the class that AKS creates", pod("kata-mshv-vm-isolation", ["512Mi"]), [CLASS]],
  ["of a class in capitals", pod("Kata-Small", ["512Mi"]), [CLASS]],
  ["of a class that begins alike", pod("kata-smaller", ["512Mi"]), [CLASS]],
  ["off the host's network", with_({ hostNetwork: false, hostPID: false, hostIPC: false }), []],
  ["on the host's network", with_({ hostNetwork: true }), [HOST_NETWORK]],
  ["on the host's network without class", pod(undefined, ["1Gi"], { hostNetwork: true }), [CLASS, HOST_NETWORK]],
  ["with the host's processes", with_({ hostPID: true }), [HOST_PID]],
  ["with the host's memory", with_({ hostIPC: true }), [HOST_IPC]],
  ["with a port", with_({ containers: [container("1Gi", { ports: [{ containerPort: 80, hostPort: 0 }] })] }), []],
  [
    "with a port of the host",
    with_({ containers: [container("1Gi", { ports: [{ containerPort: 80, hostPort: 80 }] })] }),
    [HOST_PORT],
  ],
  [
    "with an init container's port of the host",
    with_({ initContainers: [container("1Gi", { ports: [{ hostPort: 80 }] })] }),
    [HOST_PORT],
  ],
  ["of the system's priority", with_({ priorityClassName: "system-node-critical" }), [PRIORITY]],
  ["of the system's priority by number", with_({ priority: 2000001000 }), [PRIORITY]],
  ["of another priority", with_({ priorityClassName: "team", priority: 1000000000 }), []],
  ["on a node by name", with_({ nodeName: "aks-kata-1" }), [NODE_NAME]],
  ["on a node by selector", with_({ nodeName: "", nodeSelector: { a: "b" } }), []],
  ["for Windows", with_({ os: { name: "windows" } }), [OS]],
  ["for Linux", with_({ os: { name: "linux" } }), []],
  ["that ends in time", with_({ terminationGracePeriodSeconds: 300 }), []],
  ["that ends in a year", with_({ terminationGracePeriodSeconds: 31536000 }), [GRACE(300)]],
  ["with what stays in the VM", with_({ shareProcessNamespace: true, hostUsers: false, dnsPolicy: "Default" }), []],
])("a pod %s", (_, object, denials) => {
  expect(denialsOf(policy, { object })).toEqual(denials);
});

describe("what the node sends", () => {
  const METADATA = { host: "169.254.169.254", port: 80 };
  const sent = (what: string) =>
    `${what} that name a host are sent by the node, past network policies: remove host from httpGet and tcpSocket`;
  const denials = (more: object) => [
    ...denialsOf(policy, { object: with_({ containers: [container("1Gi", more)] }) }),
    ...denialsOf(policy, { object: with_({ initContainers: [container("1Gi", more)] }) }),
  ];

  test.each(["livenessProbe", "readinessProbe", "startupProbe"])("%s goes to the pod", (probe) => {
    expect(denials({ [probe]: { httpGet: { port: 80, path: "/" } } })).toEqual([]);
    expect(denials({ [probe]: { exec: {}, grpc: { port: 80 } } })).toEqual([]);
    expect(denials({ [probe]: { httpGet: METADATA } })).toEqual([sent("probes"), sent("probes")]);
    expect(denials({ [probe]: { tcpSocket: METADATA } })).toEqual([sent("probes"), sent("probes")]);
  });

  test.each(["postStart", "preStop"])("%s goes to the pod", (hook) => {
    expect(denials({ lifecycle: { [hook]: { httpGet: { port: 80 }, sleep: { seconds: 1 } } } })).toEqual([]);
    expect(denials({ lifecycle: { [hook]: { httpGet: METADATA } } })).toEqual([sent("hooks"), sent("hooks")]);
    expect(denials({ lifecycle: { [hook]: { tcpSocket: METADATA } } })).toEqual([sent("hooks"), sent("hooks")]);
  });
});

describe("anti-affinity", () => {
  const apart = (...terms: readonly object[]) =>
    denialsOf(policy, {
      object: with_({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } } }),
      request: { namespace: "untrusted" },
    });
  const own = { topologyKey: "kubernetes.io/hostname", labelSelector: {} };

  test("keeps a namespace's own pods apart", () => {
    expect(apart(own)).toEqual([]);
    expect(apart({ ...own, namespaces: ["untrusted"] })).toEqual([]);
    expect(denialsOf(policy, { object: with_({ affinity: { nodeAffinity: {}, podAntiAffinity: {} } }) })).toEqual([]);
  });

  test("keeps no pods of others off a node", () => {
    expect(apart(own, { ...own, namespaceSelector: {} })).toEqual([ANTI_AFFINITY]);
    expect(apart({ ...own, namespaces: ["untrusted", "other"] })).toEqual([ANTI_AFFINITY]);
  });
});

test.each(["configMap", "downwardAPI", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"])(
  "a volume of type %s is allowed",
  (type) => {
    expect(denialsOf(policy, { object: podWithVolume({ [type]: {} }) })).toEqual([]);
  },
);

test.each([
  ["csi", CSI],
  ...["awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "fc", "flexVolume", "flocker"].map(other),
  ...["gcePersistentDisk", "gitRepo", "glusterfs", "hostPath", "iscsi", "nfs", "photonPersistentDisk"].map(other),
  ...["portworxVolume", "quobyte", "rbd", "scaleIO", "storageos", "vsphereVolume", "ofTheFuture"].map(other),
])("a volume of type %s is denied", (type, denial) => {
  expect(denialsOf(policy, { object: podWithVolume({ [type]: {} }) })).toEqual([denial]);
});

function other(type: string): [string, string] {
  return [type, VOLUME];
}

describe("annotations of the runtime", () => {
  const annotated = (annotations: object) => ({ ...with_({}), metadata: { annotations } });
  const kata = { "io.katacontainers.config.hypervisor.default_memory": "65536" };

  test.each<[string, object, readonly string[]]>([
    ["of kata", kata, [ANNOTATIONS]],
    ["of containerd", { "io.kubernetes.cri.sandbox-memory": "1" }, [ANNOTATIONS]],
    ["of cri-o", { "io.kubernetes.cri-o.Devices": "/dev/mshv" }, [ANNOTATIONS]],
    ["none of them", { "example.com/io.katacontainers.x": "1" }, []],
  ])("%s", (_, annotations, denials) => {
    expect(denialsOf(policy, { object: annotated(annotations) })).toEqual(denials);
  });

  const update = (before: object, after: object) =>
    denialsOf(policy, { object: annotated(after), oldObject: annotated(before), request: { operation: "UPDATE" } });

  test("cannot be added or changed later", () => {
    expect(update({}, kata)).toEqual([ANNOTATIONS]);
    expect(update({ ...kata, "io.katacontainers.x": "1" }, { ...kata, "io.katacontainers.x": "2" })).toEqual([
      ANNOTATIONS,
    ]);
  });

  test("of an older pod do not stop other updates of it", () => {
    expect(update(kata, { ...kata, other: "x" })).toEqual([]);
    expect(update(kata, {})).toEqual([]);
  });
});

test("an update of an older pod is judged by nothing else", () => {
  const object = pod(undefined, [undefined], { hostNetwork: true, nodeName: "n", volumes: [{ hostPath: {} }] });
  expect(denialsOf(policy, { object, oldObject: object, request: { operation: "UPDATE" } })).toEqual([]);
});

describe("a namespace", () => {
  const inNamespace = (annotations: object, object: object) =>
    denialsOf(policy, { object, namespace: { metadata: { annotations } } });

  test("may have one class for its pods", () => {
    const annotations = { [CLASS_ANNOTATION]: "kata-small" };
    expect(inNamespace(annotations, pod("kata-small", ["1Gi"]))).toEqual([]);
    expect(inNamespace(annotations, pod("kata-large", ["1Gi"]))).toEqual([
      "pods of this namespace use one runtime class: write spec.runtimeClassName: kata-small",
    ]);
    expect(inNamespace(annotations, pod(undefined, ["1Gi"]))[0]).toBe(
      "pods of this namespace use one runtime class: write spec.runtimeClassName: kata-small",
    );
    expect(inNamespace({ other: "x" }, pod("kata-large", ["1Gi"]))).toEqual([]);
  });

  test("may let its pods end later", () => {
    const annotations = { [GRACE_PERIOD_ANNOTATION]: "3600" };
    expect(inNamespace(annotations, with_({ terminationGracePeriodSeconds: 3600 }))).toEqual([]);
    expect(inNamespace(annotations, with_({ terminationGracePeriodSeconds: 3601 }))).toEqual([GRACE(3600)]);
  });
});

describe("the class that AKS creates", () => {
  const allowing = (build: (sandbox: SandboxStack) => void) =>
    synthesiseStack("sandbox", (app) => {
      const cluster = clusterIn(app);
      cluster.addKataNodePool("kata", KATA_POOL);
      const sandbox = new SandboxStack(app, "sandbox", { cluster, allowBuiltInRuntimeClass: true });
      sandbox.addNamespace("untrusted");
      build(sandbox);
    }).resource.kubernetes_manifest.policy.manifest;

  test("is allowed on request", () => {
    const manifest = allowing((sandbox) => sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" }));
    expect(denialsOf(manifest, { object: pod("kata-mshv-vm-isolation", [undefined]) })).toEqual([]);
    expect(denialsOf(manifest, { object: pod("runc", ["1Gi"]) })).toHaveLength(1);
  });

  test("may be the only one", () => {
    expect(
      denialsOf(
        allowing(() => {}),
        { object: pod(undefined, ["1Gi"]) },
      ),
    ).toEqual([
      "pods of this namespace need a kernel of their own: write spec.runtimeClassName: kata-mshv-vm-isolation",
    ]);
  });
});
