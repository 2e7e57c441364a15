import type { IAksCluster } from "./i-aks-cluster";
import type { IKataNodePool } from "./i-node-pool";
import type { ClusterArguments } from "./rules/cluster-arguments";

/** The node pools that an app declares for one cluster, and what they have to know of it. */
export interface DeclaredNodePools {
  /** Names and temporary names of all pools, the default node pool's included. */
  readonly names: string[];
  readonly kata: IKataNodePool[];
  /** Arguments of the cluster, as far as the app says them. */
  cluster?: ClusterArguments;
}

const declared = new WeakMap<IAksCluster, DeclaredNodePools>();

/** Returns the node pools of a cluster, to be read and added to. */
export function declaredNodePools(cluster: IAksCluster): DeclaredNodePools {
  const pools = declared.get(cluster) ?? { names: [], kata: [] };
  declared.set(cluster, pools);
  return pools;
}
