import { CLUSTER } from "../facts/resource-types";
import { referencesOf, Value } from "../model/value";
import type { Side, StackSide } from "../plan/side";

/** The cluster of a pool, if it is in the same stack. */
export function clusterOf({ block }: Side, { stack, sideOf }: StackSide): Side | undefined {
  const cluster = stack.blocks.get(referencesOf(block.body.kubernetes_cluster_id)[0]?.address ?? "");
  return cluster?.type === CLUSTER && cluster.kind === "resource" ? sideOf(cluster) : undefined;
}

/** Names of the clusters that a stack looks for in data sources. */
export function clustersSoughtIn(side: StackSide | undefined): Value[] {
  const blocks = [...(side?.stack.blocks.values() ?? [])];
  const sought = blocks.filter(({ kind, type }) => kind === "data" && type === CLUSTER);
  return sought.map((block) => side!.sideOf(block).values.name);
}
