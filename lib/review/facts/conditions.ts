import { isOlder } from "../../cluster/rules/versions";
import { bytes } from "../../validation/quantity";
import { isNamedValue, stepsOf } from "../model/reference";
import { at, isKnown, isZero, listOf, referencesOf, stable, Unknown, Value, Values } from "../model/value";

/** Value that is expected: it, one of several (`null` for absent), or what passes tests. */
type Expectation = null | string | number | boolean | readonly Expectation[] | { readonly [test: string]: Expectation };

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
export function valueIn(path: string, { before, after }: BothSides): Value {
  return path.startsWith("was:") ? valueAt(before, path.slice("was:".length)) : valueAt(after, path);
}

function isMet(expected: Expectation, written: Value, sides: BothSides, unwritten?: Value): boolean {
  const value = written ?? unwritten;
  if (Array.isArray(expected)) return expected.some((one) => isMet(one, written, sides, unwritten));
  if (expected === null) return value === undefined;
  if (typeof expected !== "object") return !(value instanceof Unknown) && String(value) === String(expected);
  return Object.entries(expected).every(([test, wanted]) => TESTS[test](value, wanted as never, sides, written));
}

/** Tests of values: one that is unknown passes none but `set`, `isReference` and, if it is a list, `matches`. */
const TESTS: { readonly [test: string]: (value: Value, wanted: never, sides: BothSides, written: Value) => boolean } = {
  set: (_value, isSet: boolean, _sides, written) => isSet === (written !== undefined),
  /** Nothing, false, zero, or without anything in it. */
  empty: (value, isEmpty: boolean, _, written) => isEmpty === isZero(written ?? "") && !(value instanceof Unknown),
  isReference: (value, isOne: boolean) => isOne === referencesOf(value).some(({ address }) => !isNamedValue(address)),
  not: (value, other: Expectation, sides) => isKnown(value) && !isMet(other, value, sides),
  /** A text, or a list with one in it that matches. */
  matches: (value, pattern: string) =>
    listOf(value).some((item) => typeof item === "string" && RegExp(pattern).test(item)),
  /** The same as the value at a path, which is after the change, or before it as in `was:name`. */
  sameAs: (value, path: string, sides) => isKnown(value) && stable(value) === stable(valueIn(path, sides)),
  /** Less than the value at a path, as a quantity of Kubernetes. */
  lessThan: (value, path: string, sides) => bytes(String(value))! < bytes(String(valueIn(path, sides)))!,
  /** Older than the version of Kubernetes at a path, by more than that many minor versions if a number follows. */
  olderThan: (value, [path, minors]: [string, number?], sides) =>
    isOlder(String(value), String(valueIn(path, sides)), minors),
};
