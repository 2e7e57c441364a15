import { argumentNameInBindings } from "../../cluster/rules/written-rules";
import { CLUSTER, MANIFEST } from "../facts/resource-types";
import { at, isValues, referencesOf, stable, Value, Values, withoutNulls } from "../model/value";
import type { Block } from "../stack/block";
import { managedIn, Stack } from "../stack/stack";

/** The cluster of a pool, if it is in the same stack; a cluster is its own, as it has a pool by default. */
export function clusterOf(block: Block, { blocks }: Stack): Block | undefined {
  if (block.type === CLUSTER) return block;
  const cluster = blocks.get(referencesOf(block.body.kubernetes_cluster_id)[0]?.address ?? "");
  return cluster?.type === CLUSTER && cluster.kind === "resource" ? cluster : undefined;
}

/** Names of the clusters that a stack looks for in data sources. */
export function clustersSoughtIn({ blocks }: Stack): Value[] {
  const sought = [...blocks.values()].filter(({ kind, type }) => kind === "data" && type === CLUSTER);
  return sought.map(({ values }) => values.name);
}

/** The name or the namespace of an object, with references to what the stack says replaced by that. */
export function placeOf({ values }: Block, what: "name" | "namespace"): Value {
  return at(values.manifest ?? values, "metadata", what) ?? undefined;
}

/** Names of the namespaces that a stack has. */
export function namespacesIn(stack: Stack | undefined): string[] {
  const namespaces = managedIn(stack).filter(({ objectKind }) => objectKind === "Namespace");
  return namespaces.map((block) => stable(placeOf(block, "name")));
}

/** Blocks that the kubernetes provider calls otherwise than Kubernetes calls what is in them. */
const LISTS: { readonly [block: string]: string } = { container: "containers", subject: "subjects" };

/**
 * The Kubernetes object of a resource, whether it has it in a manifest or in blocks, in the names of Kubernetes; the
 * arguments of one that is none.
 *
 * @param form as it is written, or with references to what the stack says replaced by that
 */
export function objectOf(block: Block, form: "written" | "values" = "written"): Values {
  const isManifest = block.type === MANIFEST;
  if (!isManifest && block.objectKind === undefined) return block[form];
  const nameOf = (name: string) => (isManifest ? name : (LISTS[name] ?? argumentNameInBindings(name)));
  const inside = (value: Value): Value => {
    if (Array.isArray(value)) return value.map(inside);
    if (!isValues(value)) return value;
    return Object.fromEntries(Object.entries(withoutNulls(value)).map(([name, item]) => [nameOf(name), inside(item)]));
  };
  const object = inside(isManifest ? block[form].manifest : block[form]);
  return isValues(object) ? object : {};
}
