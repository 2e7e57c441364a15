import { MANIFEST } from "../facts/resource-types";
import { isValues, mapValues, stable, Value, Values, withoutNulls } from "../model/value";
import { managedIn, PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, Side, StackSide } from "../plan/side";

/** A resource as it is after the change, or as it was if it goes. */
export function sideOf({ before, after }: PlannedResource): Side {
  return (after ?? before)!;
}

/** The resources and modules of a stack. */
export function sidesIn(stack: StackSide | undefined): Side[] {
  return managedIn(stack?.stack).map((block) => stack!.sideOf(block));
}

/** Blocks that the kubernetes provider calls otherwise than Kubernetes calls what is in them. */
const LISTS: { readonly [block: string]: string } = { container: "containers", subject: "subjects" };

/**
 * The object of a manifest, or of a resource that has the same in blocks, in the names of Kubernetes.
 *
 * @param form as it is written, or with references to what the stack says replaced by that
 */
export function objectOf(side: Side, form: "written" | "values" = "written"): Values {
  const isManifest = side.block.type === MANIFEST;
  const nameOf = (name: string) =>
    isManifest ? name : (LISTS[name] ?? name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
  const named = (value: Value): Value => {
    if (Array.isArray(value)) return value.map(named);
    if (!isValues(value)) return value;
    const entries = Object.entries(withoutNulls(value)).map(([name, inside]) => [nameOf(name), inside]);
    return mapValues<Value, Value>(Object.fromEntries(entries), named);
  };
  const object = named(isManifest ? side[form].manifest : side[form]);
  return isValues(object) ? object : {};
}

/** The name or the namespace of an object, with references to what the stack says replaced by that. */
export function placeOf(side: Side, what: "name" | "namespace"): Value {
  const { metadata } = objectOf(side, "values");
  return isValues(metadata) ? metadata[what] : undefined;
}

/** Returns whether what is gone went with its namespace. */
export function goesWithItsNamespace({ after: stack }: StackPlan, { before, after }: PlannedResource): boolean {
  if (!before || after) return false;
  const namespace = placeOf(before, "namespace");
  return namespace !== undefined && !hasNamespace(stack, namespace);
}

/** Returns whether a stack has a namespace of a name. */
export function hasNamespace(stack: StackSide | undefined, name: Value): boolean {
  return sidesIn(stack).some(
    (side) => kindOfSide(side) === "Namespace" && stable(placeOf(side, "name")) === stable(name),
  );
}
