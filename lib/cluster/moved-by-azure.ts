import type { TerraformResourceLifecycle } from "cdktf";
import { isUnresolved } from "../validation/unresolved";
import type { ClusterArguments } from "./rules/cluster-arguments";

/** The arguments of a node pool that Azure changes by itself. */
interface Pool {
  readonly autoScalingEnabled?: unknown;
  readonly nodeCount?: number;
  readonly orchestratorVersion?: string;
}

/** Returns what of a cluster Azure changes by itself after it is created, so that a plan must not change it back. */
export function movedInCluster({
  kubernetesVersion,
  automaticUpgradeChannel: channel,
  defaultNodePool = {},
}: ClusterArguments): string[] {
  return [
    ...(isUpgraded(kubernetesVersion, channel) ? ["kubernetes_version"] : []),
    ...movedInPool(defaultNodePool, channel).map((attribute) => `default_node_pool[0].${attribute}`),
  ];
}

/** Returns the same of a node pool. */
export function movedInPool(
  { autoScalingEnabled, nodeCount, orchestratorVersion }: Pool,
  channel: string | undefined,
): string[] {
  return [
    ...(autoScalingEnabled === true && nodeCount !== undefined ? ["node_count"] : []),
    ...(isUpgraded(orchestratorVersion, channel) ? ["orchestrator_version"] : []),
  ];
}

/**
 * Returns whether automatic upgrades take a version beyond what is written: channel `patch` stays within a minor version.
 *
 * Source: learn.microsoft.com/azure/aks/auto-upgrade-cluster.
 */
function isUpgraded(version: string | undefined, channel: string | undefined): boolean {
  if (version === undefined || channel === undefined || isUnresolved(version)) return false;
  if (channel === "patch") return version.split(".").length > 2;
  return channel === "stable" || channel === "rapid";
}

/** Returns a lifecycle that ignores changes of more attributes. */
export function ignoring(
  lifecycle: TerraformResourceLifecycle | undefined,
  attributes: readonly string[],
): TerraformResourceLifecycle | undefined {
  const ignored = lifecycle?.ignoreChanges ?? [];
  if (attributes.length === 0 || ignored === "all") return lifecycle;
  return { ...lifecycle, ignoreChanges: [...new Set([...ignored, ...attributes])] };
}
