import type { TerraformType } from "../provider-schemas";
import type { ArgumentTable } from "./argument-table";
import { isObject, Json, listOf, mapValues, stable, withoutNull } from "./json";

/** A block in the names of the newest version, its values as the types of its arguments want them. */
export function normalBlock(block: Json, table: ArgumentTable, above: string): Json {
  if (!isObject(block)) return plain(block);
  const normal: Json = {};
  for (const [name, value] of Object.entries<Json>(block)) {
    if (value === null || value === undefined) continue;
    const argument = table.asWritten(above ? `${above}.${name}` : name);
    if (!argument) {
      if (name !== "//") normal[name] = plain(value);
      continue;
    }
    const newName = argument.path.slice(argument.path.lastIndexOf(".") + 1);
    if (!argument.isBlock) normal[newName] = normalValue(value, argument.type!);
    else {
      const blocks = listOf(value).map((inside) => normalBlock(inside, table, argument.written));
      normal[newName] = argument.isSet ? sorted(blocks) : blocks;
    }
  }
  return normal;
}

/** Terraform's conversions: a number in quotes is a number where one is wanted, and a set has no order. Expressions stay. */
export function normalValue(value: Json, type: TerraformType): Json {
  if (type === "string") return typeof value === "object" ? plain(value) : String(value);
  if (type === "number")
    return typeof value === "string" && value.trim() !== "" && !isNaN(Number(value)) ? Number(value) : value;
  if (type === "bool") return value === "true" ? true : value === "false" ? false : value;
  if (type === "dynamic") return value;
  const [kind, inside] = type as readonly [string, TerraformType];
  if ((kind === "list" || kind === "set") && Array.isArray(value)) {
    const items = value.map((item) => normalValue(item, inside));
    return kind === "set" ? sorted(items) : items;
  }
  if (kind === "map" && isObject(value)) return mapValues(withoutNull(value), (item) => normalValue(item, inside));
  if (kind === "object" && isObject(value)) {
    const types = inside as unknown as { readonly [name: string]: TerraformType };
    return Object.fromEntries(
      Object.entries(withoutNull(value)).map(([name, item]) => [
        name,
        types[name] ? normalValue(item, types[name]) : item,
      ]),
    );
  }
  return value;
}

/** Without comments and nulls, and with a single block, which HCL has in a list, outside of it. */
export function plain(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map(plain);
    return items.length === 1 && isObject(items[0]) ? items[0] : items;
  }
  if (!isObject(value)) return value;
  return mapValues(withoutNull({ ...value, "//": null }), plain);
}

function sorted(items: readonly Json[]): Json[] {
  const byText = new Map(items.map((item) => [stable(item), item]));
  return [...byText.keys()].sort().map((text) => byText.get(text));
}
