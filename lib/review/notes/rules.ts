import { factsIn } from "../../provider-schemas";
import { BothSides, Condition, holds } from "../facts/conditions";
import { CLUSTER, NODE_POOL } from "../facts/resource-types";
import { at } from "../model/value";
import type { PlannedResource } from "../plan/plan";
import { kindOfSide, poolOf, Side } from "../plan/side";
import type { Verdict } from "../plan/verdict";
import { inOneLine, Notes } from "./text";

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

const found = new Map<string, readonly Rule[]>();

function rulesOf(side: Side, isRefused: boolean): readonly Rule[] {
  const { type } = side.block;
  const kind = String(kindOfSide(side));
  const key = `${type} ${kind} ${isRefused}`;
  if (!found.has(key)) {
    const names = [type, type === CLUSTER || type === NODE_POOL ? "pool" : "", kind];
    const { rows } = factsIn<{ rows: readonly Rule[] }>("review-notes.json");
    const ofSide = rows.filter((rule) => names.includes(rule.of) && (rule.isRefused ?? false) === isRefused);
    found.set(
      key,
      ofSide.toSorted((a, b) => names.indexOf(a.of) - names.indexOf(b.of)),
    );
  }
  return found.get(key)!;
}

/** What a provider, Azure or Kubernetes will refuse of a change, or what holds people or pods less after it. */
export function ruleNotes(resource: PlannedResource, isRefused: boolean): Notes {
  if (!isRefused && !resource.before) return [];
  const says = rulesOf((resource.after ?? resource.before)!, isRefused)
    .filter((rule) => applies(rule, resource))
    .map((rule) => textOf(rule, resource));
  return [...new Set(says)];
}

function applies(rule: Rule, resource: PlannedResource): boolean {
  const { majors, changes, verdict, gone = false } = rule;
  const { before, after, arguments: changed } = resource;
  const isChange = ({ path, effect }: (typeof changed)[number]) =>
    effect !== "none" &&
    [changes, `${changes}.`, `${changes}[`].some((start, i) => (i === 0 ? path === start : path.startsWith(start!)));
  return (
    gone === !after &&
    (verdict === undefined || verdict === resource.verdict) &&
    (!majors || majors.includes(parseInt(after?.table.version ?? ""))) &&
    (changes === undefined || (before !== undefined && changed.some(isChange))) &&
    holds(rule, valuesOf(rule, resource, "values"))
  );
}

function valuesOf({ of }: Rule, { before, after }: PlannedResource, form: "values" | "written"): BothSides {
  const [old, next] = [before, after].map((side) => side?.[form] ?? {});
  return of === "pool" ? { before: poolOf(old), after: poolOf(next) } : { before: old, after: next };
}

function textOf(rule: Rule, resource: PlannedResource): string {
  const { after } = valuesOf(rule, resource, "written");
  const text = rule.says.replaceAll(/\{([\w.]+)\}/g, (_, path: string) => inOneLine(at(after, ...path.split("."))));
  const isLate = rule.isRefused && rule.at !== "plan" && resource.verdict === "replace";
  return isLate ? `${text} (after it has destroyed the old one)` : text;
}
