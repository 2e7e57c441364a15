import type { TerraformMetaArguments, TerraformResourceLifecycle } from "cdktf";
import { any, boolean, list, literal, object, PropSpecs, required, string } from "./props";

const CONDITION = object("an object with condition and errorMessage", {
  props: { condition: required(any()), errorMessage: required(string()) },
});

const LIFECYCLE: PropSpecs<TerraformResourceLifecycle> = {
  createBeforeDestroy: literal(boolean()),
  preventDestroy: literal(boolean()),
  ignoreChanges: literal(list(literal(string()), { what: 'a list of attributes or "all"', word: "all" })),
  replaceTriggeredBy: literal(list(any())),
  precondition: literal(list(CONDITION)),
  postcondition: literal(list(CONDITION)),
};

/** The meta-arguments that a construct with a resource of the bindings takes beside the resource's own arguments. */
export const META_ARGUMENTS: PropSpecs<Pick<TerraformMetaArguments, "dependsOn" | "lifecycle" | "provider">> = {
  dependsOn: literal(list(object("a resource, a data source or a module", { member: "fqn" }))),
  lifecycle: object("an object with ignoreChanges, preventDestroy …", { props: LIFECYCLE }),
  provider: object("a provider such as an AzurermProvider", { member: "terraformProviderSource" }),
};
