import { isOlder } from "../../cluster/rules/versions";
import { bytes } from "../../validation/quantity";
import { isNamedValue, stepsOf } from "../model/reference";
import { at, isKnown, isZero, listOf, referencesOf, stable, Unknown, Value, Values } from "../model/value";

/** Value that is expected: it, one of several (`null` for absent), or more. An unknown one is only ever `set`. */
type Expectation = null | string | number | boolean | readonly Expectation[] | Demand;

interface Demand {
  readonly set?: boolean;
  /** To be nothing, false, zero, or without anything in it. */
  readonly empty?: boolean;
  readonly isReference?: boolean;
  readonly not?: Expectation;
  /** To match, or to be a list with something in it that matches. */
  readonly matches?: string;
  /** To be the same as the value at this path, which is after the change, or before it as in `was:name`. */
  readonly sameAs?: string;
  /** To be less than the value at this path, as a quantity of Kubernetes. */
  readonly lessThan?: string;
  /** To be older than the version of Kubernetes at this path, by more than `minors` minor versions if that is there. */
  readonly olderThan?: string;
  readonly minors?: number;
}

type Expectations = { readonly [path: string]: Expectation };

export interface Condition {
  readonly was?: Expectations;
  readonly is?: Expectations;
  readonly any?: readonly Condition[];
  readonly unless?: Condition;
}

/** The values of a resource on both sides of a change; at an empty path those of the argument that a condition is about. */
export interface BothSides {
  readonly before: Values;
  readonly after: Values;
  /** The value of that argument where nothing is written. */
  readonly unwritten?: Value;
}

/** @param look is told each value that the condition looks at */
export function holds(condition: Condition, sides: BothSides, look: (value: Value) => void = () => {}): boolean {
  const { was = {}, is = {}, any, unless } = condition;
  const meets = (expected: Expectations, values: Values) =>
    Object.entries(expected).every(([path, expectation]) => {
      const value = valueAt(values, path);
      look(value);
      return isMet(expectation, value, sides, path === "" ? sides.unwritten : undefined);
    });
  const isSo = (inside: Condition) => holds(inside, sides, look);
  return meets(was, sides.before) && meets(is, sides.after) && (any?.some(isSo) ?? true) && !(unless && isSo(unless));
}

/** Returns whether a condition holds, or may hold, as something that it looks at is unknown. */
export function mayHold(condition: Condition, sides: BothSides): boolean {
  const seen: Value[] = [];
  return holds(condition, sides, (value) => seen.push(value)) || !isKnown(seen);
}

/** The value at a path such as `spec.names["a.b"]`; all that is inside of something unknown is unknown, too. */
export function valueAt(values: Values, path: string): Value {
  const steps = path.includes("[") ? stepsOf(path) : path.split(".");
  return steps.reduce<Value>((value, step) => (value instanceof Unknown ? value : at(value, step)), values);
}

/** The value at a path after the change, or before it where it is as in `was:name`. */
export function valueIn(path: string, { before, after }: Pick<BothSides, "before" | "after">): Value {
  return path.startsWith("was:") ? valueAt(before, path.slice("was:".length)) : valueAt(after, path);
}

function isMet(expected: Expectation, written: Value, sides: BothSides, unwritten?: Value): boolean {
  const value = written ?? unwritten;
  if (Array.isArray(expected)) return expected.some((one) => isMet(one, written, sides, unwritten));
  if (expected === null) return value === undefined;
  if (typeof expected !== "object") return !(value instanceof Unknown) && String(value) === String(expected);
  const { set, empty, isReference, not, matches, sameAs, lessThan, olderThan, minors } = expected as Demand;
  const isEmpty = written === undefined || isZero(written);
  const isMatch = (item: Value) => typeof item === "string" && new RegExp(matches!).test(item);
  const refersToResource = () => referencesOf(value).some(({ address }) => !isNamedValue(address));
  return (
    (set === undefined || set === (written !== undefined)) &&
    (empty === undefined || (empty === isEmpty && !(value instanceof Unknown))) &&
    (isReference === undefined || isReference === refersToResource()) &&
    (not === undefined || (isKnown(value) && !isMet(not, value, sides))) &&
    (matches === undefined || listOf(value).some(isMatch)) &&
    (sameAs === undefined || (isKnown(value) && stable(value) === stable(valueIn(sameAs, sides)))) &&
    (lessThan === undefined || bytes(String(value))! < bytes(String(valueIn(lessThan, sides)))!) &&
    (olderThan === undefined || isOlder(String(value), String(valueIn(olderThan, sides)), minors))
  );
}
