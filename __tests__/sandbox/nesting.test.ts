import { App, Testing } from "cdktf";
import { Construct } from "constructs";
import { AksCluster, IsolationCheck, KataRuntimeClass, SandboxedNamespace, SandboxStack } from "../../lib";
import { clusterIn, KATA_POOL, sandboxStack } from "../support/clusters";

/** A company's own construct. */
class Team extends Construct {
  constructor(scope: Construct, id: string, cluster: AksCluster) {
    super(scope, id);
    new SandboxedNamespace(this, "work", { name: `${id}-work` });
    new IsolationCheck(this, "check", { name: `${id}-check` });
    const nodePools = [cluster.addKataNodePool(`${id}pool`, KATA_POOL)];
    new KataRuntimeClass(this, "small", { name: `${id}-small`, podMemory: "1Gi", nodePools });
  }
}

const { resource } = sandboxStack((sandbox, cluster) => {
  for (const id of ["a", "b"]) new Team(sandbox, id, cluster);
  sandbox.addRuntimeClass("shared", { podMemory: "2Gi" });
});

test("the policy admits the classes of all scopes", () => {
  const { validations } = resource.kubernetes_manifest.policy.manifest.spec;
  expect(JSON.stringify(validations)).toContain("variables.runtimeClass in ['a-small', 'b-small', 'shared']");
});

test("all checks put all classes to the test, and all namespaces come after all checks", () => {
  const jobs = Object.entries<{ metadata: { name: string; namespace: string } }>(resource.kubernetes_job_v1);
  const names = ["a-small-apool", "b-small-bpool", "shared-apool", "shared-bpool"];
  expect(jobs.map(([, { metadata }]) => `${metadata.namespace}/${metadata.name}`).sort()).toEqual(
    ["a-check", "b-check"].flatMap((namespace) => names.map((name) => `${namespace}/${name}`)),
  );
  const namespaces = Object.values<{ metadata: { name: string }; depends_on: string[] }>(
    resource.kubernetes_namespace_v1,
  ).filter(({ metadata }) => metadata.name.endsWith("-work"));
  expect(namespaces).toHaveLength(2);
  for (const { depends_on } of namespaces)
    expect(depends_on.filter((address) => address.startsWith("kubernetes_job_v1"))).toHaveLength(jobs.length);
});

test("ids of different kinds do not collide", () => {
  const { resource: same } = sandboxStack((sandbox) => {
    sandbox.addRuntimeClass("same", { podMemory: "1Gi" });
    sandbox.addNamespace("same");
    sandbox.addIsolationCheck("same", { name: "proof" });
  });
  expect(same.kubernetes_manifest).toHaveProperty("same");
  expect(same.kubernetes_namespace_v1).toHaveProperty("same");
  expect(Object.keys(same.kubernetes_namespace_v1)).toHaveLength(2);
  expect(Object.keys(same.kubernetes_limit_range_v1)).toHaveLength(2);
});

test.each([
  ["runtime class", (sandbox: SandboxStack) => sandbox.addRuntimeClass("twice", { name: "other" })],
  ["namespace", (sandbox: SandboxStack) => sandbox.addNamespace("twice", { name: "other" })],
  ["isolation check", (sandbox: SandboxStack) => sandbox.addIsolationCheck("twice", { name: "other" })],
])("two ids of one kind are refused: %s", (what, add) => {
  const app = new App();
  const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app) });
  sandbox.addRuntimeClass("twice");
  sandbox.addNamespace("twice");
  sandbox.addIsolationCheck("twice", { name: "proof" });
  expect(() => add(sandbox)).toThrow(
    `there is already a construct "twice" here: give the ${what} another id [sandbox]`,
  );
});

test("two resources of one address are refused", () => {
  expect(() =>
    sandboxStack((sandbox) => {
      sandbox.addRuntimeClass("kata", { podMemory: "1Gi" });
      sandbox.addNamespace("work");
      new SandboxedNamespace(new Construct(sandbox, "Default2"), "work", { name: "fine" });
      new SandboxedNamespace(sandbox, "work", { name: "other" });
    }),
  ).toThrow(
    '"sandbox/work" and "sandbox/work" have the same address kubernetes_namespace_v1.work: give one of them another id [sandbox/work]',
  );
});

test.each([
  ["class", (scope: Construct) => new KataRuntimeClass(scope, "x")],
  ["namespace", (scope: Construct) => new SandboxedNamespace(scope, "x")],
  ["check", (scope: Construct) => new IsolationCheck(scope, "x")],
])("a %s elsewhere is refused", (_, make) => {
  const stack = clusterIn(Testing.app()).node.scope as Construct;
  expect(() => make(stack)).toThrow("there is no SandboxStack above: declare it below a SandboxStack [cluster/x]");
});

test("a stack may be prepared twice", () => {
  const app = new App();
  const cluster = clusterIn(app);
  cluster.addKataNodePool("kata", KATA_POOL);
  const sandbox = new SandboxStack(app, "sandbox", { cluster });
  sandbox.addRuntimeClass("kata", { podMemory: "1Gi" });
  sandbox.addIsolationCheck("isolation");
  sandbox.addNamespace("untrusted");
  sandbox.prepareStack();
  const once = JSON.stringify(sandbox.toTerraform());
  sandbox.prepareStack();
  expect(JSON.stringify(sandbox.toTerraform())).toBe(once);
});
