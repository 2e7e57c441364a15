import { IConstruct } from "constructs";
import { findBrokenRules, Rule } from "./rule";
import { isUnresolved } from "./unresolved";
import { validationError } from "./validation-error";
import { addWarning } from "./warning";

export type { Rule } from "./rule";

/**
 * Holds a construct to its rules. A rule that reads a value known after apply does not apply.
 *
 * @throws with the message of the first broken rule that is no warning
 */
export function check<Input extends object>(construct: IConstruct, rules: readonly Rule<Input>[], input: Input): void {
  findBrokenRules(rules, input, isUnresolved, ({ message, warns }) => {
    if (!warns) throw validationError(construct, message);
    addWarning(construct, message);
  });
}
