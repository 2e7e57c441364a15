import { formatted } from "./hcl-format";
import { bracketChange, readSequence, startsSequence, Token } from "./hcl-tokens";

/** A string that HCL takes as it is: what looks like an expression is none. */
export function literalString(text: string): string {
  return `"${escaped(text.includes("{") ? text.replace(/([$%])(?=\{)/g, "$1$1") : text)}"`;
}

/**
 * A string of Terraform JSON as HCL has it: a single `${…}` is the expression itself, anything else a string between
 * quotes.
 *
 * @param inList whether line breaks are nothing but space, as they are between brackets
 * @throws if an expression is not closed
 */
export function template(text: string, indent: number, inList = false): string {
  if (!text.includes("{")) return `"${escaped(text)}"`;
  const parts = partsOf(text);
  return isExpression(parts) ? expression(unwrapped(parts[0]), indent, inList) : formatted(quoted(parts), indent);
}

/** A key of an object. */
export interface Key {
  readonly name: string;
  /** True if `terraform fmt` does not see where it ends, as there is a `=` or a line break in an expression in it. */
  readonly standsAlone?: boolean;
}

/** A key of an object, which is a template, too. */
export function templateKey(text: string, indent: number): Key {
  if (!text.includes("{")) return { name: key(text, `"${escaped(text)}"`) };
  const parts = partsOf(text);
  const tokens = isExpression(parts) ? inParentheses(unwrapped(parts[0])) : quoted(parts);
  return {
    name: formatted(tokens, indent),
    standsAlone: tokens.some(({ kind }) => kind === "=" || kind === "newline"),
  };
}

/** A key of an object that is taken as it is. */
export function literalKey(text: string): Key {
  return { name: key(text, literalString(text)) };
}

const WORDS = new Set(["for", "null", "true", "false"]);

function key(text: string, quotedText: string): string {
  return /^[A-Za-z_][\w-]*$/.test(text) && !WORDS.has(text) ? text : quotedText;
}

const ESCAPES: { readonly [character: string]: string } = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

// eslint-disable-next-line no-control-regex
const TO_ESCAPE = /["\\\x00-\x1f\x7f-\x9f]/g;

function escaped(text: string): string {
  return text.replace(TO_ESCAPE, (character) => ESCAPES[character] ?? unicodeEscape(character));
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Text, or the tokens of a sequence. */
type Part = string | Token[];

function isExpression(parts: readonly Part[]): parts is readonly [Token[]] {
  return parts.length === 1 && typeof parts[0] === "object" && parts[0][0].text.startsWith("$");
}

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let literal = 0;
  for (let at = 0; at < text.length;) {
    if (!startsSequence(text, at)) {
      at++;
      continue;
    }
    if (at > literal) parts.push(text.slice(literal, at));
    const tokens: Token[] = [];
    at = literal = readSequence(text, at, tokens);
    parts.push(tokens);
  }
  if (literal < text.length) parts.push(text.slice(literal));
  return withTrimmedLines(parts);
}

/** The white space of Go. */
const SPACES = "[\\t\\n\\v\\f\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const LEADING = new RegExp(`^${SPACES}`);
const TRAILING = new RegExp(`${SPACES}$`);

function withoutLeadingSpace(text: string): string {
  const line = text.indexOf("\n") + 1;
  return text.slice(0, line).replace(LEADING, "") + text.slice(line);
}

function withoutTrailingSpace(text: string): string {
  const line = text.slice(0, -1).lastIndexOf("\n") + 1;
  return text.slice(0, line) + text.slice(line).replace(TRAILING, "");
}

/**
 * Takes away the space that `~` takes away from texts of several lines. In JSON `~` does it up to the end of the line,
 * and in HCL, where line breaks of a string are escaped, up to the next character that is no space.
 */
function withTrimmedLines(parts: readonly Part[]): Part[] {
  const result = [...parts];
  parts.forEach((part, i) => {
    if (typeof part !== "string" || !part.includes("\n")) return;
    const [before, after] = [result[i - 1], result[i + 1]] as [Token[] | undefined, Token[] | undefined];
    let text = part;
    if (before?.at(-1)?.text === "~}") {
      text = withoutLeadingSpace(text);
      result[i - 1] = [...before.slice(0, -1), { kind: "endSequence", text: "}" }];
    }
    if (after?.[0].text.endsWith("~")) {
      text = withoutTrailingSpace(text);
      result[i + 1] = [{ kind: "sequence", text: after[0].text.slice(0, -1) }, ...after.slice(1)];
    }
    result[i] = text;
  });
  return result.filter((part) => part !== "");
}

function quoted(parts: readonly Part[]): Token[] {
  return [
    { kind: "quote", text: '"' },
    ...parts.flatMap((part, i): Token[] =>
      typeof part === "string" ? [{ kind: "literal", text: textBefore(parts[i + 1], part) }] : part,
    ),
    { kind: "endQuote", text: '"' },
  ];
}

/** Text before a sequence, with which a `$` or `%` would be an escape if space between them has been taken away. */
function textBefore(next: Part | undefined, text: string): string {
  const sign = typeof next === "object" ? next[0].text[0] : undefined;
  return text.at(-1) === sign ? escaped(text.slice(0, -1)) + unicodeEscape(text.at(-1)!) : escaped(text);
}

/** The tokens in `${…}`, without line breaks around them, and without further quotes that hold nothing but `${…}`. */
function unwrapped(sequence: readonly Token[]): readonly Token[] {
  const tokens = sequence.slice(1, -1);
  while (tokens[0]?.kind === "newline") tokens.shift();
  while (tokens.at(-1)?.kind === "newline") tokens.pop();
  const isQuotedSequence =
    tokens[0]?.kind === "quote" && tokens[1]?.text.startsWith("${") && endOf(tokens, 1) === tokens.length - 2;
  return isQuotedSequence ? unwrapped(tokens.slice(1, -1)) : tokens;
}

function endOf(tokens: readonly Token[], start: number): number {
  let open = 0;
  return tokens.findIndex(({ kind }, i) => {
    if (i < start) return false;
    if (kind === "sequence") open++;
    return kind === "endSequence" && --open === 0;
  });
}

/** Writes a bare expression, between parentheses if it would end with its first line otherwise. */
function expression(tokens: readonly Token[], indent: number, inList: boolean): string {
  const isWhole = !endsLine(tokens) && (inList || !breaksOutsideOfBrackets(tokens));
  return formatted(isWhole ? tokens : inParentheses([NEWLINE, ...tokens, NEWLINE]), indent);
}

const NEWLINE: Token = { kind: "newline", text: "\n" };

function inParentheses(tokens: readonly Token[]): Token[] {
  return [{ kind: "(", text: "(" }, ...tokens, ...(endsLine(tokens) ? [NEWLINE] : []), { kind: ")", text: ")" }];
}

/** Returns whether nothing may follow in the same line. */
function endsLine(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  return last?.kind === "heredoc" || (last?.kind === "comment" && !last.text.startsWith("/*"));
}

function breaksOutsideOfBrackets(tokens: readonly Token[]): boolean {
  let open = 0;
  return tokens.some((token) => {
    open += bracketChange(token);
    return open === 0 && token.kind === "newline";
  });
}
