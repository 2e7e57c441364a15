import type { Json } from "./json";

/** What an expression refers to, as in `azurerm_kubernetes_cluster.aks.id`. */
export interface Reference {
  /** As in `azurerm_kubernetes_cluster.aks`, `data.kubernetes_nodes.nodes` or `module.network`. */
  readonly address: string;
  /** Which instance, as in `[0]`, `["a"]` or `[*]`, if one is named. */
  readonly key?: string;
  /** What follows, as in `id` or `kube_config[0].host`; empty for the whole resource. */
  readonly attribute: string;
}

const ATTRIBUTE = /(?:\.[A-Za-z_*][\w-]*|\[[^\]]*\])*/.source;

const REFERENCE = new RegExp(
  `(?<![\\w.-])((?:[a-z][a-z0-9]*_[a-z0-9_]+|data\\.[a-z][a-z0-9_]*|module)\\.[A-Za-z_][\\w-]*)(${ATTRIBUTE})`,
  "g",
);

const NAMED_VALUE = new RegExp(`(?<![\\w.-])(?:var|local)\\.[A-Za-z_][\\w-]*${ATTRIBUTE}`, "g");

const EACH_VALUE = new RegExp(`(?<![\\w.-])each\\.value(${ATTRIBUTE})`, "g");

/** Whether a value has something in it that only Terraform can evaluate. */
export function hasExpression(value: unknown): boolean {
  return textsIn(value).some(isExpression);
}

function isExpression(text: string): boolean {
  return /(?<!\$)\$\{|(?<!%)%\{/.test(text);
}

/** Whether a value is another one with every plan, whatever is written. */
export function isImpure(value: unknown): boolean {
  return expressionsIn(value).some((text) => /\b(timestamp|plantimestamp|uuid|bcrypt)\(/.test(text));
}

function expressionsIn(value: unknown): string[] {
  return textsIn(value).filter(isExpression);
}

/** All strings in a value, names included. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return Object.entries(value).flatMap(([name, inside]) => [name, ...textsIn(inside)]);
}

/** Whether a value is another one than this, as far as that can be told. */
export function isNot(value: Json, other: Json): boolean {
  return value !== other && !hasExpression(value);
}

/** All resources, data sources and modules that the expressions in a value refer to. */
export function referencesIn(value: unknown): Reference[] {
  return expressionsIn(value).flatMap(references);
}

/** The variables and local values in the expressions of a value, as in `var.size` and `local.pool.name`. */
export function namedValuesIn(value: unknown): string[] {
  return expressionsIn(value).flatMap((text) => matchesIn(text, NAMED_VALUE).map(([name]) => name));
}

/** What a name such as `local.pool.size` is a part of: `local.pool`. */
export function baseOf(name: string): string {
  return /^\w+\.[\w-]+/.exec(name)?.[0] ?? name;
}

/** What the expressions in a value take of `each.value`: paths such as `.size`, empty for all of it. */
export function eachValuesIn(value: unknown): string[] {
  return expressionsIn(value).flatMap((text) => matchesIn(text, EACH_VALUE).map(([, path]) => path));
}

/** Whether an expression in a value says `each.key`. */
export function hasEachKey(value: unknown): boolean {
  return expressionsIn(value).some((text) => /(?<![\w.-])each\.key\b/.test(text));
}

/** All matches, also in the indices of what matches, as in `local.sizes[var.name]`. */
function matchesIn(text: string, pattern: RegExp): RegExpMatchArray[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const indices = [...match[0].matchAll(/\[([^\]"]*)/g)].map(([, index]) => index);
    return [match, ...indices.flatMap((index) => matchesIn(index, pattern))];
  });
}

/** The names and indices in a path such as `metadata[0].labels["a.b/c"]`. */
export function stepsOf(path: string): string[] {
  return [...path.matchAll(/\["([^"]*)"\]|([^.[\]]+)/g)].map(([, quoted, bare]) => quoted ?? bare);
}

/** What stands at the end of a path, if anything does. */
export function valueAt(values: Json, path: string): Json {
  return stepsOf(path).reduce(
    (inside, step) => (typeof inside === "object" && inside !== null ? inside[step] : undefined),
    values,
  );
}

/** What stands at the end of a path on two sides, or all of both where the path leads nowhere. */
export function valuesAt(before: Json, after: Json, path: string): [Json, Json] {
  const [old, next] = [valueAt(before, path), valueAt(after, path)];
  return old === undefined && next === undefined ? [before, after] : [old, next];
}

/** The reference that a bare word of `depends_on` or `replace_triggered_by` is, also where HCL or cdktf wrap it. */
export function bareReference(text: string): Reference | undefined {
  return references(text)[0];
}

/** The reference that a string consists of, if it is nothing else. */
export function onlyReference(text: string): Reference | undefined {
  const inside = /^\$\{([^${}]*)\}$/.exec(text)?.[1];
  return inside === undefined ? undefined : wholeReference(inside.trim());
}

/** The reference that the inside of an expression is, if it is nothing else. */
export function wholeReference(expression: string): Reference | undefined {
  const match = new RegExp(`^(?:${REFERENCE.source})$`).exec(expression);
  return match ? referenceOf(match) : undefined;
}

/** A string with every `${…}` that is just one name replaced by what `valueOf` says of it, where it says something. */
export function substituted(text: string, valueOf: (name: string) => unknown): unknown {
  const whole = /^\$\{([^${}]*)\}$/.exec(text);
  if (whole) return valueOf(whole[1].trim()) ?? text;
  return text.replace(/(?<!\$)\$\{([^${}]*)\}/g, (part, name: string) => {
    const value = valueOf(name.trim());
    return typeof value === "string" || typeof value === "number" ? String(value) : part;
  });
}

/** A string in which addresses are replaced wherever they are referred to. */
export function withAddresses(text: string, newAddressOf: (address: string) => string): string {
  return text.replace(REFERENCE, (_, address: string, attribute: string) => newAddressOf(address) + attribute);
}

function references(text: string): Reference[] {
  return matchesIn(text, REFERENCE).map(referenceOf);
}

function referenceOf([, address, rest]: RegExpMatchArray): Reference {
  const [, key, attribute] = /^(\[[^\]]*\])?\.?(.*)$/.exec(rest.replace(/^\.\*/, "[*]"))!;
  return { address, key, attribute };
}

/** A path as in `tags.a`, also where it is written `tags["a"]` or has the number of a block in it. */
export function withoutIndices(path: string): string {
  return path
    .replaceAll(/\[\d+\]/g, "")
    .replaceAll(/\.\d+(?=[.[]|$)/g, "")
    .replaceAll(/\["([^"]*)"\]/g, ".$1");
}
