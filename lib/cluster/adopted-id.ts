import { IConstruct } from "constructs";
import { shown } from "../validation/prop-types";
import { isUnresolved } from "../validation/unresolved";
import { validationError } from "../validation/validation-error";
import { azurermProviderOf } from "./azurerm-provider-of";
import type { IAksCluster } from "./i-aks-cluster";

/**
 * Returns the resource id of what Terraform is to import, made of the names unless it is given.
 *
 * @param adopt the id, or `true`
 * @param below what follows the cluster's id, such as `/agentPools/kata`
 * @throws if the id is not known before apply, as an import block wants it
 */
export function adoptedId(
  construct: IConstruct,
  cluster: IAksCluster,
  adopt: boolean | string | undefined,
  below = "",
): string | undefined {
  if (adopt === undefined || adopt === false) return undefined;
  if (adopt !== true && typeof adopt !== "string")
    throw validationError(construct, `adopt is ${shown(adopt)}: write true or the resource id`);
  const id = typeof adopt === "string" ? adopt : idByNames(construct, cluster) + below;
  if (isUnresolved(id))
    throw validationError(
      construct,
      "adopt needs an id that is known before apply: write the resource id in plain text",
    );
  if (!id.startsWith("/subscriptions/"))
    throw validationError(construct, `adopt "${id}" is not a resource id: write one such as /subscriptions/…, or true`);
  return id;
}

function idByNames(construct: IConstruct, cluster: IAksCluster): string {
  const subscription = azurermProviderOf(cluster)?.subscriptionIdInput;
  if (subscription === undefined)
    throw validationError(
      construct,
      "adopt true needs the subscription: write subscriptionId of the ClusterStack, or the resource id in place of true",
    );
  return (
    `/subscriptions/${subscription}/resourceGroups/${cluster.resourceGroupName}` +
    `/providers/Microsoft.ContainerService/managedClusters/${cluster.clusterName}`
  );
}
