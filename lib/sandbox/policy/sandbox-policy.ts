import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { PodSandboxing } from "../../pod-sandboxing";
import { check } from "../../validation/check";
import { bytes } from "../../validation/quantity";
import type { IKataRuntimeClass } from "../i-kata-runtime-class";
import { POLICY_RULES } from "../rules/policy-rules";
import { SYSTEM_NAMESPACES } from "../system-namespaces";
import type { NamespacePolicyOptions } from "./namespace-policy-options";
import { annotationsOf, CLASS_ANNOTATION, POLICY_LABEL } from "./policy-names";

export { CLASS_ANNOTATION, POLICY_LABEL };

export interface SandboxPolicyProps {
  /** Name of the policy and its binding in Kubernetes. */
  readonly name: string;
  readonly podSandboxing: PodSandboxing;
  /** As pinned on the cluster. */
  readonly kubernetesVersion?: string;
  readonly allowBuiltInRuntimeClass: boolean;
  /** Asked at synth, as classes and namespaces may come after the policy. */
  readonly runtimeClasses: () => readonly IKataRuntimeClass[];
  /** Whether a namespace names the class of its pods; asked at synth. */
  readonly namespacesNameClasses: () => boolean;
}

/**
 * A ValidatingAdmissionPolicy that keeps pods without a kernel of their own out of the namespaces with its label.
 *
 * It denies pods whose runtime class is none of the stack's, pods on the host's network, and pods of a sized class
 * whose containers (init and sidecar containers included) lack a memory limit or together have more than the class.
 *
 * @throws if the cluster is pinned to a Kubernetes version before 1.30
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export class SandboxPolicy extends Construct {
  readonly name: string;
  readonly resource: Manifest;
  readonly binding: Manifest;
  /** All policies and bindings that have to be there before a pod is created. */
  readonly parts: ITerraformDependable[];
  /** Labels that put a namespace under the policies, and a NetworkPolicy out of reach of the namespace's own users. */
  readonly namespaceLabels: { readonly [name: string]: string };

  constructor(scope: Construct, id: string, props: SandboxPolicyProps) {
    super(scope, id);
    const { name } = props;
    this.name = name;
    check(this, POLICY_RULES, { name, kubernetesVersion: props.kubernetesVersion });

    this.resource = new Manifest(this, "Default", {
      manifest: {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingAdmissionPolicy",
        metadata: { name },
        spec: {
          failurePolicy: "Fail",
          matchConstraints: {
            resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
          },
          variables: Lazy.anyValue({ produce: () => variablesFor(props) }),
          validations: Lazy.anyValue({ produce: () => validationsFor(props) }),
        },
      },
    });
    this.binding = new Manifest(this, "binding", {
      manifest: {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingAdmissionPolicyBinding",
        metadata: { name },
        spec: {
          policyName: name,
          validationActions: ["Deny"],
          matchResources: {
            namespaceSelector: {
              matchLabels: { [POLICY_LABEL]: name },
              matchExpressions: [
                { key: "kubernetes.io/metadata.name", operator: "NotIn", values: [...SYSTEM_NAMESPACES] },
              ],
            },
          },
        },
      },
      dependsOn: [this.resource],
    });
    this.parts = [this.resource, this.binding];
    this.namespaceLabels = { [POLICY_LABEL]: name };
  }

  /**
   * Returns the annotations from which the policies read what a namespace may have, and adds the policy that sets the
   * default class if the namespace has one.
   */
  namespaceAnnotations(options: NamespacePolicyOptions): { [name: string]: string } | undefined {
    return annotationsOf(options);
  }
}

interface Variable {
  readonly name: string;
  readonly expression: string;
}

interface Validation {
  readonly expression: string;
  readonly message?: string;
  readonly messageExpression?: string;
}

/** What has a memory limit of its own: containers, and init containers, among them sidecars. */
const CONTAINER_LISTS = ["object.spec.containers", "object.spec.initContainers"];

const HAVE_MEMORY_LIMITS = CONTAINER_LISTS.map(
  (list) =>
    `(!has(${list}) || ${list}.all(c, has(c.resources) && has(c.resources.limits) && 'memory' in c.resources.limits))`,
).join(" && ");

const SUM_OF_MEMORY_LIMITS = CONTAINER_LISTS.map(
  (list) =>
    `(has(${list}) ? ${list}.map(c, quantity(string(c.resources.limits['memory'])).asApproximateFloat()).sum() : 0.0)`,
).join(" + ");

function variablesFor(props: SandboxPolicyProps): Variable[] {
  const sized = props.runtimeClasses().filter(({ podMemory }) => podMemory !== undefined);
  const memory = sized.map(
    ({ runtimeClassName, podMemory }) => `'${runtimeClassName}': ${bytes(podMemory!)!.toFixed(1)}`,
  );
  const quantities = sized.map(({ runtimeClassName, podMemory }) => `'${runtimeClassName}': '${podMemory}'`);
  const runtimeClass: Variable = {
    name: "runtimeClass",
    expression: "has(object.spec.runtimeClassName) ? object.spec.runtimeClassName : ''",
  };
  if (sized.length === 0) return [runtimeClass];
  return [
    runtimeClass,
    { name: "podMemory", expression: `{${quantities.join(", ")}}` },
    { name: "podMemoryBytes", expression: `{${memory.join(", ")}}` },
    { name: "isSized", expression: "variables.runtimeClass in variables.podMemoryBytes" },
    { name: "hasMemoryLimits", expression: HAVE_MEMORY_LIMITS },
  ];
}

function validationsFor(props: SandboxPolicyProps): Validation[] {
  const names = props.runtimeClasses().map(({ runtimeClassName }) => runtimeClassName);
  if (props.allowBuiltInRuntimeClass) names.push(props.podSandboxing.builtInRuntimeClass);
  const list = names.map((name) => `'${name}'`).join(", ");
  const validations: Validation[] = [
    {
      expression: `variables.runtimeClass in [${list}]`,
      message: names.length
        ? `pods of this namespace need a kernel of their own: write spec.runtimeClassName: ${names.join(" or ")}`
        : "pods of this namespace need a kernel of their own, and there is no runtime class for it yet",
    },
    {
      expression: "!has(object.spec.hostNetwork) || object.spec.hostNetwork == false",
      message: "pods with a kernel of their own cannot use the host's network: remove spec.hostNetwork",
    },
  ];
  if (props.runtimeClasses().some(({ podMemory }) => podMemory !== undefined)) {
    validations.push(
      {
        expression: "!variables.isSized || variables.hasMemoryLimits",
        message:
          "the memory limits of a pod are the size of its VM: write resources.limits.memory for every container, init containers included",
      },
      {
        expression: `!variables.isSized || !variables.hasMemoryLimits || ${SUM_OF_MEMORY_LIMITS} <= variables.podMemoryBytes[variables.runtimeClass]`,
        messageExpression:
          "'the memory limits of all containers, init containers included, are more than the ' + variables.podMemory[variables.runtimeClass] + ' of runtime class ' + variables.runtimeClass + ': lower resources.limits.memory or use a larger class'",
      },
    );
  }
  if (props.namespacesNameClasses()) {
    const annotations = "namespaceObject.metadata.annotations";
    validations.push({
      expression: `!has(${annotations}) || !('${CLASS_ANNOTATION}' in ${annotations}) || variables.runtimeClass == ${annotations}['${CLASS_ANNOTATION}']`,
      messageExpression: `'pods of this namespace use one runtime class: write spec.runtimeClassName: ' + ${annotations}['${CLASS_ANNOTATION}']`,
    });
  }
  return validations;
}
