import { Rule } from "../../validation/check";
import type { IKataRuntimeClass } from "../i-kata-runtime-class";
import { IMAGE_RULE } from "./image-rule";
import { NAMESPACE_NAME_RULES, NamespaceNameRuleInput } from "./namespace-rules";

/** Input of the rules for an isolation check. */
export interface IsolationCheckRuleInput extends NamespaceNameRuleInput {
  readonly image?: string;
  /** Number of the classes that the check names, if it does. */
  readonly runtimeClasses?: number;
  /** A class that the check names and its stack does not have. */
  readonly foreignRuntimeClass?: IKataRuntimeClass;
  /** A class that the check names more than once. */
  readonly classNamedTwice?: IKataRuntimeClass;
}

const SOURCE = "lib/sandbox/isolation-check.ts, whose jobs are of the stack's classes";

export const ISOLATION_CHECK_RULES: readonly Rule<IsolationCheckRuleInput>[] = [
  ...NAMESPACE_NAME_RULES,
  IMAGE_RULE,
  {
    when: ({ runtimeClasses }) => runtimeClasses === 0,
    message: () => "runtimeClasses is empty, so nothing would be proved: name a class or leave it out for all",
    source: SOURCE,
  },
  {
    when: ({ foreignRuntimeClass }) => foreignRuntimeClass !== undefined,
    message: ({ foreignRuntimeClass }) =>
      `runtime class "${foreignRuntimeClass!.runtimeClassName}" is not in this stack: write what addRuntimeClass of this stack returned`,
    source: SOURCE,
  },
  {
    when: ({ classNamedTwice }) => classNamedTwice !== undefined,
    message: ({ classNamedTwice }) =>
      `runtimeClasses names "${classNamedTwice!.runtimeClassName}" twice: write it once`,
    source: SOURCE,
  },
];

/** Input of the rules for the jobs of an isolation check. */
export interface IsolationJobRuleInput {
  /** A pool whose name is known only after apply. */
  readonly poolWithoutName?: string;
}

export const ISOLATION_JOB_RULES: readonly Rule<IsolationJobRuleInput>[] = [
  {
    when: ({ poolWithoutName }) => poolWithoutName !== undefined,
    message: ({ poolWithoutName }) =>
      `the name of node pool "${poolWithoutName}" is known only after apply, in another stack: write it as a plain string, because the check selects the pool by its name`,
    source: "lib/sandbox/sandbox-stack.ts, which takes nothing but plain strings from the cluster's stack",
  },
];
