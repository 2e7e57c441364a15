import { App } from "cdktf";
import { IsolationCheckOptions, KataRuntimeClassOptions, NetworkPeer, SandboxStack } from "../../../lib";
import { SandboxedNamespaceOptions } from "../../../lib";
import { clusterIn, KATA_POOL } from "../../support/clusters";
import { Unchecked } from "../../support/mistakes";

function sandboxIn(app = new App()) {
  const cluster = clusterIn(app);
  const pool = cluster.addKataNodePool("kata", KATA_POOL);
  return { pool, sandbox: new SandboxStack(app, "sandbox", { cluster }) };
}
const namespaceOf = (options: Unchecked<SandboxedNamespaceOptions>) => () =>
  sandboxIn().sandbox.addNamespace("untrusted", options as never);
const classOf = (options: Unchecked<KataRuntimeClassOptions>) => () =>
  sandboxIn().sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi", ...options } as never);
const checkOf = (options: Unchecked<IsolationCheckOptions>) => () =>
  sandboxIn().sandbox.addIsolationCheck("isolation", options as never);
const egressTo = (peer: unknown) => namespaceOf({ egress: [{ peer }] });

type Mistake = readonly [make: () => unknown, message: string, passes: () => unknown];

describe("quantities and names", () => {
  test.each<Mistake>([
    [
      namespaceOf({ quota: { podz: "20" } }),
      'quota has "podz", which Kubernetes does not count: did you mean pods? [sandbox/untrusted]',
      namespaceOf({ quota: { "count/deployments.apps": "20", "requests.nvidia.com/gpu": "0" } }),
    ],
    [
      namespaceOf({ quota: { limitsMemory: "20Gi" } }),
      'quota has "limitsMemory", which Kubernetes does not count: did you mean limits.memory?',
      namespaceOf({ quota: { "limits.memory": "20Gi" } }),
    ],
    [
      namespaceOf({ quota: { pods: "1.5" } }),
      'quota of pods is "1.5": write a whole number [sandbox/untrusted]',
      namespaceOf({ quota: { pods: "1k", "limits.cpu": "1.5" } }),
    ],
    [
      namespaceOf({ quota: { "limits.memory": "500m" } }),
      'quota of limits.memory is "500m", in bytes: write one such as 16Gi [sandbox/untrusted]',
      namespaceOf({ quota: { "limits.memory": "500Mi" } }),
    ],
    [
      namespaceOf({ quota: { pods: 20 } }),
      "quota.pods is the number 20: write a string [sandbox/untrusted]",
      namespaceOf({ quota: { pods: "${var.pods}" } }),
    ],
    [
      namespaceOf({ containerMemory: "256m" }),
      'containerMemory "256m" is in bytes, too little for a container: write one such as 256Mi [sandbox/untrusted]',
      namespaceOf({ containerMemory: "256M" }),
    ],
    [
      namespaceOf({ containerCpu: "1Gi" }),
      'containerCpu "1Gi" is 1073741824 CPUs: write one such as 500m [sandbox/untrusted]',
      namespaceOf({ containerCpu: "64" }),
    ],
    [
      namespaceOf({ labels: { team: 1 } }),
      "labels.team is the number 1: write a string [sandbox/untrusted]",
      namespaceOf({ labels: { team: "" } }),
    ],
    [
      namespaceOf({ annotations: { team: undefined } }),
      "annotations.team is missing (got undefined): write a string [sandbox/untrusted]",
      namespaceOf({ annotations: { team: "${var.team}" } }),
    ],
    [
      namespaceOf({ runtimeClass: {} }),
      "runtimeClass is an object of another kind: write what addRuntimeClass returned [sandbox/untrusted]",
      namespaceOf({ runtimeClass: undefined }),
    ],
    [
      egressTo(NetworkPeer.cidr(undefined as never)),
      "egress.cidr is missing (got undefined): write a plain CIDR such as 10.0.0.0/16",
      egressTo(NetworkPeer.cidr("10.0.0.0/16")),
    ],
    [
      egressTo(NetworkPeer.namespace(undefined as never)),
      "egress.namespace is missing (got undefined): write the name of a namespace [sandbox/untrusted]",
      egressTo(NetworkPeer.namespace("${var.gateway}")),
    ],
    [
      egressTo(NetworkPeer.namespace(new App() as never)),
      'egress.namespace is the construct "": write the name of a namespace',
      egressTo(NetworkPeer.namespace("gateway")),
    ],
    [
      classOf({ cpuOverhead: "250Mi" }),
      'cpuOverhead "250Mi" is 262144000 CPUs: write one such as 250m [sandbox/kata-small]',
      classOf({ cpuOverhead: "250m" }),
    ],
    [
      classOf({ tolerations: [{ key: "team", value: "a b" }] }),
      'value "a b" of a toleration is not valid: write the value of a taint [sandbox/kata-small]',
      classOf({ tolerations: [{ key: "team", value: "" }] }),
    ],
    [
      checkOf({ image: "https://example.com/busybox" }),
      'image "https://example.com/busybox" is not the name of an image: write one such as mcr.microsoft.com/cbl-mariner/busybox:2.0 [sandbox/isolation]',
      checkOf({ image: `localhost:5000/team/busybox:1.0@sha256:${"a".repeat(64)}` }),
    ],
    [checkOf({ image: "Busybox" }), 'image "Busybox" is not the name of an image', checkOf({ image: "busybox" })],
    [checkOf({ image: "" }), "image is empty: write a string, or leave it out", checkOf({ image: "${var.image}" })],
    [
      () => new SandboxStack(new App(), "sandbox", { cluster: {} as never }),
      "cluster is an object of another kind: write an AksCluster [sandbox]",
      () => sandboxIn(),
    ],
    [
      () => new SandboxStack(new App(), "my sandbox", {} as never),
      'the id "my sandbox" of the stack has a space in it: write "my-sandbox"',
      () => sandboxIn(),
    ],
  ])("%#", (make, message, passes) => {
    expect(make).toThrow(message);
    expect(passes).not.toThrow();
  });

  test("a pool that is named twice", () => {
    const { pool, sandbox } = sandboxIn();
    expect(() => sandbox.addRuntimeClass("kata", { podMemory: "1Gi", nodePools: [pool, pool] })).toThrow(
      'nodePools names node pool "cluster/aks/kata" twice: write it once [sandbox/kata]',
    );
  });
});
