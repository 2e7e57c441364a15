import coerce from "semver/functions/coerce";
import lt from "semver/functions/lt";
import { kataVmSize } from "../../cluster/kata-vm-size";
import { checkSchemas } from "../../schema-check";
import { CLUSTER, NODE_POOL } from "../facts/resource-types";
import { KATA_RUNTIMES } from "../facts/sandboxing";
import { referencesOf, Value } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { poolOf } from "../plan/side";
import { code, inOneLine, Notes, where } from "./text";

/** What only a look at several values tells of a refusal; all others are in `schemas/review-notes.json`. */
export function specialRefusals(resource: PlannedResource, plan: StackPlan): Notes {
  if (![CLUSTER, NODE_POOL].includes(resource.after?.block.type ?? "")) return [];
  return [rotationNote(resource), vmSizeNote(resource), ...versionNotes(plan, resource)];
}

function rotationNote({ after, arguments: changed, verdict }: PlannedResource): string | undefined {
  const rotated = changed.find(({ effect, atWorst }) => effect === "rotate" || atWorst === "rotate");
  if (!rotated || verdict === "replace" || poolOf(after!.values).temporary_name_for_rotation !== undefined)
    return undefined;
  return `azurerm refuses at apply to rotate for ${code(rotated.path)}: write \`temporary_name_for_rotation\`, the name of the pool that stands in`;
}

function vmSizeNote({ after }: PlannedResource): string | undefined {
  const { workload_runtime, vm_size } = after!.values;
  if (!KATA_RUNTIMES.includes(workload_runtime) || typeof vm_size !== "string") return undefined;
  const { verdict, why } = kataVmSize(vm_size);
  return verdict === "reject" ? `AKS refuses kata pods on ${code(vm_size)} (${why})` : undefined;
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
  const control = isCluster ? is : clusterVersion(plan, after!.values.kubernetes_cluster_id);
  const back = (from: Value, to: Value) =>
    verdict !== "replace" &&
    isOlder(from, to) &&
    `AKS refuses at apply to go back from Kubernetes ${inOneLine(from)} to ${inOneLine(to)}`;
  const pools = isCluster && is !== was ? poolsOf(plan, address) : [];
  return [
    back(was, is),
    back(poolWas, poolIs),
    verdict !== "replace" &&
      minorsBetween(was, is) > 1 &&
      `AKS refuses at apply to skip a minor version, from Kubernetes ${inOneLine(was)} to ${inOneLine(is)}: upgrade one by one`,
    isOlder(poolIs, control) &&
      `${isCluster ? "azurerm" : "AKS"} refuses Kubernetes ${inOneLine(poolIs)} of a pool whose cluster has ${inOneLine(control)}`,
    ...[poolIs, ...pools].map(
      (version) =>
        minorsBetween(version, control) > 3 &&
        `a pool of Kubernetes ${inOneLine(version)} is more than three minor versions behind ${inOneLine(control)}: its nodes may not work with the control plane`,
    ),
  ];
}

function clusterVersion(plan: StackPlan, id: Value): Value {
  const [reference] = referencesOf(id);
  const block = plan.after!.stack.blocks.get(reference?.address ?? "");
  return block && plan.after!.sideOf(block).values.kubernetes_version;
}

/** Versions of the pools of a cluster that do not change themselves, which have a note of their own. */
function poolsOf(plan: StackPlan, cluster: string): Value[] {
  return plan.resources.flatMap(({ after, verdict }) => {
    if (after?.block.type !== NODE_POOL || verdict !== "none") return [];
    const [reference] = referencesOf(after.values.kubernetes_cluster_id);
    return reference?.address === cluster ? [after.values.orchestrator_version] : [];
  });
}

/** Whether the second of two versions is older than the first; `1.34` is not older than `1.34.2`. */
function isOlder(before: Value, after: Value): boolean {
  if (typeof before !== "string" || typeof after !== "string") return false;
  const [old, next] = [before.split(".").slice(0, after.split(".").length).join("."), after].map((text) =>
    coerce(text),
  );
  return Boolean(old && next && lt(next, old));
}

function minorsBetween(older: Value, newer: Value): number {
  const [old, next] = [older, newer].map((version) => (typeof version === "string" ? coerce(version) : null));
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
