import { factsIn } from "../../provider-schemas";
import { BothSides, Condition, holds, valueAt } from "../facts/conditions";
import { CLUSTER, NODE_POOL } from "../facts/resource-types";
import { ignores } from "../model/stack";
import { isKnown, stable, Values } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, poolOf, Side, StackSide } from "../plan/side";
import type { Verdict } from "../plan/verdict";
import { clusterOf, objectOf, sideOf } from "./objects";
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
  const notes = namesOf(sideOf(resource)).flatMap((name) => {
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
function namesOf(side: Side): string[] {
  const { type, kind: blockKind } = side.block;
  if (blockKind === "data") return [`data.${type}`];
  if (type === CLUSTER || type === NODE_POOL) return ["resource", type, "pool"];
  const kind = kindOfSide(side);
  // The isolation check is told by what it compares.
  const isCheck = kind === "Job" && JSON.stringify(side.written).includes("kernel_version");
  return ["resource", isCheck ? "isolation check" : String(kind ?? type)];
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

function isSo({ majors, changes, ...condition }: Rule, { after: side }: PlannedResource, both: BothSides): boolean {
  const isChanged = (path: string) => {
    const [old, next] = [both.before, both.after].map((values) => valueAt(values, path));
    return isKnown([old, next]) && stable(old) !== stable(next) && !ignores(side?.block.ignoreChanges ?? [], path);
  };
  return (
    (!majors || majors.includes(parseInt(side?.table.version ?? ""))) &&
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
    const blocks = [...(other.before?.stack.blocks.values() ?? [])];
    const stayed = blocks.filter(({ address }) => other.after?.stack.blocks.has(address));
    return stayed.flatMap((block) => {
      const side = other.before!.sideOf(block);
      const isMeant = of === undefined || namesOf(side).includes(of);
      const isIt = isMeant && holds(condition, { before, after: objectOf(side, "values") });
      return isIt ? [`${code(block.address)} in ${code(other.name)}`] : [];
    });
  });
}

/** The values that rules of a name look at. */
function bothOf(name: string, { before, after }: PlannedResource, plan: StackPlan, form: "values" | "written") {
  const valuesOf = (side: Side | undefined, stack: StackSide | undefined): Values => {
    if (!side) return {};
    if (name === "resource") return { prevent_destroy: side.block.preventDestroy };
    if (name === "pool") return { ...poolOf(side[form]), cluster: clusterOf(side, stack!)?.[form] };
    return objectOf(side, form);
  };
  return { before: valuesOf(before, plan.before), after: valuesOf(after, plan.after) };
}

function textOf(rule: Rule, { verdict }: PlannedResource, company: readonly string[], both: BothSides) {
  const isLate = rule.isRefused && rule.at !== "plan" && verdict === "replace";
  const says = `${rule.says}${isLate ? LATE : ""}`;
  return filled(says.replace("{with}", enumeratedFirst(company)), both);
}
