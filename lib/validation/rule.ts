import { rulesFor } from "./rule-reads";

/** A rule for props that synth can check: when it is broken, the message, and the source that says so. */
export interface Rule<Input> {
  readonly when: (input: Input) => boolean;
  /** Returns what is wrong, the value got, what to do. */
  readonly message: (input: Input) => string;
  readonly source: string;
  /** Only Azure can decide, so it is a warning instead of an error. */
  readonly warns?: true;
  /** When Terraform stops at it, if it is a provider that refuses it: by default at apply. */
  readonly refusedAt?: "plan";
}

/** A rule that is broken, and what it says. */
export interface BrokenRule {
  readonly message: string;
  readonly warns: boolean;
  readonly refusedAt?: "plan";
}

/**
 * Finds the rules that an input of plain data breaks, in their order: a rule may take for granted what those before it
 * hold. A rule that reads a value known after apply does not apply.
 *
 * @param isUnknown tells such values
 * @param found is told each broken rule before the next one is tried
 */
export function findBrokenRules<Input extends object>(
  rules: readonly Rule<Input>[],
  input: Input,
  isUnknown: (value: unknown) => boolean,
  found: (broken: BrokenRule) => void,
): void {
  const known = knownOnly(input, isUnknown);
  for (const rule of rulesFor(rules, input)) {
    const message = messageOf(rule, known);
    if (message !== undefined) found({ message, warns: rule.warns === true, refusedAt: rule.refusedAt });
  }
}

/** Returns all rules that an input breaks. */
export function brokenRules<Input extends object>(
  rules: readonly Rule<Input>[],
  input: Input,
  isUnknown: (value: unknown) => boolean,
): BrokenRule[] {
  const broken: BrokenRule[] = [];
  findBrokenRules(rules, input, isUnknown, (rule) => broken.push(rule));
  return broken;
}

const UNKNOWN = Symbol("known after apply");

/** Returns what a rule says, if it is broken and everything that it reads is known. */
function messageOf<Input>(rule: Rule<Input>, input: Input): string | undefined {
  try {
    return rule.when(input) ? rule.message(input) : undefined;
  } catch (error) {
    if (error === UNKNOWN) return undefined;
    throw error;
  }
}

const trap = {
  get(): never {
    throw UNKNOWN;
  },
  enumerable: true,
};

/** The input with a trap at each value that is known after apply, at any depth; the same one if there is none. */
function knownOnly<Value extends object>(input: Value, isUnknown: (value: unknown) => boolean): Value {
  let known: Value | undefined;
  for (const name of Object.keys(input) as (keyof Value)[]) {
    const value = input[name];
    if (isUnknown(value)) Object.defineProperty((known ??= copyOf(input)), name, trap);
    else if (isData(value)) {
      const inside = knownOnly(value, isUnknown);
      if (inside !== value) (known ??= copyOf(input))[name] = inside;
    }
  }
  return known ?? input;
}

function copyOf<Value extends object>(input: Value): Value {
  return (Array.isArray(input) ? [...(input as unknown[])] : { ...input }) as Value;
}

function isData(value: unknown): value is object {
  return Array.isArray(value) || (typeof value === "object" && value !== null && value.constructor === Object);
}
