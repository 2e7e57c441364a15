import { Rule } from "../../validation/check";
import { bytes } from "../../validation/quantity";
import { POD_SECURITY_LEVEL } from "../restricted-namespace";
import { POD_SIZES } from "./sources";

/** Input of the rules for a runtime class when everything is declared. */
export interface DeclaredClassRuleInput {
  readonly name: string;
  /** True if the cluster has, or can have, a kata node pool. */
  readonly canHaveNodes: boolean;
}

export const DECLARED_CLASS_RULES: readonly Rule<DeclaredClassRuleInput>[] = [
  {
    when: ({ canHaveNodes }) => !canHaveNodes,
    message: ({ name }) =>
      `runtime class "${name}" has no node to run on, because the cluster has no kata node pool: add one with addKataNodePool`,
    source: "MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md",
  },
];

/** Input of the rules for a sandboxed namespace when everything is declared. */
export interface DeclaredNamespaceRuleInput {
  readonly name: string;
  readonly containerMemory: string;
  /** Level of Pod Security as it is written. */
  readonly podSecurity?: string;
  readonly admitsBuiltInClass: boolean;
  /** podMemory of each class of the stack. */
  readonly podMemories: readonly (string | undefined)[];
  /** Number of isolation checks in the stack. */
  readonly checks: number;
}

export const DECLARED_NAMESPACE_RULES: readonly Rule<DeclaredNamespaceRuleInput>[] = [
  {
    when: ({ podMemories, admitsBuiltInClass }) => podMemories.length === 0 && !admitsBuiltInClass,
    message: ({ name }) =>
      `namespace "${name}" admits no pod, because the stack has no runtime class: add one with addRuntimeClass`,
    source: "lib/sandbox/policy/sandbox-policy.ts, which denies pods of other classes",
  },
  {
    when: ({ podMemories, admitsBuiltInClass, containerMemory }) =>
      !admitsBuiltInClass &&
      podMemories.every((podMemory) => podMemory !== undefined && bytes(podMemory)! < bytes(containerMemory)!),
    message: ({ containerMemory }) =>
      `containerMemory "${containerMemory}" is more than every runtime class has: lower it or add a larger class`,
    source: POD_SIZES,
  },
  {
    when: ({ podSecurity }) => podSecurity !== POD_SECURITY_LEVEL,
    message: ({ name, podSecurity = "not set" }) =>
      `Pod Security of namespace "${name}" is ${podSecurity}: leave it at ${POD_SECURITY_LEVEL}`,
    source: "kubernetes.io/docs/concepts/security/pod-security-standards",
  },
  {
    when: ({ checks }) => checks === 0,
    message: ({ name }) =>
      `namespace "${name}" is opened before isolation is proved: add sandbox.addIsolationCheck("isolation")`,
    source: "lib/sandbox/isolation-check.ts, before which no tenant's namespace is created",
    warns: true,
  },
];

/** Input of the rules for an isolation check when everything is declared. */
export interface DeclaredCheckRuleInput {
  /** Number of classes in the stack. */
  readonly runtimeClasses: number;
}

export const DECLARED_CHECK_RULES: readonly Rule<DeclaredCheckRuleInput>[] = [
  {
    when: ({ runtimeClasses }) => runtimeClasses === 0,
    message: () => "there is no runtime class to put to the test: add one with addRuntimeClass",
    source: "lib/sandbox/isolation-check.ts, whose jobs are of the stack's classes",
  },
];
