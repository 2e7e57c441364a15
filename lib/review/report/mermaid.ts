import { CLUSTER, NODE_POOL, RESOURCE_GROUP } from "../facts/resource-types";
import { KATA_RUNTIMES, POLICY_LABEL } from "../facts/sandboxing";
import { at, isValues, referencesOf, Unknown, Value, Values } from "../model/value";
import { clusterOf, clustersSoughtIn } from "../notes/clusters";
import { objectOf } from "../notes/objects";
import { classesIn } from "../notes/policies";
import type { StackPlan } from "../plan/plan";
import { kindOfSide, Side, StackSide } from "../plan/side";
import type { Verdict } from "../plan/verdict";

/** A box of the diagram: a resource, or the default node pool of a cluster. */
interface Box {
  readonly kind: string;
  readonly stack: StackSide;
  readonly side: Side;
  readonly verdict: Verdict;
}

/** More boxes than this nobody reads; GitHub's Mermaid gives up at 500 edges and 50,000 characters. */
const MOST_BOXES = 60;
/** Cut here, the names in all boxes stay below what Mermaid takes. */
const LONGEST_NAME = 64;

const COLOURS: { readonly [verdict in Exclude<Verdict, "none">]: string } = {
  destroy: "fill:#ffd7d5,stroke:#a40e26,color:#1f2328",
  replace: "fill:#ffd7d5,stroke:#cf222e,color:#1f2328",
  rotate: "fill:#ffe2c2,stroke:#bc4c00,color:#1f2328",
  unknown: "fill:#fbefff,stroke:#8250df,color:#1f2328",
  update: "fill:#fff8c5,stroke:#9a6700,color:#1f2328",
  create: "fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
};

const DEFAULT_POOL = "default node pool";
const CLASS = "RuntimeClass";
const POLICY = "ValidatingAdmissionPolicy";
const NAMESPACE = "Namespace";

/** What has a box, in this order, and the lines in it. */
const LINES: { readonly [kind: string]: (side: Side) => readonly Value[] } = {
  [RESOURCE_GROUP]: ({ written }) => ["resource group", written.name],
  [CLUSTER]: ({ written: { name, kubernetes_version: version } }) => [
    "AKS cluster",
    name,
    version && `Kubernetes ${textOf(version)}`,
  ],
  [DEFAULT_POOL]: ({ written }) => [DEFAULT_POOL, ...linesOfPool(written.default_node_pool as Values)],
  [NODE_POOL]: (side) => [isKata(side) ? "kata node pool" : "node pool", ...linesOfPool(side.written)],
  [CLASS]: (side) => {
    const memory = at(objectOf(side), "overhead", "podFixed", "memory");
    return ["runtime class", nameOf(side), memory && `overhead ${textOf(memory)}`];
  },
  [POLICY]: (side) => ["admission policy", nameOf(side)],
  [NAMESPACE]: (side) => ["namespace", nameOf(side)],
};
const ORDER = Object.keys(LINES);

/** What has an arrow to what, and its label. */
const ARROWS: readonly (readonly [string, string, string, (from: Box, to: Box) => boolean])[] = [
  [RESOURCE_GROUP, CLUSTER, "", (group, cluster) => refersTo(cluster, "resource_group_name", group)],
  [CLUSTER, DEFAULT_POOL, "", (cluster, pool) => cluster.side === pool.side],
  [CLUSTER, NODE_POOL, "", (cluster, pool) => refersTo(pool, "kubernetes_cluster_id", cluster)],
  [CLASS, NODE_POOL, "runs on", isSelected],
  [POLICY, CLASS, "admits", isAdmitted],
  [NAMESPACE, POLICY, "held by", isHeld],
];

/** Mermaid text of the clusters and what makes sure that pods are sandboxed, coloured by verdict. */
export function mermaidOf(plans: readonly StackPlan[]): string {
  const all = plans.flatMap(boxesOf);
  const changed = all.filter(({ verdict }) => verdict !== "none");
  const isOfChanges = all.length > MOST_BOXES && changed.length > 0;
  const boxes = (isOfChanges ? changed : all).slice(0, MOST_BOXES);
  const idOf = (box: Box) => `n${boxes.indexOf(box)}`;
  const subgraphs = plans.flatMap(({ name, after }, i) => {
    const own = boxes.filter(({ stack }) => stack === after).map((box) => `    ${idOf(box)}["${textIn(box)}"]`);
    return own.length === 0 ? [] : [`  subgraph s${i}["stack ${escaped(name)}"]`, ...own, "  end"];
  });
  const arrows = ARROWS.flatMap(([kind, otherKind, label, isJoined]) => {
    const ends = boxes.filter((box) => box.kind === otherKind);
    return boxes
      .filter((box) => box.kind === kind)
      .flatMap((box) => ends.filter((end) => isJoined(box, end)).map((end) => [box, end]))
      .map(([box, end]) => `  ${idOf(box)} -->${label && `|${label}|`} ${idOf(end)}`);
  });
  const left = all.length - boxes.length;
  const more = left > 0 ? [`  more["and ${left} more${isOfChanges ? ", most of them unchanged" : ""}"]`] : [];
  const colours = Object.entries(COLOURS).flatMap(([verdict, style]) => {
    const members = boxes.filter((box) => box.verdict === verdict).map(idOf);
    return members.length > 0 ? [`  classDef ${verdict} ${style}`, `  class ${members.join(",")} ${verdict}`] : [];
  });
  return ["flowchart LR", ...subgraphs, ...arrows, ...more, ...colours].join("\n") + "\n";
}

function boxesOf({ after: stack, resources }: StackPlan): Box[] {
  if (!stack) return [];
  const boxes = resources.flatMap(({ after: side, verdict }): Box[] => {
    if (!side) return [];
    const box = { kind: String(kindOfSide(side) ?? side.block.type), stack, side, verdict };
    if (box.kind !== CLUSTER || !isValues(side.written.default_node_pool)) return [box];
    const isOfPool = verdict === "rotate";
    const isTouched = isOfPool || verdict === "replace" || verdict === "create";
    return [
      { ...box, verdict: isOfPool ? "none" : verdict },
      { ...box, kind: DEFAULT_POOL, verdict: isTouched ? verdict : "none" },
    ];
  });
  return ORDER.flatMap((kind) => boxes.filter((box) => box.kind === kind));
}

function refersTo({ side, stack }: Box, argument: string, to: Box): boolean {
  const references = referencesOf(side.block.body[argument]);
  return stack === to.stack && references.some(({ address }) => address === to.side.block.address);
}

/** Returns whether a runtime class sends its pods to a pool, of its own stack or another one. */
function isSelected({ side, stack }: Box, pool: Box): boolean {
  const selector = at(objectOf(side), "scheduling", "nodeSelector");
  if (!isKata(pool.side) || !isValues(selector)) return false;
  const [cluster, sought] = [clusterOf(pool.side, pool.stack), clustersSoughtIn(stack)];
  if (cluster && sought.length > 0 && !sought.includes(cluster.values.name)) return false;
  const { name, node_labels: labels } = pool.side.values;
  return Object.entries(selector).every(([label, value]) => {
    if (label.endsWith("/agentpool")) return value === name;
    return label.startsWith("kubernetes.azure.com/") || at(labels, label) === value;
  });
}

function nameOf(side: Side): Value {
  return at(objectOf(side), "metadata", "name");
}

function isAdmitted(policy: Box, { side, stack }: Box): boolean {
  return policy.stack === stack && classesIn(objectOf(policy.side)).includes(String(nameOf(side)));
}

function isHeld({ side, stack }: Box, policy: Box): boolean {
  const label = at(objectOf(side), "metadata", "labels", POLICY_LABEL);
  return policy.stack === stack && label !== undefined && label === nameOf(policy.side);
}

function isKata({ values }: Side): boolean {
  return KATA_RUNTIMES.includes(values.workload_runtime);
}

function linesOfPool(pool: Values): Value[] {
  const { name, node_count = "some", min_count: least, max_count: most, vm_size = "nodes", os_sku } = pool;
  const count = least === undefined ? textOf(node_count) : `${textOf(least)} to ${textOf(most)}`;
  const image = [os_sku, pool.workload_runtime].filter((value) => value !== undefined).map(textOf);
  return [name, `${count} × ${textOf(vm_size)}`, image.join(", ")];
}

function textOf(value: Value): string {
  const text = value instanceof Unknown ? "known after apply" : String(value ?? "");
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
}

function textIn({ kind, side, verdict }: Box): string {
  const [what, ...lines] = LINES[kind](side).map(textOf);
  const shown = lines.filter((line) => line !== "").map(escaped);
  return [`<b>${what}</b>`, ...shown, ...(verdict === "none" ? [] : [`<i>${verdict}</i>`])].join("<br/>");
}

/** Mermaid's own spelling of what would end a label or be HTML. */
function escaped(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[#"<>&|`\\{}[\]]/g, (character) => `#${character.charCodeAt(0)};`);
}
