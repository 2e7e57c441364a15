import { BothSides, Condition, holds } from "../facts/conditions";
import { factsIn } from "../facts/data";
import { CLUSTER, NODE_POOL } from "../facts/resource-types";
import { at } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, poolOf, shownOf, Side, typeOf } from "../plan/side";
import { hasNamespace, metadataOf } from "./objects";
import type { Verdict } from "../plan/verdict";
import { code, inOneLine } from "./text";

/** A note with its condition: a row of `schemas/review-notes.json`, which says what each part means. */
interface Rule extends Condition {
  readonly of: string;
  readonly isRefused?: boolean;
  readonly majors?: readonly number[];
  readonly at?: "plan";
  readonly changes?: string;
  readonly verdict?: Verdict;
  readonly gone?: boolean;
  readonly says: string;
}

/** What a provider, Azure or Kubernetes will refuse of a change. */
export function refusalNotes(plan: StackPlan): string[] {
  return notesOf(plan, true);
}

/** What holds people or pods less after the change. */
export function regressionNotes(plan: StackPlan): string[] {
  return notesOf(plan, false);
}

function notesOf(plan: StackPlan, isRefused: boolean): string[] {
  const rules = factsIn<{ rows: readonly Rule[] }>("review-notes.json").rows.filter(
    (rule) => (rule.isRefused ?? false) === isRefused,
  );
  const byName = new Map<string, Rule[]>();
  for (const rule of rules) byName.set(rule.of, [...(byName.get(rule.of) ?? []), rule]);
  const rulesOf = (side: Side) => namesOf(side).flatMap((name) => byName.get(name) ?? []);
  return plan.resources.flatMap((resource) => {
    const side = resource.after ?? resource.before!;
    if (resource.verdict === "none" || (!isRefused && (!resource.before || goesWithItsNamespace(plan, resource))))
      return [];
    const says = rulesOf(side)
      .filter((rule) => applies(rule, resource))
      .map((rule) => textOf(rule, resource));
    return [...new Set(says)].map(
      (note) => `${isRefused ? "" : `${typeOf(side).noun} `}${where(plan, resource)}: ${note}`,
    );
  });
}

/** What the rules call a resource. */
function namesOf(side: Side): string[] {
  const { type } = side.block;
  return [type, ...(type === CLUSTER || type === NODE_POOL ? ["pool"] : []), String(kindOfSide(side))];
}

function applies(
  { of, majors, changes, verdict, gone = false, ...condition }: Rule,
  resource: PlannedResource,
): boolean {
  const { before, after, arguments: changed } = resource;
  if (verdict !== undefined && verdict !== resource.verdict) return false;
  if (gone || !after) return gone && !after && holds(condition, valuesOf(of, resource));
  if (majors && !majors.includes(Number(after.table.version?.split(".")[0]))) return false;
  const isChange = ({ path, effect }: (typeof changed)[number]) =>
    effect !== "none" && (path === changes || isWithin(path, changes!));
  if (changes !== undefined && !(before && changed.some(isChange))) return false;
  return holds(condition, valuesOf(of, resource));
}

function isWithin(path: string, whole: string): boolean {
  return path.startsWith(`${whole}.`) || path.startsWith(`${whole}[`);
}

function valuesOf(of: string, { before, after }: PlannedResource): BothSides {
  const [old, next] = [before, after].map((side) => side?.values ?? {});
  return of === "pool" ? { before: poolOf(old), after: poolOf(next) } : { before: old, after: next };
}

function textOf({ of, at: when, isRefused, says }: Rule, resource: PlannedResource): string {
  const { after } = valuesOf(of, resource);
  const text = says.replaceAll(/\{([\w.]+)\}/g, (_, path: string) =>
    inOneLine(shownOf([resource.after], at(after, ...path.split(".")))),
  );
  return isRefused && when !== "plan" && resource.verdict === "replace"
    ? `${text} (after it has destroyed the old one)`
    : text;
}

/** An address as notes have it. */
export function where(plan: StackPlan, { address }: { readonly address: string }): string {
  return `${code(address)} in ${code(plan.name)}`;
}

/** Whether what is gone went with its namespace. */
export function goesWithItsNamespace({ after: stack }: StackPlan, { before, after }: PlannedResource): boolean {
  const namespace = before && metadataOf(before).namespace;
  return !after && namespace !== undefined && !hasNamespace(stack, namespace);
}
