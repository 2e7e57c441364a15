import { checkSchemas, SchemaFailure } from "../../lib/schema-check";

/** What a provider would refuse of a parsed stack, as texts. */
export function failuresIn(stack: object, language: "json" | "hcl"): string[] {
  return checkSchemas(stack, language).failures.map(textOf);
}

function textOf({ address, schema, path, expected, value }: SchemaFailure): string {
  return `${address} (${schema ?? "no schema"}): ${path || "the block"}: expected ${expected}, got ${JSON.stringify(value)}`;
}
