import type { Review, ReviewedChange } from "../index";
import { code, enumerated } from "../notes/text";
import type { Verdict } from "../plan/verdict";
import { transition } from "./sentences";

/** A comment on GitHub has 65,536 characters at most; these are bytes, which are never fewer. */
const LONGEST_COMMENT = 60_000;
const LONGEST_TABLE = 20_000;
const LONGEST_NOTES = 15_000;
/** For the line that says how many items are left. */
const ROOM_FOR_THE_REST = 200;

const ARGUMENTS_IN_ROW = 6;
const NAMES_IN_ROW = 12;

const WORDS: { readonly [verdict in Verdict]: string } = {
  destroy: "**destroy**",
  replace: "**replace**",
  rotate: "**rotate**",
  unknown: "unknown",
  update: "update",
  create: "create",
  none: "no change",
};

/** A review as Markdown for a comment on a pull request. */
export function markdownOf(review: Review): string {
  const { changes, notes, summary, diagram } = review;
  const rows = rowsOf(
    changes.filter(({ verdict }) => verdict !== "none"),
    changes,
  );
  const table = ["| Verdict | Resource | What changes, and what follows |\n| --- | --- | --- |"].concat(
    within(LONGEST_TABLE, rows, (left) => `\nand ${left} more, in the list below`),
  );
  const listed = notes.map((note) => `- ${note}`);
  const head = [
    "## What this change does to the cluster",
    `**${summary}**`,
    ...(rows.length > 0 ? [table.join("\n")] : []),
    ...(notes.length > 0
      ? ["### Warnings", within(LONGEST_NOTES, listed, (left) => `- and ${left} more`).join("\n")]
      : []),
  ];
  const end = [sourceOf(review), "### After the change", "```mermaid\n" + diagram + "```"];
  const items = changes.filter(({ verdict, arguments: args }) => verdict !== "none" || args.length > 0).map(item);
  const room = LONGEST_COMMENT - Buffer.byteLength([...head, ...end].join());
  const list = within(room, items, (left) => `- and ${left} more, which \`--format json\` has`).join("\n");
  const details = ["<details><summary>Addresses, and what each argument does by itself</summary>", list, "</details>"];
  return [...head, ...(items.length > 0 ? details : []), ...end].join("\n\n") + "\n";
}

/** As many items as there is room for, and what is said of those that are left. */
function within(room: number, items: readonly string[], more: (left: number) => string): string[] {
  const tooMany = items.findIndex((item) => (room -= Buffer.byteLength(item) + 1) < ROOM_FOR_THE_REST);
  return tooMany < 0 ? [...items] : [...items.slice(0, tooMany), more(items.length - tooMany)];
}

/** The shortest name of each resource that no other one has. */
function labelsOf(changes: readonly ReviewedChange[]): Map<ReviewedChange, string> {
  const candidates = changes.map(({ address, noun, stack }) => {
    const id = address.slice(address.lastIndexOf(".") + 1);
    const named = (name: string) => (noun ? `${noun} ${code(name)}` : code(address.slice(0, -id.length) + name));
    return [named(id.replace(/_[0-9A-F]{8}$/, "")), named(id), `${code(address)} in ${code(stack)}`];
  });
  const counts = new Map<string, number>();
  for (const label of candidates.flatMap((labels) => [...new Set(labels)]))
    counts.set(label, (counts.get(label) ?? 0) + 1);
  const shortest = (labels: readonly string[]) => labels.find((label) => counts.get(label) === 1) ?? labels[2];
  return new Map(changes.map((change, i) => [change, shortest(candidates[i])]));
}

/** A row for each resource, and one for all of a verdict of which there is nothing to say. */
function rowsOf(changes: readonly ReviewedChange[], all: readonly ReviewedChange[]): string[] {
  const labels = labelsOf(all);
  const rows = new Map<string, { verdict: Verdict; names: string[]; text: string }>();
  for (const change of changes) {
    const { verdict, arguments: args, why } = change;
    const shown = args.slice(0, ARGUMENTS_IN_ROW).map((argument) => `${code(argument.path)} ${transition(argument)}`);
    if (args.length > shown.length) shown.push(`and ${args.length - shown.length} more`);
    const text = [...shown, ...(why ? [why] : [])].join("<br>");
    const label = labels.get(change)!;
    const row = rows.get(text ? label : verdict);
    if (row) row.names.push(label);
    else rows.set(text ? label : verdict, { verdict, names: [label], text });
  }
  return [...rows.values()].map(({ verdict, names, text }) => {
    const more = names.length > NAMES_IN_ROW ? `, and ${names.length - NAMES_IN_ROW} more` : "";
    const cells = [WORDS[verdict], names.slice(0, NAMES_IN_ROW).join(", ") + more, text];
    return `| ${cells.map(cell).join(" | ")} |`;
  });
}

/** A pipe would end the cell, also in code, unless an odd number of backslashes stands before it. */
function cell(text: string): string {
  return text.replaceAll(/(\\*)\|/g, (pipe, slashes: string) => (slashes.length % 2 === 0 ? `${slashes}\\|` : pipe));
}

/** A resource, and what its arguments do where that is not the same for all. */
function item({ stack, address, verdict, arguments: args, why }: ReviewedChange): string {
  const isMixed = args.some(({ effect }) => effect !== verdict);
  const lines = isMixed ? args.map((argument) => `  - ${code(argument.path)}: ${argument.effect}`) : [];
  const reason = verdict === "none" && why ? `, ${why}` : "";
  return [`- ${code(address)} in ${code(stack)}: ${WORDS[verdict]}${reason}`, ...lines].join("\n");
}

function sourceOf({ changes }: Review): string {
  const unchanged = changes.filter(({ verdict }) => verdict === "none").length;
  const same = unchanged === 0 ? "" : `${unchanged} ${unchanged === 1 ? "resource does" : "resources do"} not change. `;
  const planned = [...new Set(changes.filter(({ source }) => source === "plan").map(({ stack }) => code(stack)))];
  if (planned.length === 0) return `${same}All verdicts are told from the text of both outputs, without a plan.`;
  const others = changes.some(({ source }) => source === "text")
    ? ", all others are told from the text of both outputs"
    : "";
  const stacks = `${planned.length === 1 ? "stack" : "stacks"} ${enumerated(planned)}`;
  return `${same}The verdicts of ${stacks} are those of its plan${others}.`;
}
