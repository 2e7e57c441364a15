import { actorOf, CLUSTER, RESOURCE, ResourceType, resourceType } from "../facts/resource-types";
import { admitsOf } from "../notes/objects";
import { code, enumerated, textsOf } from "../notes/text";
import type { Cause, PlannedResource } from "../plan/plan";
import { typeOf } from "../plan/side";
import { contribution, Verdict, VERDICTS } from "../plan/verdict";
import { NOT_SHOWN, SENSITIVE } from "./redact";

/** Source: hashicorp/terraform-provider-azurerm v4.81.0, kubernetes_cluster_node_pool_resource.go: no cordon, no drain. */
const ROTATION =
  "it makes a temporary pool, deletes this one without draining its nodes and makes it anew, which a plan calls an update";

/** What a verdict means for a resource, in words. */
function meaningOf(verdict: Verdict, resource: PlannedResource): string {
  const side = (resource.after ?? resource.before)!;
  const { noun, lost, replaced } = typeOf(side);
  const actor = actorOf(side.block.type);
  const loss = lost ? `; ${lost}` : "";
  const admits = verdict === "create" ? admitsOf(side) : undefined;
  return {
    destroy: `${actor} destroys the ${noun}${loss}`,
    replace: `${actor} replaces the ${noun}${loss}${replaced ? `; ${replaced}` : ""}`,
    rotate: `azurerm rotates the ${side.block.type === CLUSTER ? "default node pool" : "pool"}: ${ROTATION}`,
    unknown: "changes; effect not known to this review",
    update: "changed in place",
    create: `${actor} creates the ${noun}${admits ? `; ${admits}` : ""}`,
    none: "",
  }[verdict];
}

/** Why a resource gets its verdict, in words, beside the arguments that change. */
export function reasonOf(resource: PlannedResource): string {
  const { verdict, cause, arguments: changed } = resource;
  if (cause && !changed.some((change) => contribution(change) === verdict)) return reasonOfCause(cause, resource);
  if (verdict === "none")
    return changed.length > 0 ? "what is ignored, or kept when it is removed, changes nothing" : "";
  if (verdict !== "unknown") return meaningOf(verdict, resource);
  if (changed.some(({ path }) => path === "count" || path === "for_each"))
    return "which instances come and go is not known to this review";
  const atWorst = VERDICTS.find((effect) => changed.some((change) => change.atWorst === effect));
  return atWorst ? `if it differs, ${meaningOf(atWorst, resource)}` : meaningOf("unknown", resource);
}

function reasonOfCause({ kind, address = "", isCertain }: Cause, resource: PlannedResource): string {
  const side = (resource.after ?? resource.before)!;
  const { noun } = typeOf(side);
  const meaning = meaningOf(resource.verdict, resource);
  return {
    "resource group": `${code(address)} goes away, and everything in it with it: ${meaning}`,
    trigger: isCertain
      ? `${code(address)} changes, which it is replaced for: ${meaning}`
      : `if ${code(address)} changes, ${meaningOf("replace", resource)}`,
    "stack is gone": `its stack is gone from the output: once what it made is destroyed, ${meaning}`,
    "other type": "its `moved` block makes another type of it, which few providers can do",
    "moved in parts":
      "`moved` blocks take single instances to another address or from one; what happens to each is not known to this review",
    forgotten: `Terraform forgets the ${noun}, which stays`,
    imported: `${actorOf(side.block.type)} imports the ${noun}: what differs from it is known after apply`,
  }[kind];
}

/** The two values of an argument, or how they differ where they are not to be seen. */
export function transition({ before, after }: { readonly before: unknown; readonly after: unknown }): string {
  if ([before, after].some((value) => value === SENSITIVE || value === NOT_SHOWN))
    return before === null ? "is added" : after === null ? "is taken away" : "changes";
  if (JSON.stringify(before) === JSON.stringify(after))
    return /\.id\}$/.test(String(after)) ? "(known after apply)" : `changes with ${textsOf(before, after)[1]}`;
  const [old, next] = textsOf(before, after);
  return `${old} → ${next}${/\$\{/.test(JSON.stringify(after)) ? " (known after apply)" : ""}`;
}

const CLAUSES: { readonly [verdict in Exclude<Verdict, "none">]: (things: string) => string } = {
  destroy: (things) => `destroys ${things}`,
  replace: (things) => `replaces ${things}`,
  rotate: (things) => `rotates ${things}`,
  unknown: (things) => `changes ${things} in a way that is not known to this review`,
  update: (things) => `updates ${things}`,
  create: (things) => `creates ${things}`,
};

/** One sentence on all that happens, for a person in a hurry. */
export function summaryOf(resources: readonly PlannedResource[], hasNotes: boolean): string {
  const changed = resources.filter(({ verdict }) => verdict !== "none");
  const told = changed.filter((resource) => !countedType(resource).isBookkeeping);
  const counted = told.length > 0 ? told : changed;
  const clauses: string[] = [];
  let last: ResourceType | undefined;
  for (const [verdict, clause] of Object.entries(CLAUSES)) {
    const counts = countByType(counted.filter((resource) => resource.verdict === verdict));
    if (counts.size === 0) continue;
    const [[first]] = counts;
    const isSame = counts.size === 1 && first === last;
    const things = [...counts].map(([type, n]) => (isSame ? String(n) : `${n} ${n === 1 ? type.noun : type.plural}`));
    clauses.push(clause(enumerated(things)));
    last = counts.size === 1 ? first : undefined;
  }
  if (clauses.length === 0) return hasNotes ? "Changes no resource; read the warnings." : "Changes no resource.";
  const loss = lossOf(counted);
  const isLong = clauses.some((clause) => clause.includes(" and "));
  const sentence = `${enumerated(clauses, isLong ? ", and" : " and")}${loss ? `; ${loss}` : ""}.`;
  return sentence[0].toUpperCase() + sentence.slice(1);
}

function lossOf(resources: readonly PlannedResource[]): string | undefined {
  const lost = resources.filter(({ verdict }) => verdict === "destroy" || verdict === "replace");
  const containers = [...countByType(lost).keys()].filter((type) => type.isContainer);
  if (containers.length > 0) return `what is in the ${enumerated(containers.map(({ noun }) => noun))} is lost`;
  if (resources.some(({ verdict }) => verdict === "destroy" || verdict === "unknown")) return undefined;
  if (lost.some(isRenamedObject)) return undefined;
  const isAnythingRenewed = lost.length > 0 || resources.some(({ verdict }) => verdict === "rotate");
  return isAnythingRenewed ? "nothing is destroyed for good" : "nothing is destroyed";
}

/** An object of Kubernetes that comes back under another name or as another kind is gone under its own. */
function isRenamedObject({ arguments: changed }: PlannedResource): boolean {
  return changed.some(({ path, effect }) => effect === "replace" && /^(manifest\.)?(metadata\.name|kind)$/.test(path));
}

function countByType(resources: readonly PlannedResource[]): Map<ResourceType, number> {
  const counts = new Map<ResourceType, number>();
  for (const type of resources.map(countedType)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

/** A cluster is never rotated itself, just its default node pool. */
function countedType({ verdict, before, after }: PlannedResource): ResourceType {
  const side = (after ?? before)!;
  const isPool = verdict === "rotate" && side.block.type === CLUSTER;
  return isPool ? resourceType("azurerm_kubernetes_cluster_node_pool", {}) : typeOf(side);
}

/** The worst verdict first, and of one verdict first what holds other things, and last what nobody asked for. */
export function rankOf({ verdict, before, after }: PlannedResource): number {
  const type = typeOf((after ?? before)!);
  const weight = type.isContainer ? 0 : type.isBookkeeping ? 3 : type === RESOURCE ? 2 : 1;
  return VERDICTS.indexOf(verdict) * 4 + weight;
}
