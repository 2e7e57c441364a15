import { BothSides, valueIn } from "../facts/conditions";
import { Unknown, Value } from "../model/value";

/** Sentences on one resource or stack; `undefined`, `false` and an empty text are none. */
export type Notes = readonly (string | false | undefined)[];

/** A piece of code in Markdown, whatever is in it, in one line. */
export function code(whole: string): string {
  const text = whole.replaceAll(/\s+/g, " ");
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

const LONGEST_VALUE = 80;

/** A value in Markdown, in one line and cut where it is long; `null` is nothing. */
export function inOneLine(value: unknown, start = 0): string {
  if (value === null || value === undefined) return "nothing";
  const text = textOf(value);
  if (text === "") return '`""`';
  const end = start + LONGEST_VALUE;
  return code((start > 0 ? "…" : "") + text.slice(start, end) + (end < text.length ? "…" : ""));
}

/** Two values in Markdown, cut so that the difference can be seen. */
export function textsOf(before: unknown, after: unknown): [string, string] {
  const [old, next] = [textOf(before), textOf(after)];
  const isLong = Math.max(old.length, next.length) > LONGEST_VALUE;
  let same = 0;
  while (isLong && same < old.length && old[same] === next[same]) same++;
  const start = Math.max(0, same - LONGEST_VALUE / 4);
  return [inOneLine(before, start), inOneLine(after, start)];
}

function textOf(value: unknown): string {
  const text =
    value instanceof Unknown ? value.text : typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.replaceAll(/\s+/g, " ");
}

/**
 * A text with values in place of each `{path}` or `{path|what is said if nothing is there}`, and of `{was:path}` with
 * those from before; nothing if a value is missing.
 */
export function filled(text: string, both: BothSides, show = (value: Value) => inOneLine(value)): string | undefined {
  let isWhole = true;
  const whole = text.replaceAll(/\{([^|{}]+)(?:\|([^{}]*))?\}/g, (_, path: string, nothing?: string) => {
    const value = valueIn(path, both);
    isWhole &&= value !== undefined || nothing !== undefined;
    return value === undefined ? (nothing ?? "") : show(value);
  });
  return isWhole ? whole : undefined;
}

/** Items as a sentence has them: one, two and three. */
export function enumerated(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** As many items as fit into a number of bytes, and what is said of those that are left. */
export function within(bytes: number, items: readonly string[], more = (left: number) => `and ${left} more`): string[] {
  const tooMany = items.findIndex((item) => (bytes -= Buffer.byteLength(item)) < 0);
  return tooMany < 0 ? [...items] : [...items.slice(0, tooMany), more(items.length - tooMany)];
}

/** Items as a sentence has them, the first of them if they are many. */
export function enumeratedFirst(items: readonly string[]): string {
  return enumerated(within(800, items, (left) => `${left} more`));
}
