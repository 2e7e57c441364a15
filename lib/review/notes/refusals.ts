import coerce from "semver/functions/coerce";
import { isOlder } from "../../cluster/rules/versions";
import { brokenClusterRules, brokenNodePoolRules } from "../../cluster/rules/written-rules";
import { checkSchemas } from "../../schema-check";
import type { BrokenRule } from "../../validation/rule";
import { CLUSTER, NODE_POOL } from "../facts/resource-types";
import { KATA_RUNTIMES } from "../facts/sandboxing";
import type { Block } from "../model/stack";
import { referencesOf, Unknown, Value } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { poolOf, Side, StackSide } from "../plan/side";
import { asWritten } from "./names";
import { code, inOneLine, Notes, where } from "./text";

/** What azurerm or AKS refuses by the rules that constructs are held to, or warns of, if it was not so before. */
export function brokenRules(resource: PlannedResource, plan: StackPlan, warns: boolean): Notes {
  const { before, after, verdict } = resource;
  const next = after ? brokenBy(after, plan.after!).filter((rule) => rule.warns === warns) : [];
  const old = before && plan.before && next.length > 0 ? brokenBy(before, plan.before) : [];
  return next
    .filter(({ message }) => !old.some((rule) => rule.message === message))
    .map(({ message, refusedAt }) => {
      const isLate = verdict === "replace" && refusedAt !== "plan";
      const text = asWritten(message, after!.block.constraint);
      const late = isLate ? " (the old one may be destroyed by then)" : "";
      return warns ? text : `azurerm or AKS refuses it: ${text}${late}`;
    });
}

const broken = new WeakMap<Side, BrokenRule[]>();

function brokenBy(side: Side, stack: StackSide): BrokenRule[] {
  if (!broken.has(side)) broken.set(side, rulesBrokenBy(side, stack));
  return broken.get(side)!;
}

/** What is read is what is written, so that no rule quotes a secret. */
function rulesBrokenBy({ block, table, written, values }: Side, stack: StackSide): BrokenRule[] {
  if (table.version === undefined || block.kind !== "resource" || "dynamic" in written) return [];
  const reader = { azurermMajor: parseInt(table.version), isUnknown: (value: unknown) => value instanceof Unknown };
  if (block.type === CLUSTER) return brokenClusterRules(written, reader);
  if (block.type !== NODE_POOL) return [];
  const isKata = KATA_RUNTIMES.includes(values.workload_runtime);
  return brokenNodePoolRules(written, { ...reader, isKata, cluster: clusterOf(block, stack)?.written });
}

/** What only a look at both sides or at other resources tells; single values are in `schemas/review-notes.json`. */
export function specialRefusals(resource: PlannedResource, plan: StackPlan): Notes {
  if (![CLUSTER, NODE_POOL].includes(resource.after?.block.type ?? "")) return [];
  return [rotationNote(resource), ...versionNotes(plan, resource)];
}

function rotationNote({ after, arguments: changed, verdict }: PlannedResource): string | undefined {
  const rotated = changed.find(({ effect, atWorst }) => effect === "rotate" || atWorst === "rotate");
  if (!rotated || verdict === "replace" || poolOf(after!.values).temporary_name_for_rotation !== undefined)
    return undefined;
  return `azurerm refuses at apply to rotate for ${code(rotated.path)}: write \`temporary_name_for_rotation\`, the name of the pool that stands in`;
}

/**
 * Versions that go back, skip a minor version, or are too far apart.
 *
 * Source: learn.microsoft.com/azure/aks/upgrade-aks-cluster and /supported-kubernetes-versions; kubernetes.io/releases/version-skew-policy
 */
function versionNotes(plan: StackPlan, { address, before, after, verdict }: PlannedResource): Notes {
  const isCluster = after!.block.type === CLUSTER;
  const [was, is] = [before, after].map((side) => side?.values.kubernetes_version);
  const [poolWas, poolIs] = [before, after].map((side) => side && poolOf(side.values).orchestrator_version);
  const control = isCluster ? is : clusterOf(after!.block, plan.after!)?.values.kubernetes_version;
  const back = (from: Value, to: Value) =>
    verdict !== "replace" &&
    isOlder(textOf(to), textOf(from)) &&
    `AKS refuses at apply to go back from Kubernetes ${inOneLine(from)} to ${inOneLine(to)}`;
  const pools = isCluster && is !== was ? poolsOf(plan, address) : [];
  return [
    back(was, is),
    back(poolWas, poolIs),
    verdict !== "replace" &&
      minorsBetween(was, is) > 1 &&
      `AKS refuses at apply to skip a minor version, from Kubernetes ${inOneLine(was)} to ${inOneLine(is)}: upgrade one by one`,
    ...[poolIs, ...pools].map(
      (version) =>
        minorsBetween(version, control) > 3 &&
        `a pool of Kubernetes ${inOneLine(version)} is more than three minor versions behind ${inOneLine(control)}: its nodes may not work with the control plane`,
    ),
  ];
}

/** The cluster of a pool, if it is in the same stack. */
function clusterOf({ body }: Block, { stack, sideOf }: StackSide): Side | undefined {
  const block = stack.blocks.get(referencesOf(body.kubernetes_cluster_id)[0]?.address ?? "");
  return block?.type === CLUSTER && block.kind === "resource" ? sideOf(block) : undefined;
}

/** Versions of the pools of a cluster that do not change themselves, which have a note of their own. */
function poolsOf(plan: StackPlan, cluster: string): Value[] {
  return plan.resources.flatMap(({ after, verdict }) => {
    if (after?.block.type !== NODE_POOL || verdict !== "none") return [];
    const isOfCluster = clusterOf(after.block, plan.after!)?.block.address === cluster;
    return isOfCluster ? [after.values.orchestrator_version] : [];
  });
}

function textOf(version: Value): string | undefined {
  return typeof version === "string" ? version : undefined;
}

function minorsBetween(older: Value, newer: Value): number {
  const [old, next] = [older, newer].map((version) => coerce(textOf(version)));
  return old && next && old.major === next.major ? next.minor - old.minor : 0;
}

/** What does not fit the schema; the value is told only where it is one of a closed set, and so no secret. */
export function schemaNotes(plan: StackPlan): string[] {
  if (!plan.after) return [];
  const { json, language } = plan.after.stack;
  const judged = plan.resources.filter(
    ({ before, after, verdict }) =>
      after?.table.version !== undefined && (verdict !== "none" || before?.block.constraint !== after.block.constraint),
  );
  const isJudged = new Set(judged.map(({ after }) => after!.block.address));
  if (isJudged.size === 0) return [];
  return checkSchemas(json, language, (address) => isJudged.has(address)).failures.flatMap(
    ({ schema, address, path, expected, isClosed, value }) => {
      const what = path === "" ? "it" : code(path);
      const got = isClosed ? `, not ${inOneLine(value)}` : "";
      return schema ? [`${where(plan, { address })}: the provider refuses ${what}: it takes ${expected}${got}`] : [];
    },
  );
}
