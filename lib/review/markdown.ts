import { ReviewedArgument, ReviewedChange, Review } from "./review";
import { transition } from "./reasons";
import { code } from "./text";
import type { Verdict } from "./verdict";

/** A comment on GitHub has 65,536 characters at most. */
const LONGEST_COMMENT = 65_000;
const ROWS_IN_TABLE = 40;
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
  const head = [
    "## What this change does to the cluster",
    `**${review.summary}**`,
    ...(changed.length > 0 ? [table(changed.slice(0, ROWS_IN_TABLE), changed.length)] : []),
    ...(review.notes.length > 0 ? ["### Know this, too", review.notes.map((note) => `- ${note}`).join("\n")] : []),
  ];
  const diagram = ["### After the change", "```mermaid\n" + review.diagram + "```"];
  const size = [...head, ...diagram].join("\n\n").length;
  const details = [
    `<details><summary>All ${review.changes.length} resources</summary>`,
    fullList(review.changes, LONGEST_COMMENT - size),
    "</details>",
  ];
  return [...head, ...details, ...diagram].join("\n\n") + "\n";
}

function table(rows: readonly ReviewedChange[], all: number): string {
  const more = all > rows.length ? `\n\nand ${all - rows.length} more, in the list below.` : "";
  return (
    ["| Address | Verdict | Changed arguments | Why |", "| --- | --- | --- | --- |", ...rows.map(row)].join("\n") + more
  );
}

function row({ stack, address, verdict, arguments: args, why }: ReviewedChange): string {
  const shown = args.slice(0, ARGUMENTS_IN_ROW).map(argumentText);
  if (args.length > shown.length) shown.push(`and ${args.length - shown.length} more`);
  return `| ${[`${code(address)} in ${stack}`, WORDS[verdict], shown.join("<br>"), why].map(cell).join(" | ")} |`;
}

function argumentText(argument: ReviewedArgument): string {
  return `${code(argument.path)} ${transition(argument)}`;
}

/** A pipe would end the cell, also in code. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function fullList(changes: readonly ReviewedChange[], room: number): string {
  const lines: string[] = [];
  let length = 0;
  for (const [i, { stack, address, verdict, arguments: args, why }] of changes.entries()) {
    const item = [
      `- ${code(address)} in ${stack}: ${WORDS[verdict]}${why ? `, ${why}` : ""}`,
      ...args.map((argument) => `  - ${argumentText(argument)}: ${argument.effect}`),
    ].join("\n");
    length += item.length + 1;
    if (length > room - 100) {
      lines.push(`- and ${changes.length - i} more: \`npm run review\` with \`--format json\` has them all`);
      break;
    }
    lines.push(item);
  }
  return lines.join("\n");
}
