import type { PlannedResource, StackPlan } from "../plan/plan";
import { typeOf } from "../plan/side";
import { isolationNotes, kataPoolNotes } from "./isolation";
import { lossNotes } from "./losses";
import { moveNotes } from "./moves";
import { goesWithItsNamespace } from "./objects";
import { brokenRules, schemaNotes, specialRefusals } from "./refusals";
import { ruleNotes } from "./rules";
import { protectionNote, providerNotes, stateNotes } from "./state";
import { Notes, where } from "./text";

/** What a reviewer must know beyond the verdicts, in Markdown: first what is lost or refused, last what is weaker. */
export function notesOn(plans: readonly StackPlan[]): string[] {
  const ofStacks = (notes: (plan: StackPlan) => string[]) => plans.flatMap(notes);
  const ofResources = (notes: (resource: PlannedResource, plan: StackPlan) => Notes, isRegression = false) =>
    ofStacks((plan) =>
      plan.resources
        .filter((resource) => !(isRegression && goesWithItsNamespace(plan, resource)))
        .flatMap((resource) => {
          const noun = isRegression ? `${typeOf((resource.after ?? resource.before)!).noun} ` : "";
          return notes(resource, plan).flatMap((note) => (note ? [`${noun}${where(plan, resource)}: ${note}`] : []));
        }),
    );
  const ofChanged =
    (notes: (resource: PlannedResource, plan: StackPlan) => Notes) =>
    (resource: PlannedResource, plan: StackPlan): Notes =>
      resource.verdict === "none" ? [] : notes(resource, plan);
  return [
    ...lossNotes(plans),
    ...providerNotes(plans),
    ...ofStacks(stateNotes),
    ...ofResources(protectionNote),
    ...ofStacks(moveNotes),
    ...ofStacks(schemaNotes),
    ...ofResources(ofChanged((resource) => ruleNotes(resource, true))),
    ...ofResources(ofChanged((resource, plan) => brokenRules(resource, plan, false))),
    ...ofResources(ofChanged(specialRefusals)),
    ...kataPoolNotes(plans),
    ...ofResources(
      ofChanged((resource) => ruleNotes(resource, false)),
      true,
    ),
    ...ofResources(ofChanged(isolationNotes), true),
    ...ofResources(
      ofChanged((resource, plan) => brokenRules(resource, plan, true)),
      true,
    ),
  ];
}
