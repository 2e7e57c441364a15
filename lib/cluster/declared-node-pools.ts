import type { IAksCluster } from "./i-aks-cluster";
import type { IKataNodePool } from "./i-node-pool";

/** The node pools that an app declares for one cluster. */
export interface DeclaredNodePools {
  /** Names and temporary names of all pools, the default node pool's included. */
  readonly names: string[];
  readonly kata: IKataNodePool[];
}

const declared = new WeakMap<IAksCluster, DeclaredNodePools>();

/** Returns the node pools of a cluster, to be read and added to. */
export function declaredNodePools(cluster: IAksCluster): DeclaredNodePools {
  const pools = declared.get(cluster) ?? { names: [], kata: [] };
  declared.set(cluster, pools);
  return pools;
}
