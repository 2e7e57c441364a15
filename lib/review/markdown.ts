import type { Review, ReviewedArgument, ReviewedChange } from "./review";
import { transition } from "./reasons";
import { code } from "./text";
import type { Verdict } from "./verdict";

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
export function reviewMarkdown(review: Review): string {
  const changed = review.changes.filter(({ verdict }) => verdict !== "none");
  const notes = review.notes.map((note) => `- ${note}`);
  const head = [
    "## What this change does to the cluster",
    `**${review.summary}**`,
    ...(changed.length > 0 ? [table(changed)] : []),
    ...(notes.length > 0 ? ["### Know this, too", within(LONGEST_NOTES, notes, (left) => `- and ${left} more`)] : []),
  ];
  const diagram = ["### After the change", "```mermaid\n" + review.diagram + "```"];
  const room = LONGEST_COMMENT - Buffer.byteLength([...head, ...diagram].join());
  const details = [
    `<details><summary>All ${review.changes.length} resources</summary>`,
    within(room, review.changes.map(item), (left) => `- and ${left} more, which \`--format json\` has`),
    "</details>",
  ];
  return [...head, ...details, ...diagram].join("\n\n") + "\n";
}

function table(changes: readonly ReviewedChange[]): string {
  const rows = within(LONGEST_TABLE, changes.map(row), (left) => `\nand ${left} more, in the list below`);
  return `| Address | Verdict | Changed arguments | Why |\n| --- | --- | --- | --- |\n${rows}`;
}

/** As many items as there is room for, each on lines of its own, and what is said of those that are left. */
function within(room: number, items: readonly string[], more: (left: number) => string): string {
  const taken: string[] = [];
  for (const item of items) {
    room -= Buffer.byteLength(item) + 1;
    if (room < ROOM_FOR_THE_REST) break;
    taken.push(item);
  }
  const left = items.length - taken.length;
  return [...taken, ...(left > 0 ? [more(left)] : [])].join("\n");
}

function row({ stack, address, verdict, arguments: args, why }: ReviewedChange): string {
  const shown = args.slice(0, ARGUMENTS_IN_ROW).map(argumentText);
  if (args.length > shown.length) shown.push(`and ${args.length - shown.length} more`);
  return `| ${[`${code(address)} in ${code(stack)}`, WORDS[verdict], shown.join("<br>"), why].map(cell).join(" | ")} |`;
}

function argumentText(argument: ReviewedArgument): string {
  return `${code(argument.path)} ${transition(argument)}`;
}

/** A pipe would end the cell, also in code, unless an odd number of backslashes stands before it. */
function cell(text: string): string {
  return text.replaceAll(/(\\*)\|/g, (pipe, slashes: string) => (slashes.length % 2 === 0 ? `${slashes}\\|` : pipe));
}

function item({ stack, address, verdict, arguments: args, why }: ReviewedChange): string {
  return [
    `- ${code(address)} in ${code(stack)}: ${WORDS[verdict]}${why ? `, ${why}` : ""}`,
    ...args.map((argument) => `  - ${argumentText(argument)}: ${argument.effect}`),
  ].join("\n");
}
