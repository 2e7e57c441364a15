import { PodSandboxing } from "../pod-sandboxing";
import { POLICY_LABEL } from "../sandbox/policy/sandbox-policy";
import type { StackConfiguration } from "./configuration";
import type { Declaration } from "./declaration";
import { hasExpression, referencesIn } from "./expressions";
import { Json, only } from "./json";
import { CLUSTER, MANIFEST, NAMESPACE, NODE_POOL, RESOURCE_GROUP, RUNTIME_CLASS } from "./resource-types";
import type { Verdict } from "./verdict";

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
export function mermaidOf(stacks: readonly StackConfiguration[], verdictOf: VerdictOf = () => "none"): string {
  const picture = new Picture(stacks, verdictOf);
  return picture.mermaid();
}

class Picture {
  private readonly nodes: Node[] = [];
  private readonly edges: Edge[] = [];

  constructor(
    private readonly stacks: readonly StackConfiguration[],
    private readonly verdictOf: VerdictOf,
  ) {
    for (const stack of stacks) this.addAzure(stack);
    for (const stack of stacks) this.addKubernetes(stack);
  }

  mermaid(): string {
    const changed = this.nodes.filter(({ verdict }) => verdict !== "none");
    const isOfChanges = this.nodes.length > MOST_NODES && changed.length > 0;
    const nodes = (isOfChanges ? changed : this.nodes).slice(0, MOST_NODES);
    const ids = new Map(nodes.map(({ key }, i) => [key, `n${i}`]));
    const lines = ["flowchart LR"];
    for (const [i, stack] of [...new Set(nodes.map(({ stack }) => stack))].entries()) {
      lines.push(`  subgraph s${i}["stack ${escaped(stack)}"]`);
      for (const node of nodes.filter((node) => node.stack === stack))
        lines.push(`    ${ids.get(node.key)}["${labelOf(node)}"]`);
      lines.push("  end");
    }
    for (const { from, to, label } of this.edges) {
      if (!ids.has(from) || !ids.has(to)) continue;
      lines.push(`  ${ids.get(from)} -->${label ? `|${escaped(label)}|` : ""} ${ids.get(to)}`);
    }
    const left = this.nodes.length - nodes.length;
    if (left > 0) lines.push(`  more["and ${left} more${isOfChanges ? ", most of them unchanged" : ""}"]`);
    for (const [verdict, style] of Object.entries(COLOURS)) {
      const members = nodes.filter((node) => node.verdict === verdict).map(({ key }) => ids.get(key));
      if (members.length > 0) lines.push(`  classDef ${verdict} ${style}`, `  class ${members.join(",")} ${verdict}`);
    }
    return lines.join("\n") + "\n";
  }

  private addAzure(stack: StackConfiguration): void {
    for (const group of ofType(stack, RESOURCE_GROUP))
      this.addResource(stack, group, ["resource group", nameOf(group.values)]);
    for (const cluster of ofType(stack, CLUSTER)) {
      const { kubernetes_version, default_node_pool } = cluster.values;
      const own = this.verdictOf(stack.name, cluster.address);
      const version = kubernetes_version ? [`Kubernetes ${plainText(kubernetes_version)}`] : [];
      const verdict = own === "rotate" ? "none" : own;
      this.add(stack, cluster.address, ["AKS cluster", nameOf(cluster.values), ...version], verdict);
      for (const { address } of referredBy(stack, cluster.values.resource_group_name))
        this.edges.push({ from: keyOf(stack, address), to: keyOf(stack, cluster.address) });
      const pool = default_node_pool?.[0];
      if (!pool) continue;
      const isTouched = own === "rotate" || own === "replace" || own === "create";
      this.add(stack, `${cluster.address}.default`, poolLines("default node pool", pool), isTouched ? own : "none");
      this.edges.push({ from: keyOf(stack, cluster.address), to: keyOf(stack, `${cluster.address}.default`) });
    }
    for (const pool of ofType(stack, NODE_POOL)) {
      this.addResource(stack, pool, poolLines(isKata(pool) ? "kata node pool" : "node pool", pool.values));
      for (const { address } of referredBy(stack, pool.values.kubernetes_cluster_id))
        this.edges.push({ from: keyOf(stack, address), to: keyOf(stack, pool.address) });
    }
  }

  private addKubernetes(stack: StackConfiguration): void {
    const classes = [...ofKind(stack, "RuntimeClass"), ...ofType(stack, RUNTIME_CLASS)];
    for (const runtimeClass of classes) {
      const { overhead, scheduling } = runtimeClass.values.manifest ?? {};
      const memory = overhead?.podFixed?.memory;
      this.addResource(stack, runtimeClass, [
        "runtime class",
        objectName(runtimeClass),
        ...(memory ? [`overhead ${plainText(memory)}`] : []),
      ]);
      for (const key of this.poolsFor(stack, scheduling?.nodeSelector ?? {}))
        this.edges.push({ from: keyOf(stack, runtimeClass.address), to: key, label: "runs on" });
    }
    for (const policy of ofKind(stack, "ValidatingAdmissionPolicy")) {
      this.addResource(stack, policy, ["admission policy", objectName(policy)]);
      const expressions = JSON.stringify(policy.values.manifest.spec?.validations ?? []);
      for (const runtimeClass of classes)
        if (expressions.includes(`'${objectName(runtimeClass)}'`))
          this.edges.push({
            from: keyOf(stack, policy.address),
            to: keyOf(stack, runtimeClass.address),
            label: "admits",
          });
    }
    for (const namespace of ofType(stack, NAMESPACE)) {
      this.addResource(stack, namespace, ["namespace", objectName(namespace)]);
      const heldBy = only(namespace.values.metadata)?.labels?.[POLICY_LABEL];
      for (const policy of ofKind(stack, "ValidatingAdmissionPolicy"))
        if (heldBy === objectName(policy))
          this.edges.push({
            from: keyOf(stack, namespace.address),
            to: keyOf(stack, policy.address),
            label: "held by",
          });
    }
  }

  /** Kata pools that a node selector picks, among those of all stacks. */
  private poolsFor(stack: StackConfiguration, selector: Json): string[] {
    const clusterNames = ofType(stack, CLUSTER, "data").map(({ values }) => values.name);
    const [, poolName] = Object.entries<Json>(selector).find(([label]) => label.endsWith("/agentpool")) ?? [];
    const own = Object.entries<Json>(selector).filter(([label]) => !label.startsWith("kubernetes.azure.com/"));
    if (Object.keys(selector).length === 0) return [];
    return this.stacks.flatMap((azure) =>
      ofType(azure, NODE_POOL)
        .filter(isKata)
        .filter(({ values }) => {
          const cluster = referredBy(azure, values.kubernetes_cluster_id)[0];
          return clusterNames.length === 0 || !cluster || clusterNames.includes(cluster.values.name);
        })
        .filter(({ values }) => poolName === undefined || values.name === poolName)
        .filter(({ values }) => own.every(([label, value]) => values.node_labels?.[label] === value))
        .map(({ address }) => keyOf(azure, address)),
    );
  }

  private addResource(stack: StackConfiguration, { address }: Declaration, lines: readonly string[]): void {
    this.add(stack, address, lines, this.verdictOf(stack.name, address));
  }

  private add(stack: StackConfiguration, address: string, lines: readonly string[], verdict: Verdict): void {
    this.nodes.push({ key: keyOf(stack, address), stack: stack.name, lines, verdict });
  }
}

function keyOf({ name }: StackConfiguration, address: string): string {
  return `${name} ${address}`;
}

function ofType(stack: StackConfiguration, type: string, kind: Declaration["kind"] = "resource"): Declaration[] {
  return [...stack.declarations.values()]
    .filter((declaration) => declaration.type === type && declaration.kind === kind)
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}

function ofKind(stack: StackConfiguration, kind: string): Declaration[] {
  return ofType(stack, MANIFEST).filter(({ values }) => values.manifest?.kind === kind);
}

function referredBy(stack: StackConfiguration, value: Json): Declaration[] {
  return referencesIn(value).flatMap(({ address }) => stack.declarations.get(address) ?? []);
}

function isKata({ values }: Declaration): boolean {
  return PodSandboxing.isKata(values.workload_runtime);
}

function poolLines(what: string, pool: Json): string[] {
  const { name, node_count, min_count, max_count, vm_size, os_sku, workload_runtime } = pool;
  const count = min_count === undefined ? (node_count ?? "some") : `${plainText(min_count)} to ${plainText(max_count)}`;
  return [
    what,
    plainText(name),
    `${plainText(count)} × ${plainText(vm_size ?? "nodes")}`,
    [os_sku, workload_runtime]
      .filter((value) => value !== undefined)
      .map(plainText)
      .join(", "),
  ];
}

function nameOf({ name }: Json): string {
  return plainText(name);
}

function objectName({ values }: Declaration): string {
  return plainText(values.manifest?.metadata?.name ?? only(values.metadata)?.name);
}

function plainText(value: Json): string {
  if (hasExpression(value)) return "known at apply";
  const text = String(value ?? "");
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
}

function labelOf({ lines, verdict }: Node): string {
  const [what, ...rest] = lines.filter((line) => line !== "").map(escaped);
  return [`<b>${what}</b>`, ...rest, ...(verdict === "none" ? [] : [`<i>${verdict}</i>`])].join("<br/>");
}

/** Mermaid's own spelling of what would end a label or be HTML. */
function escaped(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[#"<>&|`\\{}[\]]/g, (character) => `#${character.charCodeAt(0)};`);
}
