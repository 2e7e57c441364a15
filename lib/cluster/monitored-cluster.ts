import type { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { object, required } from "../validation/props";
import { isUnresolved } from "../validation/unresolved";
import type { IAksCluster } from "./i-aks-cluster";

/** A cluster that the app declares, so that add-ons can be turned on for what watches it. */
export interface MonitoredCluster extends IAksCluster {
  /** The azurerm resource. */
  readonly resource: KubernetesCluster;
}

export const MONITORED_CLUSTER = required(object("an AksCluster", { member: "resource" }));

/** Returns a name by which Azure's own tools know what collects from a cluster, such as `MSCI-eastus-aks`. */
export function collectorName(prefix: string, location: string, clusterName: string, longest: number): string {
  const name = `${prefix}-${location}-${clusterName}`;
  if (isUnresolved(name)) return name;
  const withoutSpaces = name.replaceAll(" ", ""); // regions may be written as in "West Europe"
  return withoutSpaces.slice(0, longest).replace(/[-_]+$/, "");
}
