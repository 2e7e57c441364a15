import type { StackPlan } from "../plan/plan";
import { isolationNotes, kataPoolNotes } from "./isolation";
import { lossNotes } from "./losses";
import { moveNotes } from "./moves";
import { schemaNotes, specialRefusalNotes } from "./refusals";
import { refusalNotes, regressionNotes } from "./rules";
import { providerNotes, stateNotes } from "./state";

/** What a reviewer must know beyond the verdicts, in Markdown: first what is lost or refused, last what is weaker. */
export function notesOn(plans: readonly StackPlan[]): string[] {
  const ofEach = (...kinds: readonly ((plan: StackPlan) => string[])[]) =>
    kinds.flatMap((notes) => plans.flatMap((plan) => notes(plan)));
  return [
    ...lossNotes(plans),
    ...providerNotes(plans),
    ...ofEach(stateNotes, moveNotes, schemaNotes, refusalNotes, specialRefusalNotes),
    ...kataPoolNotes(plans),
    ...ofEach(regressionNotes, isolationNotes),
  ];
}
