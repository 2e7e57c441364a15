import { Construct } from "constructs";
import { isExtendedToken, TokenKind, tokenKind } from "./unresolved";

/** The type of a prop, and whether it has to be there. */
export interface PropSpec {
  readonly type: PropType;
  /** Words for a right value, if the type does not say it. */
  readonly what?: string;
  readonly required?: true;
  /** True if an empty string is as good as none. */
  readonly filled?: true;
  /** Pattern of a string that is known before apply. */
  readonly matches?: RegExp;
  /** The props of an object. */
  readonly props?: { readonly [name: string]: PropSpec };
  /** A member that tells an object of the right class. */
  readonly member?: string;
  /** Type of each value of a list or map. */
  readonly items?: PropSpec;
  /** True if Terraform wants it before it evaluates anything, so that no expression will do. */
  readonly literal?: true;
  /** A word that may stand in place of the value. */
  readonly word?: string;
}

export type PropType = "string" | "number" | "boolean" | "list" | "map" | "object" | "any";

/** Values known after apply that Terraform takes for each type. */
const TOKENS: { readonly [type in PropType]: readonly TokenKind[] } = {
  string: ["string", "number", "value"],
  number: ["string", "number", "value"],
  boolean: ["string", "number", "value"],
  list: ["list", "value"],
  map: ["map", "value"],
  object: [],
  any: ["string", "number", "list", "map", "value"],
};

/** Words for a right value of each type. */
const WHAT: { readonly [type in PropType]: string } = {
  string: "a string",
  number: "a number",
  boolean: "true or false",
  list: "a list",
  map: "a map",
  object: "an object",
  any: "a value",
};

/** Words for a right value in place of an expression of another type. */
const WHAT_TOKEN: { readonly [type in PropType]?: string } = {
  string: "a string, as Token.asString() makes of an expression",
  number: "a number, as Token.asNumber() makes of an expression",
  list: "a list, as Token.asList() makes of an expression",
  map: "a map, as Token.asStringMap() makes of an expression",
};

/** Words for an expression in place of a list or map to which something was added in TypeScript. */
const WHAT_EXTENDED = {
  list: "Token.asList(Fn.concat([list, [item]]))",
  map: "Token.asStringMap(Fn.merge([map, { key: value }]))",
};

/** A value that is wrong: where it is, what it is instead, and what to write. */
export interface TypeMismatch {
  readonly at: string;
  readonly is: string;
  readonly write: string;
}

/** Returns what is wrong with a value at a path, if anything is. */
export function typeMismatch(at: string, value: unknown, spec: PropSpec): TypeMismatch | undefined {
  const kind = tokenKind(value);
  if (isExtendedToken(value)) {
    const type = Array.isArray(value) ? "list" : "map";
    const isTaken = !spec.literal && (spec.type === type || spec.type === "any");
    return { at, is: shown(value), write: isTaken ? WHAT_EXTENDED[type] : writeFor(spec) };
  }
  if (kind !== undefined) {
    if (!spec.literal && TOKENS[spec.type].includes(kind)) return undefined;
    return { at, is: shown(value), write: (spec.literal ? undefined : WHAT_TOKEN[spec.type]) ?? writeFor(spec) };
  }
  const write = writeFor(spec);
  if (value === undefined || value === null) return { at, is: `missing (got ${value})`, write };
  if (value === "" && spec.required) return { at, is: "empty", write };
  if (value === "" && spec.filled) return { at, is: "empty", write: `${write}, or leave it out` };
  if (value === spec.word || spec.type === "any") return undefined;
  if (!hasType(value, spec.type)) return { at, is: shown(value), write };
  if (spec.matches && !spec.matches.test(value as string)) return { at, is: JSON.stringify(value), write };
  if (spec.member !== undefined && !(spec.member in (value as object)))
    return { at, is: `${shown(value)} of another kind`, write };
  return spec.items && itemMismatch(at, value as object, spec.items);
}

function itemMismatch(at: string, value: object, items: PropSpec): TypeMismatch | undefined {
  for (const [key, item] of Object.entries(value)) {
    const mismatch = typeMismatch(Array.isArray(value) ? `${at}[${key}]` : `${at}.${key}`, item, items);
    if (mismatch) return mismatch;
  }
  return undefined;
}

function hasType(value: unknown, type: PropType): boolean {
  if (type === "list") return Array.isArray(value);
  if (type === "map") return typeof value === "object" && !Array.isArray(value) && !Construct.isConstruct(value);
  if (type === "object") return typeof value === "object" && !Array.isArray(value);
  return typeof value === type;
}

/** Returns what to write for a spec. */
function writeFor({ what, type }: PropSpec): string {
  return what ?? WHAT[type];
}

/** Returns a value in words. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  const kind = tokenKind(value);
  const more = isExtendedToken(value) ? ` and more ${Array.isArray(value) ? "items" : "keys"}` : "";
  if (kind !== undefined || more !== "") return `a ${kind ?? "list"} that is known after apply${more}`;
  if (Array.isArray(value)) return "a list";
  if (Construct.isConstruct(value)) return `the construct "${value.node.path}"`;
  if (typeof value === "object") return "an object";
  if (typeof value === "function") return "a function";
  return `the ${typeof value} ${JSON.stringify(value)}`;
}

/** Returns names in words, the first of many. */
export function some(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 6).join(", ")} …` : names.join(", ");
}
