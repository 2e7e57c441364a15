import type { PlannedResource, StackPlan } from "../plan/plan";
import { typeOf } from "../plan/side";
import { isolationNotes } from "./isolation";
import { lossNotes, protectionNotes } from "./losses";
import { moveNotes } from "./moves";
import { goesWithItsNamespace, sideOf } from "./objects";
import { brokenRules, schemaNotes, versionNotes } from "./refusals";
import { ruleNotes } from "./rules";
import { stateNotes } from "./state";
import { code, enumerated, Notes } from "./text";

type OfResource = (resource: PlannedResource, plan: StackPlan, plans: readonly StackPlan[]) => Notes;

/** Sentences in Markdown for a reviewer, beyond the verdicts: first on losses and refusals, last on regressions. */
export function notesOn(plans: readonly StackPlan[]): string[] {
  const all = plans.flatMap((plan) => plan.resources.map((resource) => ({ plan, resource })));
  const changed = all.filter(({ resource }) => resource.verdict !== "none");
  const retained = changed.filter(({ plan, resource }) => !goesWithItsNamespace(plan, resource));
  const on = (resources: typeof all, functions: readonly OfResource[]) =>
    functions.flatMap((notesOf) =>
      resources.flatMap(({ plan, resource }) => {
        const subject = () => `${typeOf(sideOf(resource)).noun} ${code(resource.address)} in ${code(plan.name)}`;
        return told(notesOf(resource, plan, plans)).map((note) => `${subject()}: ${note}`);
      }),
    );
  const failures = new Map(plans.map((plan) => [plan, schemaNotes(plan)]));
  const schemaNotesOf: OfResource = ({ address }, plan) => failures.get(plan)!.get(address) ?? [];
  return [
    ...on(all, [lossNotes]),
    ...onStacks(plans, [stateNotes, moveNotes]),
    ...on(all, [protectionNotes, versionNotes, schemaNotesOf]),
    ...on(changed, [ruleNotes(true), brokenRules]),
    ...on(retained, [ruleNotes(false), isolationNotes]),
  ];
}

/** Notes on stacks, once for all of which the same is said. */
function onStacks(plans: readonly StackPlan[], functions: readonly ((plan: StackPlan) => Notes)[]): string[] {
  const stacksOf = new Map<string, string[]>();
  for (const plan of plans)
    for (const note of functions.flatMap((notesOf) => told(notesOf(plan))))
      stacksOf.set(note, [...(stacksOf.get(note) ?? []), code(plan.name)]);
  return [...stacksOf].map(
    ([note, names]) => `${names.length === 1 ? "stack" : "stacks"} ${enumerated(names)}: ${note}`,
  );
}

function told(notes: Notes): string[] {
  return notes.filter((note): note is string => !!note);
}
