import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack } from "cdktf";
import type { IAksCluster } from "./i-aks-cluster";

/** Returns the azurerm provider of a cluster: the one it names, or else the default one of its stack, if it has any. */
export function azurermProviderOf(cluster: IAksCluster): AzurermProvider | undefined {
  if (cluster.provider instanceof AzurermProvider) return cluster.provider;
  const stack = TerraformStack.of(cluster);
  const known = defaults.get(stack);
  if (known) return known;
  const found = stack.node.children
    .filter((child): child is AzurermProvider => child instanceof AzurermProvider)
    .find(({ alias }) => alias === undefined);
  if (found) defaults.set(stack, found);
  return found;
}

/** Default providers of stacks, which are looked for once for each cluster. */
const defaults = new WeakMap<TerraformStack, AzurermProvider>();
