import { CLUSTER, NODE_POOL, RESOURCE_GROUP } from "../facts/resource-types";
import { KATA_RUNTIMES, POLICY_LABEL } from "../facts/sandboxing";
import { at, isValues, referencesOf, stable, Unknown, Value, Values } from "../model/value";
import { objectOf } from "../notes/objects";
import { kindOfSide, Side, StackSide } from "../plan/side";
import type { Verdict } from "../plan/verdict";

type VerdictOf = (stack: string, address: string) => Verdict;

/** A box of the diagram: a resource, or the default node pool of a cluster. */
const metadataOf = (side: Side) => (objectOf(side).metadata ?? {}) as Values;

interface Box {
  readonly key: string;
  readonly stack: StackSide;
  readonly side: Side;
  readonly lines: readonly Value[];
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

/** What has a box, in this order, and the lines in it. */
const LINES: { readonly [type: string]: (side: Side) => readonly Value[] } = {
  [RESOURCE_GROUP]: ({ written }) => ["resource group", written.name],
  [CLUSTER]: ({ written: { name, kubernetes_version: version } }) => [
    "AKS cluster",
    name,
    version && `Kubernetes ${textOf(version)}`,
  ],
  [NODE_POOL]: (side) => linesOfPool(isKata(side) ? "kata node pool" : "node pool", side.written),
  RuntimeClass: (side) => {
    const memory = at(objectOf(side), "overhead", "podFixed", "memory");
    return ["runtime class", metadataOf(side).name, memory && `overhead ${textOf(memory)}`];
  },
  ValidatingAdmissionPolicy: (side) => ["admission policy", metadataOf(side).name],
  Namespace: (side) => ["namespace", metadataOf(side).name],
};
const ORDER = Object.keys(LINES);

/** Mermaid text of the clusters and what makes sure that pods are sandboxed, coloured by verdict where one is told. */
export function mermaidOf(stacks: readonly StackSide[], verdictOf: VerdictOf = () => "none"): string {
  const all = stacks.flatMap((stack) => boxesOf(stack, verdictOf));
  const changed = all.filter(({ verdict }) => verdict !== "none");
  const isOfChanges = all.length > MOST_BOXES && changed.length > 0;
  const boxes = (isOfChanges ? changed : all).slice(0, MOST_BOXES);
  const ids = new Map(boxes.map(({ key }, i) => [key, `n${i}`]));
  const subgraphs = stacks.flatMap((stack, i) => {
    const own = boxes.filter((box) => box.stack === stack).map((box) => `    ${ids.get(box.key)}["${labelOf(box)}"]`);
    return own.length === 0 ? [] : [`  subgraph s${i}["stack ${escaped(stack.stack.name)}"]`, ...own, "  end"];
  });
  const arrows = boxes.flatMap((box) =>
    arrowsTo(box, all)
      .filter(([from, , to]) => ids.has(from) && ids.has(to))
      .map(([from, label, to]) => `  ${ids.get(from)} -->${label && `|${label}|`} ${ids.get(to)}`),
  );
  const left = all.length - boxes.length;
  const more = left > 0 ? [`  more["and ${left} more${isOfChanges ? ", most of them unchanged" : ""}"]`] : [];
  const colours = Object.entries(COLOURS).flatMap(([verdict, style]) => {
    const members = boxes.filter((box) => box.verdict === verdict).map(({ key }) => ids.get(key));
    return members.length > 0 ? [`  classDef ${verdict} ${style}`, `  class ${members.join(",")} ${verdict}`] : [];
  });
  return ["flowchart LR", ...subgraphs, ...arrows, ...more, ...colours].join("\n") + "\n";
}

function boxesOf(stack: StackSide, verdictOf: VerdictOf): Box[] {
  const blocks = [...stack.stack.blocks.values()].filter(({ kind }) => kind === "resource");
  const sides = blocks.map(stack.sideOf).filter((side) => ORDER.includes(typeOf(side)));
  const inOrder = sides.sort((a, b) => (a.block.address < b.block.address ? -1 : 1));
  return ORDER.flatMap((type) => inOrder.filter((side) => typeOf(side) === type)).flatMap((side) => {
    const verdict = verdictOf(stack.stack.name, side.block.address);
    const own = { key: keyOf(stack, side.block.address), stack, side, lines: LINES[typeOf(side)](side), verdict };
    const { default_node_pool: pool } = side.written;
    if (typeOf(side) !== CLUSTER || !isValues(pool)) return [own];
    const isPoolOnly = verdict === "rotate";
    const isTouched = isPoolOnly || verdict === "replace" || verdict === "create";
    const lines = linesOfPool("default node pool", pool);
    return [
      { ...own, verdict: isPoolOnly ? "none" : verdict },
      { ...own, key: `${own.key}.default`, lines, verdict: isTouched ? verdict : "none" },
    ];
  });
}

/** The arrows of one box to what it stands on, each as from, label, to. */
function arrowsTo({ key, stack, side }: Box, all: readonly Box[]): [string, string, string][] {
  const ofType = (type: string) => all.filter((box) => typeOf(box.side) === type && !box.key.endsWith(".default"));
  const { body } = side.block;
  const from = (argument: Value) => referencesOf(argument).map(({ address }) => keyOf(stack, address));
  switch (typeOf(side)) {
    case CLUSTER:
      if (key.endsWith(".default")) return [[key.replace(/\.default$/, ""), "", key]];
      return from(body.resource_group_name).map((group) => [group, "", key]);
    case NODE_POOL:
      return from(body.kubernetes_cluster_id).map((cluster) => [cluster, "", key]);
    case "RuntimeClass":
      return ofType(NODE_POOL)
        .filter((pool) => isSelected(pool, side, stack))
        .map((pool) => [key, "runs on", pool.key]);
    case "ValidatingAdmissionPolicy": {
      const expressions = stable(at(objectOf(side), "spec", "validations"));
      const classes = ofType("RuntimeClass").filter((one) => one.stack === stack);
      const admitted = classes.filter((one) => expressions.includes(`'${String(metadataOf(one.side).name)}'`));
      return admitted.map((one) => [key, "admits", one.key]);
    }
    default: {
      const label = at(metadataOf(side), "labels", POLICY_LABEL);
      const policies = ofType("ValidatingAdmissionPolicy").filter((one) => one.stack === stack);
      const holders = policies.filter((one) => label !== undefined && metadataOf(one.side).name === label);
      return holders.map((policy) => [key, "held by", policy.key]);
    }
  }
}

/** Returns whether a runtime class sends its pods to a pool, of its own stack or another one. */
function isSelected(pool: Box, runtimeClass: Side, { stack, sideOf }: StackSide): boolean {
  const selector = at(objectOf(runtimeClass), "scheduling", "nodeSelector");
  if (!isKata(pool.side) || !isValues(selector)) return false;
  const sought = [...stack.blocks.values()].filter(({ kind, type }) => kind === "data" && type === CLUSTER);
  const [cluster] = referencesOf(pool.side.block.body.kubernetes_cluster_id);
  const block = pool.stack.stack.blocks.get(cluster?.address ?? "");
  const isOfCluster =
    !block || sought.some((data) => sideOf(data).values.name === pool.stack.sideOf(block).values.name);
  const { name, node_labels: labels } = pool.side.values;
  return (
    (sought.length === 0 || isOfCluster) &&
    Object.entries(selector).every(([label, value]) => {
      if (label.endsWith("/agentpool")) return value === name;
      return label.startsWith("kubernetes.azure.com/") || at(labels, label) === value;
    })
  );
}

function keyOf({ stack }: StackSide, address: string): string {
  return `${stack.name} ${address}`;
}

/** The Kubernetes kind of a resource, or its type if it has none. */
function typeOf(side: Side): string {
  return String(kindOfSide(side) ?? side.block.type);
}

function isKata({ values }: Side): boolean {
  return KATA_RUNTIMES.includes(values.workload_runtime);
}

function linesOfPool(what: string, pool: Values): Value[] {
  const {
    name,
    node_count = "some",
    min_count: least,
    max_count: most,
    vm_size = "nodes",
    os_sku,
    workload_runtime,
  } = pool;
  const count = least === undefined ? textOf(node_count) : `${textOf(least)} to ${textOf(most)}`;
  const image = [os_sku, workload_runtime].filter((value) => value !== undefined).map(textOf);
  return [what, name, `${count} × ${textOf(vm_size)}`, image.join(", ")];
}

function textOf(value: Value): string {
  const text = value instanceof Unknown ? "known after apply" : String(value ?? "");
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
}

function labelOf({ lines: [what, ...lines], verdict }: Box): string {
  const shown = lines.map(textOf).filter((line) => line !== "");
  const all = [`<b>${textOf(what)}</b>`, ...shown.map(escaped), ...(verdict === "none" ? [] : [`<i>${verdict}</i>`])];
  return all.join("<br/>");
}

/** Mermaid's own spelling of what would end a label or be HTML. */
function escaped(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[#"<>&|`\\{}[\]]/g, (character) => `#${character.charCodeAt(0)};`);
}
