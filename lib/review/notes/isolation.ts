import type { PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, Side, typeOf } from "../plan/side";
import { letThroughBy, openingNotes } from "./network";
import { hasNamespace, objectOf, placeOf, sideOf } from "./objects";
import { admittedBy, policyNotes } from "./policies";
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
