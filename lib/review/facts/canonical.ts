import type { TerraformType } from "../../provider-schemas";
import { bytes } from "../../validation/quantity";
import { nameIn } from "../model/reference";
import { isValues, listOf, mapValues, stable, Value, Values, withoutNulls } from "../model/value";
import type { Argument, ArgumentTable } from "./arguments";

/** The values of a block in the names of the newest provider version, each as the type of its argument wants it. */
export function canonicalValues(values: Values, table: ArgumentTable, above = ""): Values {
  const canonical: { [name: string]: Value } = {};
  for (const [written, value] of Object.entries(withoutNulls(values))) {
    const argument = table.byWritten.get(above + written);
    const own = argument ? inItsType(value, argument, table) : plain(value);
    // What an older version writes outside of its block goes into it.
    const [name, inside] = argument && !above ? argument.path.split(".") : [nameIn(argument?.path ?? written)];
    const [known, more] = [canonical[name], inside ? { [inside]: own } : own];
    canonical[name] = isValues(known) && isValues(more) ? { ...known, ...more } : more;
  }
  return canonical;
}

function inItsType(value: Value, { path, written, type, nesting, formerValues }: Argument, table: ArgumentTable) {
  if (!nesting) {
    const canonical = canonicalValue(value, type);
    const today = formerValues?.[String(canonical)] ?? canonical;
    return path === `${written}s` ? listOf(today || undefined) : today; // a list today
  }
  const blocks = listOf(value).map((block) =>
    isValues(block) ? canonicalValues(block, table, `${written}.`) : plain(block),
  );
  if (nesting === "set") return sorted(blocks);
  return nesting === "single" && blocks.length < 2 ? blocks[0] : blocks;
}

/** Terraform's conversions: a number in quotes is a number where one is wanted, and a set has no order. Expressions stay. */
export function canonicalValue(value: Value, type: TerraformType): Value {
  if (type === "string") return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  if (type === "number") return typeof value === "string" && /\d/.test(value) && !isNaN(+value) ? +value : value;
  if (type === "bool") return value === "true" ? true : value === "false" ? false : value;
  const [kind, inside] = type as readonly [string, TerraformType & { readonly [name: string]: TerraformType }];
  if ((kind === "list" || kind === "set") && Array.isArray(value)) {
    const items = value.map((item) => canonicalValue(item, inside));
    return kind === "set" ? sorted(items) : items;
  }
  if (type === "dynamic" || !isValues(value)) return value;
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

/** A value in the one of several spellings that the provider compares. */
export function comparable(value: Value, { canonical }: Partial<Argument> = {}): Value {
  return typeof value === "string" && canonical !== undefined ? CANONICAL[canonical](value) : value;
}

export const CANONICAL = {
  region: (text: string): Value => text.replaceAll(" ", "").toLowerCase(),
  lowerCase: (text: string): Value => text.toLowerCase(),
  time: (text: string): Value => Date.parse(text) || text,
  quantity: (text: string): Value => bytes(text) ?? text,
  json: (text: string): Value => {
    try {
      return stable(JSON.parse(text));
    } catch {
      return text;
    }
  },
};
