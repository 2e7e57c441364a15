import { checkSchemas, SchemaFailure } from "../../lib/schema-check";

/** Returns the arguments of a parsed stack that a provider would refuse, as texts. */
export function failuresIn(stack: object, language: "json" | "hcl"): string[] {
  return checkSchemas(stack, language).failures.map(textOf);
}

function textOf({ address, schema, path, expected, value }: SchemaFailure): string {
  return `${address} (${schema ?? "no schema"}): ${path || "the block"}: expected ${expected}, got ${JSON.stringify(value)}`;
}
