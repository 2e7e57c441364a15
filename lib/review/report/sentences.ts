import { actorOf, CLUSTER, NODE_POOL, RESOURCE, ResourceType, resourceType } from "../facts/resource-types";
import { admitsOf } from "../notes/isolation";
import { code, enumerated, textsOf } from "../notes/text";
import type { Cause, PlannedResource } from "../plan/plan";
import { typeOf } from "../plan/side";
import { contribution, Verdict, VERDICTS } from "../plan/verdict";
import { NOT_SHOWN, SENSITIVE } from "./redact";

/** Source: hashicorp/terraform-provider-azurerm v4.81.0, kubernetes_cluster_node_pool_resource.go: no cordon, no drain. */
const ROTATION =
  "a temporary pool stands in while this one is deleted, without draining its nodes, and made anew; a plan calls it an update";

const WITHOUT_EFFECT = {
  text: "what is ignored, or kept when it is removed, changes nothing",
  plan: "the plan finds the same",
};

/** What follows from a verdict, beyond the word; empty if nothing does. */
function followsOf(verdict: Verdict, resource: PlannedResource): string {
  const side = (resource.after ?? resource.before)!;
  const { lost, replaced } = typeOf(side);
  return {
    destroy: lost ?? "",
    replace: [lost, replaced].filter((clause) => clause).join("; "),
    rotate: side.block.type === CLUSTER ? `of the default node pool: ${ROTATION}` : ROTATION,
    unknown: "changes; effect not known to this review",
    update: "",
    create: verdict === "create" ? admitsOf(side) : "",
    none: "",
  }[verdict];
}

/** The same as a sentence, for a verdict that is not the resource's own or has a cause. */
function meaningOf(verdict: Verdict, resource: PlannedResource): string {
  const side = (resource.after ?? resource.before)!;
  const follows = followsOf(verdict, resource);
  if (verdict === "unknown" || verdict === "none") return follows;
  const what = `${actorOf(side.block.type)} ${verdict}s the ${countedType({ ...resource, verdict }).noun}`;
  return follows && verdict !== "update" ? `${what}; ${follows}` : what;
}

/** Why a resource gets its verdict, in words, beside the arguments that change. */
export function reasonOf(resource: PlannedResource): string {
  const { verdict, cause, source, arguments: changed } = resource;
  if (cause && !changed.some((change) => contribution(change) === verdict)) return reasonOfCause(cause, resource);
  if (verdict === "none") return changed.length > 0 ? WITHOUT_EFFECT[source] : "";
  if (verdict !== "unknown") return followsOf(verdict, resource);
  if (changed.some(({ path }) => path === "count" || path === "for_each"))
    return "which instances come and go is not known to this review";
  const atWorst = VERDICTS.find((effect) => changed.some((change) => change.atWorst === effect));
  return atWorst ? `if it differs, ${meaningOf(atWorst, resource)}` : followsOf("unknown", resource);
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
      "`moved` blocks take single instances of it elsewhere; what happens to each is not known to this review",
    forgotten: `Terraform forgets the ${noun}, which stays`,
    imported: `${actorOf(side.block.type)} imports the ${noun}: what differs from it is known after apply`,
  }[kind];
}

/** The two values of an argument, or how they differ where they are not to be seen. */
export function transition({ before, after }: { readonly before: unknown; readonly after: unknown }): string {
  if ([before, after].some((value) => value === SENSITIVE || value === NOT_SHOWN))
    return before === null ? "is added" : after === null ? "is taken away" : "changes";
  const [old, next] = textsOf(before, after);
  if (old === next) return /\.id\}$/.test(String(after)) ? "(known after apply)" : `changes with ${next}`;
  return `${old} → ${next}${/\$\{/.test(JSON.stringify(after)) ? " (known after apply)" : ""}`;
}

const CLAUSES: { readonly [verdict in Exclude<Verdict, "none">]: string } = {
  destroy: "destroys …",
  replace: "replaces …",
  rotate: "rotates …",
  unknown: "changes … in a way that is not known to this review",
  update: "updates …",
  create: "creates …",
};

/** One sentence on all that happens, for a person in a hurry. */
export function summaryOf(resources: readonly PlannedResource[], hasNotes: boolean): string {
  const changed = resources.filter(({ verdict }) => verdict !== "none");
  const told = changed.filter((resource) => !countedType(resource).isBookkeeping);
  const counted = told.length > 0 ? told : changed;
  if (counted.length === 0) return hasNotes ? "Changes no resource; read the warnings." : "Changes no resource.";
  const clauses = Object.entries(CLAUSES).flatMap(([verdict, clause]) => {
    const counts = new Map<ResourceType, number>();
    for (const resource of counted.filter((resource) => resource.verdict === verdict)) {
      const type = countedType(resource);
      counts.set(type, (counts.get(type) ?? 0) + 1);
    }
    const things = [...counts].map(([{ noun, plural }, n]) => `${n} ${n === 1 ? noun : plural}`);
    return things.length === 0 ? [] : [clause.replace("…", enumerated(things))];
  });
  const loss = lossOf(counted);
  const and = clauses.some((clause) => clause.includes(" and ")) ? ", and" : " and";
  const sentence = `${enumerated(clauses, and)}${loss ? `; ${loss}` : ""}.`;
  return sentence[0].toUpperCase() + sentence.slice(1);
}

function lossOf(resources: readonly PlannedResource[]): string | undefined {
  const lost = resources.filter(({ verdict }) => verdict === "destroy" || verdict === "replace");
  const containers = new Set(lost.map(countedType).filter((type) => type.isContainer));
  if (containers.size > 0) return `what is in the ${enumerated([...containers].map(({ noun }) => noun))} is lost`;
  if (resources.some(({ verdict }) => verdict === "destroy" || verdict === "unknown")) return undefined;
  if (lost.some(isRenamedObject)) return undefined;
  const isAnythingRenewed = lost.length > 0 || resources.some(({ verdict }) => verdict === "rotate");
  return isAnythingRenewed ? "nothing is destroyed for good" : "nothing is destroyed";
}

/** An object of Kubernetes that comes back under another name or as another kind is gone under its own. */
function isRenamedObject({ arguments: changed }: PlannedResource): boolean {
  return changed.some(({ path, effect }) => effect === "replace" && /^(manifest\.)?(metadata\.name|kind)$/.test(path));
}

/** A cluster is never rotated itself, just its default node pool. */
function countedType({ verdict, before, after }: PlannedResource): ResourceType {
  const side = (after ?? before)!;
  return verdict === "rotate" && side.block.type === CLUSTER ? resourceType(NODE_POOL, {}) : typeOf(side);
}

/** The worst verdict first, and of one verdict first what holds other things, and last what nobody asked for. */
export function rankOf({ verdict, before, after }: PlannedResource): number {
  const type = typeOf((after ?? before)!);
  const weight = type.isContainer ? 0 : type.isBookkeeping ? 3 : type === RESOURCE ? 2 : 1;
  return VERDICTS.indexOf(verdict) * 4 + weight;
}
