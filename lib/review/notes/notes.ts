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
  const all = plans.flatMap((plan) => plan.resources.map((resource) => ({ plan, resource })));
  const changed = all.filter(({ resource }) => resource.verdict !== "none");
  const retained = changed.filter(({ plan, resource }) => !goesWithItsNamespace(plan, resource));
  const on = (
    resources: typeof all,
    notesOf: (resource: PlannedResource, plan: StackPlan) => Notes,
    nounOf: (resource: PlannedResource) => string = () => "",
  ) =>
    resources.flatMap(({ plan, resource }) =>
      notesOf(resource, plan).flatMap((note) => (note ? [`${nounOf(resource)}${where(plan, resource)}: ${note}`] : [])),
    );
  const noun = ({ before, after }: PlannedResource) => `${typeOf((after ?? before)!).noun} `;
  return [
    ...lossNotes(plans),
    ...providerNotes(plans),
    ...plans.flatMap(stateNotes),
    ...on(all, protectionNote),
    ...plans.flatMap(moveNotes),
    ...plans.flatMap(schemaNotes),
    ...on(changed, (resource) => ruleNotes(resource, true)),
    ...on(changed, (resource, plan) => brokenRules(resource, plan, false)),
    ...on(changed, specialRefusals),
    ...kataPoolNotes(plans),
    ...on(retained, (resource) => ruleNotes(resource, false), noun),
    ...on(retained, isolationNotes, noun),
    ...on(retained, (resource, plan) => brokenRules(resource, plan, true), noun),
  ];
}
