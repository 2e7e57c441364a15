import type { Argument } from "./argument-table";
import type { Declaration } from "./declaration";
import { isObject, Json, mapValues } from "./json";

/** Stands for a value that is a secret. */
export const SENSITIVE = "(sensitive)";

/** Stands for a value of which no schema says whether it is one. */
export const NOT_SHOWN = "(not shown)";

/** What of a Secret in a manifest is none. */
const PUBLIC_IN_SECRETS = /^manifest\.(apiVersion|kind|type|immutable|metadata\.(name|namespace|labels\b.*))$/;

/** What Terraform itself knows of a resource, and that is no secret. */
const ABOUT_INSTANCES: readonly string[] = ["count", "each.key", "provider"];

/** Shows values as everybody may see them: without what a schema calls sensitive, and without what no schema has. */
export class ShownValues {
  private readonly sides: readonly Declaration[];

  constructor(...sides: readonly (Declaration | undefined)[]) {
    this.sides = sides.filter((side) => side !== undefined);
  }

  /** A value as it is shown at the path of an argument, `null` if it is none. */
  of(path: string, argument: Argument | undefined, value: Json): Json {
    if (value === undefined) return null;
    if (ABOUT_INSTANCES.includes(path)) return value;
    if (!argument || this.sides.some(({ table }) => !table.isKnown)) return NOT_SHOWN;
    if (argument.path.startsWith("manifest")) return this.inManifest(path, value);
    return this.withoutSecrets(argument.path, value);
  }

  private withoutSecrets(path: string, value: Json): Json {
    const arguments_ = this.sides.flatMap(({ table }) => table.get(path) ?? []);
    if (arguments_.length === 0) return NOT_SHOWN;
    if (arguments_.some(({ isSensitive }) => isSensitive)) return SENSITIVE;
    const [{ isBlock, isSingle }] = arguments_;
    if (!isBlock) return withoutMarked(value);
    if (Array.isArray(value)) {
      const blocks = value.map((block) => this.withoutSecrets(path, block));
      return isSingle ? blocks[0] : blocks;
    }
    if (!isObject(value)) return NOT_SHOWN;
    return Object.fromEntries(
      Object.entries<Json>(value).map(([name, inside]) => [name, this.withoutSecrets(`${path}.${name}`, inside)]),
    );
  }

  /** A manifest may be a Secret or a List of them, which the schema cannot tell, and an expression may be all. */
  private inManifest(path: string, value: Json): Json {
    const kinds = this.sides.map(({ values }) => values.manifest?.kind);
    const isPublic = kinds.every((kind) => typeof kind === "string" && /^[A-Za-z]+(?<!Secret|List)$/.test(kind));
    return isPublic || PUBLIC_IN_SECRETS.test(path) ? withoutMarked(value) : SENSITIVE;
  }
}

/** Without literals that Terraform is told to hide. */
function withoutMarked(value: Json): Json {
  if (typeof value === "string") return /\bsensitive\(/.test(value) ? SENSITIVE : value;
  if (Array.isArray(value)) return value.map(withoutMarked);
  return isObject(value) ? mapValues(value, withoutMarked) : value;
}
