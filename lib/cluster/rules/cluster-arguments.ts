import type { KubernetesClusterConfig } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";

/** Arguments of a cluster as plain data, in the names of the bindings: all that is written, defaults included. */
export interface ClusterArguments extends Partial<Omit<KubernetesClusterConfig, "defaultNodePool">> {
  readonly azurermMajor: number;
  readonly defaultNodePool?: Partial<KubernetesClusterConfig["defaultNodePool"]>;
}
