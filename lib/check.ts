import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { validationError } from "./validation-error";
import { addWarning } from "./warning";

/** A mistake that can be seen at synth: when it is made, what to say, and who says that it is one. */
export interface Rule<Facts> {
  readonly when: (facts: Facts) => boolean;
  /** What is wrong, the value got, what to do. */
  readonly message: (facts: Facts) => string;
  readonly source: string;
  /** Only Azure can decide, so it is a warning instead of an error. */
  readonly warns?: true;
}

/**
 * Holds a construct to its rules. A rule that reads an unresolved token does not apply.
 *
 * @throws with the message of the first broken rule
 */
export function check<Facts extends object>(construct: IConstruct, rules: readonly Rule<Facts>[], facts: Facts): void {
  const known = resolvedOnly(facts);
  for (const rule of rules) {
    if (!isBroken(rule, known)) continue;
    if (rule.warns) addWarning(construct, rule.message(known));
    else throw mistake(construct, rule.message(known));
  }
}

/** An error that names the construct that has it. */
export function mistake(construct: IConstruct, message: string): Error {
  return validationError(construct, message);
}

/** Whether a value is a token, or has an expression in it that only Terraform can evaluate. */
export function isUnresolved(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === "string" && value.includes("${"));
}

const UNRESOLVED = Symbol("unresolved");

function isBroken<Facts>(rule: Rule<Facts>, known: Facts): boolean {
  try {
    return rule.when(known);
  } catch (error) {
    if (error === UNRESOLVED) return false;
    throw error;
  }
}

function resolvedOnly<Facts extends object>(facts: Facts): Facts {
  return new Proxy(facts, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (isUnresolved(value)) throw UNRESOLVED;
      return value;
    },
  });
}
