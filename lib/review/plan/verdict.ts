import type { Change } from "../../provider-schemas";
import type { Argument } from "../facts/arguments";
import type { Value } from "../model/value";

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
  /** Verdict of this argument alone. */
  readonly effect: Verdict;
  /** Change that it would be if the values differ, where that is known only after apply. */
  readonly atWorst?: Change;
  /** True if a plan says that its values are a secret. */
  readonly isSensitive?: boolean;
}

/** Returns the verdict of a resource by one argument: what is known only after apply is an update if it cannot be worse. */
export function contribution({ effect, atWorst }: ChangedArgument): Verdict {
  return effect === "unknown" && atWorst === "update" ? "update" : effect;
}

/** The arguments that mean most first. */
export function worstFirst(changed: readonly ChangedArgument[]): ChangedArgument[] {
  const rankOf = (change: ChangedArgument) => VERDICTS.indexOf(contribution(change));
  return [...changed].sort((a, b) => rankOf(a) - rankOf(b));
}

/** The worst of several, `none` if there are none. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? "none";
}
