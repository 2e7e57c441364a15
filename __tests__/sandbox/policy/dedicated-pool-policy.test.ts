import { AksClusterProps, SandboxStack } from "../../../lib";
import { denialsOf } from "../../support/cel";
import { clusterIn, KATA_POOL, sandboxStack } from "../../support/clusters";
import { pod } from "../../support/pods";
import { synthesiseStack } from "../../support/synth";

const DENIED =
  "nodes with the taint dedicated=pod-sandboxing are for pods with a kernel of their own: remove the toleration, write spec.runtimeClassName: kata, " +
  "or label the namespace pod-sandboxing/node-agents=true if its pods belong on every node";
const TAINT = { key: "dedicated", operator: "Equal", value: "pod-sandboxing", effect: "NoSchedule" };

function manifestsOf(dedicated: boolean, props: Partial<AksClusterProps> = {}) {
  return sandboxStack((sandbox, cluster) => {
    sandbox.addRuntimeClass("kata");
    cluster.addKataNodePool("pool", { ...KATA_POOL, dedicated });
  }, props).resource.kubernetes_manifest;
}

const { "dedicated-pool-policy": policy, ...others } = manifestsOf(true);

describe("an ordinary pod that tolerates", () => {
  test.each<[string, object, readonly string[]]>([
    ["the taint", TAINT, [DENIED]],
    ["everything", { operator: "Exists" }, [DENIED]],
    ["all taints of an effect", { operator: "Exists", effect: "NoSchedule" }, [DENIED]],
    ["the key", { key: "dedicated", operator: "Exists" }, [DENIED]],
    ["the value in all effects", { key: "dedicated", value: "pod-sandboxing" }, [DENIED]],
    ["empty words", { key: "", operator: "Exists", effect: "" }, [DENIED]],
    ["another effect", { operator: "Exists", effect: "NoExecute" }, []],
    ["another key", { key: "gpu", operator: "Exists" }, []],
    ["another value", { key: "dedicated", operator: "Equal", value: "gpu" }, []],
  ])("%s", (_, toleration, denials) => {
    const object = pod(undefined, [undefined], { tolerations: [{ key: "other" }, toleration] });
    expect(denialsOf(policy.manifest, { object })).toEqual(denials);
  });

  test("nothing", () => {
    expect(denialsOf(policy.manifest, { object: pod(undefined, [undefined]) })).toEqual([]);
  });

  test("everything, later", () => {
    const object = pod(undefined, [undefined], { tolerations: [{ operator: "Exists" }] });
    const request = { operation: "UPDATE" };
    expect(denialsOf(policy.manifest, { object, oldObject: pod(undefined, []), request })).toEqual([DENIED]);
    expect(denialsOf(policy.manifest, { object, oldObject: object, request })).toEqual([]);
  });

  test("everything, on behalf of whoever may update the policy", () => {
    const object = pod(undefined, [undefined], { tolerations: [{ operator: "Exists" }] });
    const rights = ["admissionregistration.k8s.io validatingadmissionpolicies sandbox-dedicated-pools update"];
    expect(denialsOf(policy.manifest, { object, rights })).toEqual([]);
  });
});

test.each(["kata", "kata-vm-isolation", "kata-mshv-vm-isolation"])("a pod of class %s is let in", (name) => {
  expect(denialsOf(policy.manifest, { object: pod(name, [undefined], { tolerations: [TAINT] }) })).toEqual([]);
});

describe("an ordinary pod that names", () => {
  const NAMES_NODE =
    "nodes of a dedicated pool are for pods with a kernel of their own: remove spec.nodeName, write spec.runtimeClassName: kata, " +
    "or label the namespace pod-sandboxing/node-agents=true if its pods belong on every node";

  test.each<[string, string, readonly string[]]>([
    ["a dedicated node", "aks-pool-12345678-vmss000000", [NAMES_NODE]],
    ["a node of another pool", "aks-pool2-12345678-vmss000000", []],
    ["no node", "", []],
  ])("%s", (_, nodeName, denials) => {
    const object = pod(undefined, [undefined], { nodeName });
    expect(denialsOf(policy.manifest, { object })).toEqual(denials);
    expect(denialsOf(policy.manifest, { object, oldObject: object, request: { operation: "UPDATE" } })).toEqual([]);
  });

  test("a dedicated node, and a class of its own", () => {
    const object = pod("kata", [undefined], { nodeName: "aks-pool-12345678-vmss000000" });
    expect(denialsOf(policy.manifest, { object })).toEqual([]);
  });
});

test("looks at all namespaces but the cluster's own and those of agents", () => {
  const binding = Object.values<typeof policy>(others).find(
    ({ manifest }) => manifest.metadata.name === "sandbox-dedicated-pools",
  );
  const [names, label] = binding.manifest.spec.matchResources.namespaceSelector.matchExpressions;
  expect(names).toMatchObject({
    operator: "NotIn",
    values: expect.arrayContaining(["kube-system", "tigera-operator"]),
  });
  expect(names.values).not.toContain("default");
  expect(label).toEqual({ key: "pod-sandboxing/node-agents", operator: "NotIn", values: ["true"] });
});

test("is there only where a pool is dedicated", () => {
  expect(manifestsOf(false)).not.toHaveProperty("dedicated-pool-policy");
});

test("knows the classes of all sandbox stacks of the cluster", () => {
  const { resource } = synthesiseStack("first", (app) => {
    const cluster = clusterIn(app);
    new SandboxStack(app, "first", { cluster }).addRuntimeClass("kata");
    new SandboxStack(app, "second", { cluster }).addRuntimeClass("other");
    cluster.addKataNodePool("pool", { ...KATA_POOL, dedicated: true });
  });
  const object = pod("other", [undefined], { tolerations: [TAINT] });
  expect(denialsOf(resource.kubernetes_manifest["dedicated-pool-policy"].manifest, { object })).toEqual([]);
});

test("needs Kubernetes 1.30", () => {
  expect(() => manifestsOf(true, { kubernetesVersion: "1.29.4" })).toThrow(
    'Kubernetes version "1.29.4" has no ValidatingAdmissionPolicy',
  );
});
