/** A token of HCL. Spaces are none: `hcl-format.ts` puts them between tokens. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

export type TokenKind =
  | "identifier"
  | "number"
  | "quote"
  | "endQuote"
  /** Text between quotes as it is written, escapes included. */
  | "literal"
  /** `${`, `${~`, `%{` or `%{~`. */
  | "sequence"
  /** `}` or `~}`. */
  | "endSequence"
  | "comment"
  /** Everything from `<<` to the line that ends the document. */
  | "heredoc"
  | "newline"
  | "operator"
  | Punctuation;

type Punctuation = "(" | ")" | "[" | "]" | "{" | "}" | "." | "," | "..." | "=" | ":" | "::" | "?" | "-" | "!";

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LINE_COMMENT = /(?:#|\/\/)[^\n]*/y;
const INLINE_COMMENT = /\/\*[\s\S]*?\*\//y;
const HEREDOC = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n(?:[\s\S]*?\n)??[ \t]*\1(?=\r?\n)/uy;
const OPERATOR = /=>|==|!=|<=|>=|&&|\|\||[+*/%<>&|^~;@']/y;
const PUNCTUATION = /\.\.\.|::|[()[\]{}.,=:?!-]/y;

/** Returns whether `${` or `%{` stands at a position, and not as the end of the escapes `$${` and `%%{`. */
export function startsSequence(text: string, at: number): boolean {
  const sign = text[at];
  return (sign === "$" || sign === "%") && text[at + 1] === "{" && text[at - 1] !== sign;
}

/**
 * Reads the sequence that starts with `${` or `%{` at a position, and returns where it ends.
 *
 * @throws if it does not end
 */
export function readSequence(text: string, start: number, tokens: Token[]): number {
  let at = pushSequenceStart(text, start, tokens);
  let open = 0;
  while (at < text.length) {
    if (text[at] === '"') {
      at = readQuoted(text, at, tokens);
      continue;
    }
    if (open === 0 && (text[at] === "}" || text.startsWith("~}", at))) {
      const end = at + (text[at] === "}" ? 1 : 2);
      tokens.push({ kind: "endSequence", text: text.slice(at, end) });
      return end;
    }
    if (text[at] === "{") open++;
    if (text[at] === "}") open--;
    at = readToken(text, at, tokens);
  }
  throw new NotClosedError(text, start);
}

function pushSequenceStart(text: string, start: number, tokens: Token[]): number {
  const end = start + (text[start + 2] === "~" ? 3 : 2);
  tokens.push({ kind: "sequence", text: text.slice(start, end) });
  return end;
}

/** Reads a string between quotes, in which there may be sequences. */
function readQuoted(text: string, start: number, tokens: Token[]): number {
  tokens.push({ kind: "quote", text: '"' });
  let literal = start + 1;
  let at = literal;
  const pushLiteral = () => {
    if (at > literal) tokens.push({ kind: "literal", text: text.slice(literal, at) });
  };
  while (at < text.length) {
    if (text[at] === '"') {
      pushLiteral();
      tokens.push({ kind: "endQuote", text: '"' });
      return at + 1;
    }
    if (startsSequence(text, at)) {
      pushLiteral();
      at = literal = readSequence(text, at, tokens);
    } else {
      at += text[at] === "\\" ? 2 : 1;
    }
  }
  throw new NotClosedError(text, start);
}

function readToken(text: string, at: number, tokens: Token[]): number {
  const push = (kind: TokenKind | undefined, token: string) => {
    tokens.push({ kind: kind ?? (token as Punctuation), text: token });
    return at + token.length;
  };
  if (/[ \t\r]/.test(text[at])) return at + 1;
  if (text[at] === "\n") return push("newline", "\n");
  for (const [pattern, kind] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return push(kind, found[0]);
  }
  return push("operator", String.fromCodePoint(text.codePointAt(at)!));
}

const PATTERNS: readonly (readonly [RegExp, TokenKind | undefined])[] = [
  [IDENTIFIER, "identifier"],
  [NUMBER, "number"],
  [LINE_COMMENT, "comment"],
  [INLINE_COMMENT, "comment"],
  [HEREDOC, "heredoc"],
  [OPERATOR, "operator"],
  [PUNCTUATION, undefined],
];

/** Something in a template is not closed. */
export class NotClosedError extends Error {
  constructor(text: string, start: number) {
    const opened = text[start] === '"' ? '"' : text.slice(start, start + 2);
    super(
      `the template ${JSON.stringify(text)} has a ${opened} that is not closed: close it, ` +
        "or write $${ and %%{ where no expression is meant",
    );
  }
}

/** By how many brackets a token changes how many are open. */
export function bracketChange({ kind }: Token): number {
  if (kind === "(" || kind === "[" || kind === "{" || kind === "sequence") return 1;
  return kind === ")" || kind === "]" || kind === "}" || kind === "endSequence" ? -1 : 0;
}
