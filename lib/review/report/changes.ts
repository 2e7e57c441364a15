import { factsIn } from "../../provider-schemas";
import { RESOURCE } from "../facts/resource-types";
import { admitsOf } from "../notes/objects";
import { code, enumerated } from "../notes/text";
import { contribution, PlannedResource, StackPlan, Verdict, VERDICTS, worstFirst } from "../plan/verdict";
import { redacted, ReviewedArgument } from "./redact";

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

/** One sentence on all that happens, for a person in a hurry. */
export function summaryOf(plans: readonly StackPlan[], hasNotes: boolean): string {
  const resources = plans.flatMap(({ resources }) => resources);
  const clauses = Object.entries(verdictWords().verdicts).flatMap(([verdict, { clause }]) => {
    const changed = resources.filter((one) => one.verdict === verdict);
    if (!clause || changed.length === 0) return [];
    const types = changed.map(({ block: { facts } }) => (verdict === "rotate" && facts.rotates) || facts);
    const things = [...new Set(types)].map((type) => {
      const count = types.filter((other) => other === type).length;
      return `${count} ${count === 1 ? type.noun : type.plural}`;
    });
    return [clause.replace("{things}", enumerated(things))];
  });
  const lost = resources.filter(({ verdict, block }) => /destroy|replace/.test(verdict) && block.facts.isContainer);
  const containers = [...new Set(lost.map(({ block }) => block.facts.noun))];
  if (containers.length > 0) clauses.push(`what is in the ${enumerated(containers)} is lost`);
  if (clauses.length === 0) clauses.push(hasNotes ? "changes no resource; read the warnings" : "changes no resource");
  else if (resources.every(({ verdict }) => /none|update|create/.test(verdict))) clauses.push("nothing is destroyed");
  return `${clauses.join("; ").replace(/^./, (letter) => letter.toUpperCase())}.`;
}
