import { Argument, ArgumentTable, argumentsOf, NO_ARGUMENTS } from "../facts/arguments";
import { canonicalValues } from "../facts/canonical";
import { MANIFEST, resourceType } from "../facts/resource-types";
import { stepsOf, withoutIndices } from "../model/reference";
import { resolverOf } from "../model/resolve";
import type { Block, Stack } from "../model/stack";
import { at, isValues, Value, Values } from "../model/value";

/** A resource on one side of a change, with what is known of its arguments. */
export interface Side {
  readonly block: Block;
  readonly table: ArgumentTable;
  /** In canonical form, as they are written: what may be shown, unless an argument is a secret. */
  readonly written: Values;
  /** The same with references to what the stack says replaced by that, which may be a secret. */
  readonly values: Values;
  readonly resolve: (value: Value) => Value;
}

/** A stack with what is known of the arguments of its blocks. */
export interface StackSide {
  readonly stack: Stack;
  readonly sideOf: (block: Block) => Side;
  /** A value with references to what the stack says replaced by that. */
  readonly resolve: (value: Value) => Value;
}

export function stackSide(stack: Stack): StackSide {
  const resolve = resolverOf(stack);
  const sides = new Map<Block, Side>();
  const sideOf = (block: Block) => {
    if (!sides.has(block)) sides.set(block, sideOfBlock(block, resolve));
    return sides.get(block)!;
  };
  return { stack, sideOf, resolve };
}

/** Most blocks do not change, and nobody asks for their values. */
function sideOfBlock(block: Block, resolve: Side["resolve"]): Side {
  const table = argumentsOf(block);
  let written: Values | undefined;
  let values: Values | undefined;
  return {
    ...{ block, table, resolve },
    get written() {
      return (written ??= canonicalValues(block.body, table));
    },
    get values() {
      const resolved = values ? block.body : (resolve(block.body) as Values);
      return (values ??= resolved === block.body ? this.written : canonicalValues(resolved, table));
    },
  };
}

/** Two sides that can be compared: by a schema only if both have one. */
export function comparable(sides: readonly [Side, Side]): readonly [Side, Side] {
  const [before, after] = sides;
  if ((before.table.version === undefined) === (after.table.version === undefined)) return sides;
  const bare = (side: Side): Side => {
    return { ...side, table: NO_ARGUMENTS, written: canonicalValues(side.written, NO_ARGUMENTS) };
  };
  return [bare(before), bare(after)];
}

/** The argument that a reference's attribute is, or is inside of, as in `tags["a"]`. */
export function argumentAt({ byWritten }: ArgumentTable, attribute: string): Argument | undefined {
  let path = withoutIndices(attribute);
  while (path !== "" && !byWritten.has(path)) path = path.slice(0, Math.max(0, path.lastIndexOf(".")));
  return byWritten.get(path);
}

/** What is at a reference's attribute such as `default_node_pool[0].name`, in the names of its own version. */
export function attributeOf({ table, values }: Side, attribute: string): Value {
  let written = "";
  const path = stepsOf(attribute).map((step) => {
    if (/^\d+$/.test(step)) return step;
    written = written ? `${written}.${step}` : step;
    return table.byWritten.get(written)?.path.split(".").at(-1) ?? step;
  });
  return at(values, ...path);
}

/** The row of a resource's type. */
export function typeOf({ block, values }: Side) {
  return resourceType(block.type, values);
}

/** The Kubernetes kind of a resource, whether it is in a manifest or a resource of its own. */
export function kindOfSide(side: Side): Value {
  return side.block.type === MANIFEST ? at(side.values, "manifest", "kind") : typeOf(side).kind;
}

/** The node pool that a resource is, or that a cluster has as its default. */
export function poolOf(values: Values): Values {
  return isValues(values.default_node_pool) ? values.default_node_pool : values;
}
