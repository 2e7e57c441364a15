import type { KubernetesClusterNodePoolConfig } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import type { RefusedProps } from "./refused-props";

/** All arguments of an azurerm node pool, less what the construct sets itself. */
export interface NodePoolOptions extends Omit<
  KubernetesClusterNodePoolConfig,
  "name" | "kubernetesClusterId" | "vmSize" | "workloadRuntime" | RefusedProps
> {
  /**
   * 1 to 12 lowercase letters and digits with a letter first.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /** Size of the nodes, such as `Standard_D4s_v3`. */
  readonly vmSize: string;
  /**
   * OS SKU of the nodes, such as `Ubuntu` or `AzureLinux`.
   *
   * @default - the release's; none for Windows nodes, where AKS chooses
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

/** All arguments of an azurerm node pool that go with the kata runtime, less what the construct sets itself. */
export interface KataNodePoolOptions extends Omit<
  NodePoolOptions,
  "osSku" | "osType" | "windowsProfile" | "fipsEnabled"
> {
  /**
   * Keeps all but sandboxed pods out: a taint that the sandbox classes tolerate keeps all others out.
   *
   * @default false
   */
  readonly dedicated?: boolean;
}
