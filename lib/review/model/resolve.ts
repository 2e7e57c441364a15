import { onlyReference, Reference, stepsOf, withoutIndices } from "./reference";
import type { Stack } from "./stack";
import { at, isKnown, isValues, listOf, replaceUnknowns, substituted, Value } from "./value";

/** What replaces references to local values and to what resource blocks say by just that; all others stay. */
export function resolverOf({ blocks, named }: Stack): (value: Value) => Value {
  const sought = new Set<string>();
  const lookUp = (expression: string): Value => {
    const reference = onlyReference(expression);
    if (!reference || reference.key !== "" || sought.has(expression)) return undefined;
    sought.add(expression);
    try {
      if (reference.address.startsWith("local.")) return resolve(partOf(named, reference, resolve));
      const block = blocks.get(reference.address);
      if (block?.kind !== "resource" || ignores(block.ignoreChanges, reference.attribute)) return undefined;
      const value = resolve(at(block.body, ...stepsOf(reference.attribute)));
      const isPlain = !isValues(value) && !listOf(value).some(isValues); // anything else may be a block, which is a list
      return value !== null && isPlain && isKnown(value) ? value : undefined;
    } finally {
      sought.delete(expression);
    }
  };
  const resolve = (value: Value): Value => replaceUnknowns(value, (unknown) => substituted(unknown, lookUp));
  return resolve;
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

/** Returns whether changes of an argument are ignored. */
export function ignores(ignoreChanges: readonly string[], path: string): boolean {
  const whole = withoutIndices(path);
  return ignoreChanges.some((part) => part === "all" || whole === part || whole.startsWith(`${part}.`));
}
