import { BrokenRule, brokenRules } from "../../validation/rule";
import type { ClusterArguments } from "./cluster-arguments";
import { CLUSTER_ARGUMENT_RULES } from "./cluster-rules";
import { KATA_NODE_POOL_RULES } from "./kata-node-pool-rules";
import type { NodePoolArguments } from "./node-pool-arguments";
import { NODE_POOL_ARGUMENT_RULES } from "./node-pool-rules";

/** Arguments of a resource as a stack writes them, in the names of azurerm 4: single blocks are objects. */
type Written = { readonly [argument: string]: unknown };

/** Whoever reads the arguments of a stack. */
export interface RuleReader {
  readonly azurermMajor: number;
  /** Tells values known after apply. */
  readonly isUnknown: (value: unknown) => boolean;
}

/** Returns the rules that the arguments of an `azurerm_kubernetes_cluster` break, those of its default node pool included. */
export function brokenClusterRules(written: Written, { azurermMajor, isUnknown }: RuleReader): BrokenRule[] {
  const cluster: ClusterArguments = { ...argumentsIn(written), azurermMajor };
  const pool: NodePoolArguments = { ...cluster.defaultNodePool, azurermMajor, cluster, isDefault: true };
  return [
    ...brokenRules(CLUSTER_ARGUMENT_RULES, cluster, isUnknown),
    ...brokenRules(NODE_POOL_ARGUMENT_RULES, pool, isUnknown),
  ];
}

/** One list, of which what each rule reads is found once. */
const RULES_OF_KATA_POOLS = [...NODE_POOL_ARGUMENT_RULES, ...KATA_NODE_POOL_RULES];

/**
 * Returns the rules that the arguments of an `azurerm_kubernetes_cluster_node_pool` break.
 *
 * @param isKata whether its pods have a kernel of their own
 * @param cluster the arguments of its cluster, as far as they are known
 */
export function brokenNodePoolRules(
  written: Written,
  reader: RuleReader & { readonly isKata: boolean; readonly cluster?: Written },
): BrokenRule[] {
  const { azurermMajor, isUnknown, isKata } = reader;
  const cluster: ClusterArguments | undefined = reader.cluster && { ...argumentsIn(reader.cluster), azurermMajor };
  const pool: NodePoolArguments = { ...argumentsIn(written), azurermMajor, cluster, isDefault: false };
  return brokenRules(isKata ? RULES_OF_KATA_POOLS : NODE_POOL_ARGUMENT_RULES, pool, isUnknown);
}

const translated = new WeakMap<Written, Written>();

/** A cluster is read for each of its pools, and translated once. */
function argumentsIn(written: Written): Written {
  if (!translated.has(written)) translated.set(written, inNamesOfBindings(written));
  return translated.get(written)!;
}

/** Maps, whose keys are no arguments. */
const MAPS = ["node_labels", "tags"];

/** In the bindings nothing is written as nothing, not as null. */
function inNamesOfBindings(written: Written): Written {
  const values: { [name: string]: unknown } = {};
  for (const [name, value] of Object.entries(written))
    if (value !== undefined && value !== null)
      values[argumentNameInBindings(name)] = MAPS.includes(name) ? value : inside(value);
  return values;
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside);
  const isBlock = typeof value === "object" && value !== null && value.constructor === Object;
  return isBlock ? inNamesOfBindings(value as Written) : value;
}

const namesInBindings = new Map<string, string>();

/** Returns what the bindings call an argument: `auto_scaling_enabled` is `autoScalingEnabled`. */
export function argumentNameInBindings(name: string): string {
  if (!namesInBindings.has(name))
    namesInBindings.set(
      name,
      name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    );
  return namesInBindings.get(name)!;
}
