import { PodSandboxing } from "../../pod-sandboxing";
import { Rule } from "../../validation/check";
import { DNS_SUBDOMAIN } from "../../validation/names";
import { bytes, isPositive } from "../../validation/quantity";
import { PodOverhead } from "../pod-overhead";

/** Input of the rules for a runtime class. */
export interface RuntimeClassRuleInput {
  readonly name: string;
  readonly podMemory?: string;
  readonly cpuOverhead?: string;
  /** Names of the stack's other classes. */
  readonly namesInUse: readonly string[];
  /** Pools that the class is bound to and the cluster does not have. */
  readonly foreignPools: readonly string[];
}

const POD_SIZES = "MicrosoftDocs/azure-aks-docs, articles/aks/considerations-pod-sandboxing.md";

export const RUNTIME_CLASS_RULES: readonly Rule<RuntimeClassRuleInput>[] = [
  {
    when: ({ name }) => PodSandboxing.RESERVED_RUNTIME_CLASSES.includes(name),
    message: ({ name }) =>
      `RuntimeClass name "${name}" belongs to AKS, which reverts changes to its classes: use a name of your own`,
    source: "kubernetes-sigs/agent-sandbox, examples/kata-aks-sandbox/README.md; Azure/AKS issue 3781",
  },
  {
    when: ({ name }) => !DNS_SUBDOMAIN.test(name),
    message: ({ name }) =>
      `RuntimeClass name "${name}" is not valid: use lowercase letters, digits, hyphens and dots with a letter or digit at both ends`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/names",
  },
  {
    when: ({ name, namesInUse }) => namesInUse.includes(name),
    message: ({ name }) => `RuntimeClass name "${name}" is already in use in this stack: choose another one`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/names",
  },
  {
    when: ({ foreignPools }) => foreignPools.length > 0,
    message: ({ foreignPools }) =>
      `node pool "${foreignPools[0]}" is not a kata node pool of the stack's cluster: add it with addKataNodePool or leave it out`,
    source: "MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md",
  },
  {
    when: ({ cpuOverhead }) => cpuOverhead !== undefined && !isPositive(cpuOverhead, Number.MIN_VALUE),
    message: ({ cpuOverhead }) => `cpuOverhead "${cpuOverhead}" is not a quantity: write one such as 250m`,
    source: "kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity",
  },
  {
    when: ({ podMemory }) => podMemory !== undefined && bytes(podMemory) === undefined,
    message: ({ podMemory }) => `podMemory "${podMemory}" is not a quantity of memory: write one such as 512Mi or 4Gi`,
    source: "kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity",
  },
  {
    when: ({ podMemory }) => podMemory !== undefined && bytes(podMemory)! < bytes(PodOverhead.SMALLEST_POD)!,
    message: ({ podMemory }) =>
      `podMemory "${podMemory}" is too small for a pod's VM: use ${PodOverhead.SMALLEST_POD} or more`,
    source: POD_SIZES,
  },
  {
    when: ({ podMemory }) => podMemory !== undefined && bytes(podMemory)! > bytes(PodOverhead.LARGEST_POD)!,
    message: ({ podMemory }) =>
      `podMemory "${podMemory}" is beyond Microsoft's table of overheads: use ${PodOverhead.LARGEST_POD} or less`,
    source: POD_SIZES,
  },
];
