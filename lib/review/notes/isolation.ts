import { KATA_RUNTIMES } from "../facts/sandboxing";
import { Unknown, Values } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, Side, typeOf } from "../plan/side";
import { letThroughBy, openingNotes } from "./network";
import { hasNamespace, objectOf, placeOf, sideOf, sidesIn } from "./objects";
import { admittedBy, policyNotes } from "./policies";
import { comparesKernels } from "./rules";
import { filled, Notes } from "./text";

/** Notes on what holds untrusted pods less, beyond the rules of `schemas/review-notes.json`. */
export function isolationNotes(resource: PlannedResource, plan: StackPlan): Notes {
  const { before, after } = resource;
  const kind = String(kindOfSide(sideOf(resource)));
  if (!after) return [];
  if (before && /AdmissionPolicy(Binding)?$/.test(kind)) return policyNotes(objectOf(before), objectOf(after));
  // What comes with its namespace was shut out by nothing.
  const isOpening = kind === "NetworkPolicy" && (before || hasNamespace(plan.before, placeOf(after, "namespace")));
  return isOpening ? openingNotes(before ? objectOf(before) : {}, objectOf(after)) : [];
}

/** What something new admits, in words. */
export function admitsOf(side: Side): string {
  const kind = kindOfSide(side);
  if (kind === "ValidatingAdmissionPolicy") return admittedBy(objectOf(side));
  if (kind === "NetworkPolicy") return letThroughBy(objectOf(side));
  return filled(typeOf(side).created ?? "", {}, objectOf(side));
}

/** Notes on kata pools that are gone, or may have no node while an isolation check waits for one. */
export function kataPoolNotes({ before, after }: StackPlan, plans: readonly StackPlan[]): Notes {
  const [had, has] = [before, after].map((stack) =>
    sidesIn(stack).flatMap(({ values }) => (KATA_RUNTIMES.includes(values.workload_runtime) ? [values] : [])),
  );
  const couldBe = sidesIn(after).some(({ values }) => values.workload_runtime instanceof Unknown);
  if (had.length > 0 && has.length === 0 && !couldBe) return ["no kata node pool is left: sandboxed pods find no node"];
  const leastOf = (pool: Values) => (pool.auto_scaling_enabled === true ? pool.min_count : pool.node_count);
  const mayBeEmpty = (pools: readonly Values[]) => pools.length > 0 && pools.every((pool) => leastOf(pool) === 0);
  if (!mayBeEmpty(has) || mayBeEmpty(had)) return [];
  const jobs = plans.flatMap((plan) => sidesIn(plan.after).filter((side) => kindOfSide(side) === "Job"));
  return [
    jobs.some(comparesKernels) &&
      "its kata node pools may have no node: the isolation check waits for one until it fails, unless the autoscaler adds one in time",
  ];
}
