import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { shown } from "./prop-types";
import { errorAtApp, validationError } from "./validation-error";

/** Source: cdktf 0.21, lib/private/unique.ts, HIDDEN_ID. */
const LEFT_OUT = "Default";

/**
 * Returns the scope of a new construct, which is a stack or in a stack, and has no construct of that id.
 *
 * @param what the new construct, such as `node pool`
 * @throws where cdktf and constructs have errors of their own without a remedy
 */
export function freeScope(scope: Construct, id: string, what: string): Construct {
  if (!Construct.isConstruct(scope))
    throw errorAtApp(`the scope of the ${what} "${id}" is ${scope}: write the stack or construct that it belongs to`);
  if (what !== "stack" && !scope.node.scopes.some(TerraformStack.isStack))
    throw errorAtApp(`the scope of the ${what} "${id}" is not in a stack: write a stack, such as a ClusterStack`);
  if (typeof id !== "string" || id === "")
    throw validationError(
      scope,
      `the id of the ${what} is ${id === "" ? "empty" : shown(id)}: write a string after the scope`,
    );
  if (what === "stack" && /\s/.test(id))
    throw validationError(
      scope,
      `the id "${id}" of the stack has a space in it: write "${id.trim().replace(/\s+/g, "-")}"`,
    );
  if (what !== "stack" && isLeftOut(scope, id))
    throw validationError(
      scope,
      `the id "${id}" makes an empty address, as cdktf leaves it out: give the ${what} another id`,
    );
  if (scope.node.tryFindChild(id) === undefined) return scope;
  throw validationError(scope, `there is already a construct "${id}" here: give the ${what} another id`);
}

/** True if cdktf would make an address of no id at all. */
function isLeftOut(scope: Construct, id: string): boolean {
  if (id !== LEFT_OUT) return false;
  const ids = scope.node.scopes.filter((above) => !TerraformStack.isStack(above) && above.node.scope);
  return ids.every(({ node }) => node.id === LEFT_OUT);
}
