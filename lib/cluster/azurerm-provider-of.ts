import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack } from "cdktf";
import type { IAksCluster } from "./i-aks-cluster";

/** Returns the azurerm provider of a cluster: the one it names, or else the default one of its stack, if it has any. */
export function azurermProviderOf(cluster: IAksCluster): AzurermProvider | undefined {
  if (cluster.provider instanceof AzurermProvider) return cluster.provider;
  return TerraformStack.of(cluster)
    .node.children.filter((child): child is AzurermProvider => child instanceof AzurermProvider)
    .find(({ alias }) => alias === undefined);
}
