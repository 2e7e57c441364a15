import { argumentNameInBindings } from "../../cluster/rules/written-rules";
import { CLUSTER, MANIFEST } from "../facts/resource-types";
import { at, isValues, referencesOf, stable, Value, Values, withoutNulls } from "../model/value";
import { managedIn, PlannedResource } from "../plan/plan";
import { kindOfSide, Side, StackSide } from "../plan/side";

/** A resource as it is after the change, or as it was if it goes. */
export function sideOf({ before, after }: PlannedResource): Side {
  return (after ?? before)!;
}

/** The cluster of a pool, if it is in the same stack; a cluster is its own, as it has a pool by default. */
export function clusterOf(side: Side, { stack, sideOf }: StackSide): Side | undefined {
  if (side.block.type === CLUSTER) return side;
  const cluster = stack.blocks.get(referencesOf(side.block.body.kubernetes_cluster_id)[0]?.address ?? "");
  return cluster?.type === CLUSTER && cluster.kind === "resource" ? sideOf(cluster) : undefined;
}

/** Names of the clusters that a stack looks for in data sources. */
export function clustersSoughtIn(side: StackSide | undefined): Value[] {
  const blocks = [...(side?.stack.blocks.values() ?? [])];
  const sought = blocks.filter(({ kind, type }) => kind === "data" && type === CLUSTER);
  return sought.map((block) => side!.sideOf(block).values.name);
}

/** The name or the namespace of an object, with references to what the stack says replaced by that. */
export function placeOf({ values }: Side, what: "name" | "namespace"): Value {
  return at(values.manifest ?? values, "metadata", what) ?? undefined;
}

/** Names of the namespaces that a stack has. */
export function namespacesIn(stack: StackSide | undefined): string[] {
  const sides = managedIn(stack?.stack).map((block) => stack!.sideOf(block));
  const namespaces = sides.filter((side) => kindOfSide(side) === "Namespace");
  return namespaces.map((side) => stable(placeOf(side, "name")));
}

/** Blocks that the kubernetes provider calls otherwise than Kubernetes calls what is in them. */
const LISTS: { readonly [block: string]: string } = { container: "containers", subject: "subjects" };

/**
 * The Kubernetes object of a resource, whether it has it in a manifest or in blocks, in the names of Kubernetes; the
 * arguments of one that is none.
 *
 * @param form as it is written, or with references to what the stack says replaced by that
 */
export function objectOf(side: Side, form: "written" | "values" = "written"): Values {
  const isManifest = side.block.type === MANIFEST;
  if (!isManifest && kindOfSide(side) === undefined) return side[form];
  const nameOf = (name: string) => LISTS[name] ?? argumentNameInBindings(name);
  const inside = (value: Value): Value => {
    if (Array.isArray(value)) return value.map(inside);
    if (!isValues(value)) return value;
    const entries = Object.entries(withoutNulls(value));
    return Object.fromEntries(entries.map(([name, item]) => [isManifest ? name : nameOf(name), inside(item)]));
  };
  const object = inside(isManifest ? side[form].manifest : side[form]);
  return isValues(object) ? object : {};
}
