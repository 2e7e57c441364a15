import { Rule } from "../../validation/check";
import { LABEL_KEY, LABEL_VALUE } from "../../validation/names";

/** Input of the rules for a toleration. */
export interface TolerationRuleInput {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

const TAINTS = "kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration";
const OPERATORS = ["Equal", "Exists"];
const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

export const TOLERATION_RULES: readonly Rule<TolerationRuleInput>[] = [
  {
    when: ({ key }) => key !== undefined && !LABEL_KEY.test(key),
    message: ({ key }) => `key "${key}" of a toleration is not valid: write the key of a taint`,
    source: TAINTS,
  },
  {
    when: ({ value }) => value !== undefined && !LABEL_VALUE.test(value),
    message: ({ value }) => `value "${value}" of a toleration is not valid: write the value of a taint`,
    source: TAINTS,
  },
  {
    when: ({ operator }) => operator !== undefined && !OPERATORS.includes(operator),
    message: ({ operator }) => `operator "${operator}" of a toleration is not known: write Equal or Exists`,
    source: TAINTS,
  },
  {
    when: ({ effect }) => effect !== undefined && !EFFECTS.includes(effect),
    message: ({ effect }) =>
      `effect "${effect}" of a toleration is not known: write NoSchedule, PreferNoSchedule or NoExecute`,
    source: TAINTS,
  },
  {
    when: ({ key, operator }) => key === undefined && operator !== "Exists",
    message: ({ operator = "Equal" }) =>
      `a toleration of operator "${operator}" has no key: write a key or operator Exists`,
    source: TAINTS,
  },
  {
    when: ({ operator, value }) => operator === "Exists" && value !== undefined,
    message: ({ value }) => `value "${value}" does not go with operator Exists of a toleration: leave it out`,
    source: TAINTS,
  },
  {
    when: ({ tolerationSeconds, effect }) => tolerationSeconds !== undefined && effect !== "NoExecute",
    message: ({ tolerationSeconds }) =>
      `tolerationSeconds ${tolerationSeconds} are only for effect NoExecute: write it or leave them out`,
    source: TAINTS,
  },
];
