import type { Rule } from "../../validation/rule";

interface Timed {
  readonly timeouts?: { readonly [operation: string]: string | undefined };
}

/** Durations as Go writes them. */
const DURATION = /^(\d+(\.\d+)?(h|m|s|ms|us|µs|ns))+$/;

/** Timeouts that Terraform refuses. */
export const TIMEOUT_RULES: readonly Rule<Timed>[] = [
  {
    when: ({ timeouts = {} }) => malformed(timeouts) !== undefined,
    message: ({ timeouts = {} }) => {
      const operation = malformed(timeouts)!;
      return `timeouts.${operation} "${timeouts[operation]}" is not a duration: write one such as 90m`;
    },
    source: "developer.hashicorp.com/terraform/language/resources/syntax, operation timeouts",
  },
];

function malformed(timeouts: NonNullable<Timed["timeouts"]>): string | undefined {
  return Object.keys(timeouts).find((operation) => !DURATION.test(timeouts[operation] ?? "0s"));
}
