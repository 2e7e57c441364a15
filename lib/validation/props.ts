import { Construct, IConstruct } from "constructs";
import { argumentError, ArgumentSchema } from "./argument-error";
import type { BoundArguments } from "./bindings";
import { PropSpec, shown, some, typeMismatch } from "./prop-types";
import { unknownProp } from "./unknown-prop";
import { errorAtApp, validationError } from "./validation-error";

export type { PropSpec } from "./prop-types";

/** The types of all props of a construct; the compiler misses none. */
export type PropSpecs<Props> = { readonly [name in keyof Required<Props>]: PropSpec };

/** A string that is not empty. */
export function string(): PropSpec {
  return { type: "string", filled: true };
}

/** A string that may be empty. */
export function text(): PropSpec {
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
 * @param what - what to write
 * @param more - the object's props, or a member that tells one of the right class
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

type Specs = { readonly [name: string]: PropSpec };

/**
 * Holds props to their names and types, for JavaScript, for unchecked TypeScript and for values that were asserted to
 * be there. Values known after apply pass where Terraform takes them.
 *
 * @throws if a prop is not known, if a required one is missing or empty, or if a value has another type
 */
export function checkProps(construct: IConstruct, props: unknown, specs: Specs, context: PropContext = {}): void {
  const error = propsError(props, specs, context);
  if (error !== undefined) throw validationError(construct, error);
}

/**
 * Holds the options of a function that makes no construct to the same.
 *
 * @param of - the function, such as `StateBackend.azureStorage`
 * @throws as checkProps does
 */
export function checkOptions(of: string, options: unknown, specs: Specs, context: PropContext = {}): void {
  const error = propsError(options, specs, context);
  if (error !== undefined) throw errorAtApp(`${error} [${of}]`);
}

function propsError(props: unknown, specs: Specs, context: PropContext): string | undefined {
  const { bound = new Map(), refused = {}, inside } = context;
  if (typeof props !== "object" || props === null || Array.isArray(props) || Construct.isConstruct(props)) {
    const names = Object.keys(specs).filter((name) => specs[name].required);
    const what = inside === undefined ? "props are" : `${inside} is`;
    return `${what} ${shown(props)}: write an object${names.length > 0 ? ` with ${some(names)}` : ""}`;
  }
  const given = props as { readonly [name: string]: unknown };
  for (const name of Object.keys(given)) {
    if (name in refused && given[name] !== undefined) return `${nameOf(name, context)} ${refused[name]}`;
    if (!(name in specs) && !(name in refused) && !bound.has(name))
      return unknownProp(name, [...Object.keys(specs), ...bound.keys()], inside);
  }
  return ownPropError(given, specs, context) ?? argumentsError(given, specs, context);
}

/** Returns what is wrong with the construct's own props. */
function ownPropError(props: { readonly [name: string]: unknown }, specs: Specs, context: PropContext) {
  for (const name of Object.keys(specs)) {
    const spec = specs[name];
    const value = props[name];
    if (!spec.required && (value === undefined || value === null)) continue;
    const at = nameOf(name, context);
    const mismatch = typeMismatch(at, value, spec);
    if (mismatch) return `${mismatch.at} is ${mismatch.is}: write ${mismatch.write}`;
    for (const [inside, object] of spec.props ? [[at, value] as const] : itemsOf(at, value, spec)) {
      const error = propsError(object, (spec.props ?? spec.items?.props)!, { inside });
      if (error !== undefined) return error;
    }
  }
  return undefined;
}

/** Returns what is wrong with the arguments of the bindings beside them. */
function argumentsError(props: { readonly [name: string]: unknown }, specs: Specs, context: PropContext) {
  const { bound, block } = context;
  const schema = context.schema?.();
  for (const name of Object.keys(props)) {
    const value = props[name];
    const argument = name in specs || value === undefined || value === null ? undefined : bound?.get(name);
    if (!argument) continue;
    const path = block === undefined ? [argument.name] : [block, argument.name];
    const error = argumentError({ at: nameOf(name, context), path, value, argument, schema });
    if (error !== undefined) return error;
  }
  return undefined;
}

function nameOf(name: string, { inside }: PropContext): string {
  return inside === undefined ? name : `${inside}.${name}`;
}

/** The objects in a list, each with its path. */
function itemsOf(at: string, value: unknown, { items }: PropSpec): (readonly [string, unknown])[] {
  return items?.props && Array.isArray(value) ? value.map((item, i) => [`${at}[${i}]`, item] as const) : [];
}
