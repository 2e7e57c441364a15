import type { PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, Side, typeOf } from "../plan/side";
import { letThroughBy, openingNotes } from "./network";
import { hasNamespace, objectOf, placeOf, sideOf } from "./objects";
import { admittedBy, policyNotes } from "./policies";
import { filled, Notes } from "./text";

/** Notes on policies of all kinds, which need more than the conditions of `schemas/review-notes.json`. */
export function isolationNotes(resource: PlannedResource, plan: StackPlan): Notes {
  const { before, after } = resource;
  const kind = String(kindOfSide(sideOf(resource)));
  if (!after) return [];
  if (before && /AdmissionPolicy(Binding)?$/.test(kind)) return policyNotes(objectOf(before), objectOf(after));
  // A new namespace has shut nothing out yet.
  const isOpening = kind === "NetworkPolicy" && (before || hasNamespace(plan.before, placeOf(after, "namespace")));
  return isOpening ? openingNotes(before ? objectOf(before) : {}, objectOf(after)) : [];
}

/** Words for all that something new admits. */
export function admitsOf(side: Side): string {
  const kind = kindOfSide(side);
  if (kind === "ValidatingAdmissionPolicy") return admittedBy(objectOf(side));
  if (kind === "NetworkPolicy") return letThroughBy(objectOf(side));
  return filled(typeOf(side).created ?? "", {}, objectOf(side));
}
