import { App } from "cdktf";
import { SandboxStack } from "../../../lib";
import { SYSTEM_NAMESPACES } from "../../../lib/sandbox/system-namespaces";
import { clusterIn, KATA_POOL, sandboxStack } from "../../support/clusters";
import { writtenPolicies } from "../../support/policies";

const all = writtenPolicies((sandbox, small, cluster) => {
  sandbox.addNamespace("charts", { defaultRuntimeClass: small });
  cluster.addKataNodePool("dedicated", { ...KATA_POOL, dedicated: true });
});
const ofKind = (kind: string) => all.filter(({ manifest }) => manifest.kind === kind);
const policies = ofKind("ValidatingAdmissionPolicy");
const bindings = ofKind("ValidatingAdmissionPolicyBinding");

test("policies fail closed and their bindings deny", () => {
  const names = ["", "-dedicated-pools", "-default-deny", "-deletions", "-network-policies", "-services"].map(
    (end) => `sandbox${end}`,
  );
  expect(policies.map(({ manifest }) => manifest.metadata.name).sort()).toEqual(names);
  expect(bindings.map(({ manifest }) => manifest.spec.policyName).sort()).toEqual(names);
  for (const { manifest } of policies) expect(manifest.spec.failurePolicy).toBe("Fail");
  for (const { manifest } of bindings) expect(manifest.spec.validationActions).toEqual(["Deny"]);
});

test("bindings come first, and policies are done when a controller has seen them", () => {
  const bound = bindings.flatMap(({ depends_on = [] }) => depends_on);
  expect(bound).toEqual([]);
  for (const policy of policies) {
    expect(policy.wait).toEqual({ fields: { "status.observedGeneration": "[1-9]" } });
    expect(policy.depends_on).toEqual([expect.stringMatching(/^kubernetes_manifest\..*policy.*_binding_/)]);
  }
});

test("pods are held when they are created, changed and resized", () => {
  const [pods] = policies.filter(({ manifest }) => manifest.metadata.name === "sandbox");
  expect(pods.manifest.spec.matchConstraints.resourceRules).toMatchObject([
    { operations: ["CREATE", "UPDATE"], resources: ["pods"] },
    { operations: ["UPDATE"], resources: ["pods/resize"] },
  ]);
});

test("bindings hold labelled namespaces that are not the cluster's own", () => {
  for (const { manifest } of bindings.filter(({ manifest }) => manifest.metadata.name !== "sandbox-dedicated-pools"))
    expect(manifest.spec.matchResources.namespaceSelector).toEqual({
      matchLabels: { "pod-sandboxing/policy": "sandbox" },
      matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: [...SYSTEM_NAMESPACES] }],
    });
  expect([...SYSTEM_NAMESPACES]).toEqual([...SYSTEM_NAMESPACES].sort());
});

test("an expression that is long is split into variables", () => {
  const long = policies
    .flatMap(({ manifest: { spec } }) => [...spec.variables, ...spec.validations])
    .map(({ expression }) => expression)
    .filter((expression: string) => expression.length > 200);
  expect(long).toEqual([]);
});

describe("edits by hand", () => {
  test("of what is written are taken back", () => {
    for (const { field_manager } of all) expect(field_manager).toEqual({ force_conflicts: true });
  });

  test.each([
    ["ValidatingAdmissionPolicy", ["matchConditions", "paramKind.kind", "matchConstraints.excludeResourceRules"]],
    ["ValidatingAdmissionPolicy", selectors("matchConstraints.objectSelector")],
    ["ValidatingAdmissionPolicy", selectors("matchConstraints.namespaceSelector")],
    ["ValidatingAdmissionPolicyBinding", ["matchResources.resourceRules", "matchResources.excludeResourceRules"]],
    ["ValidatingAdmissionPolicyBinding", selectors("matchResources.objectSelector")],
    ["MutatingAdmissionPolicy", selectors("matchConstraints.objectSelector")],
    ["MutatingAdmissionPolicyBinding", selectors("matchResources.objectSelector")],
  ])("of a %s that exempt objects fail the plan: %s", (kind, fields) => {
    expect(ofKind(kind)).not.toEqual([]);
    for (const { manifest, lifecycle } of ofKind(kind)) {
      const [{ condition, error_message }] = lifecycle.postcondition;
      const written = Object.keys(manifest.spec).map((field) => `${field}.kind`);
      for (const field of fields.filter((field) => !written.includes(field)))
        expect(condition).toContain(`try(self.object.spec.${field}, null) == null`);
      expect(error_message).toContain(`${kind} ${manifest.metadata.name} was edited by hand`);
    }
  });
});

function selectors(selector: string): string[] {
  return [`${selector}.matchLabels`, `${selector}.matchExpressions`];
}

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
