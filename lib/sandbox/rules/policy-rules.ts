import coerce from "semver/functions/coerce";
import lt from "semver/functions/lt";
import { Rule } from "../../validation/check";
import { DNS_LABEL } from "../../validation/names";

/** Input of the rules for an admission policy. */
export interface PolicyRuleInput {
  readonly name: string;
  readonly kubernetesVersion?: string;
}

export const POLICY_RULES: readonly Rule<PolicyRuleInput>[] = [
  {
    when: ({ kubernetesVersion }) => kubernetesVersion !== undefined && lt(coerce(kubernetesVersion)!, "1.30.0"),
    message: ({ kubernetesVersion }) =>
      `Kubernetes version "${kubernetesVersion}" has no ValidatingAdmissionPolicy, which sandboxed namespaces need: use 1.30 or later`,
    source: "kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy",
  },
  {
    when: ({ name }) => !DNS_LABEL.test(name),
    message: ({ name }) =>
      `"${name}", the name of the stack, cannot name its admission policy: use lowercase letters, digits and hyphens`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/names",
  },
];

/** The input of the rules: the options of a namespace for the policies. */
export interface NamespaceOptionRuleInput {
  readonly kubernetesVersion?: string;
  readonly runtimeClass?: string;
  readonly defaultRuntimeClass?: string;
  readonly serviceTypes?: readonly string[];
  readonly maxTerminationGracePeriodSeconds?: number;
}

/** Types of Services that can be allowed beside ClusterIP and ExternalName. */
const SERVICE_TYPES = ["LoadBalancer", "NodePort"];

export const NAMESPACE_OPTION_RULES: readonly Rule<NamespaceOptionRuleInput>[] = [
  {
    when: ({ defaultRuntimeClass, kubernetesVersion }) =>
      defaultRuntimeClass !== undefined && kubernetesVersion !== undefined && lt(coerce(kubernetesVersion)!, "1.36.0"),
    message: ({ kubernetesVersion }) =>
      `Kubernetes version "${kubernetesVersion}" has no MutatingAdmissionPolicy, which defaultRuntimeClass needs: use 1.36 or later, or write runtimeClassName in every pod`,
    source: "kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy",
  },
  {
    when: ({ defaultRuntimeClass, runtimeClass }) =>
      defaultRuntimeClass !== undefined && runtimeClass !== undefined && defaultRuntimeClass !== runtimeClass,
    message: ({ defaultRuntimeClass, runtimeClass }) =>
      `defaultRuntimeClass "${defaultRuntimeClass}" is not the class "${runtimeClass}" that the namespace's pods have to use: write the same class`,
    source: "lib/sandbox/policy/pod-rules.ts, which denies pods of other classes",
  },
  {
    when: ({ serviceTypes = [] }) => serviceTypes.some((type) => !SERVICE_TYPES.includes(type)),
    message: ({ serviceTypes = [] }) =>
      `serviceTypes ${JSON.stringify(serviceTypes)} has a type that cannot be opened: write ${SERVICE_TYPES.join(" or ")}`,
    source: "kubernetes.io/docs/concepts/services-networking/service",
  },
  {
    when: ({ maxTerminationGracePeriodSeconds: seconds }) =>
      seconds !== undefined && (!Number.isInteger(seconds) || seconds < 1),
    message: ({ maxTerminationGracePeriodSeconds: seconds }) =>
      `maxTerminationGracePeriodSeconds ${seconds} is no time: write a whole number of seconds such as 600`,
    source: "kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle",
  },
];
