import { ITerraformDependable } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { PodSandboxing } from "../../pod-sandboxing";
import { check } from "../../validation/check";
import type { IKataRuntimeClass } from "../i-kata-runtime-class";
import { NAMESPACE_OPTION_RULES, POLICY_RULES } from "../rules/policy-rules";
import { SYSTEM_NAMESPACES } from "../system-namespaces";
import { AdmissionPolicy, ResourceRule } from "./admission-policy";
import { Validation, where } from "./cel";
import {
  DEFAULT_DENY_DELETIONS,
  DEFAULT_DENY_PARAMS,
  DEFAULT_DENY_VALIDATIONS,
  DEFAULT_DENY_VARIABLES,
} from "./default-deny-rules";
import { DefaultClassPolicy } from "./default-class-policy";
import type { NamespacePolicyOptions } from "./namespace-policy-options";
import { NETWORK_POLICIES, NETWORK_POLICY_VALIDATIONS, networkPolicyVariables } from "./network-policy-rules";
import { POD_DELETION_VALIDATIONS, POD_DELETION_VARIABLES, POD_DELETIONS } from "./pod-deletion-rules";
import { MEMORY_VALIDATIONS, memoryVariables } from "./pod-memory";
import {
  ANNOTATION_VALIDATIONS,
  classValidations,
  CREATION_VALIDATIONS,
  NAMESPACE_CLASS_VALIDATION,
  POD_VARIABLES,
} from "./pod-rules";
import { REQUEST_VALIDATIONS, REQUEST_VARIABLES } from "./pod-requests";
import { annotationsOf, POLICY_LABEL } from "./policy-names";
import { SERVICE_VALIDATIONS, SERVICES, serviceVariables } from "./service-rules";

export interface SandboxPolicyProps {
  /** Name of the policy and its binding in Kubernetes; those of the other policies begin with it. */
  readonly name: string;
  readonly podSandboxing: PodSandboxing;
  /** As pinned on the cluster. */
  readonly kubernetesVersion?: string;
  readonly allowBuiltInRuntimeClass: boolean;
  /** Asked at synth, as classes and namespaces may come after the policy. */
  readonly runtimeClasses: () => readonly IKataRuntimeClass[];
}

const PODS: readonly ResourceRule[] = [
  { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods"] },
  { apiGroups: [""], apiVersions: ["v1"], operations: ["UPDATE"], resources: ["pods/resize"] },
];

/**
 * The admission policies of the namespaces with their label. The first keeps pods out that have no kernel of their
 * own, that are larger than their class or that reach the node past their VM; others hold network policies, Services
 * and the deletion of pods.
 *
 * @throws if the cluster is pinned to a Kubernetes version before 1.30
 */
export class SandboxPolicy extends AdmissionPolicy {
  readonly name: string;
  /** All policies and bindings that have to be there before a pod is created. */
  readonly parts: ITerraformDependable[];
  /** Labels that put a namespace under the policies, and a NetworkPolicy out of reach of the namespace's own users. */
  readonly namespaceLabels: { readonly [name: string]: string };

  private readonly kubernetesVersion?: string;
  private readonly namespaceSelector: object;

  constructor(scope: Construct, id: string, props: SandboxPolicyProps) {
    const { name, kubernetesVersion, runtimeClasses } = props;
    const namespaceSelector = {
      matchLabels: { [POLICY_LABEL]: name },
      matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: [...SYSTEM_NAMESPACES] }],
    };
    super(scope, id, {
      name,
      resourceRules: PODS,
      namespaceSelector,
      variables: () => [...POD_VARIABLES, ...memoryVariables(runtimeClasses()), ...REQUEST_VARIABLES],
      validations: () => podValidations(props),
    });
    check(this, POLICY_RULES, { name, kubernetesVersion });
    this.name = name;
    this.kubernetesVersion = kubernetesVersion;
    this.namespaceSelector = namespaceSelector;
    this.namespaceLabels = { [POLICY_LABEL]: name };

    const others = [
      new AdmissionPolicy(this, "default-deny", {
        name: `${name}-default-deny`,
        resourceRules: DEFAULT_DENY_DELETIONS,
        namespaceSelector,
        params: DEFAULT_DENY_PARAMS,
        variables: () => DEFAULT_DENY_VARIABLES,
        validations: () => DEFAULT_DENY_VALIDATIONS,
      }),
      new AdmissionPolicy(this, "deletions", {
        name: `${name}-deletions`,
        resourceRules: POD_DELETIONS,
        namespaceSelector,
        variables: () => POD_DELETION_VARIABLES,
        validations: () => POD_DELETION_VALIDATIONS,
      }),
      new AdmissionPolicy(this, "network-policies", {
        name: `${name}-network-policies`,
        resourceRules: NETWORK_POLICIES,
        namespaceSelector,
        variables: () => networkPolicyVariables(name),
        validations: () => NETWORK_POLICY_VALIDATIONS,
      }),
      new AdmissionPolicy(this, "services", {
        name: `${name}-services`,
        resourceRules: SERVICES,
        namespaceSelector,
        variables: () => serviceVariables(name),
        validations: () => SERVICE_VALIDATIONS,
      }),
    ];
    this.parts = [this, ...others].flatMap(({ resource, binding }) => [resource, binding]);
  }

  /**
   * Returns the annotations from which the policies read what a namespace may have, and adds the policy that sets
   * default classes with the first namespace that has one.
   *
   * @throws if an option cannot work, or the cluster is pinned to a Kubernetes version before 1.36 and there is a default class
   */
  namespaceAnnotations(namespace: IConstruct, options: NamespacePolicyOptions): { [name: string]: string } | undefined {
    check(namespace, NAMESPACE_OPTION_RULES, {
      kubernetesVersion: this.kubernetesVersion,
      defaultRuntimeClass: options.defaultRuntimeClass?.runtimeClassName,
      runtimeClass: options.runtimeClass?.runtimeClassName,
      serviceTypes: options.serviceTypes,
      maxTerminationGracePeriodSeconds: options.maxTerminationGracePeriodSeconds,
    });
    if (options.defaultRuntimeClass) this.addDefaultClassPolicy();
    return annotationsOf(options);
  }

  private addDefaultClassPolicy(): void {
    if (this.node.tryFindChild("default-class")) return;
    const { resource, binding } = new DefaultClassPolicy(this, "default-class", {
      name: `${this.name}-default-class`,
      namespaceSelector: this.namespaceSelector,
    });
    this.parts.push(resource, binding);
  }
}

function podValidations({ runtimeClasses, allowBuiltInRuntimeClass, podSandboxing }: SandboxPolicyProps): Validation[] {
  const names = runtimeClasses().map(({ runtimeClassName }) => runtimeClassName);
  if (allowBuiltInRuntimeClass) names.push(podSandboxing.builtInRuntimeClass);
  return [
    ...where("variables.isNew", [NAMESPACE_CLASS_VALIDATION, ...classValidations(names), ...CREATION_VALIDATIONS]),
    ...where("variables.hasNewSize", [...MEMORY_VALIDATIONS, ...REQUEST_VALIDATIONS]),
    ...ANNOTATION_VALIDATIONS,
  ];
}
