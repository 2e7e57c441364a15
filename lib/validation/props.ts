import { closest, distance } from "fastest-levenshtein";
import { IConstruct } from "constructs";
import { BoundArguments } from "./bindings";
import { isUnresolved } from "./unresolved";
import { validationError } from "./validation-error";

/** The type of a prop, and whether it has to be there. */
export interface PropSpec {
  readonly type: "string" | "number" | "boolean" | "list" | "map" | "object" | "any";
  /** What to write, if the type does not say it. */
  readonly what?: string;
  readonly required?: true;
}

/** The types of all props of a construct; the compiler misses none. */
export type PropSpecs<Props> = { readonly [name in keyof Required<Props>]: PropSpec };

/** The meta-arguments that a construct with a resource of the bindings takes beside the resource's own arguments. */
export const META_ARGUMENTS = { dependsOn: any(), lifecycle: any(), provider: any() };

export function string(): PropSpec {
  return { type: "string" };
}

export function number(): PropSpec {
  return { type: "number" };
}

export function boolean(): PropSpec {
  return { type: "boolean" };
}

export function list(): PropSpec {
  return { type: "list" };
}

export function map(): PropSpec {
  return { type: "map" };
}

export function object(what?: string): PropSpec {
  return { type: "object", what };
}

export function any(): PropSpec {
  return { type: "any" };
}

export function required(spec: PropSpec): PropSpec {
  return { ...spec, required: true };
}

/** What else there is to know of props. */
export interface PropContext {
  /** What the bindings know beside the construct's own props, in blocks as well. */
  readonly bound?: BoundArguments;
  /** Name of the prop that the props are in. */
  readonly inside?: string;
}

/**
 * Holds props to their names and types, for JavaScript, for unchecked TypeScript and for values that were asserted to
 * be there. Values known only after apply pass.
 *
 * @throws if a prop is not known, if a required one is missing or empty, or if a value has another type
 */
export function checkProps(
  construct: IConstruct,
  props: unknown,
  specs: { readonly [name: string]: PropSpec },
  { bound = new Map(), inside }: PropContext = {},
): void {
  const pathOf = (name: string) => (inside === undefined ? name : `${inside}.${name}`);
  if (typeof props !== "object" || props === null || Array.isArray(props)) {
    const what = inside === undefined ? "props are" : `${inside} is`;
    throw validationError(construct, `${what} ${shown(props)}: write an object with ${some(Object.keys(specs))}`);
  }
  for (const [name, value] of Object.entries(props)) {
    const argument = bound.get(name);
    const spec = specs[name] ?? (argument && { type: argument.holds === "block" ? "any" : argument.holds });
    if (spec === undefined)
      throw validationError(construct, notKnown(name, [...Object.keys(specs), ...bound.keys()], inside));
    if (value === undefined || value === null) continue;
    checkType(construct, pathOf(name), value, spec);
    if (specs[name] === undefined && argument?.holds === "block")
      checkBlock(construct, pathOf(name), value, argument.inside());
  }
  for (const [name, spec] of Object.entries(specs)) {
    const value = (props as { readonly [name: string]: unknown })[name];
    if (!spec.required || (value !== undefined && value !== null && value !== "")) continue;
    const what = value === "" ? "empty" : `missing (got ${value})`;
    throw validationError(construct, `${pathOf(name)} is ${what}: ${give(spec)}`);
  }
}

/** Holds a block, or each of several, to what the bindings know. */
function checkBlock(construct: IConstruct, path: string, value: unknown, bound: BoundArguments): void {
  if (isUnresolved(value) || isResolvable(value)) return;
  if (Array.isArray(value)) {
    for (const block of value) checkBlock(construct, path, block, bound);
    return;
  }
  if (typeof value !== "object" || value === null)
    throw validationError(construct, `${path} is ${shown(value)}: write an object with ${some([...bound.keys()])}`);
  for (const [name, inside] of Object.entries(value)) {
    const argument = bound.get(name);
    if (argument === undefined) throw validationError(construct, notKnown(name, [...bound.keys()], path));
    if (inside === undefined || inside === null) continue;
    if (argument.holds === "block") checkBlock(construct, `${path}.${name}`, inside, argument.inside());
    else checkType(construct, `${path}.${name}`, inside, { type: argument.holds });
  }
}

function checkType(construct: IConstruct, name: string, value: unknown, spec: PropSpec): void {
  if (isUnresolved(value) || isResolvable(value) || hasType(value, spec.type)) return;
  throw validationError(construct, `${name} is ${shown(value)}: ${give(spec)}`);
}

function hasType(value: unknown, type: PropSpec["type"]): boolean {
  if (type === "any") return true;
  if (type === "list") return Array.isArray(value);
  if (type === "map" || type === "object") return typeof value === "object" && !Array.isArray(value);
  return typeof value === type;
}

function isResolvable(value: unknown): boolean {
  return typeof value === "object" && value !== null && "resolve" in value && typeof value.resolve === "function";
}

function notKnown(name: string, known: readonly string[], inside?: string): string {
  const what = `prop "${name}" is not known${inside === undefined ? "" : ` in ${inside}`}`;
  const nearest = known.length ? closest(name, [...known]) : "";
  const isNear = nearest !== "" && distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, name.length / 3);
  return isNear ? `${what}: did you mean ${nearest}?` : `${what}: remove it`;
}

const WITH_ARTICLE: { readonly [type in PropSpec["type"]]: string } = {
  string: "a string",
  number: "a number",
  boolean: "true or false",
  list: "a list",
  map: "a map",
  object: "an object",
  any: "a value",
};

function give({ type, what }: PropSpec): string {
  return `write ${what ?? WITH_ARTICLE[type]}`;
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "function") return "a function";
  return `the ${typeof value} ${JSON.stringify(value)}`;
}

function some(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 6).join(", ")} …` : names.join(", ");
}
