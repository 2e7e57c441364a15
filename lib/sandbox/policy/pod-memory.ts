import { bytes } from "../../validation/quantity";
import type { IKataRuntimeClass } from "../i-kata-runtime-class";
import { PodOverhead } from "../pod-overhead";
import { celString, Validation, Variable } from "./cel";

const POD_SIZES = "MicrosoftDocs/azure-aks-docs, articles/aks/considerations-pod-sandboxing.md";

/** The memory in a list of limits, in bytes. */
const MEMORY_LIMIT = "'memory' in limits ? quantity(string(limits['memory'])).asApproximateFloat() : 0.0";

/**
 * The memory of a pod's VM: the limits of the containers and sidecars together, or, if it is more, of an init
 * container and the sidecars that were started before it; a limit of the whole pod replaces both.
 *
 * Source: kubernetes/kubernetes, staging/src/k8s.io/component-helpers/resource/helpers.go (PodLimits), which the
 * kubelet hands to the runtime as the sandbox's resources (pkg/kubelet/kuberuntime/kuberuntime_sandbox_linux.go), and
 * kata makes the VM from (kata-containers, src/runtime/pkg/oci/utils.go, CalculateSandboxSizing).
 */
const VM_MEMORY: readonly Variable[] = [
  { name: "containerMemory", expression: `variables.containerLimits.map(limits, ${MEMORY_LIMIT})` },
  { name: "initNames", expression: "variables.initContainers.map(c, c.name)" },
  { name: "initMemory", expression: `variables.initLimits.map(limits, ${MEMORY_LIMIT})` },
  {
    name: "sidecarNames",
    expression:
      "variables.initContainers.filter(c, has(c.restartPolicy) && c.restartPolicy == 'Always').map(c, c.name)",
  },
  {
    name: "sidecarMemory",
    expression: "variables.sidecarNames.map(s, variables.initMemory[variables.initNames.indexOf(s)])",
  },
  {
    name: "sidecarsBefore",
    expression:
      "variables.initNames.map(n, variables.sidecarNames.filter(s, variables.initNames.indexOf(s) < variables.initNames.indexOf(n)))",
  },
  {
    name: "sidecarMemoryBefore",
    expression:
      "variables.sidecarsBefore.map(names, ([0.0] + names.map(s, variables.initMemory[variables.initNames.indexOf(s)])).sum())",
  },
  {
    name: "memoryOfInits",
    expression:
      "variables.initNames.map(n, variables.initMemory[variables.initNames.indexOf(n)] + variables.sidecarMemoryBefore[variables.initNames.indexOf(n)])",
  },
  {
    name: "memoryOfContainers",
    expression: "([0.0] + variables.containerMemory + variables.sidecarMemory).sum()",
  },
  {
    name: "vmMemory",
    expression:
      "'memory' in variables.podLimits ? quantity(string(variables.podLimits['memory'])).asApproximateFloat() : ([variables.memoryOfContainers] + variables.memoryOfInits).max()",
  },
];

/** Returns the variables of a pod's size. */
export function memoryVariables(classes: readonly IKataRuntimeClass[]): Variable[] {
  const sized = classes.filter(({ podMemory }) => podMemory !== undefined);
  const sizes = sized.map(
    ({ runtimeClassName, podMemory }) => `${celString(runtimeClassName)}: ${bytes(podMemory!)!.toFixed(1)}`,
  );
  const quantities = sized.map(
    ({ runtimeClassName, podMemory }) => `${celString(runtimeClassName)}: ${celString(podMemory!)}`,
  );
  return [
    { name: "podMemory", expression: `{${quantities.join(", ")}}` },
    { name: "podMemoryBytes", expression: `{${sizes.join(", ")}}` },
    { name: "isSized", expression: "variables.runtimeClass in variables.podMemoryBytes" },
    {
      name: "hasMemoryLimits",
      expression: "'memory' in variables.podLimits || variables.allLimits.all(limits, 'memory' in limits)",
    },
    ...VM_MEMORY,
    ...["memory", "cpu"].flatMap(unequalVariables),
  ];
}

export const MEMORY_VALIDATIONS: readonly Validation[] = [
  {
    expression: "!variables.isSized || variables.hasMemoryLimits",
    message:
      "the memory limits of a pod are the size of its VM: write resources.limits.memory for every container, init containers included, or spec.resources.limits.memory for the pod",
    source: POD_SIZES,
  },
  {
    expression:
      "!variables.isSized || !variables.hasMemoryLimits || variables.vmMemory <= variables.podMemoryBytes[variables.runtimeClass]",
    messageExpression:
      "'the memory limits of the pod are more than the ' + variables.podMemory[variables.runtimeClass] + ' of runtime class ' + variables.runtimeClass + ': lower resources.limits.memory or use a larger class'",
    source: POD_SIZES,
  },
  {
    expression: `(variables.isSized ? !variables.hasMemoryLimits : variables.vmMemory == 0.0) || variables.vmMemory >= ${bytes(PodOverhead.SMALLEST_POD)!.toFixed(1)}`,
    message: `a VM of less than ${PodOverhead.SMALLEST_POD} gets another size than its limits say: write resources.limits.memory of ${PodOverhead.SMALLEST_POD} or more in all`,
    source: POD_SIZES,
  },
  {
    expression:
      "!(variables.allLimits + [variables.podLimits]).exists(limits, limits.exists(name, name.startsWith('hugepages-')))",
    message:
      "huge pages are memory of the node that the class does not count: remove hugepages- from resources, and use memory",
    source: "kubernetes.io/docs/tasks/manage-hugepages/scheduling-hugepages",
  },
  {
    expression: "variables.volumes.all(v, !has(v.emptyDir) || !has(v.emptyDir.medium) || v.emptyDir.medium == '')",
    message: "volumes in memory are memory of the node that the class does not count: remove emptyDir.medium",
    source: "kubernetes.io/docs/concepts/storage/volumes/#emptydir",
  },
  ...["memory", "cpu"].flatMap(equalValidations),
];

/** Containers whose request of a resource is not their limit; none where the whole pod has a limit of it. */
function unequalVariables(resource: string): Variable[] {
  const key = celString(resource);
  return [
    {
      name: `${resource}Requesters`,
      expression: `${key} in variables.podLimits ? [] : variables.allContainers.filter(c, has(c.resources) && has(c.resources.requests) && ${key} in c.resources.requests)`,
    },
    {
      name: `${resource}Unlimited`,
      expression: `variables.${resource}Requesters.filter(c, !has(c.resources.limits) || !(${key} in c.resources.limits))`,
    },
    {
      name: `${resource}Limited`,
      expression: `variables.${resource}Requesters.filter(c, has(c.resources.limits) && ${key} in c.resources.limits)`,
    },
    {
      name: `${resource}Unequal`,
      expression: `variables.${resource}Unlimited + variables.${resource}Limited.filter(c, ${differ("c.resources.requests", "c.resources.limits", key)})`,
    },
    {
      name: `${resource}OfPodIsUnequal`,
      expression: `${key} in variables.podLimits && ${key} in variables.podRequests && ${differ("variables.podRequests", "variables.podLimits", key)}`,
    },
  ];
}

function differ(requests: string, limits: string, key: string): string {
  return `quantity(string(${requests}[${key}])).compareTo(quantity(string(${limits}[${key}]))) != 0`;
}

/** A VM has its limits from the start, so a smaller request would let the scheduler put too many on a node. */
function equalValidations(resource: string): Validation[] {
  return [
    {
      expression: `variables.${resource}Unequal.size() == 0`,
      messageExpression: `'a VM takes the ${resource} of its limits from the start: write the same quantity in resources.requests.${resource} and resources.limits.${resource} of container ' + variables.${resource}Unequal[0].name`,
      source: POD_SIZES,
    },
    {
      expression: `!variables.${resource}OfPodIsUnequal`,
      message: `a VM takes the ${resource} of its limits from the start: write the same quantity in spec.resources.requests.${resource} and spec.resources.limits.${resource}`,
      source: POD_SIZES,
    },
  ];
}
