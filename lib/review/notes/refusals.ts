import { brokenClusterRules, brokenNodePoolRules } from "../../cluster/rules/written-rules";
import { checkSchemas } from "../../schema-check";
import type { BrokenRule } from "../../validation/rule";
import type { ArgumentTable } from "../facts/arguments";
import { CLUSTER, NODE_POOL } from "../facts/resource-types";
import { KATA_RUNTIMES } from "../facts/sandboxing";
import { Unknown } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import type { Block } from "../stack/block";
import type { Stack } from "../stack/stack";
import { clusterOf } from "./objects";
import { code, inOneLine, Notes } from "./text";

/** Notes on the rules that constructs are held to, too, and that a resource breaks and did not break before. */
export function brokenRules({ before, after, verdict }: PlannedResource, plan: StackPlan): Notes {
  const next = rulesBrokenBy(after, plan.after);
  const old = next.length > 0 ? rulesBrokenBy(before, plan.before).map(({ message }) => message) : [];
  const broken = next.filter(({ message }) => !old.includes(message));
  return broken.map(({ message, warns, refusedAt }) => {
    const text = inNamesOf(after!.table, message);
    const isLate = verdict === "replace" && refusedAt !== "plan";
    return warns ? text : `azurerm or AKS refuses it: ${text}${isLate ? LATE : ""}`;
  });
}

/** Said of a refusal at apply of what is replaced. */
export const LATE = " (the old one may be destroyed by then)";

/** The rules that a resource breaks as it is written, so that none quotes a secret. */
function rulesBrokenBy(block: Block | undefined, stack: Stack | undefined): BrokenRule[] {
  if (block?.table.version === undefined || block.kind !== "resource" || "dynamic" in block.written) return [];
  const { table, written, values } = block;
  const reader = { azurermMajor: parseInt(table.version!), isUnknown: (value: unknown) => value instanceof Unknown };
  if (block.type === CLUSTER) return brokenClusterRules(written, reader);
  if (block.type !== NODE_POOL) return [];
  const isKata = KATA_RUNTIMES.includes(values.workload_runtime);
  return brokenNodePoolRules(written, { ...reader, isKata, cluster: clusterOf(block, stack!)?.written });
}

/** A sentence of a rule with arguments as a configuration writes them, not the bindings; what is quoted is a value. */
export function inNamesOf({ byPath }: ArgumentTable, sentence: string): string {
  return sentence.replaceAll(/"[^"]*"|\b[a-z]\w*(?:\.[a-z]\w*)*/g, (text) => {
    if (text === "undefined") return "nothing";
    if (text.startsWith('"') || !/[A-Z]/.test(text)) return text;
    const path = text.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return code((byPath.get(path) ?? byPath.get(`default_node_pool.${path}`))?.written ?? path);
  });
}

/** Notes on misfits of a stack with the schema; a value is told only where it is one of a closed set, and so no secret. */
export function schemaNotes({ after: stack, resources }: StackPlan): (resource: PlannedResource) => Notes {
  const judged = resources.filter(({ before, after, verdict }) => {
    return after?.table.version !== undefined && (verdict !== "none" || before?.table !== after.table);
  });
  const addresses = new Set(judged.map(({ address }) => address));
  if (!stack || addresses.size === 0) return () => [];
  const { json, language } = stack;
  const failures = checkSchemas(json, language, (address) => addresses.has(address)).failures.filter(
    (one) => one.schema,
  );
  return (resource) =>
    failures
      .filter(({ address }) => address === resource.address)
      .map(({ path, expected, isClosed, value }) => {
        const got = isClosed ? `, not ${inOneLine(value)}` : "";
        return `the provider refuses ${path === "" ? "it" : code(path)}: it takes ${expected}${got}`;
      });
}
