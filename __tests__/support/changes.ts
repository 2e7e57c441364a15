import { AZURERM, byAddress, clusterWith, reviewOf, Stack, stackOf, verdictsOf } from "./reviews";

export const CLUSTER = "azurerm_kubernetes_cluster.aks";
export const POOL = "azurerm_kubernetes_cluster_node_pool.kata";

export type Major = keyof typeof AZURERM;

/** Returns the change of the node pool when its arguments change. */
export async function poolChange(before: object, after: object, azurerm: Major = 4) {
  const [old, next] = [before, after].map((pool) => ({ cluster: stackOf(clusterWith({}, pool), {}, azurerm) }));
  return byAddress(await reviewOf(old, next))[POOL];
}

/** Returns the change of the cluster when its arguments change. */
export async function clusterChange(before: object, after: object, azurerm: Major = 4) {
  const [old, next] = [before, after].map((cluster) => ({ cluster: stackOf(clusterWith(cluster), {}, azurerm) }));
  return byAddress(await reviewOf(old, next))[CLUSTER];
}

export async function verdicts(before: Stack, after: Stack) {
  return verdictsOf(await reviewOf({ cluster: before }, { cluster: after }));
}

export async function notesOn(before: Stack, after: Stack): Promise<readonly string[]> {
  return (await reviewOf({ s: before }, { s: after })).notes;
}

/** A stack with a cluster, and one with a node pool. */
export const cluster = (config: object, azurerm?: Major) => stackOf(clusterWith(config), {}, azurerm);
export const pool = (config: object, azurerm?: Major) => stackOf(clusterWith({}, config), {}, azurerm);

export const defaultPool = (config: object, more: object = {}) =>
  cluster({ default_node_pool: { name: "default", temporary_name_for_rotation: "tmp", ...config }, ...more });

export const network = (network_profile: object, bootstrap_profile?: object) =>
  cluster({ network_profile, bootstrap_profile });

export const manifest = (manifest: object) => stackOf({ kubernetes_manifest: { m: { manifest } } });

export const waiting = (wait_for: object) =>
  stackOf({
    kubernetes_manifest: { m: { manifest: { apiVersion: "v1", kind: "A", metadata: { name: "a" } }, wait_for } },
  });

export const ofPools = (pools: { readonly [id: string]: object }) =>
  stackOf({
    azurerm_kubernetes_cluster_node_pool: Object.fromEntries(
      Object.entries(pools).map(([id, config]) => [id, { name: "kata", kubernetes_cluster_id: "c", ...config }]),
    ),
  });
