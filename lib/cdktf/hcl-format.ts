import { bracketChange, Token } from "./hcl-tokens";

/**
 * Writes tokens as `terraform fmt` does: one space or none between them, lines indented by what is open, and `=` of
 * neighbouring lines below each other. The first line goes on a line that has begun, of the indent given.
 *
 * @see https://github.com/hashicorp/hcl/blob/v2.23.0/hclwrite/format.go
 */
export function formatted(tokens: readonly Token[], indent: number): string {
  if (tokens.length === 1) return tokens[0].text;
  const lines = linesOf(tokens);
  if (lines.length === 1) return spaced(lines[0]);
  return aligned(indented(lines, indent)).join("\n");
}

/** Columns that a text takes. */
function columnsOf(text: string): number {
  // eslint-disable-next-line no-control-regex
  return /^[\x00-\x7f]*$/.test(text) ? text.length : [...new Intl.Segmenter().segment(text)].length;
}

function linesOf(tokens: readonly Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === "newline") lines.push([]);
    else lines[lines.length - 1].push(token);
  }
  return lines;
}

function spaced(line: readonly Token[]): string {
  let text = "";
  line.forEach((token, i) => {
    if (i > 0 && isSpaced(line[i - 2], line[i - 1], token)) text += " ";
    text += token.text;
  });
  return text;
}

const NEGATED_AFTER: ReadonlySet<string | undefined> = new Set(["(", "{", "[", "=", ":", ",", "?"]);

function isSpaced(before: Token | undefined, token: Token, after: Token): boolean {
  const { kind } = token;
  if (after.kind === "comment") return true;
  if (kind === "identifier" && after.kind === "(") return false;
  if (kind === "::" || after.kind === "::") return false;
  if (kind === "." || after.kind === ".") return false;
  if (after.kind === "," || after.kind === "...") return false;
  if (kind === ",") return true;
  if (kind === "literal" || kind === "quote" || after.kind === "literal" || after.kind === "endQuote") return false;
  if (token.text === "in" && before?.kind === "identifier") return true;
  if (after.kind === "[" && (kind === "identifier" || kind === "number" || bracketChange(token) < 0)) return false;
  if (kind === "-") return !isNegation(before);
  if (kind === "{" || after.kind === "}") return !(kind === "{" && after.kind === "}");
  if (kind === "sequence" && after.kind === "{") return true;
  if (kind === "}" && after.kind === "endSequence") return true;
  if (kind === "endSequence" && after.kind === "sequence") return false;
  if (kind === "!") return false;
  return bracketChange(token) <= 0 && bracketChange(after) >= 0;
}

/** Returns whether a minus after this token is a sign. */
function isNegation(before: Token | undefined): boolean {
  return before === undefined || NEGATED_AFTER.has(before.kind) || before.kind === "-" || /^[+*/%]$/.test(before.text);
}

interface Line {
  readonly tokens: readonly Token[];
  readonly indent: number;
}

/** Indents a line for each line above that opened more brackets than it closed and is not closed itself. */
function indented(lines: readonly (readonly Token[])[], base: number): Line[] {
  const open: number[] = [];
  return lines.map((tokens, i) => {
    const change = tokens.reduce((sum, token) => sum + bracketChange(token), 0);
    if (change < 0) close(open, -change);
    const line = { tokens, indent: i === 0 ? 0 : base + 2 * open.length };
    if (change > 0) open.push(change);
    return line;
  });
}

function close(open: number[], closed: number): void {
  while (closed > 0 && open.length > 0) {
    const last = open.pop()!;
    if (last > closed) open.push(last - closed);
    closed -= last;
  }
}

function aligned(lines: readonly Line[]): string[] {
  const texts: string[] = [];
  let neighbours: { readonly name: string; readonly value: string }[] = [];
  const flush = () => {
    texts.push(...alignedAssignments(neighbours));
    neighbours = [];
  };
  for (const { tokens, indent } of lines) {
    const at = tokens.findIndex(({ kind }, i) => i > 0 && kind === "=");
    const margin = " ".repeat(indent);
    if (at > 0 && tokens.slice(at).reduce((sum, token) => sum + bracketChange(token), 0) === 0) {
      neighbours.push({ name: margin + spaced(tokens.slice(0, at)), value: spaced(tokens.slice(at + 1)) });
    } else {
      flush();
      texts.push(tokens.length === 0 ? "" : margin + spaced(tokens));
    }
  }
  flush();
  return texts;
}

/** Lines `name = value`, with every `=` in the same column. */
export function alignedAssignments(
  assignments: readonly { readonly name: string; readonly value: string }[],
): string[] {
  const widths = assignments.map(({ name }) => columnsOf(name));
  const width = Math.max(...widths);
  return assignments.map(({ name, value }, i) => `${name}${" ".repeat(width - widths[i])} = ${value}`);
}
