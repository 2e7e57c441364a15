import coerce from "semver/functions/coerce";
import { isOlder } from "../../cluster/rules/versions";
import { brokenClusterRules, brokenNodePoolRules } from "../../cluster/rules/written-rules";
import { checkSchemas } from "../../schema-check";
import type { BrokenRule } from "../../validation/rule";
import { CLUSTER, NODE_POOL } from "../facts/resource-types";
import { KATA_RUNTIMES } from "../facts/sandboxing";
import { Unknown, Value } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { poolOf, Side, StackSide } from "../plan/side";
import { clusterOf } from "./clusters";
import { asWritten } from "./names";
import { code, inOneLine, Notes } from "./text";

/** Notes on the rules that constructs are held to, too, and that a resource breaks and did not break before. */
export function brokenRules({ before, after, verdict }: PlannedResource, plan: StackPlan): Notes {
  const next = rulesBrokenBy(after, plan.after);
  const old = next.length > 0 ? rulesBrokenBy(before, plan.before).map(({ message }) => message) : [];
  const broken = next.filter(({ message }) => !old.includes(message));
  return broken.map(({ message, warns, refusedAt }) => {
    const text = asWritten(message, after!.block.constraint);
    const isLate = verdict === "replace" && refusedAt !== "plan";
    return warns
      ? text
      : `azurerm or AKS refuses it: ${text}${isLate ? " (the old one may be destroyed by then)" : ""}`;
  });
}

/** The rules that a resource breaks as it is written, so that none quotes a secret. */
function rulesBrokenBy(side: Side | undefined, stack: StackSide | undefined): BrokenRule[] {
  if (side?.table.version === undefined || side.block.kind !== "resource" || "dynamic" in side.written) return [];
  const { block, table, written, values } = side;
  const reader = { azurermMajor: parseInt(table.version!), isUnknown: (value: unknown) => value instanceof Unknown };
  if (block.type === CLUSTER) return brokenClusterRules(written, reader);
  if (block.type !== NODE_POOL) return [];
  const isKata = KATA_RUNTIMES.includes(values.workload_runtime);
  return brokenNodePoolRules(written, { ...reader, isKata, cluster: clusterOf(side, stack!)?.written });
}

/**
 * Notes on versions of Kubernetes that go back, skip a minor version, or are too far apart.
 *
 * Source: learn.microsoft.com/azure/aks/upgrade-aks-cluster and /supported-kubernetes-versions; kubernetes.io/releases/version-skew-policy
 */
export function versionNotes({ before, after, verdict }: PlannedResource, plan: StackPlan): Notes {
  if (!after || ![CLUSTER, NODE_POOL].includes(after.block.type)) return [];
  const [old, next] = [before && versionsOf(before, plan.before!), versionsOf(after, plan.after!)];
  const isBehind = next.behind > 3 && !(old && old.behind > 3);
  const behind = `a pool of Kubernetes ${inOneLine(next.pool)} is more than three minor versions behind ${inOneLine(next.control)}: its nodes may not work with the control plane`;
  if (!old || verdict === "replace") return [isBehind && behind];
  const change = (from: Value, to: Value) => `from Kubernetes ${inOneLine(from)} to ${inOneLine(to)}`;
  const back = (from: Value, to: Value) =>
    isOlder(textOf(to), textOf(from)) && `AKS refuses at apply to go back ${change(from, to)}`;
  return [
    back(old.own, next.own),
    back(old.pool, next.pool),
    minorsBetween(old.own, next.own) > 1 &&
      `AKS refuses at apply to skip a minor version, ${change(old.own, next.own)}: upgrade one by one`,
    isBehind && behind,
  ];
}

/** Versions of a cluster, of the pool that it has by default or that is one, and of the control plane of that. */
function versionsOf(side: Side, stack: StackSide) {
  const own = side.values.kubernetes_version;
  const pool = poolOf(side.values).orchestrator_version;
  const control = own ?? clusterOf(side, stack)?.values.kubernetes_version;
  return { own, pool, control, behind: minorsBetween(pool, control) };
}

function textOf(version: Value): string | undefined {
  return typeof version === "string" ? version : undefined;
}

function minorsBetween(older: Value, newer: Value): number {
  const [old, next] = [older, newer].map((version) => coerce(textOf(version)));
  return old && next && old.major === next.major ? next.minor - old.minor : 0;
}

/** Notes by address on misfits with the schema; a value is told only where it is one of a closed set, and so no secret. */
export function schemaNotes({ after: stack, resources }: StackPlan): ReadonlyMap<string, Notes> {
  const judged = resources.filter(
    ({ before, after, verdict }) =>
      after?.table.version !== undefined && (verdict !== "none" || before?.block.constraint !== after.block.constraint),
  );
  const notes = new Map<string, string[]>(judged.map(({ address }) => [address, []]));
  if (!stack || notes.size === 0) return notes;
  const { failures } = checkSchemas(stack.stack.json, stack.stack.language, (address) => notes.has(address));
  for (const { schema, address, path, expected, isClosed, value } of failures) {
    const got = isClosed ? `, not ${inOneLine(value)}` : "";
    if (schema)
      notes.get(address)!.push(`the provider refuses ${path === "" ? "it" : code(path)}: it takes ${expected}${got}`);
  }
  return notes;
}
