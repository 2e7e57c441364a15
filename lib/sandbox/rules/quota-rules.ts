import { Rule } from "../../validation/check";
import { bytes, isPositive, LEAST_MEMORY } from "../../validation/quantity";
import { isUnresolved } from "../../validation/unresolved";
import { unknownName } from "../../validation/unknown-prop";

type Quota = { readonly [resource: string]: string };

/** Input of the rules for a quota. */
interface Quoted {
  readonly quota?: Quota;
}

const QUOTAS = "kubernetes.io/docs/concepts/policy/resource-quotas";
const VALIDATION = "kubernetes, pkg/apis/core/validation/validation.go, ValidateResourceQuotaSpec";

/** Resources that are counted in whole numbers. Source: kubernetes, pkg/apis/core/helper/helpers.go. */
const COUNTED = [
  "pods",
  "services",
  "services.nodeports",
  "services.loadbalancers",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "replicationcontrollers",
  "resourcequotas",
];
const MEASURED = ["cpu", "memory", "ephemeral-storage"];
const RESOURCES = [
  ...COUNTED,
  ...MEASURED,
  ...["requests", "limits"].flatMap((side) => MEASURED.map((resource) => `${side}.${resource}`)),
  "requests.storage",
];

const entries = (quota: Quota = {}) => Object.entries(quota).filter(([, quantity]) => !isUnresolved(quantity));

export const QUOTA_RULES: readonly Rule<Quoted>[] = [
  {
    when: ({ quota }) => quota !== undefined && Object.keys(quota).length === 0,
    message: () => 'quota is empty: write one such as { pods: "20" }, or false for no quota',
    source: QUOTAS,
  },
  {
    when: ({ quota }) => entries(quota).some(([, quantity]) => !isPositive(quantity, 0)),
    message: ({ quota }) =>
      `quota ${JSON.stringify(quota)} has a value that is no quantity: write ones such as 20, 500m or 16Gi`,
    source: QUOTAS,
  },
  {
    when: ({ quota }) => unknownResource(quota) !== undefined,
    message: ({ quota }) =>
      `quota has "${unknownResource(quota)}", which Kubernetes does not count: ${unknownName(unknownResource(quota)!, RESOURCES, "write pods, limits.cpu, limits.memory or another resource")}`,
    source: VALIDATION,
  },
  {
    when: ({ quota }) => fraction(quota) !== undefined,
    message: ({ quota }) => `quota of ${fraction(quota)} is "${quota![fraction(quota)!]}": write a whole number`,
    source: VALIDATION,
  },
  {
    when: ({ quota }) => tiny(quota) !== undefined,
    message: ({ quota }) => `quota of ${tiny(quota)} is "${quota![tiny(quota)!]}", in bytes: write one such as 16Gi`,
    source: QUOTAS,
  },
];

/** Names with a slash are those of resources that are not Kubernetes' own. */
function unknownResource(quota: Quota = {}): string | undefined {
  return Object.keys(quota).find((name) => !RESOURCES.includes(name) && !/\/|^(requests\.)?hugepages-|\$\{/.test(name));
}

function fraction(quota: Quota | undefined): string | undefined {
  return entries(quota).find(
    ([name, quantity]) => (COUNTED.includes(name) || name.startsWith("count/")) && !Number.isInteger(bytes(quantity)),
  )?.[0];
}

function tiny(quota: Quota | undefined): string | undefined {
  return entries(quota).find(
    ([name, quantity]) => /(^|\.)memory$/.test(name) && bytes(quantity)! > 0 && bytes(quantity)! < LEAST_MEMORY,
  )?.[0];
}
