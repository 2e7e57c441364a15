/** The names that hold sandboxed pods, as the review looks for them; a test holds them to what the constructs write. */

/** Workload runtimes that give pods a kernel of their own, in any release. */
export const KATA_RUNTIMES: readonly unknown[] = ["KataMshvVmIsolation", "KataVmIsolation"];
/** Handler of the runtime classes whose pods get one. */
export const KATA_HANDLER = "kata";
/** Keeps all but sandboxed pods out of dedicated pools. */
export const DEDICATED_TAINT = "dedicated=pod-sandboxing:NoSchedule";
/** Label of the namespaces that a policy holds; its value is the name of the policy. */
export const POLICY_LABEL = "pod-sandboxing/policy";
/** Annotation of a namespace whose pods have to use one class. */
export const CLASS_ANNOTATION = "pod-sandboxing/runtime-class";

/** Source: kubernetes.io/docs/concepts/security/pod-security-standards */
export const POD_SECURITY = "pod-security.kubernetes.io/enforce";
export const POD_SECURITY_LEVELS: readonly unknown[] = ["privileged", "baseline", "restricted"];
