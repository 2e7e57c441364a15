import { referencesIn } from "../model/reference";
import { code, enumerated, textsOf, within } from "../notes/text";
import type { Verdict } from "../plan/verdict";
import type { ReviewedArgument, ReviewedChange } from "./changes";
import { NOT_SHOWN, SENSITIVE } from "./redact";
import { verdictWords } from "./sentences";

/** A comment on GitHub has 65,536 characters at most; these are bytes, which are never fewer. */
const LONGEST_COMMENT = 60_000;
const LONGEST_NOTES = 15_000;
const LONGEST_NAMES = 600;
const LONGEST_ARGUMENTS = 1_000;

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
    const first = within(LONGEST_NAMES, names).join(", ");
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
  const shown = within(LONGEST_ARGUMENTS, told);
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
