import { Rule } from "../../validation/check";
import { DNS_LABEL } from "../../validation/names";

/** Input of the rules for an isolation check. */
export interface IsolationCheckRuleInput {
  readonly name: string;
  readonly runtimeClass: string;
  /** The one class that the namespace's pods may use, if it names one. */
  readonly namespaceRuntimeClass?: string;
}

export const ISOLATION_CHECK_RULES: readonly Rule<IsolationCheckRuleInput>[] = [
  {
    when: ({ name }) => !DNS_LABEL.test(name),
    message: ({ name }) => `job name "${name}" is not valid: use an id of lowercase letters, digits and hyphens`,
    source: "kubernetes.io/docs/concepts/workloads/controllers/job",
  },
  {
    when: ({ runtimeClass, namespaceRuntimeClass }) =>
      namespaceRuntimeClass !== undefined && namespaceRuntimeClass !== runtimeClass,
    message: ({ runtimeClass, namespaceRuntimeClass }) =>
      `the namespace admits only runtime class "${namespaceRuntimeClass}", not "${runtimeClass}": check that one or use another namespace`,
    source: "lib/sandbox/policy/sandbox-policy.ts, which denies pods of other classes",
  },
];
