import { Construct } from "constructs";
import { validationError } from "./validation-error";

/**
 * Returns the scope of a new construct.
 *
 * @throws if the scope has a construct of that id, which would be an error of constructs without a remedy
 */
export function freeScope(scope: Construct, id: string, what: string): Construct {
  if (scope.node.tryFindChild(id) === undefined) return scope;
  throw validationError(scope, `there is already a construct "${id}" here: give the ${what} another id`);
}
