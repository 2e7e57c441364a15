import { Rule } from "../../validation/check";
import { DNS_LABEL } from "../../validation/names";
import { bytes, isPositive } from "../../validation/quantity";
import { isUnresolved } from "../../validation/unresolved";
import { SYSTEM_NAMESPACES } from "../system-namespaces";

/** Input of the rules for a sandboxed namespace. */
export interface NamespaceRuleInput {
  readonly name: string;
  readonly runtimeClass?: string;
  readonly isKnownRuntimeClass: boolean;
  readonly podMemory?: string;
  readonly containerMemory: string;
  readonly containerCpu: string;
  readonly quota?: { readonly [resource: string]: string };
  readonly networkPolicy?: string;
  /** Names of the stack's other namespaces. */
  readonly namesInUse: readonly string[];
}

const POD_SIZES = "MicrosoftDocs/azure-aks-docs, articles/aks/considerations-pod-sandboxing.md";

export const NAMESPACE_RULES: readonly Rule<NamespaceRuleInput>[] = [
  {
    when: ({ name }) => !DNS_LABEL.test(name),
    message: ({ name }) =>
      `namespace name "${name}" is not valid: use 1 to 63 lowercase letters, digits and hyphens with a letter or digit at both ends`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/names",
  },
  {
    when: ({ name }) => SYSTEM_NAMESPACES.includes(name) || name.startsWith("kube-"),
    message: ({ name }) => `namespace "${name}" belongs to the cluster itself: use a namespace of your own`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/namespaces; learn.microsoft.com/azure/aks/faq",
  },
  {
    when: ({ name, namesInUse }) => namesInUse.includes(name),
    message: ({ name }) => `namespace "${name}" is already in this stack: choose another name`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/names",
  },
  {
    when: ({ runtimeClass, isKnownRuntimeClass }) => runtimeClass !== undefined && !isKnownRuntimeClass,
    message: ({ runtimeClass }) =>
      `runtime class "${runtimeClass}" is not in this stack: add it with addRuntimeClass before the namespace`,
    source: "lib/sandbox/policy/sandbox-policy.ts, which denies pods of other classes",
  },
  quantityRule("containerMemory", "256Mi"),
  quantityRule("containerCpu", "500m"),
  {
    when: ({ podMemory, containerMemory }) => podMemory !== undefined && bytes(containerMemory)! > bytes(podMemory)!,
    message: ({ containerMemory, podMemory, runtimeClass }) =>
      `containerMemory "${containerMemory}" is more than the ${podMemory} of runtime class "${runtimeClass}": lower it`,
    source: POD_SIZES,
  },
  {
    when: ({ quota = {} }) =>
      Object.values(quota).some((quantity) => !isUnresolved(quantity) && !isPositive(quantity, 0)),
    message: ({ quota = {} }) =>
      `quota ${JSON.stringify(quota)} has a value that is no quantity: write ones such as 20, 500m or 16Gi`,
    source: "kubernetes.io/docs/concepts/policy/resource-quotas",
  },
  {
    when: ({ networkPolicy }) => networkPolicy === undefined,
    message: ({ name }) =>
      `the cluster has no engine for network policies, so Kubernetes ignores those of namespace "${name}": ` +
      'add networkProfile: { networkPlugin: "azure", networkPolicy: "cilium", … } or another engine',
    source: "kubernetes.io/docs/concepts/services-networking/network-policies, prerequisites",
    warns: true,
  },
];

function quantityRule(argument: "containerMemory" | "containerCpu", example: string): Rule<NamespaceRuleInput> {
  return {
    when: (namespace) => !isPositive(namespace[argument], Number.MIN_VALUE),
    message: (namespace) => `${argument} "${namespace[argument]}" is not a quantity: write one such as ${example}`,
    source: "kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity",
  };
}
