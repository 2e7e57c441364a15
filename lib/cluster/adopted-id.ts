import { IConstruct } from "constructs";
import { GUID } from "../validation/azure-ids";
import { shown } from "../validation/prop-types";
import { isUnresolved } from "../validation/unresolved";
import { validationError } from "../validation/validation-error";
import { azurermProviderOf } from "./azurerm-provider-of";
import type { IAksCluster } from "./i-aks-cluster";

/**
 * Returns the resource id of what Terraform is to import, made of the names unless it is given.
 *
 * @param adopt - the id, or `true`
 * @param below - what follows the cluster's id, such as `/agentPools/kata`
 * @throws if the id is not known before apply, as an import block wants it, or is that of something else
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
  const id = typeof adopt === "string" ? adopt : idByNames(cluster, subscriptionOf(construct, cluster)) + below;
  if (isUnresolved(id))
    throw validationError(
      construct,
      "adopt needs an id that is known before apply: write the resource id in plain text",
    );
  return canonicalId(construct, cluster, id, below);
}

/**
 * Returns the id in the case that azurerm wants: `az aks show` prints `resourcegroups`.
 *
 * @throws if it is the id of something else, which Terraform would take over and then replace
 */
function canonicalId(construct: IConstruct, cluster: IAksCluster, id: string, below: string): string {
  const [, subscription] = /^\/subscriptions\/([^/]+)\//.exec(id) ?? [];
  const form = idByNames(cluster, subscription ?? "…") + below;
  const known = isUnresolved(form) ? undefined : form; // names that are known after apply are not compared
  if (subscription === undefined || !GUID.test(subscription))
    throw validationError(
      construct,
      `adopt "${id}" is not a resource id: write one such as ${known ?? "/subscriptions/…"}, or true`,
    );
  if (known !== undefined && known.toLowerCase() !== id.toLowerCase())
    throw validationError(
      construct,
      `adopt "${id}" is the id of something else than the names say, which Terraform would take over and replace: write ${known}, or other names`,
    );
  return known ?? id;
}

function subscriptionOf(construct: IConstruct, cluster: IAksCluster): string {
  const subscription = azurermProviderOf(cluster)?.subscriptionIdInput;
  if (subscription !== undefined) return subscription;
  throw validationError(
    construct,
    "adopt true needs the subscription: write subscriptionId of the ClusterStack, or the resource id in place of true",
  );
}

function idByNames({ clusterName, resourceGroupName }: IAksCluster, subscription: string): string {
  return (
    `/subscriptions/${subscription}/resourceGroups/${resourceGroupName}` +
    `/providers/Microsoft.ContainerService/managedClusters/${clusterName}`
  );
}
