import type { Change } from "../provider-schemas";
import type { Argument } from "./argument-table";
import type { Json } from "./json";

/** What happens to a resource, the worst first. */
export const VERDICTS = ["destroy", "replace", "rotate", "unknown", "update", "create", "none"] as const;
/** One of `VERDICTS`. */
export type Verdict = (typeof VERDICTS)[number];

/** An argument whose values differ, or of which only Terraform can tell whether they do. */
export interface ChangedArgument {
  /** In the names of the provider version that is there after the change. */
  readonly path: string;
  readonly argument?: Argument;
  /** `undefined` where nothing is written. */
  readonly before: Json;
  readonly after: Json;
  /** What it does by itself. */
  readonly effect: Verdict;
  /** What it would do if the values differ, where that is known only at apply. */
  readonly atWorst?: Change;
}

/** What one argument means for the whole resource: what is known only at apply is an update if it cannot be worse. */
export function contribution({ effect, atWorst }: ChangedArgument): Verdict {
  return effect === "unknown" && atWorst === "update" ? "update" : effect;
}

/** The worst of several, `none` if there are none. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? "none";
}
