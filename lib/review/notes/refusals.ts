import coerce from "semver/functions/coerce";
import lt from "semver/functions/lt";
import { kataVmSize } from "../../cluster/kata-vm-size";
import { CLUSTER, NODE_POOL } from "../facts/resource-types";
import { KATA_RUNTIMES } from "../facts/sandboxing";
import { checkSchemas } from "../../schema-check";
import { unknownsIn, Value } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { poolOf } from "../plan/side";
import { where } from "./rules";
import { code, inOneLine } from "./text";

/** What only a look at several values tells of a refusal; all others are in `schemas/review-notes.json`. */
export function specialRefusalNotes(plan: StackPlan): string[] {
  return plan.resources.flatMap((resource) => {
    const { after, verdict } = resource;
    if (!after || verdict === "none" || ![CLUSTER, NODE_POOL].includes(after.block.type)) return [];
    const says = [rotationNote(resource), vmSizeNote(resource), ...versionNotes(plan, resource)];
    return says.flatMap((note) => (note ? [`${where(plan, resource)}: ${note}`] : []));
  });
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
function versionNotes(plan: StackPlan, resource: PlannedResource): (string | false)[] {
  const [before, after] = [resource.before?.values, resource.after!.values];
  const isCluster = resource.after!.block.type === CLUSTER;
  const [was, is] = [before, after].map((values) =>
    isCluster ? values?.kubernetes_version : values?.orchestrator_version,
  );
  const [poolWas, poolIs] = isCluster
    ? [before, after].map((values) => values && poolOf(values).orchestrator_version)
    : [];
  const control = isCluster ? is : clusterVersion(plan, after.kubernetes_cluster_id);
  const stays = resource.verdict !== "replace";
  const back = (from: Value, to: Value) =>
    stays &&
    isOlder(from, to) &&
    `AKS refuses at apply to go back from Kubernetes ${inOneLine(from)} to ${inOneLine(to)}`;
  const skipped = isCluster && stays && minorsBetween(was, is) > 1;
  const pools = isCluster && is !== was ? poolsOf(plan, resource.address) : [];
  return [
    back(was, is),
    back(poolWas, poolIs),
    skipped &&
      `AKS refuses at apply to skip a minor version, from Kubernetes ${inOneLine(was)} to ${inOneLine(is)}: upgrade one by one`,
    isCluster &&
      isOlder(poolIs, is) &&
      "azurerm refuses a `default_node_pool.orchestrator_version` that is newer than `kubernetes_version`",
    !isCluster &&
      isOlder(is, control) &&
      `AKS refuses Kubernetes ${inOneLine(is)} of a pool whose cluster has ${inOneLine(control)}`,
    ...[...(isCluster ? [poolIs] : [is]), ...pools].map(
      (version) =>
        minorsBetween(version, control) > 3 &&
        `a pool of Kubernetes ${inOneLine(version)} is more than three minor versions behind ${inOneLine(control)}: its nodes may not work with the control plane`,
    ),
  ];
}

function clusterVersion(plan: StackPlan, id: Value): Value {
  const [reference] = unknownsIn(id).flatMap(({ references }) => references);
  const block = plan.after!.stack.blocks.get(reference?.address ?? "");
  return block && plan.after!.sideOf(block).values.kubernetes_version;
}

/** Versions of the pools of a cluster that do not change themselves, which have a note of their own. */
function poolsOf(plan: StackPlan, cluster: string): Value[] {
  return plan.resources.flatMap(({ after, verdict }) => {
    if (after?.block.type !== NODE_POOL || verdict !== "none") return [];
    const isOfCluster = unknownsIn(after.values.kubernetes_cluster_id).some(
      ({ references }) => references[0]?.address === cluster,
    );
    return isOfCluster ? [after.values.orchestrator_version] : [];
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
  const { before, after } = plan;
  if (!after) return [];
  const isJudgedAnew = (type: string) => {
    const [old, next] = [before, after].map((side) => side?.stack.requiredProviders[type.split("_")[0]]?.version);
    return old !== next;
  };
  const wanted = plan.resources.flatMap(({ after, verdict }) =>
    after?.table.version !== undefined && (verdict !== "none" || isJudgedAnew(after.block.type))
      ? [after.block.address]
      : [],
  );
  if (wanted.length === 0) return [];
  const isWanted = new Set(wanted);
  const { failures } = checkSchemas(after.stack.json, after.stack.language, (address) => isWanted.has(address));
  return failures
    .filter(({ schema }) => schema !== undefined)
    .map(({ address, path, expected, isClosed, value }) => {
      const got = isClosed ? `, not ${inOneLine(value)}` : "";
      return `${where(plan, { address })}: the provider refuses ${path === "" ? "it" : code(path)}: it takes ${expected}${got}`;
    });
}
