import { App, Token } from "cdktf";
import { SandboxStack } from "../../../lib";
import { ISOLATION_CHECK_RULES, ISOLATION_JOB_RULES } from "../../../lib/sandbox/rules/isolation-check-rules";
import { NAMESPACE_RULES } from "../../../lib/sandbox/rules/namespace-rules";
import { NETWORK_OPENING_RULES } from "../../../lib/sandbox/rules/network-opening-rules";
import { RUNTIME_CLASS_RULES } from "../../../lib/sandbox/rules/runtime-class-rules";
import * as declared from "../../../lib/sandbox/rules/sandbox-rules";
import { TOLERATION_RULES } from "../../../lib/sandbox/rules/toleration-rules";
import { clusterIn, KATA_POOL } from "../../support/clusters";
import { synthesise } from "../../support/synth";

describe("before anything is written, a stack is refused", () => {
  test.each([
    ["cluster name", { name: "${var.name}" }],
    ["resource group name", { resourceGroup: { name: Token.asString({ ref: 1 }), location: "eastus" } }],
  ])("a sandbox stack whose cluster has no plain %s", (what, props) => {
    const app = new App();
    const cluster = clusterIn(app, props);
    expect(() => new SandboxStack(app, "sandbox", { cluster })).toThrow(
      `the ${what} of "cluster/aks" is known only after apply: write it as a plain string, because the sandbox stack finds the cluster by its name [sandbox]`,
    );
  });

  function synth(build: (sandbox: SandboxStack) => void, withPool = true) {
    return () =>
      synthesise((app) => {
        const cluster = clusterIn(app);
        build(new SandboxStack(app, "sandbox", { cluster }));
        if (withPool) cluster.addKataNodePool("kata", KATA_POOL);
      });
  }

  test("with a class and no kata node pool", () => {
    expect(synth((sandbox) => sandbox.addRuntimeClass("kata", { podMemory: "1Gi" }), false)).toThrow(
      'runtime class "kata" has no node to run on, because the cluster has no kata node pool: add one with addKataNodePool [sandbox/kata]',
    );
    expect(synth((sandbox) => sandbox.addRuntimeClass("kata", { podMemory: "1Gi" }))).not.toThrow();
  });

  test("with a namespace and no class", () => {
    expect(synth((sandbox) => sandbox.addNamespace("untrusted"))).toThrow(
      'namespace "untrusted" admits no pod, because the stack has no runtime class: add one with addRuntimeClass [sandbox/untrusted]',
    );
  });

  test("with a namespace whose containers get more memory than every class has", () => {
    const build = (sizes: readonly (string | undefined)[]) => (sandbox: SandboxStack) => {
      sandbox.addNamespace("untrusted", { containerMemory: "2Gi" });
      sizes.forEach((podMemory, i) => sandbox.addRuntimeClass(`kata${i}`, { podMemory }));
    };
    expect(synth(build(["512Mi", "1Gi"]))).toThrow(
      'containerMemory "2Gi" is more than every runtime class has: lower it or add a larger class [sandbox/untrusted]',
    );
    expect(synth(build(["512Mi", "2Gi"]))).not.toThrow();
    expect(synth(build(["512Mi", undefined]))).not.toThrow();
  });

  test("with a namespace whose Pod Security was lowered", () => {
    const lower = (level: string) => (sandbox: SandboxStack) => {
      sandbox.addRuntimeClass("kata", { podMemory: "1Gi" });
      sandbox.addNamespace("untrusted").resource.metadata.labels = { "pod-security.kubernetes.io/enforce": level };
    };
    expect(synth(lower("baseline"))).toThrow(
      'Pod Security of namespace "untrusted" is baseline: leave it at restricted [sandbox/untrusted]',
    );
    expect(synth(lower("restricted"))).not.toThrow();
    expect(
      synth((sandbox) => {
        sandbox.addRuntimeClass("kata", { podMemory: "1Gi" });
        sandbox.addNamespace("untrusted").resource.addOverride("metadata", [{ name: "untrusted" }]);
      }),
    ).toThrow('Pod Security of namespace "untrusted" is not set');
  });
});

test("the class of AKS serves where it is allowed", () => {
  expect(() =>
    synthesise((app) => {
      const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app), allowBuiltInRuntimeClass: true });
      sandbox.addNamespace("untrusted", { containerMemory: "2Gi" });
    }),
  ).not.toThrow();
});

test.each([
  ["without", false, 1],
  ["with", true, 0],
])("a namespace %s an isolation check", (_, hasCheck, warnings) => {
  let found: unknown[] = [];
  synthesise((app) => {
    const cluster = clusterIn(app);
    cluster.addKataNodePool("kata", KATA_POOL);
    const sandbox = new SandboxStack(app, "sandbox", { cluster });
    sandbox.addRuntimeClass("kata", { podMemory: "1Gi" });
    if (hasCheck) sandbox.addIsolationCheck("isolation");
    const { node } = sandbox.addNamespace("untrusted");
    sandbox.prepareStack();
    found = node.metadata.filter(({ data }) => String(data).includes("before isolation is proved"));
  });
  expect(found).toHaveLength(warnings);
});

test.each([
  ["64Mi", true],
  ["128M", true],
  ["128Mi", false],
])("containers of %s that say nothing are warned of: %s", (containerMemory, warned) => {
  const app = new App();
  const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app) });
  const { node } = sandbox.addNamespace("untrusted", { containerMemory });
  const found = node.metadata.map(({ data }) => data).filter((data) => String(data).startsWith("containerMemory"));
  const message = `containerMemory "${containerMemory}" is less than the 128Mi of the smallest VM, so that a pod of one container that says nothing is denied: raise it`;
  expect(found).toEqual(warned ? [message] : []);
});

describe("two sandbox stacks of one cluster", () => {
  function stacks() {
    const app = new App();
    const cluster = clusterIn(app);
    return ["one", "two"].map((id) => new SandboxStack(app, id, { cluster }));
  }

  test("cannot have the same class", () => {
    const [one, two] = stacks();
    one.addRuntimeClass("kata");
    expect(() => two.addRuntimeClass("kata")).toThrow(
      'RuntimeClass name "kata" is already in use on this cluster: choose another one [two/kata]',
    );
  });

  test("cannot have the same namespace, that of a check included", () => {
    const [one, two] = stacks();
    one.addNamespace("untrusted");
    one.addIsolationCheck("isolation");
    for (const id of ["untrusted", "isolation"])
      expect(() => two.addNamespace(id)).toThrow(
        `namespace "${id}" is already on this cluster: choose another name [two/${id}]`,
      );
  });

  test("cannot have the same names beside one that is known only after apply", () => {
    const [one, two] = stacks();
    one.addNamespace("late", { name: "${var.name}" });
    one.addRuntimeClass("late", { name: "${var.name}" });
    one.addNamespace("untrusted");
    one.addRuntimeClass("kata");
    expect(() => two.addNamespace("untrusted")).toThrow("is already on this cluster");
    expect(() => two.addRuntimeClass("kata")).toThrow("is already in use on this cluster");
  });

  test("cannot use each other's classes", () => {
    const [one, two] = stacks();
    const foreign = one.addRuntimeClass("kata");
    const message =
      'runtime class "kata" is not in this stack: write what addRuntimeClass of this stack returned [two/untrusted]';
    expect(() => two.addNamespace("untrusted", { runtimeClass: foreign })).toThrow(message);
  });
});

test("every rule has a source", () => {
  const rules = [
    ...RUNTIME_CLASS_RULES,
    ...TOLERATION_RULES,
    ...NAMESPACE_RULES,
    ...NETWORK_OPENING_RULES,
    ...ISOLATION_CHECK_RULES,
    ...ISOLATION_JOB_RULES,
    ...Object.values(declared).flat(),
  ] as readonly { readonly source: string }[];
  expect(rules.length).toBeGreaterThan(40);
  expect(rules.filter(({ source }) => !/[a-z]/.test(source))).toEqual([]);
});
