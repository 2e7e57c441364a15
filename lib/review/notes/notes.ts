import { referencesOf, stable } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { typeOf } from "../plan/side";
import { lossNotes } from "./losses";
import { moveNotes } from "./moves";
import { namespacesIn, placeOf, sideOf } from "./objects";
import { policyNotes } from "./policies";
import { brokenRules, schemaNotes } from "./refusals";
import { ruleNotes } from "./rules";
import { stateNotes } from "./state";
import { code, enumeratedFirst, Notes } from "./text";

type OfResource = (resource: PlannedResource, plan: StackPlan, plans: readonly StackPlan[]) => Notes;

/** Sentences in Markdown for a reviewer, beyond the verdicts: first on losses and refusals, last on regressions. */
export function notesOn(plans: readonly StackPlan[]): string[] {
  const subjectsOf = new Map<string, string[]>();
  const tell = (notes: Notes, subject: () => string) => {
    for (const note of notes) if (note) subjectsOf.set(note, [...(subjectsOf.get(note) ?? []), subject()]);
  };
  const onStacks = (notesOf: (plan: StackPlan) => Notes) => {
    for (const plan of plans) tell(notesOf(plan), () => `stack ${code(plan.name)}`);
  };
  const resources = plans.flatMap((plan) => touchedIn(plan).map((resource) => ({ plan, resource })));
  const onResources = (notesOf: OfResource) => {
    for (const { plan, resource } of resources)
      tell(notesOf(resource, plan, plans), () => {
        return `${typeOf(sideOf(resource)).noun} ${code(resource.address)} in ${code(plan.name)}`;
      });
  };
  const failures = new Map(plans.map((plan) => [plan, schemaNotes(plan)]));
  onResources(lossNotes);
  onStacks(stateNotes);
  onStacks(moveNotes);
  onResources(({ address }, plan) => failures.get(plan)!.get(address) ?? []);
  onResources(ruleNotes(true));
  onResources(brokenRules);
  onResources(ruleNotes(false));
  onResources(policyNotes);
  return [...subjectsOf].map(([note, subjects]) => `${enumeratedFirst(subjects)}: ${note}`);
}

/** The resources of a stack that change or refer to what changes, without those that go with their namespace. */
function touchedIn({ after: stack, resources }: StackPlan): PlannedResource[] {
  const changed = new Set(resources.filter(({ verdict }) => verdict !== "none").map(({ address }) => address));
  const namespaces = namespacesIn(stack);
  return resources.filter(({ address, before, after }) => {
    if (!after) {
      const namespace = placeOf(before!, "namespace");
      return namespace === undefined || namespaces.includes(stable(namespace));
    }
    const isJudgedOtherwise =
      before?.table !== after.table || before.block.preventDestroy !== after.block.preventDestroy;
    const refersTo = referencesOf(after.block.body);
    return changed.has(address) || isJudgedOtherwise || refersTo.some((reference) => changed.has(reference.address));
  });
}
