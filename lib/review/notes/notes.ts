import { referencesOf, stable } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { VERDICTS } from "../plan/verdict";
import { moveNotes } from "./moves";
import { namespacesIn, placeOf } from "./objects";
import { policyNotes } from "./policies";
import { brokenRules, schemaNotes } from "./refusals";
import { ruleNotes } from "./rules";
import { settingsOf } from "./settings";
import { code, enumeratedFirst, Notes } from "./text";

/** Sentences in Markdown for a reviewer, beyond the verdicts: on stacks, and on resources, the worst first. */
export function notesOn(plans: readonly StackPlan[]): string[] {
  const subjectsOf = new Map<string, string[]>();
  const tell = (notes: Notes, subject: () => string) => {
    for (const note of notes) if (note) subjectsOf.set(note, [...(subjectsOf.get(note) ?? []), subject()]);
  };
  for (const plan of plans) {
    const ofSettings = settingsOf(plan).flatMap((setting) => ruleNotes(setting, plan, plans));
    tell([...ofSettings, ...moveNotes(plan)], () => `stack ${code(plan.name)}`);
  }
  const bySchema = new Map(plans.map((plan) => [plan, schemaNotes(plan)]));
  const resources = plans.flatMap((plan) => touchedIn(plan).map((resource) => ({ plan, resource })));
  const rankOf = ({ resource }: (typeof resources)[number]) => VERDICTS.indexOf(resource.verdict);
  for (const { plan, resource } of resources.sort((one, other) => rankOf(one) - rankOf(other))) {
    const notes = [
      ...bySchema.get(plan)!(resource),
      ...brokenRules(resource, plan),
      ...ruleNotes(resource, plan, plans),
      ...policyNotes(resource, plan),
    ];
    tell(notes, () => `${resource.block.facts.noun} ${code(resource.address)} in ${code(plan.name)}`);
  }
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
    const isJudgedOtherwise = before?.table !== after.table || before.preventDestroy !== after.preventDestroy;
    const refersTo = referencesOf(after.body);
    return changed.has(address) || isJudgedOtherwise || refersTo.some((reference) => changed.has(reference.address));
  });
}
