import type { Json } from "./synth-output";

/** What an expression refers to, as in `azurerm_kubernetes_cluster.aks.id`. */
export interface Reference {
  /** As in `azurerm_kubernetes_cluster.aks` or `data.kubernetes_nodes.nodes`. */
  readonly address: string;
  /** What follows the address, as in `id` or `kube_config[0].host`; empty for the whole resource. */
  readonly attribute: string;
}

const REFERENCE =
  /(?<![\w.-])((?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+\.[A-Za-z_][\w-]*)((?:\.[A-Za-z_*][\w-]*|\[[^\]]*\])*)/g;

const NAMED_VALUE = /(?<![\w.-])(?:var|local)\.[A-Za-z_][\w-]*/g;

/** Whether a value has something in it that only Terraform can evaluate. */
export function hasExpression(value: unknown): boolean {
  if (typeof value === "string") return /(?<!\$)\$\{|(?<!%)%\{/.test(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasExpression);
}

/** All resources and data sources that the expressions in a value refer to. */
export function referencesIn(value: unknown): Reference[] {
  if (typeof value === "string") return hasExpression(value) ? references(value) : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(referencesIn);
}

/** The variables and local values in the expressions of a value, as in `var.size` and `local.name`. */
export function namedValuesIn(value: unknown): string[] {
  if (typeof value === "string") return hasExpression(value) ? (value.match(NAMED_VALUE) ?? []) : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(namedValuesIn);
}

/** What stands at the end of a reference's attribute such as `default_node_pool[0].name`, if it is written. */
export function valueAt(values: Json, attribute: string): Json {
  return attribute
    .split(/[.[\]]+/)
    .filter((name) => name !== "")
    .reduce((inside, name) => (typeof inside === "object" ? inside?.[name.replaceAll('"', "")] : undefined), values);
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
  return match ? { address: match[1], attribute: match[2].replace(/^\./, "") } : undefined;
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
  return [...text.matchAll(REFERENCE)].map(([, address, attribute]) => ({
    address,
    attribute: attribute.replace(/^\./, ""),
  }));
}

/** A path as in `tags.a`, also where it is written `tags["a"]` or has the number of a block in it. */
export function withoutIndices(path: string): string {
  return path
    .replaceAll(/\[\d+\]/g, "")
    .replaceAll(/\["([^"]*)"\]/g, ".$1")
    .replaceAll(/\.\d+(?=\.|$)/g, "");
}
