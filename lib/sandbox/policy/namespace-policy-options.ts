import type { IKataRuntimeClass } from "../i-kata-runtime-class";

/** What the admission policies let a sandboxed namespace have. */
export interface NamespacePolicyOptions {
  /** The one runtime class that the namespace's pods have to use. @default - any of the stack */
  readonly runtimeClass?: IKataRuntimeClass;
  /**
   * The runtime class of pods that name none, so that charts nobody can change run sandboxed. Needs Kubernetes 1.36.
   *
   * @default - such pods are denied
   */
  readonly defaultRuntimeClass?: IKataRuntimeClass;
  /** Types of Services that are allowed beside ClusterIP and ExternalName. @default - none */
  readonly serviceTypes?: readonly ("LoadBalancer" | "NodePort")[];
  /**
   * Whether the namespace's own users may write NetworkPolicies. They open traffic among pods; traffic to addresses
   * stays with `egress`, and the policies of the stack stay as they are.
   *
   * @default false
   */
  readonly tenantNetworkPolicies?: boolean;
  /** Longest `terminationGracePeriodSeconds` of pods, in seconds. @default 300 */
  readonly maxTerminationGracePeriodSeconds?: number;
}
