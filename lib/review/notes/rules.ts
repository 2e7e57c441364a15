import { factsIn } from "../../provider-schemas";
import { Condition, holds, valueAt } from "../facts/conditions";
import { CLUSTER, NODE_POOL } from "../facts/resource-types";
import { ignores } from "../model/stack";
import { isKnown, stable, Values } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, poolOf, Side } from "../plan/side";
import type { Verdict } from "../plan/verdict";
import { objectOf, sideOf, sidesIn } from "./objects";
import { filled, Notes } from "./text";

/** A note with its condition: a row of `schemas/review-notes.json`, which says what each part means. */
interface Rule extends Condition {
  readonly of: string;
  readonly isRefused?: boolean;
  readonly majors?: readonly number[];
  readonly at?: "plan";
  readonly verdict?: Verdict;
  readonly changes?: readonly string[];
  readonly beside?: string;
  readonly says: string;
}

/** Notes on refusals by a provider, Azure or Kubernetes, or on regressions, by the rows of the table. */
export const ruleNotes =
  (isRefused: boolean) =>
  (resource: PlannedResource, _: StackPlan, plans: readonly StackPlan[]): Notes => {
    const { rows } = factsIn<{ rows: readonly Rule[] }>("review-notes.json");
    const names = namesOf(sideOf(resource));
    const told = rows.filter((rule) => names.includes(rule.of) && (rule.isRefused ?? false) === isRefused);
    const says = told.filter((rule) => applies(rule, resource, plans)).map((rule) => textOf(rule, resource));
    return [...new Set(says)];
  };

/** Names of a resource in rules. */
function namesOf(side: Side): unknown[] {
  const { type } = side.block;
  const kind = kindOfSide(side);
  if (type === CLUSTER || type === NODE_POOL) return [type, "pool"];
  // The isolation check is told by what it compares.
  return kind === "Job" && JSON.stringify(side.written).includes("kernel_version") ? ["isolation check"] : [kind];
}

function applies(rule: Rule, resource: PlannedResource, plans: readonly StackPlan[]): boolean {
  const { verdict, majors, beside, changes } = rule;
  const { before, after } = resource;
  const isOnSides = after !== undefined && (before !== undefined || rule.isRefused === true);
  const isAtWorst = resource.verdict === "unknown" && resource.arguments.some(({ atWorst }) => atWorst === verdict);
  const values = bothOf(rule, resource, "values");
  return (
    (verdict ? verdict === resource.verdict || isAtWorst : isOnSides) &&
    (!majors || majors.includes(parseInt(after?.table.version ?? ""))) &&
    (!changes || changes.some((path) => isChanged(path, values) && !ignores(after!.block.ignoreChanges, path))) &&
    holds(rule, values) &&
    (!beside || plans.some((plan) => sidesIn(plan.after).some((side) => namesOf(side).includes(beside))))
  );
}

function isChanged(path: string, { before, after }: { readonly before: Values; readonly after: Values }): boolean {
  const [old, next] = [before, after].map((values) => valueAt(values, path));
  return isKnown([old, next]) && stable(old) !== stable(next);
}

function bothOf({ of }: Rule, { before, after }: PlannedResource, form: "values" | "written") {
  const valuesOf = (side: Side | undefined): Values => {
    if (!side) return {};
    if (of === "pool") return poolOf(side[form]);
    return kindOfSide(side) === undefined ? side[form] : objectOf(side, form);
  };
  return { before: valuesOf(before), after: valuesOf(after) };
}

function textOf(rule: Rule, resource: PlannedResource): string {
  const { before, after } = bothOf(rule, resource, "written");
  const isLate = rule.isRefused && rule.at !== "plan" && resource.verdict === "replace";
  return `${filled(rule.says, before, after)}${isLate ? " (after it has destroyed the old one)" : ""}`;
}
