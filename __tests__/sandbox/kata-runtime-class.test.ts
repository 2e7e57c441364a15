import { App } from "cdktf";
import { AksCluster, ClusterStack, PodSandboxing, SandboxStack } from "../../lib";
import { CLUSTER, clusterIn, KATA_POOL, sandboxStack } from "../support/clusters";
import { synthesise } from "../support/synth";

test("a class has a handler, the overhead of its pods and the nodes of its release", () => {
  const { resource } = sandboxStack((sandbox) => sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" }));
  expect(resource.kubernetes_manifest["kata-small"].manifest).toEqual({
    apiVersion: "node.k8s.io/v1",
    kind: "RuntimeClass",
    metadata: { name: "kata-small" },
    handler: "kata",
    overhead: { podFixed: { memory: "128Mi" } },
    scheduling: { nodeSelector: { "kubernetes.azure.com/kata-mshv-vm-isolation": "true" } },
  });
});

test("a class of GA selects the nodes of GA", () => {
  const { resource } = sandboxStack((sandbox) => sandbox.addRuntimeClass("kata"), { podSandboxing: PodSandboxing.GA });
  expect(resource.kubernetes_manifest.kata.manifest.scheduling).toEqual({
    nodeSelector: { "kubernetes.azure.com/kata-vm-isolation": "true" },
  });
});

test("edits by hand of a class are taken back", () => {
  const { resource } = sandboxStack((sandbox) => sandbox.addRuntimeClass("kata", { podMemory: "1Gi" }));
  expect(resource.kubernetes_manifest.kata.field_manager).toEqual({ force_conflicts: true });
});

test("a class tolerates dedicated pools, also those that come after it", () => {
  const { resource } = sandboxStack((sandbox, cluster) => {
    sandbox.addRuntimeClass("kata");
    cluster.addKataNodePool("kata", { ...KATA_POOL, dedicated: true });
  });
  expect(resource.kubernetes_manifest.kata.manifest.scheduling.tolerations).toEqual([
    { key: "dedicated", operator: "Equal", value: "pod-sandboxing", effect: "NoSchedule" },
  ]);
});

test("a class tolerates the taints of its pools, and what it is told to", () => {
  const { resource } = sandboxStack((sandbox, cluster) => {
    const one = cluster.addKataNodePool("one", { ...KATA_POOL, nodeTaints: ["team=a:NoSchedule", "gpu:NoExecute"] });
    const two = cluster.addKataNodePool("two", { ...KATA_POOL, nodeTaints: ["team=b:NoSchedule", "gpu:NoExecute"] });
    sandbox.addRuntimeClass("all", { podMemory: "1Gi" });
    sandbox.addRuntimeClass("bound", { podMemory: "1Gi", nodePools: [one] });
    sandbox.addRuntimeClass("told", {
      podMemory: "1Gi",
      nodePools: [two],
      tolerations: [{ key: "late", operator: "Exists" }],
    });
  });
  const tolerations = (id: string) => resource.kubernetes_manifest[id].manifest.scheduling.tolerations;
  const team = (value: string) => ({ key: "team", operator: "Equal", value, effect: "NoSchedule" });
  const gpu = { key: "gpu", operator: "Exists", effect: "NoExecute" };
  expect(tolerations("all")).toEqual([team("a"), gpu, team("b")]);
  expect(tolerations("bound")).toEqual([team("a"), gpu]);
  expect(tolerations("told")).toEqual([team("b"), gpu, { key: "late", operator: "Exists" }]);
});

test("a toleration that a class is told beside the taint of its pool is there once, as Kubernetes refuses it twice", () => {
  const own = { key: "gpu", operator: "Exists", effect: "NoExecute", tolerationSeconds: 60 } as const;
  const { resource } = sandboxStack((sandbox, cluster) => {
    cluster.addKataNodePool("kata", { ...KATA_POOL, nodeTaints: ["gpu:NoExecute", "team=a:NoSchedule"] });
    sandbox.addRuntimeClass("kata", { tolerations: [own, { key: "team", value: "a", effect: "NoSchedule" }] });
  });
  expect(resource.kubernetes_manifest.kata.manifest.scheduling.tolerations).toEqual([
    own,
    { key: "team", value: "a", effect: "NoSchedule" },
  ]);
});

test("a class may have annotations", () => {
  const { resource } = sandboxStack((sandbox) => {
    const annotations = { "example.com/owner": "a" };
    sandbox.addRuntimeClass("kata", { podMemory: "1Gi", annotations });
    sandbox.addRuntimeClass("plain", { scheduling: false, annotations });
  });
  const metadata = (name: string) => ({ name, annotations: { "example.com/owner": "a" } });
  expect(resource.kubernetes_manifest.kata.manifest.metadata).toEqual(metadata("kata"));
  expect(resource.kubernetes_runtime_class_v1.plain.metadata).toEqual(metadata("plain"));
});

test("a class without overhead and scheduling is the typed resource", () => {
  const { resource } = sandboxStack((sandbox) => sandbox.addRuntimeClass("plain", { scheduling: false }));
  expect(resource).toEqual({
    kubernetes_runtime_class_v1: {
      plain: expect.objectContaining({ handler: "kata", metadata: { name: "plain" } }),
    },
  });
});

test("a class may have overhead alone", () => {
  const { resource } = sandboxStack((sandbox) => {
    sandbox.addRuntimeClass("kata", { name: "sized", podMemory: "8Gi", scheduling: false });
  });
  const { manifest } = resource.kubernetes_manifest.kata;
  expect(manifest).toMatchObject({ metadata: { name: "sized" }, overhead: { podFixed: { memory: "512Mi" } } });
  expect(manifest).not.toHaveProperty("scheduling");
});

describe("bound to node pools", () => {
  test("a class of one pool selects it by AKS's label and tolerates only its taint", () => {
    const { resource } = sandboxStack((sandbox, cluster) => {
      const kata = cluster.addKataNodePool("kata", KATA_POOL);
      cluster.addKataNodePool("other", { ...KATA_POOL, dedicated: true });
      sandbox.addRuntimeClass("bound", { nodePools: [kata] });
    });
    expect(resource.kubernetes_manifest.bound.manifest.scheduling).toEqual({
      nodeSelector: {
        "kubernetes.azure.com/kata-mshv-vm-isolation": "true",
        "kubernetes.azure.com/agentpool": "kata",
      },
    });
  });

  test("a class of several pools labels them", () => {
    const stacks = synthesise((app) => {
      const cluster = clusterIn(app);
      const pools = ["one", "two"].map((id) =>
        cluster.addKataNodePool(id, { ...KATA_POOL, nodeLabels: { team: "a" } }),
      );
      new SandboxStack(app, "sandbox", { cluster }).addRuntimeClass("bound", { nodePools: pools });
    });
    const { nodeSelector } = JSON.parse(stacks.sandbox).resource.kubernetes_manifest.bound.manifest.scheduling;
    expect(nodeSelector).toMatchObject({ "pod-sandboxing/bound": "true" });
    for (const pool of Object.values(JSON.parse(stacks.cluster).resource.azurerm_kubernetes_cluster_node_pool)) {
      expect(pool).toMatchObject({ node_labels: { team: "a", "pod-sandboxing/bound": "true" } });
    }
  });

  test("a pool of another cluster is refused", () => {
    const app = new App();
    const cluster = clusterIn(app);
    const other = new AksCluster(new ClusterStack(app, "elsewhere"), "aks", CLUSTER);
    const pool = other.addKataNodePool("kata", KATA_POOL);
    const sandbox = new SandboxStack(app, "sandbox", { cluster });
    expect(() => sandbox.addRuntimeClass("bound", { nodePools: [pool] })).toThrow(
      'node pool "elsewhere/aks/kata" is not a kata node pool of the stack\'s cluster: add it with addKataNodePool or leave it out [sandbox/bound]',
    );
  });
});

test("overhead may have CPU", () => {
  const { resource } = sandboxStack((sandbox) =>
    sandbox.addRuntimeClass("kata", { podMemory: "1Gi", cpuOverhead: "0.25" }),
  );
  expect(resource.kubernetes_manifest.kata.manifest.overhead).toEqual({ podFixed: { memory: "128Mi", cpu: "250m" } });
});
