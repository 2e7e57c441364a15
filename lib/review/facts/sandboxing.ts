/** The names that hold sandboxed pods, as the review looks for them; a test holds them to what the constructs write. */

/** Workload runtimes that give pods a kernel of their own, in any release. */
export const KATA_RUNTIMES: readonly unknown[] = ["KataMshvVmIsolation", "KataVmIsolation"];
/** Label of the namespaces that a policy holds; its value is the name of the policy. */
export const POLICY_LABEL = "pod-sandboxing/policy";
