import { notesOn } from "../notes/notes";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { VERDICTS } from "../plan/verdict";
import { ReviewedChange, reviewedChange } from "./changes";
import { markdownOf } from "./markdown";
import { mermaidOf } from "./mermaid";
import { summaryOf } from "./sentences";

/** A review of a change: what it would do to the cluster. */
export class Review {
  /** One sentence for a person in a hurry. */
  readonly summary: string;
  /** Every resource of either side, the worst first. */
  readonly changes: readonly ReviewedChange[];
  /** Sentences with what a reviewer must know beyond that. */
  readonly notes: readonly string[];
  /** Mermaid text of the cluster after the change. */
  readonly diagram: string;

  /** @internal */
  constructor(plans: readonly StackPlan[]) {
    const all = plans.flatMap(({ name, resources }) => resources.map((resource) => ({ name, resource })));
    all.sort((one, other) => rankOf(one.resource) - rankOf(other.resource));
    this.changes = all.map(({ name, resource }) => reviewedChange(name, resource));
    this.notes = notesOn(plans);
    const hasNotes = this.notes.length > 0;
    this.summary = summaryOf(
      all.map(({ resource }) => resource),
      hasNotes,
    );
    this.diagram = mermaidOf(plans);
  }

  /** Markdown for a comment on a pull request. */
  toMarkdown(): string {
    return markdownOf(this);
  }

  /** Returns what `--format json` prints: summary, changes and notes. */
  toJSON() {
    return { summary: this.summary, changes: this.changes, notes: this.notes };
  }
}

/** The worst verdict first, and of one verdict first what holds other things, and last what nobody asked for. */
function rankOf(resource: PlannedResource): number {
  const { isContainer, isBookkeeping } = resource.block.facts;
  return VERDICTS.indexOf(resource.verdict) * 3 + (isContainer ? 0 : isBookkeeping ? 2 : 1);
}
