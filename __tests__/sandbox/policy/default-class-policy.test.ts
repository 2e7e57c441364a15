import { App } from "cdktf";
import { SandboxedNamespaceOptions, SandboxStack } from "../../../lib";
import { clusterIn, sandboxStack } from "../../support/clusters";

const stackWith = (defaults: number) =>
  sandboxStack((sandbox) => {
    const small = sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
    for (let i = 0; i < defaults; i++) sandbox.addNamespace(`charts${i}`, { defaultRuntimeClass: small });
    sandbox.addNamespace("untrusted");
  }).resource;

function find(kind: string, defaults = 1) {
  const manifests = Object.values<{ manifest: { kind: string } }>(stackWith(defaults).kubernetes_manifest);
  return manifests.filter(({ manifest }) => manifest.kind === kind).map(({ manifest }) => manifest);
}

test("a policy gives pods without a class that of their namespace", () => {
  expect(find("MutatingAdmissionPolicy")).toEqual([
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "MutatingAdmissionPolicy",
      metadata: { name: "sandbox-default-class" },
      spec: {
        failurePolicy: "Fail",
        reinvocationPolicy: "IfNeeded",
        matchConstraints: {
          matchPolicy: "Equivalent",
          resourceRules: [
            { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"], scope: "*" },
          ],
        },
        matchConditions: [
          {
            name: "has-no-class",
            expression: "!has(object.spec.runtimeClassName) || object.spec.runtimeClassName == ''",
          },
        ],
        mutations: [
          {
            patchType: "ApplyConfiguration",
            applyConfiguration: {
              expression:
                "has(namespaceObject.metadata.annotations) && 'pod-sandboxing/default-runtime-class' in namespaceObject.metadata.annotations ? Object{spec: Object.spec{runtimeClassName: namespaceObject.metadata.annotations['pod-sandboxing/default-runtime-class']}} : Object{}",
            },
          },
        ],
      },
    },
  ]);
  expect(find("MutatingAdmissionPolicyBinding")).toMatchObject([
    {
      spec: {
        policyName: "sandbox-default-class",
        matchResources: { namespaceSelector: { matchLabels: { "pod-sandboxing/policy": "sandbox" } } },
      },
    },
  ]);
});

test("one policy serves all namespaces, each of which names its class and waits for the policy", () => {
  expect(find("MutatingAdmissionPolicy", 2)).toHaveLength(1);
  const { kubernetes_namespace_v1: namespaces } = stackWith(2);
  for (const name of ["charts0", "charts1"]) {
    expect(namespaces[name].metadata.annotations).toEqual({ "pod-sandboxing/default-runtime-class": "kata-small" });
    expect(namespaces[name].depends_on).toContainEqual(expect.stringMatching(/policy_default-class_binding/));
  }
});

test("without a default class there is no such policy", () => {
  expect(find("MutatingAdmissionPolicy", 0)).toEqual([]);
});

describe("is refused", () => {
  const add = (options: object, kubernetesVersion?: string) => () => {
    const app = new App();
    const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app, { kubernetesVersion }) });
    const [small, large] = ["kata-small", "kata-large"].map((name) => sandbox.addRuntimeClass(name));
    const classes = { defaultRuntimeClass: small, runtimeClass: large };
    sandbox.addNamespace(
      "charts",
      Object.fromEntries(
        Object.entries(options).map(([k, v]) => [k, v ?? classes[k as keyof typeof classes]]),
      ) as SandboxedNamespaceOptions,
    );
  };

  test.each<[string, object, string | undefined, string]>([
    [
      "below Kubernetes 1.36",
      { defaultRuntimeClass: undefined },
      "1.35.4",
      'Kubernetes version "1.35.4" has no MutatingAdmissionPolicy, which defaultRuntimeClass needs: use 1.36 or later, or write runtimeClassName in every pod [sandbox/charts]',
    ],
    [
      "beside another class that pods have to use",
      { defaultRuntimeClass: undefined, runtimeClass: undefined },
      "1.36",
      'defaultRuntimeClass "kata-small" is not the class "kata-large" that the namespace\'s pods have to use: write the same class [sandbox/charts]',
    ],
    [
      "a type of Service that cannot be opened",
      { serviceTypes: ["ClusterIP"] },
      undefined,
      'serviceTypes ["ClusterIP"] has a type that cannot be opened: write LoadBalancer or NodePort [sandbox/charts]',
    ],
    [
      "no time",
      { maxTerminationGracePeriodSeconds: 0.5 },
      undefined,
      "maxTerminationGracePeriodSeconds 0.5 is no time: write a whole number of seconds such as 600 [sandbox/charts]",
    ],
  ])("%s", (_, options, version, message) => {
    expect(add(options, version)).toThrow(message);
  });

  test.each(["1.36", undefined])("not with Kubernetes %s", (version) => {
    expect(add({ defaultRuntimeClass: undefined }, version)).not.toThrow();
  });
});
