import { CLUSTER, KATA_RUNTIMES, NODE_POOL, POLICY_LABEL, POOL_LABEL, RESOURCE_GROUP } from "../facts/resource-types";
import { at, isValues, referencesOf, Unknown, Value, Values } from "../model/value";
import { classesIn } from "../notes/policies";
import { filled, textOf } from "../notes/text";
import type { PlannedResource, StackPlan } from "../plan/verdict";
import { clusterOf, objectOf, Stack } from "../stack";
import { verdictWords } from "./changes";

/** A box of the diagram: a resource whose type has lines for it. */
type Box = PlannedResource & { readonly stack: Stack };

/** More boxes than this nobody reads; GitHub's Mermaid gives up at 500 edges and 50,000 characters. */
const MOST_BOXES = 60;

/** Arrows from one kind to another, with their labels. */
const ARROWS: readonly (readonly [string, string, string, (from: Box, to: Box) => boolean])[] = [
  [RESOURCE_GROUP, CLUSTER, "", isNamedBy],
  [CLUSTER, NODE_POOL, "", isNamedBy],
  ["RuntimeClass", NODE_POOL, "|runs on|", isSelected],
  ["ValidatingAdmissionPolicy", "RuntimeClass", "|admits|", (policy, one) => isNamedBy(one, policy)],
  ["Namespace", "ValidatingAdmissionPolicy", "|held by|", (one, policy) => isNamedBy(policy, one)],
];

/** Mermaid text of the clusters and what makes sure that pods are sandboxed, coloured by verdict. */
export function mermaidOf(plans: readonly StackPlan[]): string {
  const all = plans.flatMap(({ after: stack, resources }) =>
    resources.flatMap((one): Box[] => (one.after?.facts.box ? [{ ...one, stack: stack! }] : [])),
  );
  const changed = all.filter(({ verdict }) => verdict !== "none");
  const boxes = (all.length > MOST_BOXES && changed.length > 0 ? changed : all).slice(0, MOST_BOXES);
  const kindOf = ({ block: { objectKind, type } }: Box) => objectKind ?? type;
  const idOf = (box: Box) => `n${boxes.indexOf(box)}`;
  const subgraphs = plans.flatMap(({ name, after }, i) => {
    const own = boxes.filter(({ stack }) => stack === after).map((box) => `    ${idOf(box)}["${textIn(box)}"]`);
    return own.length === 0 ? [] : [`  subgraph s${i}["stack ${labelOf(name)}"]`, ...own, "  end"];
  });
  const arrows = ARROWS.flatMap(([kind, otherKind, label, isJoined]) => {
    const [starts, ends] = [kind, otherKind].map((one) => boxes.filter((box) => kindOf(box) === one));
    const pairs = starts.flatMap((start) => ends.filter((end) => isJoined(start, end)).map((end) => [start, end]));
    return pairs.map(([start, end]) => `  ${idOf(start)} -->${label} ${idOf(end)}`);
  });
  const more = all.length > boxes.length ? [`  more["and ${all.length - boxes.length} more"]`] : [];
  const colours = Object.entries(verdictWords().verdicts).flatMap(([verdict, { style }]) => {
    const ids = boxes.filter((box) => box.verdict === verdict).map(idOf);
    return style && ids.length > 0 ? [`  classDef ${verdict} ${style}`, `  class ${ids.join(",")} ${verdict}`] : [];
  });
  return ["flowchart LR", ...subgraphs, ...arrows, ...more, ...colours].join("\n") + "\n";
}

/** Returns whether another box of its stack refers to a box, or has its name in a rule or a label. */
function isNamedBy({ block, stack }: Box, by: Box): boolean {
  if (stack !== by.stack) return false;
  const { metadata, spec } = objectOf(by.block);
  const names = [...classesIn(spec), at(metadata, "labels", POLICY_LABEL)];
  const isReferredTo = referencesOf(by.block.body).some(({ address }) => address === block.address);
  return isReferredTo || names.includes(at(objectOf(block, "values"), "metadata", "name") ?? "");
}

/** Returns whether a runtime class sends its pods to a pool, of its own stack or another one. */
function isSelected({ block, stack }: Box, pool: Box): boolean {
  const selector = at(objectOf(block), "scheduling", "nodeSelector");
  const { workload_runtime: runtime, name, node_labels } = pool.block.values;
  if (!KATA_RUNTIMES.includes(runtime) || !isValues(selector)) return false;
  const cluster = clusterOf(pool.block, pool.stack);
  const sought = [...stack.blocks.values()].filter(({ kind, type }) => kind === "data" && type === CLUSTER);
  if (cluster && sought.length > 0 && !sought.some(({ values }) => values.name === cluster.values.name)) return false;
  const labels: Values = { ...(isValues(node_labels) && node_labels), [POOL_LABEL]: name };
  const isOfAks = (label: string) => label.startsWith("kubernetes.azure.com/") && !(label in labels);
  return Object.entries(selector).every(([label, value]) => isOfAks(label) || labels[label] === value);
}

function textIn({ block, verdict }: Box): string {
  const lines = block.facts.box!.flatMap((line) => filled(line, { before: {}, after: objectOf(block) }, labelOf) ?? []);
  return [`<b>${block.facts.noun}</b>`, ...lines, ...(verdict === "none" ? [] : [`<i>${verdict}</i>`])].join("<br/>");
}

/** A value in one line, cut where it is long, with Mermaid's own spelling of what would end a label or be HTML. */
function labelOf(value: Value): string {
  const text = value instanceof Unknown ? "known after apply" : textOf(value);
  // Cut here, the names in all boxes stay below what Mermaid takes.
  return text.slice(0, 64).replaceAll(/[#"<>&|`\\{}[\]]/g, (character) => `#${character.charCodeAt(0)};`);
}
