import { withoutIndices } from "../model/reference";
import { at, isValues, mapValues, Unknown, Value } from "../model/value";
import type { PlannedResource } from "../plan/plan";
import type { ChangedArgument } from "../plan/verdict";
import type { Block } from "../stack/block";

/** Stands for a value that is a secret. */
export const SENSITIVE = "(sensitive)";

/** Stands for a value of which no schema says whether it is one. */
export const NOT_SHOWN = "(not shown)";

/** Arguments of pods that often hold a secret, whatever the schema says. */
const OF_PODS = /(^|\.)(env\.value|args|command)$/;

/** Fields of a Secret in a manifest that are no secret, and those of a ConfigMap that may be one. */
const PUBLIC_IN_SECRETS = /^manifest\.(apiVersion|kind|type|immutable|metadata\.(name|namespace|labels\b.*))$/;
const DATA_OF_CONFIG_MAPS = /^manifest\.(data|binaryData)\b/;

/** A value of an argument as everybody may see it: without what is, or may be, a secret; `null` if it is none. */
export function redacted(
  resource: PlannedResource,
  { path, argument, isSensitive }: ChangedArgument,
  value: Value,
): unknown {
  const sides = [resource.before, resource.after].filter((side) => side !== undefined);
  if (value === undefined) return null;
  if (path === "count" || path === "provider") return shown(value);
  if (isSensitive) return SENSITIVE;
  if (!argument || sides.some(({ table }) => table.version === undefined)) return NOT_SHOWN;
  return argument.path.startsWith("manifest")
    ? inManifest(sides, path, value)
    : inArgument(sides, argument.path, value);
}

function inArgument(sides: readonly Block[], path: string, value: Value): unknown {
  const found = sides.flatMap(({ table }) => table.byPath.get(path) ?? []);
  if (found.length === 0) return NOT_SHOWN;
  if (found.some(({ isSecret }) => isSecret) || OF_PODS.test(path)) return SENSITIVE;
  if (!found.some(({ nesting }) => nesting)) return shown(value);
  if (Array.isArray(value)) return value.map((block) => inArgument(sides, path, block));
  return isValues(value) ? mapValues(value, (inside, name) => inArgument(sides, `${path}.${name}`, inside)) : NOT_SHOWN;
}

/** A manifest may be a Secret or a List of them, which the schema cannot tell, and an expression may be all. */
function inManifest(sides: readonly Block[], path: string, value: Value): unknown {
  const kinds = sides.map(({ values }) => at(values, "manifest", "kind"));
  const isPublic = kinds.every((kind) => typeof kind === "string" && /^[A-Za-z]+(?<!Secret|List)$/.test(kind));
  if (!isPublic && !PUBLIC_IN_SECRETS.test(path)) return SENSITIVE;
  if (kinds.includes("ConfigMap") && DATA_OF_CONFIG_MAPS.test(path)) return SENSITIVE;
  const inside = (path: string, value: Value): unknown => {
    if (OF_PODS.test(withoutIndices(path))) return SENSITIVE;
    if (Array.isArray(value)) return value.map((item) => inside(path, item));
    return isValues(value) ? mapValues(value, (item, name) => inside(`${path}.${name}`, item)) : shown(value);
  };
  return inside(path, value);
}

/** As it is written, without literals that Terraform is told to hide, and without users and passwords in URLs. */
function shown(value: Value): unknown {
  if (value instanceof Unknown) return shown(value.text);
  if (Array.isArray(value)) return value.map(shown);
  if (isValues(value)) return mapValues(value, shown);
  if (typeof value !== "string") return value;
  return /\bsensitive\(/.test(value) ? SENSITIVE : value.replaceAll(/:\/\/[^/\s@]*@/g, `://${SENSITIVE}@`);
}
