import { App } from "cdktf";
import { AksCluster, AksClusterProps, ClusterStack, ClusterStackProps, PodSandboxing, SandboxStack } from "../../lib";
import { synthesiseStack } from "./synth";

/** The smallest cluster that works. */
export const CLUSTER: AksClusterProps = {
  podSandboxing: PodSandboxing.PREVIEW,
  name: "myAKSCluster",
  resourceGroup: { name: "myResourceGroup", location: "eastus" },
  defaultNodePool: { name: "default", vmSize: "Standard_D2_v2", nodeCount: 2 },
};

/** The smallest kata node pool that works. */
export const KATA_POOL = { vmSize: "Standard_D4s_v3", nodeCount: 1 };

export function clusterIn(app: App, props: Partial<AksClusterProps> = {}, stackProps?: ClusterStackProps): AksCluster {
  return new AksCluster(new ClusterStack(app, "cluster", stackProps), "aks", { ...CLUSTER, ...props });
}

/** The parsed JSON of a cluster stack. */
export function clusterStack(props: Partial<AksClusterProps>, more: (cluster: AksCluster) => void = () => {}) {
  return synthesiseStack("cluster", (app) => more(clusterIn(app, props)));
}

/** `azurerm_kubernetes_cluster` as synthesised. */
export function aksCluster(props: Partial<AksClusterProps>, more?: (cluster: AksCluster) => void) {
  return clusterStack(props, more).resource.azurerm_kubernetes_cluster.aks;
}

/** The only `azurerm_kubernetes_cluster_node_pool` as synthesised. */
export function nodePool(more: (cluster: AksCluster) => void, props: Partial<AksClusterProps> = {}) {
  return Object.values(clusterStack(props, more).resource.azurerm_kubernetes_cluster_node_pool)[0];
}

/** The parsed JSON of a sandbox stack. Its cluster has a kata node pool. */
export function sandboxStack(
  build: (sandbox: SandboxStack, cluster: AksCluster) => void,
  props: Partial<AksClusterProps> = {},
  stackProps?: ClusterStackProps,
) {
  return synthesiseStack("sandbox", (app) => {
    const cluster = clusterIn(app, props, stackProps);
    build(new SandboxStack(app, "sandbox", { cluster }), cluster);
    if (cluster.kataNodePools.length === 0) cluster.addKataNodePool("kata", KATA_POOL);
  });
}
