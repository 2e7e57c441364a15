import { IConstruct } from "constructs";
import { argumentMistake, ArgumentSchema } from "./argument-mistake";
import type { BoundArguments } from "./bindings";
import { PropSpec, shown, some, typeMistake } from "./prop-types";
import { unknownProp } from "./unknown-prop";
import { validationError } from "./validation-error";

export type { PropSpec } from "./prop-types";

/** The types of all props of a construct; the compiler misses none. */
export type PropSpecs<Props> = { readonly [name in keyof Required<Props>]: PropSpec };

export function string(): PropSpec {
  return { type: "string" };
}

export function number(): PropSpec {
  return { type: "number" };
}

export function boolean(): PropSpec {
  return { type: "boolean" };
}

export function list(items?: PropSpec, more: Pick<PropSpec, "what" | "word"> = {}): PropSpec {
  return { type: "list", items, ...more };
}

export function map(items?: PropSpec): PropSpec {
  return { type: "map", items };
}

/**
 * @param what what to write
 * @param more the object's props, or a member that tells one of the right class
 */
export function object(what?: string, more: Pick<PropSpec, "props" | "member"> = {}): PropSpec {
  return { type: "object", what, ...more };
}

export function any(): PropSpec {
  return { type: "any" };
}

/** A value that Terraform wants before it evaluates anything. */
export function literal(spec: PropSpec): PropSpec {
  return { ...spec, literal: true };
}

export function required(spec: PropSpec): PropSpec {
  return { ...spec, required: true };
}

/** Context of props: bindings, schema and place. */
export interface PropContext {
  /** Arguments of the bindings beside the construct's own props. */
  readonly bound?: BoundArguments;
  /** Schema of the bindings' arguments; asked when the construct's own props are right. */
  readonly schema?: () => ArgumentSchema;
  /** Props that are known and not taken, each with the reason and the remedy. */
  readonly refused?: { readonly [name: string]: string };
  /** Name of the prop that the props are in. */
  readonly inside?: string;
  /** Name of that prop in Terraform, if it is a block. */
  readonly block?: string;
}

/**
 * Holds props to their names and types, for JavaScript, for unchecked TypeScript and for values that were asserted to
 * be there. Values known after apply pass where Terraform takes them.
 *
 * @throws if a prop is not known, if a required one is missing or empty, or if a value has another type
 */
export function checkProps(
  construct: IConstruct,
  props: unknown,
  specs: { readonly [name: string]: PropSpec },
  { bound = new Map(), schema, refused = {}, inside, block }: PropContext = {},
): void {
  const nameOf = (name: string) => (inside === undefined ? name : `${inside}.${name}`);
  const fail = (message: string) => {
    throw validationError(construct, message);
  };
  if (typeof props !== "object" || props === null || Array.isArray(props)) {
    const what = inside === undefined ? "props are" : `${inside} is`;
    const names = Object.keys(specs).filter((name) => specs[name].required);
    return fail(`${what} ${shown(props)}: write an object${names.length > 0 ? ` with ${some(names)}` : ""}`);
  }
  const given = Object.entries(props).filter(([name, value]) => {
    if (name in refused && value !== undefined) fail(`${nameOf(name)} ${refused[name]}`);
    if (!(name in specs) && !(name in refused) && !bound.has(name))
      fail(unknownProp(name, [...Object.keys(specs), ...bound.keys()], inside));
    return value !== undefined && value !== null;
  });
  for (const [name, spec] of Object.entries(specs)) {
    const value = (props as { readonly [name: string]: unknown })[name];
    if (!spec.required && (value === undefined || value === null)) continue;
    const mistake = typeMistake(nameOf(name), value, spec);
    if (mistake) fail(`${mistake.at} is ${mistake.is}: write ${mistake.write}`);
    const inside = spec.props ? [[nameOf(name), value] as const] : itemsOf(nameOf(name), value, spec);
    for (const [at, object] of inside)
      checkProps(construct, object, (spec.props ?? spec.items?.props)!, { inside: at });
  }
  for (const [name, value] of given) {
    const argument = name in specs ? undefined : bound.get(name);
    if (!argument) continue;
    const path = block === undefined ? [argument.name] : [block, argument.name];
    const mistake = argumentMistake({ at: nameOf(name), path, value, argument, schema: schema?.() });
    if (mistake) fail(mistake);
  }
}

/** The objects in a list, each with its path. */
function itemsOf(at: string, value: unknown, { items }: PropSpec): (readonly [string, unknown])[] {
  return items?.props && Array.isArray(value) ? value.map((item, i) => [`${at}[${i}]`, item] as const) : [];
}
