/** Any JSON value. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

/** Names and what stands below them, where JSON may have a list of objects instead of one. */
export function named(value: Json): [string, Json][] {
  return listOf(value).flatMap((part) => (isObject(part) ? Object.entries<Json>(part) : []));
}

/** JSON whose keys are in the order of the alphabet. */
export function stable(value: Json): string {
  return JSON.stringify(value, (_, inside) =>
    isObject(inside) ? Object.fromEntries(Object.entries(inside).sort(([a], [b]) => (a < b ? -1 : 1))) : inside,
  );
}

/** An object without the names that stand for nothing. */
export function withoutNull(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, inside]) => inside !== null && inside !== undefined));
}

/** A block of which there is one, which may be in a list. */
export function only(value: Json): Json {
  return Array.isArray(value) ? value[0] : value;
}

/** A list as it is, nothing as an empty one, and all else as a list of it. */
export function listOf(value: Json): Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Whether a value has names, as a list has not. */
export function isObject(value: unknown): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object with other values under the same names. */
export function mapValues<From, To>(
  object: { readonly [name: string]: From },
  map: (value: From) => To,
): { [name: string]: To } {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}

/** A value without nulls, wherever in it they are. */
export function withoutNullsInside(value: Json): Json {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNullsInside);
  return isObject(value) ? mapValues(withoutNull(value), withoutNullsInside) : value;
}
