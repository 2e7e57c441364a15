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

/** A review as Markdown for a comment on a pull request. */
export function markdownOf(review: Review): string {
  const { changes, notes, summary, diagram } = review;
  const rows = rowsOf(changes);
  const table = within(LONGEST_TABLE, rows, (left) => `\nand ${left} more, in the list below`);
  const listed = notes.map((note) => `- ${note}`);
  const warnings = within(LONGEST_NOTES, listed, (left) => `- and ${left} more`);
  const head = [
    "## What this change does to the cluster",
    `**${summary}**`,
    ...(rows.length > 0
      ? ["| Verdict | Resource | What changes, and what follows |\n| --- | --- | --- |\n" + table.join("\n")]
      : []),
    ...(notes.length > 0 ? ["### Warnings", warnings.join("\n")] : []),
  ];
  const end = [sourceOf(changes), "### After the change", "```mermaid\n" + diagram + "```"];
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

/** A row for each resource that changes, and one for all of a verdict of which there is nothing to say. */
function rowsOf(changes: readonly ReviewedChange[]): string[] {
  const counts = new Map<string, number>();
  for (const change of changes) counts.set(labelOf(change), (counts.get(labelOf(change)) ?? 0) + 1);
  const verdicts = new Map(changes.map(({ stack, address, verdict }) => [`${stack} ${address}`, verdict]));
  const rows = new Map<string, { verdict: Verdict; names: string[]; text: string }>();
  for (const change of changes.filter(({ verdict }) => verdict !== "none")) {
    const { verdict, arguments: args, why } = change;
    const verdictOf = (address: string) => verdicts.get(`${change.stack} ${address}`);
    const told = args.map((argument) => `${code(argument.path)} ${transition(argument, verdictOf)}`);
    const shown = told.slice(0, ARGUMENTS_IN_ROW);
    const more = args.length > shown.length ? [`and ${args.length - shown.length} more`] : [];
    const text = [...shown, ...more, ...(why ? [why] : [])].join("<br>");
    const label = counts.get(labelOf(change)) === 1 ? labelOf(change) : addressOf(change);
    const row = rows.get(text ? label : verdict);
    if (row) row.names.push(label);
    else rows.set(text ? label : verdict, { verdict, names: [label], text });
  }
  return [...rows.values()].map(({ verdict, names, text }) => {
    const more = names.length > NAMES_IN_ROW ? `, and ${names.length - NAMES_IN_ROW} more` : "";
    return `| ${[worded(verdict), names.slice(0, NAMES_IN_ROW).join(", ") + more, text].map(cell).join(" | ")} |`;
  });
}

/** The name of a resource without the hash of cdktf, which others may have, too. */
function labelOf({ address, noun }: ReviewedChange): string {
  const [, type, id] = /^(.*\.)?(.*)$/s.exec(address.replace(/_[0-9A-F]{8}$/, ""))!;
  return noun ? `${noun} ${code(id)}` : code((type ?? "") + id);
}

function addressOf({ address, stack }: ReviewedChange): string {
  return `${code(address)} in ${code(stack)}`;
}

function worded(verdict: Verdict): string {
  if (verdict === "none") return "no change";
  return ["destroy", "replace", "rotate"].includes(verdict) ? `**${verdict}**` : verdict;
}

/** A pipe would end the cell, also in code, unless an odd number of backslashes stands before it. */
function cell(text: string): string {
  return text.replaceAll(/(\\*)\|/g, (pipe, slashes: string) => (slashes.length % 2 === 0 ? `${slashes}\\|` : pipe));
}

/** A resource, and what its arguments do where that is not the same for all. */
function item(change: ReviewedChange): string {
  const { verdict, arguments: args, why } = change;
  const isMixed = args.some(({ effect }) => effect !== verdict);
  const lines = isMixed ? args.map((argument) => `  - ${code(argument.path)}: ${argument.effect}`) : [];
  const reason = verdict === "none" && why ? `, ${why}` : "";
  return [`- ${addressOf(change)}: ${worded(verdict)}${reason}`, ...lines].join("\n");
}

function sourceOf(changes: readonly ReviewedChange[]): string {
  const unchanged = changes.filter(({ verdict }) => verdict === "none").length;
  const same = unchanged === 0 ? "" : `${unchanged} ${unchanged === 1 ? "resource does" : "resources do"} not change. `;
  const planned = [...new Set(changes.filter(({ source }) => source === "plan").map(({ stack }) => code(stack)))];
  if (planned.length === 0) return `${same}All verdicts are told from the text of both outputs, without a plan.`;
  const isAll = changes.every(({ source }) => source === "plan");
  const others = isAll ? "" : ", all others are told from the text of both outputs";
  return `${same}The verdicts of ${planned.length === 1 ? "stack" : "stacks"} ${enumerated(planned)} are those of its plan${others}.`;
}
