/**
 * Writes JSON whose keys are sorted, as cdktf 0.21 does with json-stable-stringify, which makes a list of the lines of
 * each value and takes several times as long.
 */
export function stableJson(value: unknown): string {
  return written(value, "\n") ?? "null";
}

/** @param margin - a line break, and the indent of the line that the value begins on */
function written(given: unknown, margin: string): string | undefined {
  if (typeof given !== "object" || given === null) return JSON.stringify(given);
  const value = isConverted(given) ? given.toJSON() : given;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inside = `${margin}  `;
  let text = "";
  if (Array.isArray(value)) {
    for (const item of value) text += `${text === "" ? "" : ","}${inside}${written(item, inside) ?? "null"}`;
    return `[${text}${margin}]`;
  }
  const map = value as { readonly [key: string]: unknown };
  for (const key of Object.keys(map).sort()) {
    const entry = written(map[key], inside);
    if (entry !== undefined) text += `${text === "" ? "" : ","}${inside}${JSON.stringify(key)}: ${entry}`;
  }
  return `{${text}${margin}}`;
}

function isConverted(value: object): value is { toJSON(): unknown } {
  return "toJSON" in value && typeof value.toJSON === "function";
}
