import type { TerraformMetaArguments, TerraformResourceLifecycle } from "cdktf";
import { any, boolean, list, object, PropSpecs, required, string } from "./props";

const CONDITION = object("an object with condition and errorMessage", {
  props: { condition: required(any()), errorMessage: required(string()) },
});

const LIFECYCLE: PropSpecs<TerraformResourceLifecycle> = {
  createBeforeDestroy: boolean(),
  preventDestroy: boolean(),
  ignoreChanges: list(string(), { what: 'a list of attributes or "all"', word: "all" }),
  replaceTriggeredBy: list(any()),
  precondition: list(CONDITION),
  postcondition: list(CONDITION),
};

/** The meta-arguments that a construct with a resource of the bindings takes beside the resource's own arguments. */
export const META_ARGUMENTS: PropSpecs<Pick<TerraformMetaArguments, "dependsOn" | "lifecycle" | "provider">> = {
  dependsOn: list(object("a resource, a data source or a module", { member: "fqn" })),
  lifecycle: object("an object with ignoreChanges, preventDestroy …", { props: LIFECYCLE }),
  provider: object("a provider such as an AzurermProvider", { member: "terraformProviderSource" }),
};
