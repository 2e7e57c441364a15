import { BothSides, valueIn } from "../facts/conditions";
import { Unknown, Value } from "../model/value";

/** A piece of code in Markdown, whatever is in it, in one line. */
export function code(whole: string): string {
  const text = whole.replaceAll(/\s+/g, " ");
  const fence = "`".repeat(1 + Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length)));
  return fence.length === 1 ? fence + text + fence : `${fence} ${text} ${fence}`;
}

/** A value in Markdown, in one line and cut where it is long; `null` is nothing. */
export function inOneLine(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  const text = textOf(value);
  return code(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

/** A text as it is, the one of an expression, or JSON. */
export function textOf(value: unknown): string {
  const text = value instanceof Unknown ? value.text : value;
  return typeof text === "string" && text !== "" ? text.replaceAll(/\s+/g, " ") : (JSON.stringify(text) ?? "");
}

/** A text with values for each `{path}`, `{was:path}` or `{path|else}`; nothing if one is missing and nothing is said else. */
export function filled(text: string, both: BothSides, show: (value: Value) => string = inOneLine): string | undefined {
  let isWhole = true;
  const whole = text.replaceAll(/\{([^|{}]+)(?:\|([^{}]*))?\}/g, (_, path: string, nothing?: string) => {
    const value = valueIn(path, both);
    isWhole &&= value !== undefined || nothing !== undefined;
    return value === undefined ? (nothing ?? "") : show(value);
  });
  return isWhole ? whole : undefined;
}

/** As many items as fit into a number of bytes, and what is said of those that are left. */
export function within(bytes: number, items: readonly string[], more = (left: number) => `and ${left} more`): string[] {
  const tooMany = items.findIndex((item) => (bytes -= Buffer.byteLength(item)) < 0);
  return tooMany < 0 ? [...items] : [...items.slice(0, tooMany), more(items.length - tooMany)];
}

/** Items as a sentence has them, one, two and three, or the first of them if all take too many bytes. */
export function enumerated(items: readonly string[], bytes = Infinity): string {
  const told = within(bytes, items, (left) => `${left} more`);
  return told.length < 2 ? told.join("") : `${told.slice(0, -1).join(", ")} and ${told.at(-1)}`;
}
