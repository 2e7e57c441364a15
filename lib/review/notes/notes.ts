import { at, referencesOf, stable } from "../model/value";
import { PlannedResource, StackPlan, worstFirst } from "../plan/verdict";
import { managedIn, objectOf } from "../stack";
import { policyNotes } from "./policies";
import { brokenRules, ruleNotes, schemaNotes } from "./rules";
import { moveNotes, settingsOf } from "./stacks";
import { code, enumerated } from "./text";

/** Sentences in Markdown for a reviewer, beyond the verdicts: on stacks, and on resources, the worst first. */
export function notesOn(plans: readonly StackPlan[]): string[] {
  const subjectsOf = new Map<string, Set<string>>();
  const tell = (subject: string, notes: readonly string[]) => {
    for (const note of notes) subjectsOf.set(note, (subjectsOf.get(note) ?? new Set()).add(subject));
  };
  for (const plan of plans) {
    const ofSettings = settingsOf(plan).flatMap((setting) => ruleNotes(setting, plan, plans));
    tell(`stack ${code(plan.name)}`, [...ofSettings, ...moveNotes(plan)]);
  }
  const resources = plans.flatMap((plan) => touchedIn(plan).map((resource) => ({ plan, resource })));
  for (const { plan, resource } of worstFirst(resources, ({ resource }) => resource.verdict)) {
    const subject = `${resource.block.facts.noun} ${code(resource.address)} in ${code(plan.name)}`;
    const refused = [...schemaNotes(resource, plan), ...brokenRules(resource, plan)];
    tell(subject, [...refused, ...ruleNotes(resource, plan, plans), ...policyNotes(resource)]);
  }
  return [...subjectsOf].map(([note, subjects]) => `${enumerated([...subjects], 800)}: ${note}`);
}

/** The resources of a stack that change or refer to what changes, without those that go with their namespace. */
function touchedIn({ after: stack, resources }: StackPlan): PlannedResource[] {
  const changed = new Set(resources.filter(({ verdict }) => verdict !== "none").map(({ address }) => address));
  const namespaces = managedIn(stack).filter(({ objectKind }) => objectKind === "Namespace");
  const names = namespaces.map((block) => stable(at(objectOf(block, "values"), "metadata", "name")));
  return resources.filter(({ address, before, after }) => {
    if (!after) {
      const namespace = at(objectOf(before!, "values"), "metadata", "namespace");
      return namespace === undefined || names.includes(stable(namespace));
    }
    const isJudgedOtherwise = before?.table !== after.table || before.preventDestroy !== after.preventDestroy;
    return changed.has(address) || isJudgedOtherwise || referencesOf(after.body).some((to) => changed.has(to.address));
  });
}
