import type { Change } from "../../provider-schemas";
import type { Argument } from "../facts/arguments";
import type { Value } from "../model/value";
import type { Block, Stack } from "../stack";

/** Verdicts on a resource, the worst first. */
export const VERDICTS = ["destroy", "replace", "rotate", "unknown", "update", "create", "none"] as const;
/** One of `VERDICTS`. */
export type Verdict = (typeof VERDICTS)[number];

/** An argument whose values differ, or of which only Terraform can tell whether they do. */
export interface ChangedArgument {
  /** In the names of the provider version that is there after the change. */
  readonly path: string;
  readonly argument?: Argument;
  /** `undefined` where nothing is written. */
  readonly before: Value;
  readonly after: Value;
  readonly effect: Verdict;
  /** Change that it would be if the values differ, where that is known only after apply. */
  readonly atWorst?: Change;
  /** True if a plan says that its values are a secret. */
  readonly isSensitive?: boolean;
}

/** Reason for a verdict beside the arguments of the resource itself. */
export interface Cause {
  readonly kind:
    "group" | "trigger" | "possible trigger" | "no stack" | "forgotten" | "imported" | "other type" | "moved in parts";
  /** The resource group or trigger. */
  readonly address?: string;
}

/** The plan of one resource, by its address after the change. */
export interface PlannedResource {
  readonly address: string;
  readonly before?: Block;
  readonly after?: Block;
  /** As it is after the change, or as it was if it goes. */
  readonly block: Block;
  readonly verdict: Verdict;
  readonly arguments: readonly ChangedArgument[];
  readonly cause?: Cause;
  readonly source: "text" | "plan";
}

export interface StackPlan {
  readonly name: string;
  readonly before?: Stack;
  readonly after?: Stack;
  readonly resources: readonly PlannedResource[];
}

/** Returns the verdict of a resource by one argument: what is known only after apply is an update if it cannot be worse. */
export function contribution({ effect, atWorst }: ChangedArgument): Verdict {
  return effect === "unknown" && atWorst === "update" ? "update" : effect;
}

export function worstFirst<Item>(items: readonly Item[], verdictOf: (item: Item) => Verdict): Item[] {
  return items.toSorted((a, b) => VERDICTS.indexOf(verdictOf(a)) - VERDICTS.indexOf(verdictOf(b)));
}

/** The worst of several, `none` if there are none. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? "none";
}
