import { Fn, Token } from "cdktf";
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
    nodeLabels: withLabel(options.nodeLabels ?? {}),
    nodeTaints: withTaint(options.nodeTaints ?? []),
  };
}

function withLabel(labels: { [key: string]: string }): { [key: string]: string } {
  const label = { [SPOT_LABEL.key]: SPOT_LABEL.value };
  return Token.isUnresolved(labels) ? Token.asStringMap(Fn.merge([labels, label])) : { ...labels, ...label };
}

function withTaint(taints: string[]): string[] {
  const taint = taintText(SPOT_TAINT);
  if (Token.isUnresolved(taints)) return Token.asList(Fn.distinct(Fn.concat([taints, [taint]])));
  return taints.includes(taint) ? taints : [...taints, taint];
}
