import type { KubernetesClusterNodePoolConfig } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import type { ClusterArguments } from "./cluster-arguments";

/** The arguments of a cluster that its node pools are held to. */
export type ArgumentsForPools = Pick<
  ClusterArguments,
  | "automaticUpgradeChannel"
  | "kubernetesVersion"
  | "microsoftDefender"
  | "nodeOsUpgradeChannel"
  | "roleBasedAccessControlEnabled"
>;

/** Arguments of a node pool as plain data, in the names of the bindings; those of a default node pool are among them. */
export interface NodePoolArguments extends Partial<KubernetesClusterNodePoolConfig> {
  readonly azurermMajor: number;
  readonly isDefault: boolean;
  /** Arguments of the pool's cluster, as far as they are known. */
  readonly cluster?: ArgumentsForPools;
}

/** Returns of a cluster what its node pools are held to, so that all the rest is not looked through for each of them. */
export function argumentsForPools(cluster: ArgumentsForPools): ArgumentsForPools {
  const { automaticUpgradeChannel, kubernetesVersion, microsoftDefender } = cluster;
  const { nodeOsUpgradeChannel, roleBasedAccessControlEnabled } = cluster;
  return {
    automaticUpgradeChannel,
    kubernetesVersion,
    microsoftDefender,
    nodeOsUpgradeChannel,
    roleBasedAccessControlEnabled,
  };
}
