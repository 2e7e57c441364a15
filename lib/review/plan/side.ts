import { ArgumentTable, argumentsOf } from "../facts/arguments";
import { canonicalValues } from "../facts/canonical";
import { MANIFEST, resourceType } from "../facts/resource-types";
import type { Block, Stack } from "../model/stack";
import { at, isValues, resolved, Value, Values } from "../model/value";

/** A resource on one side of a change, with what is known of its arguments. */
export class Side {
  #written?: Values;
  #values?: Values;

  constructor(
    readonly block: Block,
    readonly table: ArgumentTable = argumentsOf(block),
  ) {}

  /** Values in canonical form, as they are written, which may be shown unless an argument is a secret. */
  get written(): Values {
    return (this.#written ??= canonicalValues(this.block.body, this.table));
  }

  /** The same with what the stack says in place of references to it, which may be a secret. */
  get values(): Values {
    return (this.#values ??= canonicalValues(resolved(this.block.body) as Values, this.table));
  }
}

/** A stack with what is known of the arguments of its blocks. */
export interface StackSide {
  readonly stack: Stack;
  readonly sideOf: (block: Block) => Side;
}

export function stackSide(stack: Stack): StackSide {
  const sides = new Map([...stack.blocks.values()].map((block) => [block, new Side(block)]));
  return { stack, sideOf: (block) => sides.get(block)! };
}

/** The row of a resource's type. */
export function typeOf(side: Side) {
  const { type } = side.block;
  return resourceType(type, type === MANIFEST ? side.values : {});
}

/** The Kubernetes kind of a resource, whether it is in a manifest or a resource of its own. */
export function kindOfSide(side: Side): Value {
  return side.block.type === MANIFEST ? at(side.values, "manifest", "kind") : typeOf(side).kind;
}

/** The node pool that a resource is, or that a cluster has as its default. */
export function poolOf(values: Values): Values {
  return isValues(values.default_node_pool) ? values.default_node_pool : values;
}
