import { Reference, referencesIn } from "./reference";

/** A value that only Terraform can evaluate, known after apply or from something that is not in the output. */
export class Unknown {
  private found?: readonly Reference[];

  /** @param text as it is written, as in `${azurerm_kubernetes_cluster.aks.id}` */
  constructor(readonly text: string) {}

  get references(): readonly Reference[] {
    return (this.found ??= expressionsIn(this.text).flatMap(referencesIn));
  }

  /** True if it is another one with every plan, whatever is written. */
  get isImpure(): boolean {
    return /\b(timestamp|plantimestamp|uuid|bcrypt)\(/.test(this.text);
  }

  toJSON(): string {
    return this.text;
  }
}

/** What is written, read once: known, unknown as a whole or in parts, or absent (`undefined`). */
export type Value = undefined | null | string | number | boolean | Unknown | readonly Value[] | Values;

/** Values by name. */
export interface Values {
  readonly [name: string]: Value;
}

/** A value of Terraform's JSON; names that are expressions make the whole of it unknown. */
export function valueOf(json: unknown): Value {
  if (typeof json === "string") return isExpression(json) ? new Unknown(json) : json;
  if (Array.isArray(json)) return json.map(valueOf);
  if (typeof json !== "object" || json === null) return json as Value;
  const values: { [name: string]: Value } = {};
  for (const [name, inside] of Object.entries(json)) {
    if (isExpression(name)) return new Unknown(JSON.stringify(json));
    if (name !== "//") values[name] = valueOf(inside);
  }
  return values;
}

/** A value in which each unknown one is replaced; the same one if none is. */
export function replaceUnknowns(value: Value, replace: (unknown: Unknown) => Value): Value {
  if (value instanceof Unknown) return replace(value);
  let isSame = true;
  const inside = (item: Value) => {
    const replaced = replaceUnknowns(item, replace);
    isSame &&= replaced === item;
    return replaced;
  };
  const replaced = Array.isArray(value) ? value.map(inside) : isValues(value) ? mapValues(value, inside) : value;
  return isSame ? value : replaced;
}

/** What an unknown value is, or a less unknown one, with what `lookUp` knows of the names in it. */
export function substituted(unknown: Unknown, lookUp: (expression: string) => Value): Value {
  const whole = /^\$\{([^${}]*)\}$/.exec(unknown.text);
  if (whole) return lookUp(whole[1].trim()) ?? unknown;
  const text = unknown.text.replace(/(?<!\$)\$\{([^${}]*)\}/g, (part, name: string) => {
    const value = lookUp(name.trim());
    return typeof value === "string" || typeof value === "number" ? String(value) : part;
  });
  return text === unknown.text ? unknown : valueOf(text);
}

function isExpression(text: string): boolean {
  return text.includes("{") && /(?<!\$)\$\{|(?<!%)%\{/.test(text);
}

/** What is evaluated in a text; all of one that has other than plain `${…}` in it. */
function expressionsIn(text: string): string[] {
  const plain = [...text.matchAll(/(?<!\$)\$\{([^{}]*)\}/g)].map(([, inside]) => inside);
  const rest = text.replaceAll(/(?<!\$)\$\{[^{}]*\}/g, "");
  return isExpression(rest) ? [text] : plain;
}

export function isValues(value: Value): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

/** What is unknown in a value. */
export function unknownsIn(value: Value): Unknown[] {
  if (value instanceof Unknown) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(unknownsIn) : [];
}

/** What is referred to anywhere in a value. */
export function referencesOf(value: Value): Reference[] {
  return unknownsIn(value).flatMap(({ references }) => references);
}

export function isKnown(value: Value): boolean {
  if (typeof value !== "object" || value === null) return true;
  return !(value instanceof Unknown) && Object.values(value).every(isKnown);
}

/** Returns whether two values are written alike, in the same order where they have one. */
export function areWrittenAlike(one: Value, other: Value): boolean {
  if (one === other) return true;
  if (one instanceof Unknown) return other instanceof Unknown && one.text === other.text;
  if (Array.isArray(one)) {
    const isAlike = (item: Value, i: number) => areWrittenAlike(item, (other as readonly Value[])[i]);
    return Array.isArray(other) && one.length === other.length && one.every(isAlike);
  }
  if (!isValues(one) || !isValues(other)) return false;
  const names = Object.keys(one);
  const isAlike = (name: string) => Object.hasOwn(other, name) && areWrittenAlike(one[name], other[name]);
  return names.length === Object.keys(other).length && names.every(isAlike);
}

/** Text that equal values have in common, whatever the order of their names. */
export function stable(value: Value): string {
  return JSON.stringify(value ?? null, (_, inside) =>
    isValues(inside) ? Object.fromEntries(Object.entries(inside).sort(([a], [b]) => (a < b ? -1 : 1))) : inside,
  );
}

/** What stands at the end of a path, where blocks of which there is one may be in a list. */
export function at(value: Value, ...path: readonly string[]): Value {
  return path.reduce<Value>((inside, step) => {
    if (Array.isArray(inside) && /^\d+$/.test(step)) return inside[Number(step)];
    const block = Array.isArray(inside) && inside.length === 1 ? inside[0] : inside;
    if (isValues(block)) return Object.hasOwn(block, step) ? block[step] : step === "0" ? block : undefined;
    return undefined;
  }, value);
}

/** A list as it is, nothing as an empty one, and all else as a list of it. */
export function listOf(value: Value): readonly Value[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Names and what stands below them, where JSON may have a list of objects instead of one. */
export function named(value: Value): [string, Value][] {
  return listOf(value).flatMap((part) => (isValues(part) ? Object.entries(part) : []));
}

export function mapValues<From, To>(
  values: { readonly [name: string]: From },
  map: (value: From, name: string) => To,
): { [name: string]: To } {
  const mapped: { [name: string]: To } = {};
  for (const name of Object.keys(values)) mapped[name] = map(values[name], name);
  return mapped;
}

/** Values without the names of nothing. */
export function withoutNulls(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}

/** The providers' plugin SDK cannot tell these from nothing. */
export function isZero(value: Value): boolean {
  return (
    value === false ||
    value === 0 ||
    value === "" ||
    (Array.isArray(value) ? value.length === 0 : isValues(value) && Object.keys(value).length === 0)
  );
}
