import { Construct } from "constructs";

/**
 * A scope that no address shows, so that constructs of different kinds can have the same id. cdktf leaves the id
 * `Default` out of addresses.
 */
export class HiddenScope extends Construct {
  /** Returns the hidden scope below another one. */
  static below(scope: Construct): Construct {
    return (scope.node.tryFindChild("Default") as Construct | undefined) ?? new HiddenScope(scope, "Default");
  }
}
