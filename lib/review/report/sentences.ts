import { factsIn } from "../../provider-schemas";
import { CLUSTER, NODE_POOL, ResourceType, resourceType } from "../facts/resource-types";
import { admitsOf } from "../notes/policies";
import { code, enumerated } from "../notes/text";
import type { Cause, PlannedResource } from "../plan/plan";
import { contribution, Verdict, VERDICTS } from "../plan/verdict";

/** What people read of verdicts: rows of `schemas/verdicts.json`, which says what each part means. */
interface VerdictWords {
  readonly verdicts: { readonly [verdict: string]: { clause: string; isGrave?: boolean; style?: string } };
  readonly causes: { readonly [kind: string]: string };
}

export function verdictWords(): VerdictWords {
  return factsIn<VerdictWords>("verdicts.json");
}

/** Why a resource gets its verdict and what follows, in words, beside the arguments that change. */
export function reasonOf(resource: PlannedResource): string {
  const { verdict, cause, arguments: changed } = resource;
  const isOfCause = cause && !changed.some((change) => contribution(change) === verdict);
  const worst = worstOf(resource);
  const clauses = [isOfCause ? reasonOfCause(cause) : ownReason(resource, worst), worst && followsOf(worst, resource)];
  return clauses.filter((clause) => clause).join("; ");
}

/** The verdict at worst, if that is known. */
function worstOf({ verdict, cause, arguments: changed }: PlannedResource): Verdict | undefined {
  if (verdict !== "unknown") return verdict;
  if (cause?.isCertain === false) return "replace";
  return VERDICTS.find((effect) => changed.some(({ atWorst }) => atWorst === effect));
}

function ownReason({ verdict, source, arguments: changed }: PlannedResource, worst?: Verdict): string | undefined {
  if (verdict === "none" && changed.length > 0)
    return source === "plan"
      ? "the plan finds the same"
      : "what is ignored, or kept when it is removed, changes nothing";
  if (verdict !== "unknown") return undefined;
  if (changed.some(({ path }) => path === "count" || path === "for_each"))
    return "which instances come and go is not known to this review";
  return worst ? `if it differs, it is ${worst}d` : "changes; effect not known to this review";
}

function reasonOfCause({ kind, address = "", isCertain }: Cause): string {
  return verdictWords().causes[isCertain === false ? `possible ${kind}` : kind].replace("{address}", code(address));
}

/** Consequences of a verdict, beyond the word. */
function followsOf(verdict: Verdict, { block }: PlannedResource): string {
  const { lost = "", replaced, rotated = "" } = block.facts;
  const follows = {
    destroy: () => lost,
    replace: () => [lost, replaced].filter((clause) => clause).join("; "),
    rotate: () => rotated,
    create: () => admitsOf(block),
  };
  return verdict in follows ? follows[verdict as keyof typeof follows]() : "";
}

/** One sentence on all that happens, for a person in a hurry. */
export function summaryOf(resources: readonly PlannedResource[], hasNotes: boolean): string {
  const changed = resources.filter(({ verdict }) => verdict !== "none");
  const told = changed.filter((resource) => !countedType(resource).isBookkeeping);
  const counted = told.length > 0 ? told : changed;
  if (counted.length === 0) return hasNotes ? "Changes no resource; read the warnings." : "Changes no resource.";
  const clauses = Object.entries(verdictWords().verdicts).flatMap(([verdict, { clause }]) => {
    const types = counted.filter((resource) => resource.verdict === verdict).map(countedType);
    const things = [...new Set(types)].map((type) => {
      const count = types.filter((other) => other === type).length;
      return `${count} ${count === 1 ? type.noun : type.plural}`;
    });
    return things.length === 0 ? [] : [clause.replace("{things}", enumerated(things))];
  });
  const sentence = [...clauses, ...lossIn(counted)].join("; ");
  return `${sentence[0].toUpperCase()}${sentence.slice(1)}.`;
}

function lossIn(resources: readonly PlannedResource[]): string[] {
  if (resources.every(({ verdict }) => verdict === "update" || verdict === "create")) return ["nothing is destroyed"];
  const lost = resources.filter(({ verdict }) => verdict === "destroy" || verdict === "replace");
  const containers = new Set(lost.map(countedType).filter((type) => type.isContainer));
  return containers.size > 0 ? [`what is in the ${enumerated([...containers].map(({ noun }) => noun))} is lost`] : [];
}

/** A cluster is never rotated itself, just its default node pool. */
function countedType({ verdict, block }: PlannedResource): ResourceType {
  return verdict === "rotate" && block.type === CLUSTER ? resourceType(NODE_POOL, {}) : block.facts;
}
