// eslint-disable-next-line @typescript-eslint/no-require-imports -- the module itself, of which `import *` may be a copy
import tokens = require("cdktf/lib/_tokens");
import { IResolveContext, Tokenization } from "cdktf";
import { IConstruct } from "constructs";

/**
 * Runs what resolves tokens, so that values without tokens take little time: cdktf 0.21 makes a context for each name
 * and value of a stack, three times over.
 *
 * @param alwaysPrepares whether references to other stacks are looked for in what is written, too
 */
export function withQuickResolution<Result>(run: () => Result, alwaysPrepares = false): Result {
  const { resolve } = tokens;
  tokens.resolve = (scope, value, preparing = alwaysPrepares) =>
    quicklyResolved(value, (part) => resolvedReference(part, scope, preparing) ?? resolve(scope, part, preparing));
  try {
    return run();
  } finally {
    tokens.resolve = resolve;
  }
}

type Resolve = <Value>(value: Value) => Value;

/** Leaves to cdktf what may have a token in it. What has none and no `undefined` is no copy: cdktf merges into its own. */
function quicklyResolved<Value>(value: Value, resolve: Resolve): Value {
  if (typeof value === "string") return MAY_HAVE_TOKENS.test(value) ? resolve(value) : value;
  if (typeof value === "number") return Math.abs(value) < LEAST_TOKEN ? value : resolve(value);
  if (typeof value !== "object" || value === null) return typeof value === "function" ? resolve(value) : value;
  if (Array.isArray(value)) {
    if (value.some(mayBeListToken)) return resolve(value);
    const items: unknown[] = value.map((item) => quicklyResolved(item, resolve)).filter((item) => item !== undefined);
    return items.length === value.length && items.every((item, i) => item === value[i]) ? value : (items as Value);
  }
  if (Object.getPrototypeOf(value) !== Object.prototype || "resolve" in value) return resolve(value);
  const map = value as Record<string, unknown>;
  let copy: Record<string, unknown> | undefined;
  for (const key in map) {
    if (MAY_HAVE_TOKENS.test(key)) return resolve(value);
    const inside = quicklyResolved(map[key], resolve);
    if (inside === undefined || inside !== map[key]) copy ??= before(key, map);
    if (copy !== undefined && inside !== undefined) copy[key] = inside;
  }
  return (copy ?? map) as Value;
}

/** Resolves a text that is one reference and nothing else, which most tokens are, with one context instead of ten. */
function resolvedReference<Value>(text: Value, scope: IConstruct, preparing: boolean): Value | undefined {
  if (typeof text !== "string") return undefined;
  const { length, firstToken } = Tokenization.reverseString(text);
  if (length !== 1 || firstToken?.constructor.name !== "Reference") return undefined;
  const resolved: unknown = firstToken.resolve({ scope, preparing } as IResolveContext);
  return typeof resolved === "string" && !MAY_HAVE_TOKENS.test(resolved) ? (resolved as Value) : undefined;
}

/** Returns the entries of a map before a key. */
function before(key: string, map: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries: Record<string, unknown> = {};
  for (const name of Object.keys(map)) {
    if (name === key) break;
    entries[name] = map[name];
  }
  return entries;
}

/** Markers of the tokens of strings, lists and maps have a bracket, and tokens of numbers, which are huge, a plus. */
export const MAY_HAVE_TOKENS = /[[+]/;

/** Tokens of numbers are far beyond the integers of JavaScript. */
const LEAST_TOKEN = Number.MAX_SAFE_INTEGER;

function mayBeListToken(item: unknown): boolean {
  return (
    (typeof item === "string" && item.includes("#{")) || (typeof item === "number" && Math.abs(item) > LEAST_TOKEN)
  );
}
