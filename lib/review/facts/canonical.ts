import { memoryParser } from "k8s-resource-parser";
import type { TerraformType } from "../../provider-schemas";
import { isKnown, isValues, listOf, mapValues, stable, Value, Values, withoutNulls } from "../model/value";
import { Argument, ArgumentTable, nameIn } from "./arguments";

/** The values of a resource in the names of the newest provider version, each as the type of its argument wants it. */
export function canonicalValues(values: Values, table: ArgumentTable): Values {
  if (table.version === undefined) return plainValues(values);
  const canonical = canonicalBlock(values, table, "");
  // What an older version writes outside of its block goes into it.
  const outside = Object.keys(canonical).filter((path) => table.byPath.has(path) && path.includes("."));
  return outside.reduce((whole, path) => {
    const { [path]: value, ...rest } = whole;
    const [block, name] = path.split(".");
    return { ...rest, [block]: { [name]: value, ...(rest[block] as Values | undefined) } };
  }, canonical);
}

function canonicalBlock(block: Values, table: ArgumentTable, above: string): Values {
  const canonical: { [name: string]: Value } = {};
  for (const [name, value] of Object.entries(block)) {
    if (value === null || value === undefined) continue;
    const argument = table.byWritten.get(above + name);
    if (!argument) canonical[name] = plain(value);
    else if (argument.nesting) canonical[nameIn(argument.path)] = canonicalBlocks(value, argument, table);
    else canonical[placeOf(argument)] = attributeValue(value, argument);
  }
  return canonical;
}

function canonicalBlocks(value: Value, argument: Argument, table: ArgumentTable): Value {
  const blocks = listOf(value).map((block) =>
    isValues(block) ? canonicalBlock(block, table, `${argument.written}.`) : plain(block),
  );
  if (argument.nesting === "set") return sorted(blocks);
  return argument.nesting === "single" && blocks.length < 2 ? blocks[0] : blocks;
}

/** The name of an argument, or its whole path if an older version writes it outside of the block that it is in today. */
function placeOf({ path, written }: Argument): string {
  const isInside = path.split(".").length === written.split(".").length;
  return isInside ? nameIn(path) : path;
}

/** An attribute as its type wants it, in a list where an older version has one of what is a list today. */
function attributeValue(value: Value, { path, written, type }: Argument): Value {
  const canonical = canonicalValue(value, type);
  return path === `${written}s` ? listOf(canonical || undefined) : canonical;
}

/** Terraform's conversions: a number in quotes is a number where one is wanted, and a set has no order. Expressions stay. */
export function canonicalValue(value: Value, type: TerraformType): Value {
  if (type === "dynamic") return value;
  if (type === "string") return typeof value === "number" || typeof value === "boolean" ? String(value) : plain(value);
  if (type === "number")
    return typeof value === "string" && value.trim() !== "" && !isNaN(Number(value)) ? Number(value) : value;
  if (type === "bool") return value === "true" ? true : value === "false" ? false : value;
  const [kind, inside] = type as readonly [string, TerraformType];
  if ((kind === "list" || kind === "set") && Array.isArray(value)) {
    const items = value.map((item) => canonicalValue(item, inside));
    return kind === "set" ? sorted(items) : items;
  }
  if (!isValues(value)) return value;
  if (kind === "map") return mapValues(withoutNulls(value), (item) => canonicalValue(item, inside));
  const types = inside as unknown as { readonly [name: string]: TerraformType };
  return mapValues(withoutNulls(value), (item, name) => (types[name] ? canonicalValue(item, types[name]) : item));
}

/** Without nulls, and with a single block, which HCL has in a list, outside of it. */
function plain(value: Value): Value {
  if (Array.isArray(value)) {
    const items = value.map(plain);
    return items.length === 1 && isValues(items[0]) ? items[0] : items;
  }
  return isValues(value) ? plainValues(value) : value;
}

function plainValues(values: Values): Values {
  return mapValues(withoutNulls(values), plain);
}

function sorted(items: readonly Value[]): Value[] {
  const byText = new Map(items.map((item) => [stable(item), item]));
  return [...byText.keys()].sort().map((text) => byText.get(text));
}

/** Returns whether two spellings are the same value to the provider. */
export function isSame(argument: Argument, before: Value, after: Value): boolean {
  if (before === undefined || after === undefined || !isKnown([before, after])) return false;
  if (stable(canonicalValue(before, argument.type)) === stable(canonicalValue(after, argument.type))) return true;
  if (typeof before !== "string" || typeof after !== "string") return false;
  if (argument.isQuantity) return bytesOf(before) !== undefined && bytesOf(before) === bytesOf(after);
  const canonical = argument.canonical && CANONICAL[argument.canonical];
  return canonical !== undefined && canonical(before) === canonical(after);
}

const CANONICAL = {
  region: (text: string) => text.replaceAll(" ", "").toLowerCase(),
  lowerCase: (text: string) => text.toLowerCase(),
};

/** Bytes in a Kubernetes quantity of memory such as `512Mi`, or nothing if it is none. */
export function bytesOf(quantity: Value): number | undefined {
  try {
    return typeof quantity === "string" || typeof quantity === "number" ? memoryParser(String(quantity)) : undefined;
  } catch {
    return undefined;
  }
}
