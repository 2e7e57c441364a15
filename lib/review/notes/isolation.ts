import { bytesOf } from "../facts/canonical";
import { CLASS_ANNOTATION, KATA_RUNTIMES, POD_SECURITY, POD_SECURITY_LEVELS, POLICY_LABEL } from "../facts/sandboxing";
import { at, isValues, listOf, stable, Unknown, Value, Values } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, Side, StackSide } from "../plan/side";
import { hasNamespace, metadataOf, objectOf, placeOf, roleOf, sidesIn, waysOf } from "./objects";
import { policyNotes } from "./policies";
import { code, inOneLine, Notes } from "./text";

/** What holds pods less after a change of an object, by its kind; what depends on single values is in `schemas/review-notes.json`. */
const CHANGED: { readonly [kind: string]: (before: Side, after: Side, resource: PlannedResource) => Notes } = {
  ValidatingAdmissionPolicy: policyNotes,
  ValidatingAdmissionPolicyBinding: policyNotes,
  MutatingAdmissionPolicy: policyNotes,
  MutatingAdmissionPolicyBinding: policyNotes,
  RuntimeClass: (before, after) => {
    const [was, is] = [before, after].map((side) => at(objectOf(side), "overhead", "podFixed", "memory") ?? "0");
    return [
      (bytesOf(was) ?? 0) > (bytesOf(is) ?? Infinity) &&
        `overhead shrinks from ${inOneLine(was)} to ${inOneLine(is)}: the scheduler counts less than pods need, and nodes can run out of memory`,
    ];
  },
  Namespace: (before, after) => {
    const [labels, newLabels] = [before, after].map((side) => at(metadataOf(side), "labels"));
    if (newLabels instanceof Unknown) return [];
    const both = (name: string, unwritten?: string) =>
      [labels, newLabels].map((labels) => at(labels, name) ?? unwritten);
    const [policy, newPolicy] = both(POLICY_LABEL);
    const [level, newLevel] = both(POD_SECURITY, "privileged");
    const [version, newVersion] = both(`${POD_SECURITY}-version`, "latest");
    const [only, newOnly] = [before, after].map((side) => at(metadataOf(side), "annotations", CLASS_ANNOTATION));
    const held =
      newPolicy === undefined
        ? `pods without a kernel of their own are admitted (label ${code(POLICY_LABEL)} is gone)`
        : `its pods are held by policy ${inOneLine(newPolicy)} instead of ${inOneLine(policy)}`;
    return [
      policy !== undefined && isOther(policy, newPolicy) && held,
      POD_SECURITY_LEVELS.indexOf(level) > POD_SECURITY_LEVELS.indexOf(newLevel) &&
        `Pod Security goes from ${inOneLine(level)} to ${inOneLine(newLevel)}`,
      isOther(version, newVersion) &&
        newVersion !== "latest" &&
        `Pod Security is pinned to ${inOneLine(newVersion)}: what later versions forbid is admitted`,
      only !== undefined && isOther(only, newOnly) && `its pods no longer have to use runtime class ${inOneLine(only)}`,
    ];
  },
  NetworkPolicy: (before, after) => {
    const [old, next] = [before, after].map((side) => at(objectOf(side), "spec"));
    const [shut, stillShut] = [old, next].map((spec) =>
      listOf(at(spec, "policy_types") ?? at(spec, "policyTypes")).map(stable),
    );
    const [pods, otherPods] = [old, next].map((spec) => at(spec, "pod_selector") ?? at(spec, "podSelector"));
    return [
      shut.some((direction) => !stillShut.includes(direction)) && "it lets through what was shut out",
      ...newWays(before, after),
      shut.length > 0 && isOther(pods, otherPods) && "it holds other pods (`pod_selector`)",
    ];
  },
  ResourceQuota: (before, after) => {
    const [old, next] = [before, after].map((side) => at(objectOf(side), "spec", "hard"));
    if (!isValues(old) || !isValues(next)) return [];
    return Object.keys(old).map(
      (name) =>
        (next[name] === undefined || (bytesOf(next[name]) ?? 0) > (bytesOf(old[name]) ?? Infinity)) &&
        `quota of ${code(name)} goes from ${inOneLine(old[name])} to ${inOneLine(next[name] ?? "unlimited")}`,
    );
  },
  Job: (before, after, { arguments: changed }) => {
    if (!comparesKernels(before)) return [];
    const paths = changed.filter(({ effect }) => effect !== "none").map(({ path }) => path);
    const parts = ["image", "command", "args"].filter((part) =>
      paths.some((path) => new RegExp(`\\.${part}(\\[|$)`).test(path)),
    );
    return [
      !comparesKernels(after) && "it no longer compares kernels",
      parts.length > 0 &&
        `the isolation check has another ${parts.map(code).join(" and ")}: see that it still proves that kernels differ`,
      paths.includes("wait_for_completion") &&
        after.values.wait_for_completion === false &&
        "deployments no longer wait for the isolation check",
    ];
  },
};

/** What holds untrusted pods less after the change. */
export function isolationNotes(resource: PlannedResource, plan: StackPlan): Notes {
  const { before, after } = resource;
  const kind = String(kindOfSide((after ?? before)!));
  if (!after)
    return [kind === "Job" && comparesKernels(before!) && "no deployment proves any more that kernels differ"];
  const says = /RoleBinding$/.test(kind) ? adminNotes(before, after) : [];
  if (before) return [...says, ...(CHANGED[kind]?.(before, after, resource) ?? [])];
  // What is new in a namespace that was there changes who holds its pods.
  if (kind === "NetworkPolicy")
    return hasNamespace(plan.before, placeOf(after, "namespace")) ? newWays(before, after) : [];
  const isFree =
    kind === "Namespace" &&
    at(metadataOf(after), "labels", POLICY_LABEL) === undefined &&
    sidesIn(plan.after).some((side) => kindOfSide(side) === "ValidatingAdmissionPolicy");
  return [...says, isFree && `pods without a kernel of their own are admitted (it has no label ${code(POLICY_LABEL)})`];
}

function adminNotes(before: Side | undefined, after: Side): Notes {
  const [old, next] = [before, after].map(
    (side) => side && [roleOf(side), at(objectOf(side), "subject") ?? at(objectOf(side), "subjects")],
  );
  return [
    roleOf(after) === "cluster-admin" &&
      isOther(old, next) &&
      "whoever it names may do everything in the cluster (`cluster-admin`)",
  ];
}

function newWays(before: Side | undefined, after: Side): Notes {
  const old = before && waysOf(before);
  return [...waysOf(after)].map(
    ([rule, says]) =>
      !old?.has(rule) && `it may let through what was shut out: it has a rule that it did not have, ${says}`,
  );
}

function isOther(before: Value, after: Value): boolean {
  return stable(before) !== stable(after);
}

/** The isolation check is told by what it compares. */
function comparesKernels({ written }: Side): boolean {
  return JSON.stringify(written).includes("kernel_version");
}

/** A cluster that had kata pools and has none, or has them without a node while a check waits for one. */
export function kataPoolNotes(plans: readonly StackPlan[]): string[] {
  const hasCheck = plans.some(({ after }) =>
    sidesIn(after).some((side) => kindOfSide(side) === "Job" && comparesKernels(side)),
  );
  return plans.flatMap(({ name, before, after }) => {
    const [had, has] = [before, after].map(kataPoolsIn);
    const couldBe = sidesIn(after).some(({ values }) => values.workload_runtime instanceof Unknown);
    if (had.length > 0 && has.length === 0 && !couldBe)
      return [`no kata node pool is left in stack ${code(name)}: sandboxed pods find no node`];
    const isNewlyEmpty = has.length > 0 && has.every(mayBeEmpty) && !(had.length > 0 && had.every(mayBeEmpty));
    if (!hasCheck || !isNewlyEmpty) return [];
    return [
      `the kata node pools of stack ${code(name)} may have no node: the isolation check waits for one until it fails, unless the autoscaler adds one in time`,
    ];
  });
}

function kataPoolsIn(stack: StackSide | undefined): Values[] {
  return sidesIn(stack).flatMap(({ values }) => (KATA_RUNTIMES.includes(values.workload_runtime) ? [values] : []));
}

function mayBeEmpty({ node_count, min_count, auto_scaling_enabled }: Values): boolean {
  return auto_scaling_enabled === true ? min_count === 0 : node_count === 0;
}
