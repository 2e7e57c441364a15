import { PodSandboxing } from "../../lib";
import { KATA_POOL, sandboxStack } from "../support/clusters";

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

test("a class tolerates dedicated pools, also those that come after it", () => {
  const { resource } = sandboxStack((sandbox, cluster) => {
    sandbox.addRuntimeClass("kata");
    cluster.addKataNodePool("kata", { ...KATA_POOL, dedicated: true });
  });
  expect(resource.kubernetes_manifest.kata.manifest.scheduling.tolerations).toEqual([
    { key: "dedicated", operator: "Equal", value: "pod-sandboxing", effect: "NoSchedule" },
  ]);
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
