import type { KubernetesClusterDefaultNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";

/**
 * Options of a cluster's default node pool: all arguments of azurerm's, less what the construct sets itself.
 *
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/4.81.0/docs/resources/kubernetes_cluster
 */
export interface DefaultNodePoolOptions extends Omit<KubernetesClusterDefaultNodePool, "vmSize" | "workloadRuntime"> {
  /**
   * Size of the nodes, such as `Standard_D2_v2`.
   *
   * @throws if it is malformed
   * @see https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions
   */
  readonly vmSize: string;
  /**
   * OS SKU of the nodes, such as `Ubuntu`.
   *
   * @default - the release's
   * @throws if it is of Windows, or AzureLinux3 from Kubernetes 1.37 on
   * @see https://learn.microsoft.com/azure/aks/upgrade-os-version
   */
  readonly osSku?: string;
}
