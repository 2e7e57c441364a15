import type { KubernetesClusterNodePoolConfig } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import type { RefusedProps } from "./refused-props";

/**
 * Options of a node pool: all arguments of azurerm's, less what the construct sets itself.
 *
 * Every argument of `azurerm_kubernetes_cluster_node_pool` in azurerm 4 is a prop in camel case, too, with the
 * bindings' comment; what each does, its default and whether a change replaces the pool stands on azurerm's page.
 *
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/4.81.0/docs/resources/kubernetes_cluster_node_pool
 */
export interface NodePoolOptions extends Omit<
  KubernetesClusterNodePoolConfig,
  "name" | "kubernetesClusterId" | "vmSize" | "workloadRuntime" | RefusedProps
> {
  /**
   * Name of the pool: 1 to 12 lowercase letters and digits with a letter first; 6 at most for Windows.
   *
   * @default - the construct's id
   * @throws if it is malformed, or another pool of the cluster has it
   * @see https://learn.microsoft.com/azure/aks/create-node-pools
   */
  readonly name?: string;
  /**
   * Size of the nodes, such as `Standard_D4s_v3`.
   *
   * @throws if it is malformed, or is known to lack nested virtualization and the pool is one of kata
   * @see https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions
   */
  readonly vmSize: string;
  /**
   * OS SKU of the nodes, such as `Ubuntu` or `AzureLinux`.
   *
   * @default - the release's; none for Windows nodes, where AKS chooses
   * @throws if it does not go with osType, or is AzureLinux3 from Kubernetes 1.37 on
   * @see https://learn.microsoft.com/azure/aks/upgrade-os-version
   */
  readonly osSku?: string;
  /**
   * Takes over a node pool that exists: `true`, or its resource id. Written as an import block, which
   * Terraform 1.5 and later read; take it away after the first apply.
   *
   * @default false
   */
  readonly adopt?: boolean | string;
}

/** Options of a kata node pool: those of a node pool that go with the kata runtime, and one of its own. */
export interface KataNodePoolOptions extends Omit<
  NodePoolOptions,
  "osSku" | "osType" | "windowsProfile" | "fipsEnabled"
> {
  /**
   * Keeps the pool for sandboxed pods: a taint that the sandbox classes tolerate keeps all others out.
   *
   * @default false
   */
  readonly dedicated?: boolean;
}
