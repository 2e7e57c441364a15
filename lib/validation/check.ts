import { IConstruct } from "constructs";
import { isUnresolved } from "./unresolved";
import { validationError } from "./validation-error";
import { addWarning } from "./warning";

/** A mistake that can be seen at synth: when it is made, what to say, and who says that it is one. */
export interface Rule<Input> {
  readonly when: (input: Input) => boolean;
  /** What is wrong, the value got, what to do. */
  readonly message: (input: Input) => string;
  readonly source: string;
  /** Only Azure can decide, so it is a warning instead of an error. */
  readonly warns?: true;
}

/**
 * Holds a construct to its rules. A rule that reads a value known only after apply does not apply.
 *
 * @throws with the message of the first broken rule
 */
export function check<Input extends object>(construct: IConstruct, rules: readonly Rule<Input>[], input: Input): void {
  const known = hasUnresolved(input) ? resolvedOnly(input) : input;
  for (const rule of rules) {
    const message = messageOf(rule, known);
    if (message === undefined) continue;
    if (rule.warns) addWarning(construct, message);
    else throw validationError(construct, message);
  }
}

const UNRESOLVED = Symbol("unresolved");

/** What a rule says, if it is broken and everything that it reads is known. */
function messageOf<Input>(rule: Rule<Input>, input: Input): string | undefined {
  try {
    return rule.when(input) ? rule.message(input) : undefined;
  } catch (error) {
    if (error === UNRESOLVED) return undefined;
    throw error;
  }
}

function hasUnresolved(value: unknown): boolean {
  return isUnresolved(value) || (isData(value) && Object.values(value).some(hasUnresolved));
}

/** The input with a trap at each value that is known only after apply, at any depth. */
function resolvedOnly<Value extends object>(input: Value): Value {
  return new Proxy(input, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (isUnresolved(value)) throw UNRESOLVED;
      return isData(value) ? resolvedOnly(value) : value;
    },
  });
}

function isData(value: unknown): value is object {
  return Array.isArray(value) || (typeof value === "object" && value !== null && value.constructor === Object);
}
