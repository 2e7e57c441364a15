import type { NamespacePolicyOptions } from "./namespace-policy-options";

/**
 * Label of what a policy holds; its value is the name of the policy. On a namespace it puts the namespace's pods under
 * the policy, on a NetworkPolicy it keeps the namespace's own users from changing it.
 */
export const POLICY_LABEL = "pod-sandboxing/policy";

/** Annotation of a namespace whose pods have to use one class. */
export const CLASS_ANNOTATION = "pod-sandboxing/runtime-class";

/** Annotation of a namespace with the class of pods that name none. */
export const DEFAULT_CLASS_ANNOTATION = "pod-sandboxing/default-runtime-class";

/** Annotation of a namespace with the types of Services that it may have, joined by commas. */
export const SERVICE_TYPES_ANNOTATION = "pod-sandboxing/service-types";

/** Annotation of a namespace whose own users may write NetworkPolicies. */
export const TENANT_NETWORK_POLICIES_ANNOTATION = "pod-sandboxing/tenant-network-policies";

/** Annotation of a namespace with the longest `terminationGracePeriodSeconds` of its pods. */
export const GRACE_PERIOD_ANNOTATION = "pod-sandboxing/max-termination-grace-period-seconds";

/** Label of a namespace whose pods belong on every node, those of dedicated pools among them. */
export const NODE_AGENTS_LABEL = "pod-sandboxing/node-agents";

/** Returns the annotations from which the policies read what a namespace may have. */
export function annotationsOf(options: NamespacePolicyOptions): { [name: string]: string } | undefined {
  const { runtimeClass, defaultRuntimeClass, serviceTypes = [] } = options;
  const { tenantNetworkPolicies = false, maxTerminationGracePeriodSeconds } = options;
  const annotations = {
    ...(runtimeClass && { [CLASS_ANNOTATION]: runtimeClass.runtimeClassName }),
    ...(defaultRuntimeClass && { [DEFAULT_CLASS_ANNOTATION]: defaultRuntimeClass.runtimeClassName }),
    ...(serviceTypes.length > 0 && { [SERVICE_TYPES_ANNOTATION]: serviceTypes.join(",") }),
    ...(tenantNetworkPolicies && { [TENANT_NETWORK_POLICIES_ANNOTATION]: "true" }),
    ...(maxTerminationGracePeriodSeconds !== undefined && {
      [GRACE_PERIOD_ANNOTATION]: String(maxTerminationGracePeriodSeconds),
    }),
  };
  return Object.keys(annotations).length > 0 ? annotations : undefined;
}
