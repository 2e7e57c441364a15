import type { Rule } from "../../validation/rule";
import type { NodePoolArguments } from "./node-pool-arguments";
import { AZURERM_POOL } from "./sources";

const MOST_NODES = 1000;

/** Bounds of `max_pods` in AKS; its default depends on the network. */
const PODS = { least: 10, most: 250 };

/** Returns the least number of nodes that AKS takes for a pool. */
function fewestNodes({ isDefault, mode }: NodePoolArguments): 0 | 1 {
  return isDefault || mode === "System" ? 1 : 0;
}

/** Numbers of nodes and pods that azurerm or AKS refuses. */
export const SCALING_RULES: readonly Rule<NodePoolArguments>[] = [
  countRule("nodeCount", fewestNodes),
  countRule("minCount", fewestNodes),
  countRule("maxCount", () => 1),
  {
    when: ({ minCount = 0, maxCount = Infinity }) => minCount > maxCount,
    message: ({ minCount, maxCount }) => `minCount ${minCount} is more than maxCount ${maxCount}: lower minCount`,
    source: AZURERM_POOL,
  },
  {
    when: ({ nodeCount = Infinity, minCount = 0 }) => nodeCount < minCount,
    message: ({ nodeCount, minCount }) => `nodeCount ${nodeCount} is less than minCount ${minCount}: raise nodeCount`,
    source: AZURERM_POOL,
  },
  {
    when: ({ nodeCount = 0, maxCount = Infinity }) => nodeCount > maxCount,
    message: ({ nodeCount, maxCount }) => `nodeCount ${nodeCount} is more than maxCount ${maxCount}: lower nodeCount`,
    source: AZURERM_POOL,
  },
  {
    when: ({ autoScalingEnabled, minCount, maxCount }) =>
      autoScalingEnabled === true && (minCount === undefined || maxCount === undefined),
    message: ({ minCount = "none", maxCount = "none" }) =>
      `an autoscaled pool needs minCount and maxCount (got ${minCount} and ${maxCount}): give both`,
    source: AZURERM_POOL,
  },
  {
    when: ({ autoScalingEnabled, minCount, maxCount }) =>
      autoScalingEnabled !== true && (minCount !== undefined || maxCount !== undefined),
    message: ({ minCount = "none", maxCount = "none" }) =>
      `minCount and maxCount (got ${minCount} and ${maxCount}) are for autoscaled pools: add autoScalingEnabled true or leave them out`,
    source: AZURERM_POOL,
  },
  {
    when: ({ maxPods }) =>
      maxPods !== undefined && (!Number.isInteger(maxPods) || maxPods < PODS.least || maxPods > PODS.most),
    message: ({ maxPods }) =>
      `maxPods ${maxPods} is out of range: use a whole number from ${PODS.least} to ${PODS.most}`,
    source: "learn.microsoft.com/azure/aks/concepts-network-ip-address-planning",
  },
];

/** A pool that is new without a number of nodes; one that exists keeps its own. */
export const MISSING_COUNT_RULES: readonly Rule<NodePoolArguments>[] = [
  {
    when: ({ nodeCount, autoScalingEnabled }) => nodeCount === undefined && autoScalingEnabled !== true,
    message: () =>
      "nodeCount is missing, so that azurerm asks AKS for no node: write nodeCount, or autoScalingEnabled with minCount and maxCount",
    source: AZURERM_POOL,
    warns: true,
  },
];

function countRule(
  count: "nodeCount" | "minCount" | "maxCount",
  fewest: (pool: NodePoolArguments) => number,
): Rule<NodePoolArguments> {
  return {
    when: (pool) => {
      const nodes = pool[count];
      return nodes !== undefined && (!Number.isInteger(nodes) || nodes < fewest(pool) || nodes > MOST_NODES);
    },
    message: (pool) =>
      `${count} ${pool[count]} is out of range: use a whole number from ${fewest(pool)} to ${MOST_NODES}`,
    source: AZURERM_POOL,
  };
}
