import type { Argument } from "./argument-table";
import { Declaration, isObject } from "./configuration";
import type { Json } from "./synth-output";

/** Stands for a value that the provider calls a secret. */
export const SENSITIVE = "(sensitive)";

/** Stands for a value of which no schema says whether it is one. */
export const NOT_SHOWN = "(not shown)";

/** A value as everybody may see it: without what the schema calls sensitive, and without what has no schema. */
export function shownValue(resource: Declaration, argument: Argument | undefined, path: string, value: Json): Json {
  if (value === undefined) return undefined;
  if (!resource.table.isKnown) return NOT_SHOWN;
  if (isSecretObject(resource) && /^manifest\.(data|stringData)\b/.test(path)) return SENSITIVE;
  if (!argument) return value;
  return withoutSecrets(resource, argument, value);
}

function withoutSecrets(resource: Declaration, argument: Argument, value: Json): Json {
  if (argument.isSensitive) return SENSITIVE;
  if (!argument.isBlock || !isObject(value)) return value;
  return Object.fromEntries(
    Object.entries<Json>(value).map(([name, inside]) => {
      const argumentInside = resource.table.get(`${argument.path}.${name}`);
      if (!argumentInside) return [name, inside];
      if (!argumentInside.isBlock) return [name, withoutSecrets(resource, argumentInside, inside)];
      const blocks = inside.map((block: Json) => withoutSecrets(resource, argumentInside, block));
      return [name, argumentInside.isSingle ? blocks[0] : blocks];
    }),
  );
}

/** A Secret in a manifest, which the schema calls by no name. */
function isSecretObject({ type, values }: Declaration): boolean {
  return type === "kubernetes_manifest" && values.manifest?.kind === "Secret";
}
