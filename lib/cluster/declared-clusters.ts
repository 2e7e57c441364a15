import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { isUnresolved } from "../validation/unresolved";
import { pathOf, validationError } from "../validation/validation-error";
import { addWarning } from "../validation/warning";
import { azurermProviderOf } from "./azurerm-provider-of";
import type { IAksCluster } from "./i-aks-cluster";

/** The clusters of each app, by names and subscription. */
const declared = new WeakMap<IConstruct, Map<string, IAksCluster>>();

/**
 * Remembers a cluster that an app declares.
 *
 * @throws if a cluster of the same name is in the same resource group; of two stacks that do not say their subscription
 * nobody knows, so that is a warning
 */
export function declareCluster(cluster: IAksCluster): void {
  const { clusterName, resourceGroupName } = cluster;
  if (isUnresolved(clusterName) || isUnresolved(resourceGroupName)) return;
  const clusters = declared.get(cluster.node.root) ?? new Map<string, IAksCluster>();
  declared.set(cluster.node.root, clusters);
  const subscription = azurermProviderOf(cluster)?.subscriptionIdInput;
  const key = [subscription, resourceGroupName, clusterName].join("/").toLowerCase();
  const other = clusters.get(key);
  clusters.set(key, other ?? cluster);
  if (other === undefined) return;
  const what = `cluster "${clusterName}" of resource group "${resourceGroupName}" is also declared as ${pathOf(other)}`;
  if (subscription !== undefined || TerraformStack.of(other) === TerraformStack.of(cluster))
    throw validationError(cluster, `${what}: give one of them another name`);
  addWarning(cluster, `${what}: write subscriptionId of both stacks, or give one of them another name`);
}
