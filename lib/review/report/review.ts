import { notesOn } from "../notes/notes";
import { code, enumerated, inOneLine, textsOf, within } from "../notes/text";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { Verdict, VERDICTS } from "../plan/verdict";
import { ReviewedChange, reviewedChange, summaryOf, verdictWords } from "./changes";
import { mermaidOf } from "./mermaid";
import type { ReviewedArgument } from "./redact";

/** Two of these and a diagram leave room in a comment on GitHub, which has 65,536 characters at most. */
const LONGEST_PART = 20_000;
const LONGEST_CELL = 1_000;

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
    const all = plans.flatMap(({ name, resources }) => resources.map((resource) => ({ ...resource, stack: name })));
    // Of one verdict first what holds other things, and last what nobody asked for.
    const rankOf = ({ verdict, block: { facts } }: PlannedResource) =>
      VERDICTS.indexOf(verdict) * 3 + (facts.isContainer ? 0 : facts.isBookkeeping ? 2 : 1);
    all.sort((one, other) => rankOf(one) - rankOf(other));
    this.changes = all.map((resource) => reviewedChange(resource.stack, resource));
    this.notes = notesOn(plans);
    this.summary = summaryOf(all, this.notes.length > 0);
    this.diagram = mermaidOf(plans);
  }

  /** Markdown for a comment on a pull request. */
  toMarkdown(): string {
    const listed = this.notes.map((note) => `- ${note}`);
    const warnings = within(LONGEST_PART, listed, (left) => `- and ${left} more`);
    const more = (left: number) => `| | | and ${left} more, which \`--format json\` has |`;
    const rows = within(LONGEST_PART, rowsOf(this.changes), more);
    const parts = [
      `## What this change does to the cluster\n\n**${this.summary}**`,
      rows.length > 0 &&
        ["| Verdict | Resource | What changes, and what follows |\n| --- | --- | --- |", ...rows].join("\n"),
      warnings.length > 0 && `### Warnings\n\n${warnings.join("\n")}`,
      sourceOf(this.changes),
      `### After the change\n\n\`\`\`mermaid\n${this.diagram}\`\`\`\n`,
    ];
    return parts.filter(Boolean).join("\n\n");
  }

  /** Returns what `--format json` prints: summary, changes and notes. */
  toJSON() {
    return { summary: this.summary, changes: this.changes, notes: this.notes };
  }
}

/** A row of the table for all resources that change in the same way. */
function rowsOf(changes: readonly ReviewedChange[]): string[] {
  const told = changes.filter(({ verdict, why }) => verdict !== "none" || why);
  const isInOneStack = new Set(told.map(({ stack }) => stack)).size === 1;
  const byContent = new Map<string, ReviewedChange[]>();
  for (const change of told) {
    const content = JSON.stringify([change.verdict, change.arguments, change.why]);
    byContent.set(content, [...(byContent.get(content) ?? []), change]);
  }
  return [...byContent.values()].map((alike) => {
    const [{ verdict, arguments: changed, why }] = alike;
    const names = alike.map(({ stack, address, noun }) => {
      const name = noun ? `${noun} ${code(address.slice(address.indexOf(".") + 1))}` : code(address);
      return isInOneStack ? name : `${name} in ${code(stack)}`;
    });
    const told = changed.map((argument) => transition(argument, verdict));
    const cells = [
      verdictWords().verdicts[verdict].word,
      within(LONGEST_CELL, names).join(", "),
      [...within(LONGEST_CELL, told), why].filter(Boolean).join("<br>"),
    ];
    // A pipe would end the cell, also in code, unless an odd number of backslashes stands before it.
    return `| ${cells.map((text) => text.replaceAll(/(?<!\\)((?:\\\\)*)\|/g, "$1\\|")).join(" | ")} |`;
  });
}

/** An argument with its two values, and with what it does by itself where its resource has another verdict. */
function transition({ path, before, after, effect }: ReviewedArgument, verdict: Verdict): string {
  const [old, next] = textsOf(before, after);
  const isKnown = !JSON.stringify(after).includes("${");
  const own = effect === verdict ? "" : ` (${verdictWords().verdicts[effect].word})`;
  if (old === next) return `${code(path)} changes${isKnown ? "" : ` with ${inOneLine(after)}`}${own}`;
  return `${code(path)} ${old} → ${next}${isKnown ? "" : " (known after apply)"}${own}`;
}

function sourceOf(changes: readonly ReviewedChange[]): string {
  const same = changes.filter(({ verdict }) => verdict === "none").length;
  const planned = [...new Set(changes.flatMap(({ source, stack }) => (source === "plan" ? [code(stack)] : [])))];
  const plan = planned.length > 0 ? `and those of stack ${enumerated(planned)} from its plan` : "without a plan";
  const unchanged = `${same} ${same === 1 ? "resource does" : "resources do"} not change`;
  return `${unchanged}. All verdicts are told from the text of both outputs, ${plan}.`;
}
