import { factsIn } from "../../provider-schemas";
import { RESOURCE } from "../facts/resource-types";
import { withoutIndices } from "../model/reference";
import { isValues, mapValues, Value } from "../model/value";
import { admitsOf } from "../notes/policies";
import { code } from "../notes/text";
import { ChangedArgument, contribution, PlannedResource, Verdict, VERDICTS, worstFirst } from "../plan/verdict";

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

/** A resource of either side, and what happens to it. */
export interface ReviewedChange {
  /** Name of the stack. */
  readonly stack: string;
  /** Address of the resource, as in `azurerm_kubernetes_cluster.aks`. */
  readonly address: string;
  /** Verdict of the resource: the worst of its arguments. */
  readonly verdict: Verdict;
  /** Source of the verdict: the text of both sides, or a plan. */
  readonly source: "text" | "plan";
  /** The arguments that change, those that mean most first. */
  readonly arguments: readonly ReviewedArgument[];
  /** The reason, in words. */
  readonly why: string;
  /** Word for its kind, such as `node pool`, if the project has one. */
  readonly noun?: string;
}

export function reviewedChange(stack: string, resource: PlannedResource): ReviewedChange {
  const { address, verdict, source, block } = resource;
  const noun = block.facts === RESOURCE ? undefined : block.facts.noun;
  const changed = worstFirst(resource.arguments, contribution).map((change) => redacted(resource, change));
  return { stack, address, verdict, source, arguments: changed, why: reasonOf(resource), noun };
}

/** What people read of verdicts: `schemas/verdicts.json`, which says what each part means. */
export function verdictWords() {
  type Words = { word: string; clause?: string; style?: string; follows?: ("lost" | "replaced" | "rotated")[] };
  return factsIn<{ verdicts: { [verdict: string]: Words }; reasons: { [reason: string]: string } }>("verdicts.json");
}

/** Why a resource gets its verdict, beside the arguments that change, and what follows at worst. */
function reasonOf({ verdict, cause, source, arguments: changed, block }: PlannedResource): string {
  const { verdicts, reasons } = verdictWords();
  const possible = [...changed.map(({ atWorst }) => atWorst), cause?.kind === "possible trigger" && "replace"];
  const worst = verdict === "unknown" ? VERDICTS.find((one) => possible.some((other) => other === one)) : verdict;
  const kind = () => {
    if (cause && !changed.some((change) => contribution(change) === verdict)) return cause.kind;
    if (verdict !== "unknown") return changed.length > 0 ? `${verdict} by ${source}` : "";
    if (changed.some(({ path }) => path === "count" || path === "for_each")) return "instances";
    return worst ? "at worst" : "unknown";
  };
  const reason = reasons[kind()]?.replace("{address}", () => code(cause!.address!)).replace("{worst}", `${worst}d`);
  const follows = (verdicts[worst ?? "none"].follows ?? []).map((part) => block.facts[part]);
  return [reason, ...follows, verdict === "create" && admitsOf(block)].filter(Boolean).join("; ");
}

const SENSITIVE = "(sensitive)";
const NOT_SHOWN = "(not shown)"; // as no schema says whether it is sensitive

/** What often holds a secret, whatever the schema says: arguments of pods, and the data of a manifest. */
const OFTEN_SECRET = /(^|\.)(env\.value|args|command)$|^manifest\.(data|binaryData)\b/;

/** An argument as everybody may see it: without values, or parts of them, that are or may be a secret. */
function redacted(resource: PlannedResource, change: ChangedArgument): ReviewedArgument {
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
