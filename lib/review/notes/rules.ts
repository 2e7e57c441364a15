import { brokenClusterRules, brokenNodePoolRules } from "../../cluster/rules/written-rules";
import { factsIn } from "../../provider-schemas";
import { checkSchemas } from "../../schema-check";
import { BothSides, Condition, holds, valueAt } from "../facts/conditions";
import { CLUSTER, KATA_RUNTIMES, NODE_POOL } from "../facts/resource-types";
import { isValues, stable, Unknown, Values } from "../model/value";
import type { PlannedResource, StackPlan, Verdict } from "../plan/verdict";
import { Block, clusterOf, objectOf, Stack } from "../stack";
import { code, enumerated, filled, inOneLine } from "./text";

/** A note with its condition: a row of `schemas/review-notes.json`, which says what each part means. */
interface Rule extends Condition {
  readonly of: string;
  readonly refusedAt?: "plan" | "apply";
  readonly verdict?: readonly Verdict[];
  readonly changes?: readonly string[];
  readonly with?: Condition & { readonly of: string };
  readonly says: string;
}

const isUnknown = (value: unknown) => value instanceof Unknown;

/** Notes on losses, settings, refusals and regressions, by the rows of the table. */
export function ruleNotes(resource: PlannedResource, plan: StackPlan, plans: readonly StackPlan[]): string[] {
  const { rows } = factsIn<{ rows: readonly Rule[] }>("review-notes.json");
  const bothOf = (name: string, form: "values" | "written"): BothSides => ({
    before: valuesOf(name, form, resource.before, plan.before),
    after: valuesOf(name, form, resource.after, plan.after),
  });
  return namesOf(resource.block).flatMap((name) => {
    const both = bothOf(name, "values");
    const told = rows.filter((rule) => rule.of === name && applies(rule, resource, both));
    return told.flatMap((rule) => {
      const company = companyOf(rule, resource.before ? both.before : both.after, plans);
      if (company.length === 0) return [];
      const says = rule.says.replace("{with}", () => enumerated(company, 800)) + late(resource, rule.refusedAt);
      return filled(says, bothOf(name, "written")) ?? [];
    });
  });
}

function late({ verdict }: PlannedResource, refusedAt?: "plan" | "apply"): string {
  return verdict === "replace" && refusedAt === "apply" ? " (the old one may be destroyed by then)" : "";
}

function namesOf({ kind, type, objectKind, written }: Block): string[] {
  // The isolation check is told by what it compares.
  const isCheck = objectKind === "Job" && JSON.stringify(written).includes("kernel_version");
  const own = isCheck ? "isolation check" : `${kind === "data" ? "data." : ""}${String(objectKind ?? type)}`;
  return ["resource", own, ...(type === CLUSTER || type === NODE_POOL ? ["pool"] : [])];
}

function valuesOf(name: string, form: "values" | "written", block?: Block, stack?: Stack): Values {
  if (!block || !stack) return {};
  const values: Values = { ...objectOf(block, form), prevent_destroy: block.preventDestroy, stack: stack.name };
  const { default_node_pool: pool = values } = values;
  return name === "pool" ? { ...(isValues(pool) && pool), cluster: clusterOf(block, stack)?.[form] } : values;
}

function applies(rule: Rule, resource: PlannedResource, both: BothSides): boolean {
  const { before, after, verdict, arguments: changed } = resource;
  // What is made anew is not refused for what it was.
  const isAnew = !before || (rule.refusedAt !== undefined && verdict === "replace");
  const was = isAnew ? {} : both.before;
  const isChanged = (path: string) => {
    const [old, next] = [was, both.after].map((values) => valueAt(values, path));
    return ![old, next].some(isUnknown) && stable(old) !== stable(next) && !after?.ignores(path);
  };
  if (!holds(rule, { before: was, after: both.after }) || rule.changes?.some(isChanged) === false) return false;
  const isAtWorst = (one: Verdict) => verdict === "unknown" && changed.some(({ atWorst }) => atWorst === one);
  if (rule.verdict) return rule.verdict.some((one) => one === verdict || isAtWorst(one));
  // Arguments of a resource that does not change may be ignored.
  if (!after || (!rule.refusedAt && (!before || verdict === "none"))) return false;
  return isAnew || rule.changes !== undefined || !holds(rule, { before: was, after: was });
}

/** Words for what a rule wants a resource to be with, or for nothing if it wants nothing. */
function companyOf({ with: wanted }: Rule, before: Values, plans: readonly StackPlan[]): string[] {
  if (!wanted) return [""];
  return plans.flatMap(({ name, before: old, after: next }) => {
    const stayed = [...(old?.blocks.values() ?? [])].filter(({ address }) => next?.blocks.has(address));
    const meant = stayed.filter((block) => namesOf(block).includes(wanted.of));
    const those = meant.filter((block) => holds(wanted, { before, after: valuesOf(wanted.of, "values", block, old) }));
    return those.map(({ address }) => `${code(address)} in ${code(name)}`);
  });
}

/** Notes on the rules that constructs are held to, too, and that a resource breaks and did not break before. */
export function brokenRules(resource: PlannedResource, plan: StackPlan): string[] {
  const next = rulesBrokenBy(resource.after, plan.after);
  const old = next.length > 0 ? rulesBrokenBy(resource.before, plan.before).map(({ message }) => message) : [];
  const broken = next.filter(({ message }) => !old.includes(message));
  return broken.map(({ message, warns, refusedAt }) => {
    const text = inNamesOf(resource.block.table, message);
    return warns ? text : `azurerm or AKS refuses it: ${text}${late(resource, refusedAt ?? "apply")}`;
  });
}

/** The rules that a resource breaks as it is written, so that none quotes a secret. */
function rulesBrokenBy(block?: Block, stack?: Stack) {
  if (!block?.table.version || "dynamic" in block.written) return [];
  const reader = { azurermMajor: parseInt(block.table.version), isUnknown };
  if (block.type === CLUSTER) return brokenClusterRules(block.written, reader);
  if (block.type !== NODE_POOL) return [];
  const isKata = KATA_RUNTIMES.includes(block.values.workload_runtime);
  return brokenNodePoolRules(block.written, { ...reader, isKata, cluster: clusterOf(block, stack!)?.written });
}

/** A sentence of a rule with arguments as a configuration writes them, not the bindings; what is quoted is a value. */
export function inNamesOf({ byPath }: Block["table"], sentence: string): string {
  return sentence.replaceAll(/"[^"]*"|\b[a-z]\w*(?:\.[a-z]\w*)*/g, (text) => {
    if (!/^[a-z].*[A-Z]/.test(text)) return text === "undefined" ? "nothing" : text;
    const path = text.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return code((byPath.get(path) ?? byPath.get(`default_node_pool.${path}`))?.written ?? path);
  });
}

/** Notes on misfits with the schema; a value is told only where it is one of a closed set, and so no secret. */
export function schemaNotes({ before, after: block, verdict }: PlannedResource, { after: stack }: StackPlan): string[] {
  if (!block?.table.version || (verdict === "none" && before?.table === block.table)) return [];
  const required_providers = { [block.type.split("_")[0]]: { version: block.table.version } };
  const resource = { [block.type]: { it: JSON.parse(JSON.stringify(block.body)) } };
  const { failures } = checkSchemas({ terraform: { required_providers }, resource }, stack!.language);
  return failures.map(({ path, expected, isClosed, value }) => {
    const got = isClosed ? `, not ${inOneLine(value)}` : "";
    return `the provider refuses ${path ? code(path) : "it"}: it takes ${expected}${got}`;
  });
}
