import { format } from "@cdktf/hcl-tools";
import { parse } from "@cdktf/hcl2json";

/** HCL as `cdktf synth --hcl` and `terraform fmt` format it. */
export function formatted(hcl: string): Promise<string> {
  return format(hcl);
}

/**
 * The structure of a stack, in which JSON and HCL that say the same are equal: without comments, with single blocks in
 * place of lists of one, as which HCL is parsed, with the references of meta-arguments as JSON writes them, and without
 * the spaces of expressions, which HCL has where `terraform fmt` puts them.
 */
export async function structureOfHcl(hcl: string): Promise<unknown> {
  return structureOf(await parse("cdk.tf", hcl));
}

export function structureOfJson(json: string): unknown {
  return structureOf(JSON.parse(json));
}

function structureOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(structureOf);
    return items.length === 1 && isObject(items[0]) ? items[0] : items;
  }
  if (typeof value === "string") return value.includes("${") ? value.replace(/\s/g, "") : value;
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "//")
      .map(([key, inside]) => [key, META_ARGUMENTS.has(key) ? bareReferences(inside) : structureOf(inside)]),
  );
}

/** Bare words in HCL, strings in JSON. */
const META_ARGUMENTS = new Set(["depends_on", "ignore_changes", "replace_triggered_by", "type"]);

function bareReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bareReferences);
  return typeof value === "string" ? value.replace(/^\$\{(.*)\}$/, "$1") : value;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
