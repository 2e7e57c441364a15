import type { TerraformType } from "../../provider-schemas";
import { isKnown, isValues, listOf, mapValues, stable, Value, Values, withoutNulls } from "../model/value";
import { Argument, ArgumentTable, nameIn } from "./arguments";
import { bytesOf } from "./quantity";

/** The values of a block in the names of the newest provider version, each as the type of its argument wants it. */
export function canonicalValues(values: Values, table: ArgumentTable, above = ""): Values {
  const canonical: { [name: string]: Value } = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined) continue;
    const argument = table.byWritten.get(above + name);
    if (!argument) canonical[name] = plain(value);
    else if (argument.nesting) canonical[nameIn(argument.path)] = canonicalBlocks(value, argument, table);
    else canonical[above ? nameIn(argument.path) : argument.path] = attributeValue(value, argument);
  }
  // An argument that an older version writes outside of its block goes into it.
  for (const path of Object.keys(canonical).filter((path) => !above && path.includes(".") && table.byPath.has(path))) {
    const [block, name] = path.split(".");
    canonical[block] = { [name]: canonical[path], ...(canonical[block] as Values | undefined) };
    delete canonical[path];
  }
  return canonical;
}

/** An attribute as its type wants it, in a list where an older version has one of what is a list today. */
function attributeValue(value: Value, { path, written, type }: Argument): Value {
  const canonical = canonicalValue(value, type);
  return path === `${written}s` ? listOf(canonical || undefined) : canonical;
}

function canonicalBlocks(value: Value, { nesting, written }: Argument, table: ArgumentTable): Value {
  const blocks = listOf(value).map((block) =>
    isValues(block) ? canonicalValues(block, table, `${written}.`) : plain(block),
  );
  if (nesting === "set") return sorted(blocks);
  return nesting === "single" && blocks.length < 2 ? blocks[0] : blocks;
}

/** Terraform's conversions: a number in quotes is a number where one is wanted, and a set has no order. Expressions stay. */
export function canonicalValue(value: Value, type: TerraformType): Value {
  if (type === "dynamic") return value;
  if (type === "string") return typeof value === "number" || typeof value === "boolean" ? String(value) : plain(value);
  if (type === "number") return typeof value === "string" && /\d/.test(value) && !isNaN(+value) ? +value : value;
  if (type === "bool") return value === "true" ? true : value === "false" ? false : value;
  const [kind, inside] = type as readonly [string, TerraformType & { readonly [name: string]: TerraformType }];
  if ((kind === "list" || kind === "set") && Array.isArray(value)) {
    const items = value.map((item) => canonicalValue(item, inside));
    return kind === "set" ? sorted(items) : items;
  }
  if (!isValues(value)) return value;
  return mapValues(withoutNulls(value), (item, name) =>
    canonicalValue(item, kind === "map" ? inside : (inside[name] ?? "dynamic")),
  );
}

/** A value without nulls, and with a single block, which HCL has in a list, outside of it. */
function plain(value: Value): Value {
  if (!Array.isArray(value)) return isValues(value) ? mapValues(withoutNulls(value), plain) : value;
  const items = value.map(plain);
  return items.length === 1 && isValues(items[0]) ? items[0] : items;
}

function sorted(items: readonly Value[]): Value[] {
  const byText = new Map(items.map((item) => [stable(item), item]));
  return [...byText.keys()].sort().map((text) => byText.get(text));
}

/** Returns whether two spellings are the same value to the provider. */
export function isSame({ type, isQuantity, canonical }: Argument, before: Value, after: Value): boolean {
  if (before === undefined || after === undefined || !isKnown([before, after])) return false;
  if (stable(canonicalValue(before, type)) === stable(canonicalValue(after, type))) return true;
  if (typeof before !== "string" || typeof after !== "string") return false;
  const spelling = isQuantity ? bytesOf : canonical && CANONICAL[canonical];
  return spelling !== undefined && spelling(before) !== undefined && spelling(before) === spelling(after);
}

const CANONICAL = {
  region: (text: string) => text.replaceAll(" ", "").toLowerCase(),
  lowerCase: (text: string) => text.toLowerCase(),
};
