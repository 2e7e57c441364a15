import { contentNotes } from "./notes/content-notes";
import { isolationNotes } from "./notes/isolation-notes";
import { movedNotes } from "./notes/moved-notes";
import { refusalNotes } from "./notes/refusal-notes";
import { providerNotes, stackNotes } from "./notes/stack-notes";
import type { StackPlan } from "./plan";

/** What a reviewer must know beyond the verdicts, in Markdown: first what is lost or refused, last what is looser. */
export function notesOn(plans: readonly StackPlan[]): string[] {
  const ofEach = (notes: (plan: StackPlan) => string[]) => plans.flatMap(notes);
  return [
    ...contentNotes(plans),
    ...providerNotes(plans),
    ...ofEach(stackNotes),
    ...ofEach(movedNotes),
    ...ofEach(refusalNotes),
    ...ofEach(isolationNotes),
  ];
}
