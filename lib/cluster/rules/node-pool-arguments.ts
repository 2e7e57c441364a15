import type { KubernetesClusterNodePoolConfig } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import type { ClusterArguments } from "./cluster-arguments";

/** Arguments of a node pool as plain data, in the names of the bindings; those of a default node pool are among them. */
export interface NodePoolArguments extends Partial<KubernetesClusterNodePoolConfig> {
  readonly azurermMajor: number;
  readonly isDefault: boolean;
  /** Arguments of the pool's cluster, as far as they are known. */
  readonly cluster?: ClusterArguments;
}
