import { Reference, referencesIn } from "./reference";

/** A value as it is written, read once: known, unknown as a whole or in parts, or absent (`undefined`). */
export type Value = undefined | null | string | number | boolean | Unknown | readonly Value[] | Values;

export interface Values {
  readonly [name: string]: Value;
}

type LookUp = (expression: string) => Value;

/** A text with expressions in it, which only Terraform can evaluate unless the stack itself says what they are. */
export class Unknown {
  #references?: readonly Reference[];
  #resolved?: Value;
  readonly #lookUp: LookUp;

  /** @param text as it is written, as in `${azurerm_kubernetes_cluster.aks.id}` */
  constructor(
    readonly text: string,
    lookUp: LookUp = () => undefined,
  ) {
    this.#lookUp = lookUp;
  }

  get references(): readonly Reference[] {
    return (this.#references ??= referencesIn(this.text));
  }

  /** The value that the stack says it is, or a less unknown one; itself if the stack says nothing. */
  get resolved(): Value {
    if (this.#resolved !== undefined) return this.#resolved;
    this.#resolved = this; // if it is sought again on the way, it goes in circles
    const [, whole] = /^\$\{([^${}]*)\}$/.exec(this.text) ?? [];
    if (whole !== undefined) return (this.#resolved = this.#lookUp(whole.trim()) ?? this);
    const text = this.text.replace(/(?<!\$)\$\{([^${}]*)\}/g, (part, expression: string) => {
      const value = this.#lookUp(expression.trim());
      return typeof value === "string" || typeof value === "number" ? String(value) : part;
    });
    return (this.#resolved = text === this.text ? this : valueOf(text, this.#lookUp));
  }

  toJSON(): string {
    return this.text;
  }
}

/** A value of Terraform's JSON; names that are expressions make the whole of it unknown. */
export function valueOf(json: unknown, lookUp?: LookUp): Value {
  if (typeof json === "string") return isExpression(json) ? new Unknown(json, lookUp) : json;
  if (Array.isArray(json)) return json.map((item) => valueOf(item, lookUp));
  if (typeof json !== "object" || json === null) return json as Value;
  if (Object.keys(json).some(isExpression)) return new Unknown(JSON.stringify(json), lookUp);
  const entries = Object.entries(json).filter(([name]) => name !== "//");
  return Object.fromEntries(entries.map(([name, inside]) => [name, valueOf(inside, lookUp)]));
}

function isExpression(text: string): boolean {
  return text.includes("{") && /(?<!\$)\$\{|(?<!%)%\{/.test(text);
}

/** A value in which each unknown one is replaced, by what the stack says of it by default. */
export function resolved(value: Value, replace: (unknown: Unknown) => Value = ({ resolved }) => resolved): Value {
  if (value instanceof Unknown) return replace(value);
  if (isKnown(value)) return value;
  const inside = (item: Value) => resolved(item, replace);
  return Array.isArray(value) ? value.map(inside) : mapValues(value as Values, inside);
}

export function isValues(value: Value): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

export function unknownsIn(value: Value): Unknown[] {
  if (value instanceof Unknown) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(unknownsIn) : [];
}

export function referencesOf(value: Value): Reference[] {
  return unknownsIn(value).flatMap(({ references }) => references);
}

export function isKnown(value: Value): boolean {
  return unknownsIn(value).length === 0;
}

/** Text that equal values have in common, whatever the order of their names. */
export function stable(value: Value): string {
  return JSON.stringify(value ?? null, (_, inside) =>
    isValues(inside) ? Object.fromEntries(Object.entries(inside).sort(([a], [b]) => (a < b ? -1 : 1))) : inside,
  );
}

/** The value at the end of a path, where blocks of which there is one may be in a list. */
export function at(value: Value, ...path: readonly string[]): Value {
  return path.reduce<Value>((inside, step) => {
    if (Array.isArray(inside) && /^\d+$/.test(step)) return inside[Number(step)];
    const block = Array.isArray(inside) && inside.length === 1 ? inside[0] : inside;
    if (!isValues(block)) return undefined;
    return Object.hasOwn(block, step) ? block[step] : step === "0" ? block : undefined;
  }, value);
}

/** A list as it is, nothing as an empty one, and all else as a list of it. */
export function listOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** Names and what stands below them, where JSON may have a list of objects instead of one. */
export function named(value: Value): [string, Value][] {
  return listOf(value).flatMap((part) => (isValues(part) ? Object.entries(part) : []));
}

export function mapValues<A, B>(values: { readonly [name: string]: A }, map: (value: A, name: string) => B) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value, name)]));
}

export function withoutNulls(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}

/** True of what the providers' plugin SDK cannot tell from nothing. */
export function isZero(value: Value): boolean {
  return [false, 0, ""].includes(value as never) || stable(value) === "[]" || stable(value) === "{}";
}

/** A bare word such as an address, which HCL and cdktf wrap in `${…}`. */
export function wordOf(value: Value): string {
  const text = value instanceof Unknown ? value.text : value;
  if (typeof text !== "string")
    throw new Error(`${stable(text)} stands where an address is expected: synthesise again`);
  return text.replace(/^\$\{(.*)\}$/s, "$1");
}
