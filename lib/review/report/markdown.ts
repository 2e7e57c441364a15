import { referencesIn } from "../model/reference";
import { code, enumerated, firstOf, textsOf } from "../notes/text";
import type { Verdict } from "../plan/verdict";
import type { ReviewedArgument, ReviewedChange } from "./changes";
import { NOT_SHOWN, SENSITIVE } from "./redact";
import { verdictWords } from "./sentences";

/** A comment on GitHub has 65,536 characters at most; these are bytes, which are never fewer. */
const LONGEST_COMMENT = 60_000;
const LONGEST_NOTES = 15_000;
/** For the line that says how many items are left. */
const ROOM_FOR_THE_REST = 200;

const ARGUMENTS_IN_ROW = 6;
const NAMES_IN_ROW = 12;

interface Parts {
  readonly summary: string;
  readonly changes: readonly ReviewedChange[];
  readonly notes: readonly string[];
  readonly diagram: string;
}

/** A review as Markdown for a comment on a pull request. */
export function markdownOf({ summary, changes, notes, diagram }: Parts): string {
  const listed = notes.map((note) => `- ${note}`);
  const warnings = within(LONGEST_NOTES, listed, (left) => `- and ${left} more`);
  const title = ["## What this change does to the cluster", `**${summary}**`];
  const rest = [
    ...(notes.length > 0 ? ["### Warnings", warnings.join("\n")] : []),
    sourceOf(changes),
    "### After the change",
    "```mermaid\n" + diagram + "```",
  ];
  const room = LONGEST_COMMENT - Buffer.byteLength([...title, ...rest].join("\n\n"));
  const rows = within(room, rowsOf(changes), (left) => `| | | and ${left} more, which \`--format json\` has |`);
  const table = ["| Verdict | Resource | What changes, and what follows |", "| --- | --- | --- |", ...rows].join("\n");
  return [...title, ...(rows.length > 0 ? [table] : []), ...rest].join("\n\n") + "\n";
}

/** As many items as there is room for, and what is said of those that are left. */
function within(room: number, items: readonly string[], more: (left: number) => string): string[] {
  const tooMany = items.findIndex((item) => (room -= Buffer.byteLength(item) + 1) < ROOM_FOR_THE_REST);
  return tooMany < 0 ? [...items] : firstOf(items, tooMany, more);
}

/** A row for all resources that change in the same way. */
function rowsOf(changes: readonly ReviewedChange[]): string[] {
  const told = changes.filter(({ verdict, why }) => verdict !== "none" || why);
  const isInOneStack = new Set(told.map(({ stack }) => stack)).size === 1;
  const verdicts = new Map(changes.map(({ stack, address, verdict }) => [`${stack} ${address}`, verdict]));
  const rows = new Map<string, { verdict: Verdict; names: string[]; text: string }>();
  for (const change of told) {
    const { verdict, stack } = change;
    const text = textOf(change, (address) => verdicts.get(`${stack} ${address}`));
    const name = isInOneStack ? nameOf(change) : `${nameOf(change)} in ${code(stack)}`;
    const row = rows.get(`${verdict} ${text}`);
    if (row) row.names.push(name);
    else rows.set(`${verdict} ${text}`, { verdict, names: [name], text });
  }
  return [...rows.values()].map(({ verdict, names, text }) => {
    const first = firstOf(names, NAMES_IN_ROW, (left) => `and ${left} more`).join(", ");
    return `| ${[worded(verdict), first, text].map(cell).join(" | ")} |`;
  });
}

/** A resource by its kind instead of its type, where there is a word for it. */
function nameOf({ address, noun }: ReviewedChange): string {
  return noun ? `${noun} ${code(address.slice(address.indexOf(".") + 1))}` : code(address);
}

/** The arguments of a resource, with what they do by themselves where that is something else, and the reason. */
function textOf(change: ReviewedChange, verdictOf: (address: string) => Verdict | undefined): string {
  const { verdict, arguments: args, why } = change;
  const told = args.map((argument) => {
    const effect =
      argument.effect === verdict ? "" : ` (${argument.effect === "none" ? "no change" : argument.effect})`;
    return `${code(argument.path)} ${transition(argument, verdictOf)}${effect}`;
  });
  const shown = firstOf(told, ARGUMENTS_IN_ROW, (left) => `and ${left} more`);
  return [...shown, ...(why ? [why] : [])].join("<br>");
}

/**
 * The two values of an argument, or how they differ where they are not to be seen.
 *
 * @param verdictOf verdict of the resource at an address
 */
function transition({ before, after }: ReviewedArgument, verdictOf: (address: string) => Verdict | undefined): string {
  if ([before, after].some((value) => value === SENSITIVE || value === NOT_SHOWN))
    return before === null ? "is added" : after === null ? "is taken away" : "changes";
  const [old, next] = textsOf(before, after);
  const isKnown = !JSON.stringify(after).includes("${");
  if (old !== next) return `${old} → ${next}${isKnown ? "" : " (known after apply)"}`;
  const addresses = new Set(isKnown ? [] : referencesIn(JSON.stringify(after)).map(({ address }) => address));
  const fates = [...addresses].map((address) => {
    const verdict = verdictOf(address) ?? "none";
    return `${code(address)}, which ${verdict === "none" || verdict === "unknown" ? "changes" : `is ${verdict}d`}`;
  });
  return fates.length > 0 ? `refers to ${enumerated(fates)}` : "changes";
}

function worded(verdict: Verdict): string {
  if (verdict === "none") return "no change";
  return verdictWords().verdicts[verdict].isGrave ? `**${verdict}**` : verdict;
}

/** A pipe would end the cell, also in code, unless an odd number of backslashes stands before it. */
function cell(text: string): string {
  return text.replaceAll(/(\\*)\|/g, (pipe, slashes: string) => (slashes.length % 2 === 0 ? `${slashes}\\|` : pipe));
}

function sourceOf(changes: readonly ReviewedChange[]): string {
  const unchanged = changes.filter(({ verdict }) => verdict === "none").length;
  const same = unchanged === 0 ? "" : `${unchanged} ${unchanged === 1 ? "resource does" : "resources do"} not change. `;
  const planned = [...new Set(changes.filter(({ source }) => source === "plan").map(({ stack }) => code(stack)))];
  const told = changes.every(({ source }) => source === "plan")
    ? ""
    : ", all others are told from the text of both outputs";
  return planned.length === 0
    ? `${same}All verdicts are told from the text of both outputs, without a plan.`
    : `${same}The verdicts of stack ${enumerated(planned)} are those of a plan${told}.`;
}
