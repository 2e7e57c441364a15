/** The part of a rule that tells whether an input breaks it. */
type When<Input> = { readonly when: (input: Input) => boolean };

/** What is known of a list of rules. */
interface Known<Rule> {
  /** Names that each rule reads of an input of nothing, if that does not break it. */
  readonly reads: readonly (readonly string[] | undefined)[];
  /** The rules for inputs that have values of the same names. */
  readonly byNames: Map<string, readonly Rule[]>;
}

const known = new WeakMap<object, Known<unknown>>();

/**
 * Returns the rules that an input of plain data may break, which has few of the arguments that there are rules for: a
 * rule that an input of nothing does not break is broken by no other that has nothing of what the rule read of that.
 */
export function rulesFor<Input extends object, Rule extends When<Input>>(
  rules: readonly Rule[],
  input: Input,
): readonly Rule[] {
  const { reads, byNames } = knownOf<Input, Rule>(rules);
  const given = Object.keys(input).filter((name) => input[name as keyof Input] !== undefined);
  const names = given.join();
  let some = byNames.get(names);
  if (some === undefined) {
    some = rules.filter((_, i) => reads[i]?.every((name) => !given.includes(name)) !== true);
    byNames.set(names, some);
  }
  return some;
}

function knownOf<Input extends object, Rule extends When<Input>>(rules: readonly Rule[]): Known<Rule> {
  let ofRules = known.get(rules) as Known<Rule> | undefined;
  if (ofRules === undefined) {
    ofRules = { reads: rules.map(readsOfNothing), byNames: new Map() };
    known.set(rules, ofRules as Known<unknown>);
  }
  return ofRules;
}

function readsOfNothing<Input extends object>({ when }: When<Input>): readonly string[] | undefined {
  const reads: string[] = [];
  const nothing = new Proxy({} as Input, {
    get: (_, name) => void reads.push(String(name)),
    has: refuse,
    ownKeys: refuse,
  });
  try {
    return when(nothing) ? undefined : reads;
  } catch {
    return undefined; // it takes for granted that something is there
  }
}

function refuse(): never {
  throw new Error("the rule reads names, not values");
}
