import { Lazy, Token } from "cdktf";

/** Returns a list with one more item, which Terraform adds to a list known after apply. */
export function withItem(list: string[], item: string): string[] {
  if (!Token.isUnresolved(list)) return list.includes(item) ? list : [...list, item];
  return Token.asList(call(list, (some) => `distinct(concat(${some}, ${JSON.stringify([item])}))`));
}

/** Returns a map with one more entry, which Terraform adds to a map known after apply. */
export function withEntry(map: { [key: string]: string }, key: string, value: string): { [key: string]: string } {
  if (!Token.isUnresolved(map)) return { ...map, [key]: value };
  return Token.asStringMap(call(map, (some) => `merge(${some}, {${JSON.stringify(key)} = ${JSON.stringify(value)}})`));
}

/**
 * A call of functions of Terraform. `Fn` of cdktf writes an argument that was given as `"${…}"` with its braces, which
 * is no expression.
 */
function call(argument: unknown, write: (argument: string) => string) {
  return Lazy.anyValue({
    produce: (context) => {
      const resolved: unknown = context.resolve(argument);
      return `\${${write(typeof resolved === "string" ? expressionOf(resolved) : JSON.stringify(resolved))}}`;
    },
  });
}

/** Returns the expression between the braces of `${…}`, or the whole as a template, which has the same value. */
function expressionOf(text: string): string {
  return /^\$\{([^{}"]*)\}$/.exec(text)?.[1] ?? `"${text}"`;
}
