import { bytesOf } from "../facts/canonical";
import { CLASS_ANNOTATION, KATA_RUNTIMES, POD_SECURITY, POD_SECURITY_LEVELS, POLICY_LABEL } from "../facts/sandboxing";
import { at, isValues, listOf, stable, Unknown, Value, Values } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, shownOf, Side, StackSide, typeOf } from "../plan/side";
import { hasNamespace, metadataOf, objectOf, roleOf, sidesIn, waysOf } from "./objects";
import { policyNotes } from "./policies";
import { goesWithItsNamespace, where } from "./rules";
import { code, inOneLine } from "./text";

/** What holds pods less after a change of an object; `undefined` and `false` are none. */
type Regressions = (
  before: Side,
  after: Side,
  resource: PlannedResource,
  plan: StackPlan,
) => readonly (string | false | undefined)[];

/** By the kind of the object. What depends on single values only is in `schemas/review-notes.json`. */
const CHANGED: { readonly [kind: string]: Regressions } = {
  ValidatingAdmissionPolicy: policyNotes,
  ValidatingAdmissionPolicyBinding: policyNotes,
  MutatingAdmissionPolicy: policyNotes,
  MutatingAdmissionPolicyBinding: policyNotes,
  RuntimeClass: (before, after) => {
    const [was, is] = [before, after].map((side) => at(objectOf(side), "overhead", "podFixed", "memory") ?? "0");
    const sentence = `overhead shrinks from ${inOneLine(was)} to ${inOneLine(is)}: the scheduler counts less than pods need, and nodes can run out of memory`;
    return [(bytesOf(was) ?? 0) > (bytesOf(is) ?? Infinity) && sentence];
  },
  Namespace: (before, after) => {
    const [was, is] = [before, after].map((side) => at(metadataOf(side), "labels"));
    if (is instanceof Unknown) return [];
    const [policy, newPolicy] = [was, is].map((labels) => at(labels, POLICY_LABEL) ?? undefined);
    const [level, newLevel] = [was, is].map((labels) => at(labels, POD_SECURITY) ?? "privileged");
    const [version, newVersion] = [was, is].map((labels) => at(labels, `${POD_SECURITY}-version`) ?? "latest");
    const [only, newOnly] = [before, after].map((side) => at(metadataOf(side), "annotations", CLASS_ANNOTATION));
    const held =
      newPolicy === undefined
        ? `pods without a kernel of their own are admitted (label ${code(POLICY_LABEL)} is gone)`
        : `its pods are held by policy ${inOneLine(newPolicy)} instead of ${inOneLine(policy)}`;
    return [
      policy !== undefined && stable(policy) !== stable(newPolicy) && held,
      POD_SECURITY_LEVELS.indexOf(level) > POD_SECURITY_LEVELS.indexOf(newLevel) &&
        `Pod Security goes from ${inOneLine(level)} to ${inOneLine(newLevel)}`,
      stable(version) !== stable(newVersion) &&
        newVersion !== "latest" &&
        `Pod Security is pinned to ${inOneLine(newVersion)}: what later versions forbid is admitted`,
      only !== undefined &&
        stable(only) !== stable(newOnly) &&
        `its pods no longer have to use runtime class ${inOneLine(shownOf([before], only))}`,
    ];
  },
  NetworkPolicy: (before, after) => {
    const [shut, stillShut] = [before, after].map((side) => listOf(specOf(side, "policy_types", "policyTypes")));
    const [pods, otherPods] = [before, after].map((side) => stable(specOf(side, "pod_selector", "podSelector")));
    return [
      shut.some((direction) => !stillShut.some((other) => stable(other) === stable(direction))) &&
        "it lets through what was shut out",
      ...newWays(before, after),
      shut.length > 0 && pods !== otherPods && "it holds other pods (`pod_selector`)",
    ];
  },
  ResourceQuota: (before, after) => {
    const [old, next] = [before, after].map((side) => at(objectOf(side), "spec", "hard"));
    if (!isValues(old) || !isValues(next)) return [];
    const isMore = (name: string) =>
      next[name] === undefined || (bytesOf(next[name]) ?? 0) > (bytesOf(old[name]) ?? Infinity);
    return Object.keys(old)
      .filter(isMore)
      .map(
        (name) => `quota of ${code(name)} goes from ${inOneLine(old[name])} to ${inOneLine(next[name] ?? "unlimited")}`,
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

/** What holds pods less because it is new; by the kind of the object. */
const CREATED: { readonly [kind: string]: (after: Side, plan: StackPlan) => readonly (string | false | undefined)[] } =
  {
    Namespace: (after, { after: stack }) => {
      const isHeld = at(metadataOf(after), "labels", POLICY_LABEL) !== undefined;
      const hasPolicy = sidesIn(stack).some((side) => kindOfSide(side) === "ValidatingAdmissionPolicy");
      return [
        !isHeld &&
          hasPolicy &&
          `pods without a kernel of their own are admitted (it has no label ${code(POLICY_LABEL)})`,
      ];
    },
    NetworkPolicy: (after, { before }) =>
      hasNamespace(before, metadataOf(after).namespace) ? newWays(undefined, after) : [],
  };

/** What holds untrusted pods less after the change. */
export function isolationNotes(plan: StackPlan): string[] {
  return plan.resources.flatMap((resource) => {
    const { before, after, verdict } = resource;
    if (verdict === "none" || goesWithItsNamespace(plan, resource)) return [];
    const kind = String(kindOfSide((after ?? before)!));
    const says = [...adminNotes(kind, before, after), ...ofKind(kind, resource, plan)];
    return says.flatMap((note) =>
      note ? [`${typeOf((after ?? before)!).noun} ${where(plan, resource)}: ${note}`] : [],
    );
  });
}

function ofKind(kind: string, resource: PlannedResource, plan: StackPlan): readonly (string | false | undefined)[] {
  const { before, after } = resource;
  if (before && after) return CHANGED[kind]?.(before, after, resource, plan) ?? [];
  if (after) return CREATED[kind]?.(after, plan) ?? [];
  return [kind === "Job" && comparesKernels(before!) && "no deployment proves any more that kernels differ"];
}

function adminNotes(kind: string, before: Side | undefined, after: Side | undefined): (string | false)[] {
  if (!after || !/RoleBinding$/.test(kind)) return [];
  const grants = (side: Side | undefined) =>
    side && [roleOf(side), at(objectOf(side), "subject") ?? at(objectOf(side), "subjects")];
  const isNew = stable(grants(before)) !== stable(grants(after));
  return [
    roleOf(after) === "cluster-admin" && isNew && "whoever it names may do everything in the cluster (`cluster-admin`)",
  ];
}

function newWays(before: Side | undefined, after: Side): string[] {
  const old = new Set(before && waysOf(before).map(({ direction, rule }) => direction + rule));
  return waysOf(after)
    .filter(({ direction, rule }) => !old.has(direction + rule))
    .map(({ says }) => `it may let through what was shut out: it has a rule that it did not have, ${says}`);
}

function specOf(side: Side, ...names: readonly string[]): Value {
  return names.map((name) => at(objectOf(side), "spec", name)).find((value) => value !== undefined);
}

/** The isolation check is told by what it compares. */
function comparesKernels({ values }: Side): boolean {
  return JSON.stringify(values).includes("kernel_version");
}

/** A cluster that had kata pools and has none, or has them without a node while a check waits for one. */
export function kataPoolNotes(plans: readonly StackPlan[]): string[] {
  const hasCheck = plans.some(({ after }) =>
    sidesIn(after).some((side) => kindOfSide(side) === "Job" && comparesKernels(side)),
  );
  return plans.flatMap(({ name, before, after }) => {
    const [old, next] = [before, after].map(kataPoolsIn);
    const couldBe = next.some(
      (pool) => KATA_RUNTIMES.includes(pool.workload_runtime) || pool.workload_runtime instanceof Unknown,
    );
    if (old.some(isKata) && !couldBe)
      return [`no kata node pool is left in stack ${code(name)}: sandboxed pods find no node`];
    const [had, has] = [old, next].map((pools) => pools.filter(isKata));
    const isNewlyEmpty = has.length > 0 && has.every(mayBeEmpty) && !(had.length > 0 && had.every(mayBeEmpty));
    if (!hasCheck || !isNewlyEmpty) return [];
    return [
      `the kata node pools of stack ${code(name)} may have no node: the isolation check waits for one until it fails, unless the autoscaler adds one in time`,
    ];
  });
}

function kataPoolsIn(stack: StackSide | undefined): Values[] {
  return sidesIn(stack).flatMap(({ values }) => (values.workload_runtime === undefined ? [] : [values]));
}

function isKata({ workload_runtime }: Values): boolean {
  return KATA_RUNTIMES.includes(workload_runtime);
}

function mayBeEmpty({ node_count, min_count, auto_scaling_enabled }: Values): boolean {
  return auto_scaling_enabled === true ? min_count === 0 : node_count === 0;
}
