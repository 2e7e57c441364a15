import { bytes } from "../../validation/quantity";
import type { IKataRuntimeClass } from "../i-kata-runtime-class";
import { PodOverhead } from "../pod-overhead";
import { celString, Validation, Variable } from "./cel";
import { POD_SIZES } from "../rules/sources";

/**
 * The memory of a pod's VM, in bytes, and its CPUs: the limits of the containers and sidecars together, or, if it is
 * more, of an init container and the sidecars that were started before it; a limit of the whole pod replaces both.
 *
 * Source: kubernetes/kubernetes, staging/src/k8s.io/component-helpers/resource/helpers.go (PodLimits), which the
 * kubelet hands to the runtime as the sandbox's resources (pkg/kubelet/kuberuntime/kuberuntime_sandbox_linux.go), and
 * kata makes the VM from (kata-containers, src/runtime/pkg/oci/utils.go, CalculateSandboxSizing).
 */
const VM_SIZE: readonly Variable[] = [
  { name: "initNames", expression: "variables.initContainers.map(c, c.name)" },
  {
    name: "sidecarNames",
    expression:
      "variables.initContainers.filter(c, has(c.restartPolicy) && c.restartPolicy == 'Always').map(c, c.name)",
  },
  {
    name: "sidecarsBefore",
    expression:
      "variables.initNames.map(n, variables.sidecarNames.filter(s, variables.initNames.indexOf(s) < variables.initNames.indexOf(n)))",
  },
  ...sizeVariables("memory", "Memory"),
  ...sizeVariables("cpu", "Cpu"),
];

function sizeVariables(resource: string, Resource: string): Variable[] {
  const key = celString(resource);
  const amount = (limits: string) => `quantity(string(${limits}[${key}])).asApproximateFloat()`;
  const limit = `${key} in limits ? ${amount("limits")} : 0.0`;
  return [
    { name: `container${Resource}`, expression: `variables.containerLimits.map(limits, ${limit})` },
    { name: `init${Resource}`, expression: `variables.initLimits.map(limits, ${limit})` },
    {
      name: `sidecar${Resource}`,
      expression: `variables.sidecarNames.map(s, variables.init${Resource}[variables.initNames.indexOf(s)])`,
    },
    {
      name: `sidecar${Resource}Before`,
      expression: `variables.sidecarsBefore.map(names, ([0.0] + names.map(s, variables.init${Resource}[variables.initNames.indexOf(s)])).sum())`,
    },
    {
      name: `${resource}OfInits`,
      expression: `variables.initNames.map(n, variables.init${Resource}[variables.initNames.indexOf(n)] + variables.sidecar${Resource}Before[variables.initNames.indexOf(n)])`,
    },
    {
      name: `${resource}OfContainers`,
      expression: `([0.0] + variables.container${Resource} + variables.sidecar${Resource}).sum()`,
    },
    {
      name: `vm${Resource}`,
      expression: `${key} in variables.podLimits ? ${amount("variables.podLimits")} : ([variables.${resource}OfContainers] + variables.${resource}OfInits).max()`,
    },
  ];
}

/** Returns the variables of a pod's size, and of the sizes of classes. */
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
    ...VM_SIZE,
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
];
