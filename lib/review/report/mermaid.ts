import { CLUSTER, NODE_POOL, RESOURCE_GROUP } from "../facts/resource-types";
import { KATA_RUNTIMES, POLICY_LABEL } from "../facts/sandboxing";
import { at, isValues, referencesOf, Unknown, Value } from "../model/value";
import { clusterOf, clustersSoughtIn, objectOf, placeOf } from "../notes/objects";
import { classesIn } from "../notes/policies";
import { filled } from "../notes/text";
import type { StackPlan } from "../plan/plan";
import type { Verdict } from "../plan/verdict";
import type { Block } from "../stack/block";
import type { Stack } from "../stack/stack";
import { verdictWords } from "./sentences";

/** A box of the diagram: a resource whose type has lines for it. */
interface Box {
  readonly kind: string;
  readonly stack: Stack;
  readonly block: Block;
  readonly verdict: Verdict;
}

/** More boxes than this nobody reads; GitHub's Mermaid gives up at 500 edges and 50,000 characters. */
const MOST_BOXES = 60;
/** Cut here, the names in all boxes stay below what Mermaid takes. */
const LONGEST_NAME = 64;

const POLICY = "ValidatingAdmissionPolicy";

/** Arrows from one kind to another, with their labels. */
const ARROWS: readonly (readonly [string, string, string, (from: Box, to: Box) => boolean])[] = [
  [RESOURCE_GROUP, CLUSTER, "", (group, cluster) => refersTo(cluster, "resource_group_name", group)],
  [CLUSTER, NODE_POOL, "", (cluster, pool) => refersTo(pool, "kubernetes_cluster_id", cluster)],
  ["RuntimeClass", NODE_POOL, "runs on", isSelected],
  [POLICY, "RuntimeClass", "admits", isAdmitted],
  ["Namespace", POLICY, "held by", isHeld],
];

/** Mermaid text of the clusters and what makes sure that pods are sandboxed, coloured by verdict. */
export function mermaidOf(plans: readonly StackPlan[]): string {
  const all = plans.flatMap(({ after: stack, resources }) =>
    resources.flatMap(({ after: block, verdict }): Box[] =>
      block?.facts.box ? [{ kind: String(block.objectKind ?? block.type), stack: stack!, block, verdict }] : [],
    ),
  );
  const changed = all.filter(({ verdict }) => verdict !== "none");
  const isOfChanges = all.length > MOST_BOXES && changed.length > 0;
  const boxes = (isOfChanges ? changed : all).slice(0, MOST_BOXES);
  const idOf = (box: Box) => `n${boxes.indexOf(box)}`;
  const subgraphs = plans.flatMap(({ name, after }, i) => {
    const own = boxes.filter(({ stack }) => stack === after).map((box) => `    ${idOf(box)}["${textIn(box)}"]`);
    return own.length === 0 ? [] : [`  subgraph s${i}["stack ${escaped(name)}"]`, ...own, "  end"];
  });
  const arrows = ARROWS.flatMap(([kind, otherKind, label, isJoined]) => {
    const [starts, ends] = [kind, otherKind].map((one) => boxes.filter((box) => box.kind === one));
    return starts.flatMap((start) => {
      const joined = ends.filter((end) => isJoined(start, end));
      return joined.map((end) => `  ${idOf(start)} -->${label && `|${label}|`} ${idOf(end)}`);
    });
  });
  const left = all.length - boxes.length;
  const more = left > 0 ? [`  more["and ${left} more${isOfChanges ? ", most of them unchanged" : ""}"]`] : [];
  const colours = Object.entries(verdictWords().verdicts).flatMap(([verdict, { style }]) => {
    const members = boxes.filter((box) => box.verdict === verdict).map(idOf);
    return members.length > 0 ? [`  classDef ${verdict} ${style}`, `  class ${members.join(",")} ${verdict}`] : [];
  });
  return ["flowchart LR", ...subgraphs, ...arrows, ...more, ...colours].join("\n") + "\n";
}

function refersTo({ block, stack }: Box, argument: string, to: Box): boolean {
  return stack === to.stack && referencesOf(block.body[argument]).some(({ address }) => address === to.block.address);
}

/** Returns whether a policy admits pods of a runtime class. */
function isAdmitted(policy: Box, one: Box): boolean {
  const name = placeOf(one.block, "name");
  return policy.stack === one.stack && classesIn(objectOf(policy.block).spec).includes(String(name));
}

/** Returns whether a namespace has the label of a policy. */
function isHeld({ block, stack }: Box, policy: Box): boolean {
  const label = at(objectOf(block), "metadata", "labels", POLICY_LABEL);
  return stack === policy.stack && label === (placeOf(policy.block, "name") ?? "");
}

/** Returns whether a runtime class sends its pods to a pool, of its own stack or another one. */
function isSelected({ block, stack }: Box, pool: Box): boolean {
  const selector = at(objectOf(block), "scheduling", "nodeSelector");
  const { workload_runtime: runtime, name, node_labels: labels } = pool.block.values;
  if (!KATA_RUNTIMES.includes(runtime) || !isValues(selector)) return false;
  const [cluster, sought] = [clusterOf(pool.block, pool.stack), clustersSoughtIn(stack)];
  if (cluster && sought.length > 0 && !sought.includes(cluster.values.name)) return false;
  return Object.entries(selector).every(([label, value]) => {
    if (label.endsWith("/agentpool")) return value === name;
    return label.startsWith("kubernetes.azure.com/") || at(labels, label) === value;
  });
}

function textIn({ block, verdict }: Box): string {
  const { noun, box = [] } = block.facts;
  const both = { before: {}, after: objectOf(block) };
  const lines = box.flatMap((line) => filled(line, both, textOf) ?? []);
  return [`<b>${noun}</b>`, ...lines, ...(verdict === "none" ? [] : [`<i>${verdict}</i>`])].join("<br/>");
}

function textOf(value: Value): string {
  const text = value instanceof Unknown ? "known after apply" : String(value);
  return escaped(text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text);
}

/** Mermaid's own spelling of what would end a label or be HTML. */
function escaped(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[#"<>&|`\\{}[\]]/g, (character) => `#${character.charCodeAt(0)};`);
}
