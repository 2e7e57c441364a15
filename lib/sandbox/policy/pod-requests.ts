import { celString, Validation, Variable } from "./cel";
import { POD_SIZES } from "../rules/sources";

/** Half of the least CPU that Kubernetes counts, as sums of fractions are not exact. */
const INEXACT = 0.0005;

/** Variables of requests that are not the limits, and of limits. */
export const REQUEST_VARIABLES: readonly Variable[] = [
  ...variablesOf("memory", "variables.vmMemory"),
  ...variablesOf("cpu", "variables.vmCpu"),
];

/** A VM has its limits from the start, so a smaller request would let the scheduler put too many on a node. */
export const REQUEST_VALIDATIONS: readonly Validation[] = ["memory", "cpu"].flatMap((resource) => [
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
  {
    expression: `variables.${resource}Limits.all(limits, ${quantityIn("limits", celString(resource))}.compareTo(quantity('0')) > 0)`,
    message: `a ${resource} limit of 0 is none, and takes that of the whole pod away: write resources.limits.${resource} of more than 0, or leave it out for the default`,
    source: "kubernetes/kubernetes, pkg/kubelet/cm/helpers_linux.go, ResourceConfigForPod",
  },
]);

/**
 * Containers whose request of a resource is not their limit, none where the whole pod has a limit of it; whether the
 * request of the whole pod is not its limit, or more than its containers have; and the limits that the kubelet holds.
 */
function variablesOf(resource: string, ofVm: string): Variable[] {
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
      expression: `variables.${resource}Unlimited + variables.${resource}Limited.filter(c, ${quantityIn("c.resources.requests", key)}.compareTo(${quantityIn("c.resources.limits", key)}) != 0)`,
    },
    {
      name: `${resource}RequestOfPod`,
      expression: `${key} in variables.podRequests ? ${quantityIn("variables.podRequests", key)}.asApproximateFloat() : ${ofVm}`,
    },
    {
      name: `${resource}OfPodIsUnequal`,
      expression: `variables.${resource}RequestOfPod > ${ofVm} + ${INEXACT} || ${key} in variables.podLimits && variables.${resource}RequestOfPod < ${ofVm} - ${INEXACT}`,
    },
    {
      name: `${resource}Limits`,
      expression: `${key} in variables.podLimits ? [variables.podLimits] : variables.allLimits.filter(limits, ${key} in limits)`,
    },
  ];
}

function quantityIn(quantities: string, key: string): string {
  return `quantity(string(${quantities}[${key}]))`;
}
