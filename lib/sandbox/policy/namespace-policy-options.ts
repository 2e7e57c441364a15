import type { IKataRuntimeClass } from "../i-kata-runtime-class";

/** Options of a namespace that the admission policies hold. */
export interface NamespacePolicyOptions {
  /**
   * The one runtime class that the namespace's pods have to use.
   *
   * @default - any of the stack
   * @throws if it is of another stack, or less than containerMemory
   * @see https://learn.microsoft.com/azure/aks/considerations-pod-sandboxing
   */
  readonly runtimeClass?: IKataRuntimeClass;
  /**
   * The runtime class of pods that name none, so that charts nobody can change run sandboxed. Needs Kubernetes 1.36.
   *
   * @default - such pods are denied
   * @throws if it is of another stack, not runtimeClass, or the cluster is older
   * @see https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy
   */
  readonly defaultRuntimeClass?: IKataRuntimeClass;
  /**
   * Types of Services that are allowed beside ClusterIP and ExternalName.
   *
   * @default - none
   * @throws if one is not known
   * @see https://kubernetes.io/docs/concepts/services-networking/service
   */
  readonly serviceTypes?: readonly ("LoadBalancer" | "NodePort")[];
  /**
   * Lets the namespace's own users write NetworkPolicies.
   *
   * They open traffic among pods; traffic to addresses stays with `egress`, and the policies of the stack stay as they
   * are.
   *
   * @default false
   */
  readonly tenantNetworkPolicies?: boolean;
  /**
   * Longest `terminationGracePeriodSeconds` of pods, in seconds.
   *
   * @default 300
   * @throws if it is no whole number from 1
   * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle
   */
  readonly maxTerminationGracePeriodSeconds?: number;
}
