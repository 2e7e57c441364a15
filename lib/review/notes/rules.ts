import { factsIn } from "../../provider-schemas";
import { BothSides, Condition, holds, valueAt } from "../facts/conditions";
import { CLUSTER, NODE_POOL } from "../facts/resource-types";
import { isKnown, isValues, stable, Values } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import type { Verdict } from "../plan/verdict";
import type { Block } from "../stack/block";
import type { Stack } from "../stack/stack";
import { clusterOf, objectOf } from "./objects";
import { LATE } from "./refusals";
import { code, enumeratedFirst, filled, Notes } from "./text";

/** A note with its condition: a row of `schemas/review-notes.json`, which says what each part means. */
interface Rule extends Condition {
  readonly of: string;
  readonly isRefused?: boolean;
  readonly majors?: readonly number[];
  readonly at?: "plan";
  readonly verdict?: readonly Verdict[];
  readonly changes?: readonly string[];
  readonly with?: Condition & { readonly of?: string; readonly stack?: "own" | "another" };
  readonly says: string;
}

/** Notes on losses, settings, refusals and regressions, by the rows of the table. */
export function ruleNotes(resource: PlannedResource, plan: StackPlan, plans: readonly StackPlan[]): Notes {
  const { rows } = factsIn<{ rows: readonly Rule[] }>("review-notes.json");
  const notes = namesOf(resource.block).flatMap((name) => {
    const both = bothOf(name, resource, plan, "values");
    const told = rows.filter((rule) => rule.of === name && applies(rule, resource, both));
    return told.map((rule) => {
      const company = companyOf(rule, both, plan, plans);
      return company.length > 0 && textOf(rule, resource, company, bothOf(name, resource, plan, "written"));
    });
  });
  return [...new Set(notes)];
}

/** Names of a resource in rules. */
function namesOf({ kind, type, objectKind, written }: Block): string[] {
  if (kind === "data") return [`data.${type}`];
  if (type === CLUSTER || type === NODE_POOL) return ["resource", type, "pool"];
  // The isolation check is told by what it compares.
  const isCheck = objectKind === "Job" && JSON.stringify(written).includes("kernel_version");
  return ["resource", isCheck ? "isolation check" : String(objectKind ?? type)];
}

function applies(rule: Rule, resource: PlannedResource, both: BothSides): boolean {
  const { after, verdict, arguments: changed } = resource;
  const isAtWorst = (one: Verdict) => verdict === "unknown" && changed.some(({ atWorst }) => atWorst === one);
  if (rule.verdict) return rule.verdict.some((one) => one === verdict || isAtWorst(one)) && isSo(rule, resource, both);
  // What is made anew is not refused for what it was, and arguments of a resource that does not change may be ignored.
  const isAnew = !resource.before || (rule.isRefused === true && verdict === "replace");
  const isToldOf = rule.isRefused || (!isAnew && (verdict !== "none" || rule.of === "resource"));
  if (!after || !isToldOf) return false;
  if (isAnew) return isSo(rule, resource, { before: {}, after: both.after });
  return isSo(rule, resource, both) && !isSo(rule, resource, { before: both.before, after: both.before });
}

function isSo({ majors, changes, ...condition }: Rule, { after }: PlannedResource, both: BothSides): boolean {
  const isChanged = (path: string) => {
    const [old, next] = [both.before, both.after].map((values) => valueAt(values, path));
    return isKnown([old, next]) && stable(old) !== stable(next) && !after?.ignores(path);
  };
  return (
    (!majors || majors.includes(parseInt(after?.table.version ?? ""))) &&
    (!changes || changes.some(isChanged)) &&
    holds(condition, both)
  );
}

/** Words for what a rule wants a resource to be with, or for nothing if it wants nothing. */
function companyOf({ with: wanted }: Rule, { before }: BothSides, plan: StackPlan, plans: readonly StackPlan[]) {
  if (!wanted) return [""];
  const { of, stack, ...condition } = wanted;
  return plans.flatMap((other) => {
    if (stack && (stack === "own") !== (other === plan)) return [];
    const blocks = [...(other.before?.blocks.values() ?? [])];
    const stayed = blocks.filter(({ address }) => other.after?.blocks.has(address));
    return stayed.flatMap((block) => {
      const isMeant = of === undefined || namesOf(block).includes(of);
      const isIt = isMeant && holds(condition, { before, after: objectOf(block, "values") });
      return isIt ? [`${code(block.address)} in ${code(other.name)}`] : [];
    });
  });
}

/** The values that rules of a name look at. */
function bothOf(name: string, { before, after }: PlannedResource, plan: StackPlan, form: "values" | "written") {
  const valuesOf = (block: Block | undefined, stack: Stack | undefined): Values => {
    if (!block) return {};
    if (name === "resource") return { prevent_destroy: block.preventDestroy };
    if (name !== "pool") return objectOf(block, form);
    const { default_node_pool: pool = block[form] } = block[form];
    return { ...(isValues(pool) && pool), cluster: clusterOf(block, stack!)?.[form] };
  };
  return { before: valuesOf(before, plan.before), after: valuesOf(after, plan.after) };
}

function textOf(rule: Rule, { verdict }: PlannedResource, company: readonly string[], both: BothSides) {
  const isLate = rule.isRefused && rule.at !== "plan" && verdict === "replace";
  const says = `${rule.says}${isLate ? LATE : ""}`;
  return filled(says.replace("{with}", enumeratedFirst(company)), both);
}
