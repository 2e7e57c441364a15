// eslint-disable-next-line @typescript-eslint/no-require-imports -- the module itself, of which `import *` may be a copy
import tokens = require("cdktf/lib/_tokens");

/**
 * Runs what resolves tokens, so that values without tokens take little time: cdktf 0.21 makes a context for each name
 * and value of a stack, three times over.
 */
export function withQuickResolution<Result>(run: () => Result): Result {
  const { resolve } = tokens;
  tokens.resolve = (scope, value, preparing) => quicklyResolved(value, (part) => resolve(scope, part, preparing));
  try {
    return run();
  } finally {
    tokens.resolve = resolve;
  }
}

type Resolve = <Value>(value: Value) => Value;

/** Leaves to cdktf what may have a token in it, and copies the rest as cdktf does. */
function quicklyResolved<Value>(value: Value, resolve: Resolve): Value {
  if (typeof value === "string") return MAY_HAVE_TOKENS.test(value) ? resolve(value) : value;
  if (typeof value === "number") return Math.abs(value) < LEAST_TOKEN ? value : resolve(value);
  if (typeof value !== "object" || value === null) return typeof value === "function" ? resolve(value) : value;
  if (Array.isArray(value)) {
    if (value.some(mayBeListToken)) return resolve(value);
    return value.map((item) => quicklyResolved(item, resolve)).filter((item) => item !== undefined) as Value;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype || "resolve" in value) return resolve(value);
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (MAY_HAVE_TOKENS.test(key)) return resolve(value);
    const inside = quicklyResolved((value as Record<string, unknown>)[key], resolve);
    if (inside !== undefined) copy[key] = inside;
  }
  return copy as Value;
}

/** Markers of the tokens of strings, lists and maps have a bracket, and tokens of numbers, which are huge, a plus. */
const MAY_HAVE_TOKENS = /[[+]/;

/** Tokens of numbers are far beyond the integers of JavaScript. */
const LEAST_TOKEN = Number.MAX_SAFE_INTEGER;

function mayBeListToken(item: unknown): boolean {
  return (
    (typeof item === "string" && item.includes("#{")) || (typeof item === "number" && Math.abs(item) > LEAST_TOKEN)
  );
}
