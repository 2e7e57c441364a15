import { notesOn } from "../notes/notes";
import { code, enumerated, inOneLine, within } from "../notes/text";
import { StackPlan, Verdict, worstFirst } from "../plan/verdict";
import { ReviewedArgument, ReviewedChange, reviewedChange, verdictWords } from "./changes";
import { mermaidOf } from "./mermaid";

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
    const changes = plans.flatMap(({ name, resources }) => resources.map((one) => reviewedChange(name, one)));
    this.changes = worstFirst(changes, ({ verdict }) => verdict);
    this.notes = notesOn(plans);
    this.summary = summaryOf(plans, this.notes.length > 0);
    this.diagram = mermaidOf(plans);
  }

  /** Markdown for a comment on a pull request. */
  toMarkdown(): string {
    const rows = within(LONGEST_PART, rowsOf(this.changes)).map((row) => `| ${row} |`);
    const warnings = within(LONGEST_PART, this.notes).map((note) => `- ${note}`);
    const same = this.changes.filter(({ verdict }) => verdict === "none").length;
    const planned = new Set(this.changes.flatMap(({ source, stack }) => (source === "plan" ? [code(stack)] : [])));
    const plan =
      planned.size > 0 ? `except those that the plan of stack ${enumerated([...planned])} has` : "without a plan";
    const parts = [
      `## What this change does to the cluster\n\n**${this.summary}**`,
      rows.length > 0 &&
        ["| Verdict | Resource | What changes, and what follows |\n| --- | --- | --- |", ...rows].join("\n"),
      warnings.length > 0 && `### Warnings\n\n${warnings.join("\n")}`,
      `${same} ${same === 1 ? "resource does" : "resources do"} not change. All verdicts are told from the text of both outputs, ${plan}.`,
      `### After the change\n\n\`\`\`mermaid\n${this.diagram}\`\`\`\n`,
    ];
    return parts.filter(Boolean).join("\n\n");
  }

  /** Returns what `--format json` prints: summary, changes and notes. */
  toJSON() {
    return { summary: this.summary, changes: this.changes, notes: this.notes };
  }
}

function summaryOf(plans: readonly StackPlan[], hasNotes: boolean): string {
  const all = plans.flatMap(({ resources }) => resources);
  // What only triggers others is told where nothing else changes.
  const meant = all.filter(({ block, verdict }) => verdict !== "none" && !block.facts.isBookkeeping);
  const resources = meant.length > 0 ? meant : all;
  const clauses = Object.entries(verdictWords().verdicts).flatMap(([verdict, { clause }]) => {
    const changed = resources.filter((one) => one.verdict === verdict);
    if (!clause || changed.length === 0) return [];
    const types = changed.map(({ block: { facts } }) => (verdict === "rotate" && facts.rotates) || facts);
    const things = [...new Set(types)].map((type) => {
      const count = types.filter((other) => other === type).length;
      return `${count} ${count === 1 ? type.noun : type.plural}`;
    });
    return [clause.replace("{things}", enumerated(things))];
  });
  const lost = resources.filter(({ verdict, block }) => /destroy|replace/.test(verdict) && block.facts.isContainer);
  const containers = [...new Set(lost.map(({ block }) => block.facts.noun))];
  if (containers.length > 0) clauses.push(`what is in the ${enumerated(containers)} is lost`);
  if (clauses.length === 0) clauses.push(hasNotes ? "changes no resource; read the warnings" : "changes no resource");
  else if (resources.every(({ verdict }) => /none|update|create/.test(verdict))) clauses.push("nothing is destroyed");
  return `${clauses.join("; ").replace(/^./, (letter) => letter.toUpperCase())}.`;
}

/** A row of the table for all resources that change in the same way. */
function rowsOf(changes: readonly ReviewedChange[]): string[] {
  const told = changes.filter(({ verdict, why }) => verdict !== "none" || why);
  const isInOneStack = new Set(told.map(({ stack }) => stack)).size === 1;
  const namesOf = new Map<string, string[]>();
  for (const { stack, address, noun, verdict, arguments: changed, why } of told) {
    const name = noun ? `${noun} ${code(address.slice(address.indexOf(".") + 1))}` : code(address);
    const values = changed.map((argument) => transition(argument, verdict));
    const text = [...within(LONGEST_CELL, values), why].filter(Boolean).join("<br>");
    const row = JSON.stringify([verdictWords().verdicts[verdict].word, text]);
    namesOf.set(row, [...(namesOf.get(row) ?? []), isInOneStack ? name : `${name} in ${code(stack)}`]);
  }
  return [...namesOf].map(([row, names]) => {
    const [word, text] = JSON.parse(row) as string[];
    const cells = [word, within(LONGEST_CELL, names).join(", "), text];
    // A pipe would end the cell, also in code, unless an odd number of backslashes stands before it.
    return cells.map((cell) => cell.replaceAll(/(?<!\\)((?:\\\\)*)\|/g, "$1\\|")).join(" | ");
  });
}

/** An argument with its two values, and with what it does by itself where its resource has another verdict. */
function transition({ path, before, after, effect }: ReviewedArgument, verdict: Verdict): string {
  const [old, next] = [before, after].map(inOneLine);
  const isKnown = !next.includes("${");
  const change = old === next ? "changes" : `${old} → ${next}`;
  const known = isKnown ? "" : old === next ? ` with ${next.replaceAll(/[${}]/g, "")}` : " (known after apply)";
  const own = effect === verdict ? "" : ` (${verdictWords().verdicts[effect].word})`;
  return `${code(path)} ${change}${known}${own}`;
}
