import { withoutIndices } from "../model/reference";
import { isValues, mapValues, Value } from "../model/value";
import type { ChangedArgument, PlannedResource, Verdict } from "../plan/verdict";

/** An argument that changes. */
export interface ReviewedArgument {
  /** As the provider version after the change calls it, as in `default_node_pool.os_sku`. */
  readonly path: string;
  /** Value as written, or a default that another version changes; `null` for neither. A sensitive one is not shown. */
  readonly before: unknown;
  /** Value after the change, told in the same way. */
  readonly after: unknown;
  /** Verdict of this argument alone. */
  readonly effect: Verdict;
}

const SENSITIVE = "(sensitive)";
const NOT_SHOWN = "(not shown)"; // as no schema says whether it is sensitive

/** What often holds a secret, whatever the schema says: arguments of pods, and the data of a manifest. */
const OFTEN_SECRET = /(^|\.)(env\.value|args|command)$|^manifest\.(data|binaryData)\b/;

/** An argument as everybody may see it: without values, or parts of them, that are or may be a secret. */
export function redacted(resource: PlannedResource, change: ChangedArgument): ReviewedArgument {
  const { path, argument, isSensitive, effect } = change;
  const sides = [resource.before, resource.after].filter((side) => side !== undefined);
  const isManifest = argument?.path.startsWith("manifest");
  // A manifest may be a Secret or a List of them, which the schema cannot tell, and an expression may be all.
  const isPublic = sides.every(({ objectKind }) => /^[A-Za-z]+(?<!Secret|List)$/.test(String(objectKind ?? "")));

  const inside = (path: string, value: Value): unknown => {
    const found = sides.flatMap(({ table }) => table.byPath.get(path) ?? []);
    if (found.some(({ isSecret }) => isSecret) || OFTEN_SECRET.test(withoutIndices(path))) return SENSITIVE;
    const isOpen = isManifest || found.some(({ nesting }) => nesting);
    if (isOpen && Array.isArray(value)) return value.map((item) => inside(path, item));
    if (isOpen && isValues(value)) return mapValues(value, (item, name) => inside(`${path}.${name}`, item));
    return isManifest || (!isOpen && found.length > 0) ? shown(value) : NOT_SHOWN;
  };
  const seen = (value: Value): unknown => {
    if (value === undefined || path === "count" || path === "provider") return shown(value);
    if (isSensitive || (isManifest && !isPublic)) return SENSITIVE;
    if (!argument || sides.some(({ table }) => table.version === undefined)) return NOT_SHOWN;
    return inside(isManifest ? path : argument.path, value);
  };
  return { path, before: seen(change.before), after: seen(change.after), effect };
}

/** As it is written, without literals that Terraform is told to hide, and without users and passwords in URLs. */
function shown(value: Value): unknown {
  return JSON.parse(JSON.stringify(value ?? null), (_, text: unknown) => {
    if (typeof text !== "string") return text;
    return /\bsensitive\(/.test(text) ? SENSITIVE : text.replaceAll(/:\/\/[^/\s@]*@/g, `://${SENSITIVE}@`);
  });
}
