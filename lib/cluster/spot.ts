import { withEntry, withItem } from "./joined";
import type { NodePoolOptions } from "./node-pool-options";
import { SPOT_LABEL, SPOT_TAINT } from "./spot-facts";
import { taintText } from "./node-pool-defaults";

type SpotOptions = Pick<NodePoolOptions, "priority" | "evictionPolicy" | "nodeLabels" | "nodeTaints">;

/**
 * Returns the options of a Spot pool with what AKS and azurerm add to one: without an eviction policy every plan replaces
 * the pool, and without label and taint every plan takes them away.
 */
export function withSpotDefaults<Options extends SpotOptions>(options: Options): Options {
  if (options.priority !== "Spot") return options;
  return {
    evictionPolicy: "Delete",
    ...options,
    nodeLabels: withEntry(options.nodeLabels ?? {}, SPOT_LABEL.key, SPOT_LABEL.value),
    nodeTaints: withItem(options.nodeTaints ?? [], taintText(SPOT_TAINT)),
  };
}
