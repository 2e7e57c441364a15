import { CLUSTER, NODE_POOL, RESOURCE_GROUP } from "../facts/resource-types";
import { KATA_RUNTIMES, POLICY_LABEL } from "../facts/sandboxing";
import { at, isValues, stable, Unknown, unknownsIn, Value, Values } from "../model/value";
import { metadataOf, objectOf } from "../notes/objects";
import { kindOfSide, Side, StackSide } from "../plan/side";
import type { Verdict } from "../plan/verdict";

/** Tells what happens to a resource. */
type VerdictOf = (stack: string, address: string) => Verdict;

interface Node {
  readonly key: string;
  readonly stack: string;
  readonly lines: readonly string[];
  readonly verdict: Verdict;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
}

/** More boxes than this nobody reads; GitHub's Mermaid gives up at 500 edges and 50,000 characters. */
const MOST_NODES = 60;
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

/** Mermaid text of the clusters and what makes sure that pods are sandboxed, coloured by verdict where one is told. */
export function mermaidOf(stacks: readonly StackSide[], verdictOf: VerdictOf = () => "none"): string {
  const parts = [
    ...stacks.map((stack) => azureIn(stack, verdictOf)),
    ...stacks.map((stack) => kubernetesIn(stack, stacks, verdictOf)),
  ];
  const [all, edges] = [parts.flatMap(({ nodes }) => nodes), parts.flatMap(({ edges }) => edges)];
  const changed = all.filter(({ verdict }) => verdict !== "none");
  const isOfChanges = all.length > MOST_NODES && changed.length > 0;
  const nodes = (isOfChanges ? changed : all).slice(0, MOST_NODES);
  const ids = new Map(nodes.map(({ key }, i) => [key, `n${i}`]));
  const boxes = [...new Set(nodes.map(({ stack }) => stack))].flatMap((stack, i) => [
    `  subgraph s${i}["stack ${escaped(stack)}"]`,
    ...nodes.filter((node) => node.stack === stack).map((node) => `    ${ids.get(node.key)}["${labelOf(node)}"]`),
    "  end",
  ]);
  const arrows = edges
    .filter(({ from, to }) => ids.has(from) && ids.has(to))
    .map(({ from, to, label }) => `  ${ids.get(from)} -->${label ? `|${escaped(label)}|` : ""} ${ids.get(to)}`);
  const left = all.length - nodes.length;
  const more = left > 0 ? [`  more["and ${left} more${isOfChanges ? ", most of them unchanged" : ""}"]`] : [];
  const colours = Object.entries(COLOURS).flatMap(([verdict, style]) => {
    const members = nodes.filter((node) => node.verdict === verdict).map(({ key }) => ids.get(key));
    return members.length > 0 ? [`  classDef ${verdict} ${style}`, `  class ${members.join(",")} ${verdict}`] : [];
  });
  return ["flowchart LR", ...boxes, ...arrows, ...more, ...colours].join("\n") + "\n";
}

interface Part {
  readonly nodes: Node[];
  readonly edges: Edge[];
}

function azureIn(stack: StackSide, verdictOf: VerdictOf): Part {
  const { nodes, edges, add, link } = partOf(stack, verdictOf);
  for (const group of ofType(stack, RESOURCE_GROUP)) add(group, ["resource group", nameOf(group)]);
  for (const cluster of ofType(stack, CLUSTER)) {
    const { kubernetes_version: version, default_node_pool: pool } = cluster.written;
    const own = verdictOf(stack.stack.name, cluster.block.address);
    const lines = ["AKS cluster", nameOf(cluster), version ? `Kubernetes ${text(version)}` : ""];
    add(cluster, lines, own === "rotate" ? "none" : own);
    link(cluster.block.body.resource_group_name, cluster);
    if (!isValues(pool)) continue;
    const isTouched = own === "rotate" || own === "replace" || own === "create";
    const [key, to] = [cluster, ".default"].map((part) =>
      typeof part === "string" ? keyOf(cluster, stack) + part : keyOf(part, stack),
    );
    nodes.push({
      key: to,
      stack: stack.stack.name,
      lines: poolLines("default node pool", pool),
      verdict: isTouched ? own : "none",
    });
    edges.push({ from: key, to });
  }
  for (const pool of ofType(stack, NODE_POOL)) {
    add(pool, poolLines(isKata(pool) ? "kata node pool" : "node pool", pool.written));
    link(pool.block.body.kubernetes_cluster_id, pool);
  }
  return { nodes, edges };
}

function kubernetesIn(stack: StackSide, stacks: readonly StackSide[], verdictOf: VerdictOf): Part {
  const { nodes, edges, add } = partOf(stack, verdictOf);
  const key = (side: Side) => keyOf(side, stack);
  const classes = ofKind(stack, "RuntimeClass");
  const policies = ofKind(stack, "ValidatingAdmissionPolicy");
  for (const runtimeClass of classes) {
    const memory = at(objectOf(runtimeClass), "overhead", "podFixed", "memory");
    const selector = at(objectOf(runtimeClass), "scheduling", "nodeSelector");
    add(runtimeClass, ["runtime class", objectName(runtimeClass), memory ? `overhead ${text(memory)}` : ""]);
    for (const to of poolsFor(stack, stacks, isValues(selector) ? selector : {}))
      edges.push({ from: key(runtimeClass), to, label: "runs on" });
  }
  for (const policy of policies) {
    add(policy, ["admission policy", objectName(policy)]);
    const expressions = stable(at(objectOf(policy), "spec", "validations"));
    for (const runtimeClass of classes.filter((one) => expressions.includes(`'${objectName(one)}'`)))
      edges.push({ from: key(policy), to: key(runtimeClass), label: "admits" });
  }
  for (const namespace of ofKind(stack, "Namespace")) {
    add(namespace, ["namespace", objectName(namespace)]);
    const heldBy = at(metadataOf(namespace), "labels", POLICY_LABEL);
    for (const policy of policies.filter((one) => heldBy !== undefined && heldBy === metadataOf(one).name))
      edges.push({ from: key(namespace), to: key(policy), label: "held by" });
  }
  return { nodes, edges };
}

function partOf(stack: StackSide, verdictOf: VerdictOf) {
  const part: Part = { nodes: [], edges: [] };
  const { name } = stack.stack;
  const add = (side: Side, lines: readonly string[], verdict = verdictOf(name, side.block.address)) =>
    part.nodes.push({ key: keyOf(side, stack), stack: name, lines, verdict });
  const link = (value: Value, to: Side) => {
    for (const from of referredBy(stack, value)) part.edges.push({ from: keyOf(from, stack), to: keyOf(to, stack) });
  };
  return { ...part, add, link };
}

/** Kata pools that a node selector picks, among those of all stacks. */
function poolsFor(stack: StackSide, stacks: readonly StackSide[], selector: Values): string[] {
  if (Object.keys(selector).length === 0) return [];
  const clusters = ofType(stack, CLUSTER, "data").map(({ values }) => values.name);
  const [, poolName] = Object.entries(selector).find(([label]) => label.endsWith("/agentpool")) ?? [];
  const own = Object.entries(selector).filter(([label]) => !label.startsWith("kubernetes.azure.com/"));
  return stacks.flatMap((azure) =>
    ofType(azure, NODE_POOL)
      .filter((pool) => {
        const [cluster] = referredBy(azure, pool.block.body.kubernetes_cluster_id);
        const isOfCluster = clusters.length === 0 || !cluster || clusters.includes(cluster.values.name);
        const isNamed = poolName === undefined || pool.values.name === poolName;
        return (
          isKata(pool) &&
          isOfCluster &&
          isNamed &&
          own.every(([label, value]) => at(pool.values.node_labels, label) === value)
        );
      })
      .map((pool) => keyOf(pool, azure)),
  );
}

function keyOf({ block }: Side, { stack }: StackSide): string {
  return `${stack.name} ${block.address}`;
}

function sidesOf({ stack, sideOf }: StackSide): Side[] {
  return [...stack.blocks.values()].sort((a, b) => (a.address < b.address ? -1 : 1)).map(sideOf);
}

function ofType(stack: StackSide, type: string, kind = "resource"): Side[] {
  return sidesOf(stack).filter(({ block }) => block.type === type && block.kind === kind);
}

function ofKind(stack: StackSide, kind: string): Side[] {
  return sidesOf(stack).filter((side) => side.block.kind === "resource" && kindOfSide(side) === kind);
}

function referredBy({ stack, sideOf }: StackSide, value: Value): Side[] {
  const blocks = unknownsIn(value).flatMap(({ references }) =>
    references.flatMap(({ address }) => stack.blocks.get(address) ?? []),
  );
  return blocks.map(sideOf);
}

function isKata({ values }: Side): boolean {
  return KATA_RUNTIMES.includes(values.workload_runtime);
}

function poolLines(what: string, pool: Values): string[] {
  const { name, node_count = "some", min_count, max_count, vm_size = "nodes", os_sku, workload_runtime } = pool;
  const count = min_count === undefined ? text(node_count) : `${text(min_count)} to ${text(max_count)}`;
  const image = [os_sku, workload_runtime].filter((value) => value !== undefined).map((value) => text(value));
  return [what, text(name), `${count} × ${text(vm_size)}`, image.join(", ")];
}

function nameOf(side: Side): string {
  return text(side.written.name);
}

function objectName(side: Side): string {
  return text(metadataOf(side).name);
}

function text(value: Value): string {
  if (value instanceof Unknown) return "known after apply";
  const whole = String(value ?? "");
  return whole.length > LONGEST_NAME ? `${whole.slice(0, LONGEST_NAME)}…` : whole;
}

function labelOf({ lines, verdict }: Node): string {
  const [what, ...rest] = lines.filter((line) => line !== "").map(escaped);
  return [`<b>${what}</b>`, ...rest, ...(verdict === "none" ? [] : [`<i>${verdict}</i>`])].join("<br/>");
}

/** Mermaid's own spelling of what would end a label or be HTML. */
function escaped(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[#"<>&|`\\{}[\]]/g, (character) => `#${character.charCodeAt(0)};`);
}
