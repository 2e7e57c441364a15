import { onlyReference, Reference, stepsOf, withoutIndices } from "./reference";
import type { Block, Stack } from "./stack";
import {
  at,
  isKnown,
  isValues,
  leafText,
  leavesOf,
  listOf,
  replaceUnknowns,
  substituted,
  Unknown,
  Value,
} from "./value";

/** A value in which references to local values and to what resource blocks say have become that; all others stay. */
export interface Resolved {
  readonly value: Value;
  /** What is not to be shown in it, and what is written there instead; by its text. */
  readonly hidden: ReadonlyMap<string, string>;
}

/**
 * What resolves the values of a stack.
 *
 * @param isSecret whether a reference to a resource block leads to a secret; local values are all taken for secrets
 */
export function resolverOf(
  stack: Stack,
  isSecret: (block: Block, attribute: string) => boolean = () => false,
): (value: Value) => Resolved {
  const sought = new Set<string>();
  let isTainted = false;
  const lookUp = (expression: string): Value => {
    const reference = onlyReference(expression);
    if (!reference || reference.key === "[*]" || sought.has(expression)) return undefined;
    const block = stack.blocks.get(reference.address);
    sought.add(expression);
    try {
      if (reference.address.startsWith("local.")) {
        isTainted = true;
        return inside(partOf(stack.named, reference, inside));
      }
      if (block?.kind !== "resource" || ignores(block.meta.ignoreChanges, reference.attribute)) return undefined;
      const value = inside(at(block.body, ...stepsOf(reference.attribute)));
      const isPlain = !isValues(value) && !listOf(value).some(isValues); // anything else may be a block, which is a list
      isTainted ||= isSecret(block, reference.attribute);
      return value !== null && isPlain && isKnown(value) ? value : undefined;
    } finally {
      sought.delete(expression);
    }
  };
  const inside = (value: Value): Value => replaceUnknowns(value, (unknown) => substituted(unknown, lookUp));
  return (value) => {
    const hidden = new Map<string, string>();
    const known = replaceUnknowns(value, (unknown) => {
      isTainted = false;
      const is = substituted(unknown, lookUp);
      for (const leaf of leavesOf(is))
        if (isTainted || leaf instanceof Unknown) hidden.set(leafText(leaf), unknown.text);
      return is;
    });
    return { value: known, hidden };
  };
}

/** What is at a path in a variable or local value. */
export function partOf(
  values: ReadonlyMap<string, Value>,
  { address, attribute }: Reference,
  resolve: (value: Value) => Value,
): Value {
  const whole = values.get(address);
  return attribute === "" ? whole : at(resolve(whole), ...stepsOf(attribute));
}

/** Whether changes of an argument are ignored. */
export function ignores(ignoreChanges: readonly string[], path: string): boolean {
  const whole = withoutIndices(path);
  return ignoreChanges.some((part) => part === "all" || whole === part || whole.startsWith(`${part}.`));
}
