import type { Review, ReviewedArgument, ReviewedChange } from "../index";
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
  const changed = review.changes.filter(({ verdict }) => verdict !== "none");
  const told = review.changes.filter(({ verdict, arguments: args }) => verdict !== "none" || args.length > 0);
  const head = [
    "## What this change does to the cluster",
    `**${review.summary}**`,
    ...(changed.length > 0 ? [table(changed, review.changes)] : []),
    ...(review.notes.length > 0
      ? [
          "### Warnings",
          within(
            LONGEST_NOTES,
            review.notes,
            (note) => `- ${note}`,
            (left) => `- and ${left} more`,
          ),
        ]
      : []),
  ];
  const diagram = [sourceOf(review), "### After the change", "```mermaid\n" + review.diagram + "```"];
  const room = LONGEST_COMMENT - Buffer.byteLength([...head, ...diagram].join());
  const list = within(room, told, item, (left) => `- and ${left} more, which \`--format json\` has`);
  const details = ["<details><summary>Addresses, and what each argument does by itself</summary>", list, "</details>"];
  return [...head, ...(told.length > 0 ? details : []), ...diagram].join("\n\n") + "\n";
}

function table(changes: readonly ReviewedChange[], all: readonly ReviewedChange[]): string {
  const labels = labelsOf(all);
  const rows = within(
    LONGEST_TABLE,
    changes,
    (change) => row(change, labels.get(change)!),
    (left) => `\nand ${left} more, in the list below`,
  );
  return `| Verdict | Resource | What changes, and what follows |\n| --- | --- | --- |\n${rows}`;
}

/** As many items as there is room for, each on lines of its own, and what is said of those that are left. */
function within<Item>(
  room: number,
  items: readonly Item[],
  textOf: (item: Item) => string,
  more: (left: number) => string,
): string {
  const taken: string[] = [];
  for (const one of items) {
    const item = textOf(one);
    room -= Buffer.byteLength(item) + 1;
    if (room < ROOM_FOR_THE_REST) break;
    taken.push(item);
  }
  const left = items.length - taken.length;
  return [...taken, ...(left > 0 ? [more(left)] : [])].join("\n");
}

/** The shortest name of each resource that no other one has. */
function labelsOf(changes: readonly ReviewedChange[]): Map<ReviewedChange, string> {
  const candidates = changes.map((change) => {
    const { address, noun, stack } = change;
    const id = address.slice(address.lastIndexOf(".") + 1);
    const named = (name: string) => (noun ? `${noun} ${code(name)}` : code(address.slice(0, -id.length) + name));
    return [named(id.replace(/_[0-9A-F]{8}$/, "")), named(id), `${code(address)} in ${code(stack)}`];
  });
  const counts = new Map<string, number>();
  for (const label of candidates.flatMap((labels) => [...new Set(labels)]))
    counts.set(label, (counts.get(label) ?? 0) + 1);
  return new Map(
    changes.map((change, i) => [change, candidates[i].find((label) => counts.get(label) === 1) ?? candidates[i][2]]),
  );
}

function row({ verdict, arguments: args, why }: ReviewedChange, label: string): string {
  const shown = args.slice(0, ARGUMENTS_IN_ROW).map(argumentText);
  if (args.length > shown.length) shown.push(`and ${args.length - shown.length} more`);
  const follows = verdict === "update" && args.length > 0 ? [] : [why];
  return `| ${[WORDS[verdict], label, [...shown, ...follows].join("<br>")].map(cell).join(" | ")} |`;
}

function argumentText(argument: ReviewedArgument): string {
  return `${code(argument.path)} ${transition(argument)}`;
}

/** A pipe would end the cell, also in code, unless an odd number of backslashes stands before it. */
function cell(text: string): string {
  return text.replaceAll(/(\\*)\|/g, (pipe, slashes: string) => (slashes.length % 2 === 0 ? `${slashes}\\|` : pipe));
}

function item({ stack, address, verdict, arguments: args, why }: ReviewedChange): string {
  const lines = args.map((argument) => `  - ${code(argument.path)}: ${argument.effect}`);
  const reason = verdict === "none" && why ? `, ${why}` : "";
  return [`- ${code(address)} in ${code(stack)}: ${WORDS[verdict]}${reason}`, ...lines].join("\n");
}

/** How many resources do not change, and where the verdicts come from. */
function sourceOf({ changes }: Review): string {
  const unchanged = changes.filter(({ verdict }) => verdict === "none").length;
  const planned = [...new Set(changes.filter(({ source }) => source === "plan").map(({ stack }) => code(stack)))];
  const isAll = changes.every(({ source }) => source === "plan");
  const others = isAll ? "" : `, ${planned.length > 0 ? "all others are " : ""}told from the text of both outputs`;
  const source =
    planned.length > 0
      ? `The verdicts of ${planned.length === 1 ? "stack" : "stacks"} ${enumerated(planned)} are those of its plan${others}.`
      : "All verdicts are told from the text of both outputs, without a plan.";
  const same = unchanged === 0 ? "" : `${unchanged} ${unchanged === 1 ? "resource does" : "resources do"} not change. `;
  return `${same}${source}`;
}
