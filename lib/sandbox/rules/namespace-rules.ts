import { Rule } from "../../validation/check";
import { DNS_LABEL, LABEL_KEY, LABEL_VALUE } from "../../validation/names";
import { bytes, isPositive, LEAST_MEMORY, MOST_CPUS } from "../../validation/quantity";
import { isUnresolved } from "../../validation/unresolved";
import type { IKataRuntimeClass } from "../i-kata-runtime-class";
import { PodOverhead } from "../pod-overhead";
import { POD_SECURITY_LEVEL, POD_SECURITY_PREFIX } from "../restricted-namespace";
import { SYSTEM_NAMESPACES } from "../system-namespaces";
import { QUOTA_RULES } from "./quota-rules";
import { POD_SIZES } from "./sources";

type StringMap = { readonly [name: string]: string };

/** Input of the rules for the name of a namespace. */
export interface NamespaceNameRuleInput {
  readonly name: string;
  /** Names of the other namespaces that sandbox stacks of the cluster have. */
  readonly namesInUse: readonly string[];
}

/** Input of the rules for a sandboxed namespace. */
export interface NamespaceRuleInput extends NamespaceNameRuleInput {
  readonly labels?: StringMap;
  readonly annotations?: StringMap;
  readonly runtimeClass?: string;
  /** A class that the namespace names and its stack does not have. */
  readonly foreignRuntimeClass?: IKataRuntimeClass;
  readonly podMemory?: string;
  readonly containerMemory: string;
  readonly containerCpu: string;
  readonly containerEphemeralStorage: string;
  readonly maxContainerEphemeralStorage: string;
  readonly quota?: StringMap;
  readonly networkPolicy?: string;
  readonly isExistingCluster: boolean;
}

const NAMES = "kubernetes.io/docs/concepts/overview/working-with-objects/names";
const LABELS = "kubernetes.io/docs/concepts/overview/working-with-objects/labels, annotations";

const ENGINE_OF_CLUSTER =
  'write networkProfile: { networkPlugin: "azure", networkPluginMode: "overlay", networkPolicy: "cilium", networkDataPlane: "cilium" } ' +
  'for a new cluster, or networkProfile: { networkPlugin: "kubenet", networkPolicy: "calico" } for one that exists without a profile, which is updated in place';
const ENGINE_OF_EXISTING_CLUSTER =
  "write the networkPolicy that az aks show --query networkProfile.networkPolicy prints, or turn one on where the cluster is made";

/** Prefixes of labels and annotations that the construct sets itself, and what to write instead. */
const RESERVED: readonly { readonly prefix: string; readonly why: string }[] = [
  { prefix: POD_SECURITY_PREFIX, why: `Pod Security of a sandboxed namespace is ${POD_SECURITY_LEVEL}` },
  { prefix: "pod-sandboxing/", why: "the policies read it" },
  { prefix: "kubernetes.io/metadata.name", why: "Kubernetes sets it" },
];

export const NAMESPACE_NAME_RULES: readonly Rule<NamespaceNameRuleInput>[] = [
  {
    when: ({ name }) => !DNS_LABEL.test(name),
    message: ({ name }) =>
      `namespace name "${name}" is not valid: use 1 to 63 lowercase letters, digits and hyphens with a letter or digit at both ends`,
    source: NAMES,
  },
  {
    when: ({ name }) => SYSTEM_NAMESPACES.includes(name) || name.startsWith("kube-"),
    message: ({ name }) => `namespace "${name}" belongs to the cluster itself: use a namespace of your own`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/namespaces; learn.microsoft.com/azure/aks/faq",
  },
  {
    when: ({ name, namesInUse }) => namesInUse.includes(name),
    message: ({ name }) => `namespace "${name}" is already on this cluster: choose another name`,
    source: NAMES,
  },
];

export const NAMESPACE_RULES: readonly Rule<NamespaceRuleInput>[] = [
  ...NAMESPACE_NAME_RULES,
  ...keyRules("label", ({ labels }) => labels),
  ...keyRules("annotation", ({ annotations }) => annotations),
  {
    when: ({ labels = {} }) => badValue(labels) !== undefined,
    message: ({ labels = {} }) =>
      `value "${badValue(labels)}" of a label is not valid: use at most 63 letters, digits, hyphens, underscores and dots`,
    source: LABELS,
  },
  {
    when: ({ foreignRuntimeClass }) => foreignRuntimeClass !== undefined,
    message: ({ foreignRuntimeClass }) =>
      `runtime class "${foreignRuntimeClass!.runtimeClassName}" is not in this stack: write what addRuntimeClass of this stack returned`,
    source: "lib/sandbox/policy/sandbox-policy.ts, which denies pods of other classes",
  },
  quantityRule("containerMemory", "256Mi"),
  quantityRule("containerCpu", "500m"),
  quantityRule("containerEphemeralStorage", "1Gi"),
  quantityRule("maxContainerEphemeralStorage", "8Gi"),
  {
    when: ({ containerMemory }) => bytes(containerMemory)! < LEAST_MEMORY,
    message: ({ containerMemory }) =>
      `containerMemory "${containerMemory}" is in bytes, too little for a container: write one such as 256Mi`,
    source: "kubernetes.io/docs/concepts/configuration/manage-resources-containers, memory resource units",
  },
  {
    when: ({ containerCpu }) => bytes(containerCpu)! > MOST_CPUS,
    message: ({ containerCpu }) =>
      `containerCpu "${containerCpu}" is ${bytes(containerCpu)} CPUs: write one such as 500m`,
    source: "kubernetes.io/docs/concepts/configuration/manage-resources-containers, CPU resource units",
  },
  {
    when: (namespace) => bytes(namespace.containerEphemeralStorage)! > bytes(namespace.maxContainerEphemeralStorage)!,
    message: ({ containerEphemeralStorage, maxContainerEphemeralStorage }) =>
      `containerEphemeralStorage "${containerEphemeralStorage}" is more than maxContainerEphemeralStorage "${maxContainerEphemeralStorage}": raise the latter`,
    source: "kubernetes.io/docs/concepts/policy/limit-range",
  },
  {
    when: ({ podMemory, containerMemory }) => podMemory !== undefined && bytes(containerMemory)! > bytes(podMemory)!,
    message: ({ containerMemory, podMemory, runtimeClass }) =>
      `containerMemory "${containerMemory}" is more than the ${podMemory} of runtime class "${runtimeClass}": lower it`,
    source: POD_SIZES,
  },
  {
    when: ({ containerMemory }) => bytes(containerMemory)! < bytes(PodOverhead.SMALLEST_POD)!,
    message: ({ containerMemory }) =>
      `containerMemory "${containerMemory}" is less than the ${PodOverhead.SMALLEST_POD} of the smallest VM, so that a pod of one container that says nothing is denied: raise it`,
    source: POD_SIZES,
    warns: true,
  },
  ...QUOTA_RULES,
  {
    when: ({ quota = {}, containerMemory }) =>
      (bytes(quota["limits.memory"] ?? "") ?? Infinity) < bytes(containerMemory)!,
    message: ({ quota, containerMemory }) =>
      `quota of limits.memory is "${quota!["limits.memory"]}", less than the ${containerMemory} of a container that says nothing: raise it, or lower containerMemory`,
    source: "kubernetes.io/docs/concepts/policy/resource-quotas",
    warns: true,
  },
  {
    when: ({ networkPolicy = "none" }) => ["none", ""].includes(networkPolicy),
    message: ({ name, isExistingCluster }) =>
      `the cluster has no engine for network policies, so Kubernetes ignores those of namespace "${name}": ` +
      (isExistingCluster ? ENGINE_OF_EXISTING_CLUSTER : ENGINE_OF_CLUSTER),
    source: "kubernetes.io/docs/concepts/services-networking/network-policies, prerequisites",
    warns: true,
  },
];

type QuantityArgument =
  "containerMemory" | "containerCpu" | "containerEphemeralStorage" | "maxContainerEphemeralStorage";

function quantityRule(argument: QuantityArgument, example: string): Rule<NamespaceRuleInput> {
  return {
    when: (namespace) => !isPositive(namespace[argument], Number.MIN_VALUE),
    message: (namespace) => `${argument} "${namespace[argument]}" is not a quantity: write one such as ${example}`,
    source: "kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity",
  };
}

function keyRules(
  what: "label" | "annotation",
  of: (namespace: NamespaceRuleInput) => StringMap | undefined,
): Rule<NamespaceRuleInput>[] {
  const badKey = (namespace: NamespaceRuleInput) =>
    Object.keys(of(namespace) ?? {}).find((key) => !LABEL_KEY.test(key));
  const reserved = (namespace: NamespaceRuleInput) =>
    Object.keys(of(namespace) ?? {})
      .map((key) => ({ key, why: RESERVED.find(({ prefix }) => key.startsWith(prefix))?.why }))
      .find(({ why }) => why !== undefined);
  return [
    {
      when: (namespace) => badKey(namespace) !== undefined,
      message: (namespace) =>
        `${what} "${badKey(namespace)}" is not valid: write a name of at most 63 characters, with a prefix such as example.com/ or without`,
      source: LABELS,
    },
    {
      when: (namespace) => reserved(namespace) !== undefined,
      message: (namespace) =>
        `${what} "${reserved(namespace)!.key}" cannot be set (${reserved(namespace)!.why}): leave it out`,
      source: LABELS,
    },
  ];
}

function badValue(labels: StringMap): string | undefined {
  return Object.values(labels).find((value) => !isUnresolved(value) && !LABEL_VALUE.test(value));
}
