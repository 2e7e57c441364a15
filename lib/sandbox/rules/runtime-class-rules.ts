import { PodSandboxing } from "../../pod-sandboxing";
import { Rule } from "../../validation/check";
import { DNS_SUBDOMAIN, LABEL_KEY } from "../../validation/names";
import { bytes, isPositive, MOST_CPUS } from "../../validation/quantity";
import { PodOverhead } from "../pod-overhead";
import { POD_SIZES } from "./sources";

/** Input of the rules for a runtime class. */
export interface RuntimeClassRuleInput {
  readonly name: string;
  readonly podMemory?: string;
  readonly cpuOverhead?: string;
  readonly scheduling: boolean;
  readonly annotations?: { readonly [name: string]: string };
  /** Number of the node pools that the class is bound to, if it is. */
  readonly nodePools?: number;
  /** Number of the class's own tolerations. */
  readonly tolerations: number;
  /** Names of the other classes that sandbox stacks of the cluster have. */
  readonly namesInUse: readonly string[];
  /** Pools that the class is bound to and the cluster does not have. */
  readonly foreignPools: readonly string[];
  /** A pool that the class is bound to more than once. */
  readonly poolNamedTwice?: string;
  /** Pools that the class is bound to and whose name is known only after apply. */
  readonly poolsWithoutName: readonly string[];
}

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
    message: ({ name }) => `RuntimeClass name "${name}" is already in use on this cluster: choose another one`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/names",
  },
  {
    when: ({ annotations = {} }) => badKey(annotations) !== undefined,
    message: ({ annotations = {} }) =>
      `annotation "${badKey(annotations)}" is not valid: write a name of at most 63 characters, with a prefix such as example.com/ or without`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/annotations",
  },
  {
    when: ({ nodePools }) => nodePools === 0,
    message: () =>
      "nodePools is empty, so no pod of the class would be scheduled: name a node pool or leave it out for all",
    source: "kubernetes.io/docs/concepts/containers/runtime-class, scheduling",
  },
  {
    when: ({ scheduling, nodePools = 0, tolerations }) => !scheduling && nodePools + tolerations > 0,
    message: ({ nodePools }) =>
      `scheduling false leaves out ${nodePools ? "nodePools" : "tolerations"}: leave out one of the two`,
    source: "kubernetes.io/docs/concepts/containers/runtime-class, scheduling",
  },
  {
    when: ({ foreignPools }) => foreignPools.length > 0,
    message: ({ foreignPools }) =>
      `node pool "${foreignPools[0]}" is not a kata node pool of the stack's cluster: add it with addKataNodePool or leave it out`,
    source: "MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md",
  },
  {
    when: ({ poolNamedTwice }) => poolNamedTwice !== undefined,
    message: ({ poolNamedTwice }) => `nodePools names node pool "${poolNamedTwice}" twice: write it once`,
    source: "kubernetes.io/docs/concepts/containers/runtime-class, scheduling",
  },
  {
    when: ({ poolsWithoutName }) => poolsWithoutName.length > 0,
    message: ({ poolsWithoutName }) =>
      `the name of node pool "${poolsWithoutName[0]}" is known only after apply, in another stack: write it as a plain string, because the class selects the pool by its name`,
    source: "lib/sandbox/sandbox-stack.ts, which takes nothing but plain strings from the cluster's stack",
  },
  {
    when: ({ nodePools = 0, name }) => nodePools > 1 && name.length > 63,
    message: ({ name }) =>
      `RuntimeClass name "${name}" is too long for the label of several node pools: use at most 63 characters`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/labels",
  },
  {
    when: ({ cpuOverhead }) => cpuOverhead !== undefined && !isPositive(cpuOverhead, Number.MIN_VALUE),
    message: ({ cpuOverhead }) => `cpuOverhead "${cpuOverhead}" is not a quantity: write one such as 250m`,
    source: "kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity",
  },
  {
    when: ({ cpuOverhead }) => cpuOverhead !== undefined && bytes(cpuOverhead)! > MOST_CPUS,
    message: ({ cpuOverhead }) => `cpuOverhead "${cpuOverhead}" is ${bytes(cpuOverhead!)} CPUs: write one such as 250m`,
    source: "kubernetes.io/docs/concepts/configuration/manage-resources-containers, CPU resource units",
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
  {
    when: ({ podMemory }) => podMemory === undefined,
    message: ({ name }) =>
      `runtime class "${name}" has no podMemory, so its pods have no overhead and their memory is not held: add podMemory: "1Gi" or another size`,
    source: POD_SIZES,
    warns: true,
  },
];

function badKey(annotations: { readonly [name: string]: string }): string | undefined {
  return Object.keys(annotations).find((key) => !LABEL_KEY.test(key));
}
