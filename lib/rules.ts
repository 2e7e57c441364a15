import coerce from "semver/functions/coerce";
import lt from "semver/functions/lt";
import { Rule, isUnresolved } from "./check";
import type { ClusterAccess } from "./cluster/cluster-access";
import { kataVmSize } from "./cluster/kata-vm-size";
import { PodSandboxing } from "./pod-sandboxing";
import { isCidr, METADATA_ADDRESS } from "./sandbox/cidr";
import { bytes, PodOverhead } from "./sandbox/pod-overhead";
import { SYSTEM_NAMESPACES } from "./sandbox/system-namespaces";

/** What is known of a cluster when it is declared. */
export interface ClusterFacts {
  readonly name: string;
  readonly dnsPrefix?: string;
  readonly kubernetesVersion?: string;
  readonly localAccountDisabled?: unknown;
  readonly azureActiveDirectoryRoleBasedAccessControl?: unknown;
  readonly access: ClusterAccess;
  readonly podSandboxing: PodSandboxing;
}

/** What is known of a node pool when it is declared. */
export interface NodePoolFacts {
  readonly name: string;
  readonly temporaryNameForRotation?: string;
  /** Names and temporary names of the cluster's other node pools. */
  readonly namesInUse: readonly string[];
  readonly autoScalingEnabled?: unknown;
  readonly nodeCount?: number;
  readonly minCount?: number;
  readonly maxCount?: number;
  readonly fewestNodes: 0 | 1;
  /** Whether azurerm refuses a node count that changes while the pool is autoscaled. */
  readonly nodeCountIsFixed: boolean;
  readonly nodeLabels?: { readonly [key: string]: string };
  readonly nodeTaints?: readonly string[];
  readonly orchestratorVersion?: string;
  readonly podSandboxing: PodSandboxing;
}

/** What is known of a kata node pool when it is declared, beyond what is known of any. */
export interface KataNodePoolFacts {
  readonly vmSize: string;
  readonly fipsEnabled?: unknown;
}

/** What is known of a runtime class when it is declared. */
export interface RuntimeClassFacts {
  readonly name: string;
  readonly podMemory?: string;
  readonly cpuOverhead?: string;
  /** Names of the stack's other classes. */
  readonly namesInUse: readonly string[];
  /** Pools that the class is bound to and the cluster does not have. */
  readonly foreignPools: readonly string[];
}

/** What is known of an admission policy when it is declared. */
export interface PolicyFacts {
  readonly name: string;
  readonly kubernetesVersion?: string;
}

/** What is known of a sandboxed namespace when it is declared. */
export interface NamespaceFacts {
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

/** What is known of an isolation check when it is declared. */
export interface IsolationCheckFacts {
  readonly name: string;
  readonly runtimeClass: string;
  /** The one class that the namespace's pods may use, if it names one. */
  readonly namespaceRuntimeClass?: string;
}

/** What is known of an opening in a namespace's network when it is declared. */
export interface OpeningFacts {
  readonly direction: "egress" | "ingress";
  readonly cidr?: string;
  readonly namespace?: string;
  readonly ports?: readonly number[];
}

const AZURERM_POOL =
  "hashicorp/terraform-provider-azurerm v4.81.0, internal/services/containers/kubernetes_nodepool.go";
const AZURERM_POOL_NAME =
  "hashicorp/terraform-provider-azurerm v4.81.0, internal/services/containers/validate/kubernetes_agent_pool_name.go";
const POD_SIZES = "MicrosoftDocs/azure-aks-docs, articles/aks/considerations-pod-sandboxing.md";
const VM_SIZES = "lib/cluster/kata-vm-size.ts, which names its own";

export const CLUSTER_RULES: readonly Rule<ClusterFacts>[] = [
  {
    when: ({ name }) => !/^[A-Za-z0-9]([-\w]{0,61}[A-Za-z0-9])?$/.test(name),
    message: ({ name }) =>
      `cluster name "${name}" is not valid: use 1 to 63 letters, digits, underscores and hyphens with a letter or digit at both ends`,
    source: "learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules, managedClusters",
  },
  {
    when: ({ dnsPrefix }) =>
      dnsPrefix !== undefined && !/^[A-Za-z0-9]([-A-Za-z0-9]{0,52}[A-Za-z0-9])?$/.test(dnsPrefix),
    message: ({ dnsPrefix }) =>
      `DNS prefix "${dnsPrefix}" is not valid: use 1 to 54 letters, digits and hyphens with a letter or digit at both ends`,
    source: "learn.microsoft.com/rest/api/aks/managed-clusters/create-or-update, dnsPrefix",
  },
  ...kubernetesVersionRules<ClusterFacts>("Kubernetes version", (cluster) => cluster.kubernetesVersion),
  {
    when: ({ podSandboxing }) => podSandboxing.warning !== undefined,
    message: ({ podSandboxing }) => podSandboxing.warning!,
    source: "MicrosoftDocs/azure-aks-docs, articles/aks/includes/azure-linux-retirement.md",
    warns: true,
  },
  {
    when: ({ access, localAccountDisabled }) => access.login === "local accounts" && localAccountDisabled === true,
    message: () =>
      "local accounts cannot log in to a cluster with localAccountDisabled true: use ClusterAccess.kubelogin()",
    source: "learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad",
  },
  {
    when: (cluster) =>
      cluster.access.login === "local accounts" && cluster.azureActiveDirectoryRoleBasedAccessControl !== undefined,
    message: () =>
      "local accounts cannot log in to a cluster with azureActiveDirectoryRoleBasedAccessControl " +
      "(its kubeconfig has no client certificate): use ClusterAccess.kubelogin()",
    source:
      "hashicorp/terraform-provider-azurerm v4.81.0, website/docs/d/kubernetes_cluster.html.markdown, kube_config",
  },
  {
    when: (cluster) =>
      cluster.access.login === "Entra ID" && cluster.azureActiveDirectoryRoleBasedAccessControl === undefined,
    message: () =>
      "kubelogin cannot log in to a cluster without Entra ID: add azureActiveDirectoryRoleBasedAccessControl or use ClusterAccess.LOCAL_ACCOUNTS",
    source: "learn.microsoft.com/azure/aks/kubelogin-authentication",
  },
];

export const NODE_POOL_RULES: readonly Rule<NodePoolFacts>[] = [
  {
    when: ({ name }) => !isPoolName(name),
    message: ({ name }) =>
      `node pool name "${name}" is not valid: use 1 to 12 lowercase letters and digits with a letter first`,
    source: AZURERM_POOL_NAME,
  },
  {
    when: ({ name, namesInUse }) => namesInUse.includes(name),
    message: ({ name }) => `node pool name "${name}" is already in use in this cluster: choose another one`,
    source: "learn.microsoft.com/azure/aks/create-node-pools",
  },
  {
    when: ({ temporaryNameForRotation: name }) => name !== undefined && !isPoolName(name),
    message: ({ temporaryNameForRotation: name }) =>
      `temporaryNameForRotation "${name}" is not valid: use 1 to 12 lowercase letters and digits with a letter first`,
    source: AZURERM_POOL_NAME,
  },
  {
    when: ({ temporaryNameForRotation: temporary, name, namesInUse }) =>
      temporary !== undefined && [name, ...namesInUse].includes(temporary),
    message: ({ temporaryNameForRotation: temporary }) =>
      `temporaryNameForRotation "${temporary}" is already in use in this cluster: choose another one`,
    source: AZURERM_POOL,
  },
  countRule("nodeCount", (pool) => pool.fewestNodes),
  countRule("minCount", (pool) => pool.fewestNodes),
  countRule("maxCount", () => 1),
  {
    when: ({ minCount = 0, maxCount = Infinity }) => minCount > maxCount,
    message: ({ minCount, maxCount }) => `minCount ${minCount} is more than maxCount ${maxCount}: lower minCount`,
    source: AZURERM_POOL,
  },
  {
    when: ({ nodeCount = Infinity, minCount = 0 }) => nodeCount < minCount,
    message: ({ nodeCount, minCount }) => `nodeCount ${nodeCount} is less than minCount ${minCount}: raise nodeCount`,
    source: AZURERM_POOL,
  },
  {
    when: ({ nodeCount = 0, maxCount = Infinity }) => nodeCount > maxCount,
    message: ({ nodeCount, maxCount }) => `nodeCount ${nodeCount} is more than maxCount ${maxCount}: lower nodeCount`,
    source: AZURERM_POOL,
  },
  {
    when: ({ autoScalingEnabled, minCount, maxCount }) =>
      autoScalingEnabled === true && (minCount === undefined || maxCount === undefined),
    message: ({ minCount = "none", maxCount = "none" }) =>
      `an autoscaled pool needs minCount and maxCount (got ${minCount} and ${maxCount}): give both`,
    source: AZURERM_POOL,
  },
  {
    when: ({ autoScalingEnabled, minCount, maxCount }) =>
      autoScalingEnabled !== true && (minCount !== undefined || maxCount !== undefined),
    message: ({ minCount = "none", maxCount = "none" }) =>
      `minCount and maxCount (got ${minCount} and ${maxCount}) are for autoscaled pools: add autoScalingEnabled true or leave them out`,
    source: AZURERM_POOL,
  },
  {
    when: ({ nodeCountIsFixed, autoScalingEnabled, nodeCount }) =>
      nodeCountIsFixed && autoScalingEnabled === true && nodeCount !== undefined,
    message: ({ nodeCount }) =>
      `nodeCount ${nodeCount} cannot be changed once the default node pool is autoscaled: leave it out or add ` +
      'lifecycle: { ignoreChanges: ["default_node_pool[0].node_count"] }',
    source: "hashicorp/terraform-provider-azurerm v4.81.0, internal/services/containers/kubernetes_cluster_resource.go",
  },
  {
    when: ({ nodeLabels }) => reservedLabel(nodeLabels) !== undefined,
    message: ({ nodeLabels }) =>
      `node label "${reservedLabel(nodeLabels)}" is under ${AKS_LABELS}, which AKS keeps for itself: use another prefix`,
    source: "learn.microsoft.com/azure/aks/use-labels",
  },
  {
    when: ({ nodeTaints }) => malformedTaint(nodeTaints) !== undefined,
    message: ({ nodeTaints }) =>
      `node taint "${malformedTaint(nodeTaints)}" is not valid: write key=value:effect with effect NoSchedule, PreferNoSchedule or NoExecute`,
    source: "kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration",
  },
  ...kubernetesVersionRules<NodePoolFacts>("orchestratorVersion", (pool) => pool.orchestratorVersion),
];

export const KATA_NODE_POOL_RULES: readonly Rule<KataNodePoolFacts>[] = [
  {
    when: ({ vmSize }) => kataVmSize(vmSize).verdict === "reject",
    message: ({ vmSize }) =>
      `VM size "${vmSize}" cannot run kata pods (${kataVmSize(vmSize).why}): use one such as Standard_D4s_v3`,
    source: VM_SIZES,
  },
  {
    when: ({ vmSize }) => kataVmSize(vmSize).verdict === "warn",
    message: ({ vmSize }) =>
      `VM size "${vmSize}" may not run kata pods (${kataVmSize(vmSize).why}): if AKS refuses it, use one such as Standard_D4s_v3`,
    source: VM_SIZES,
    warns: true,
  },
  {
    when: ({ fipsEnabled }) => fipsEnabled === true,
    message: () => "fipsEnabled true does not go with kata pods, for which AKS has no FIPS image: leave it out",
    source: "MicrosoftDocs/azure-aks-docs, articles/aks/node-images.md; Azure/AKS CHANGELOG.md, 2026-06-19",
  },
];

export const RUNTIME_CLASS_RULES: readonly Rule<RuntimeClassFacts>[] = [
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

export const POLICY_RULES: readonly Rule<PolicyFacts>[] = [
  {
    when: ({ kubernetesVersion }) => kubernetesVersion !== undefined && lt(coerce(kubernetesVersion)!, "1.30.0"),
    message: ({ kubernetesVersion }) =>
      `Kubernetes version "${kubernetesVersion}" has no ValidatingAdmissionPolicy, which sandboxed namespaces need: use 1.30 or later`,
    source: "kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy",
  },
  {
    when: ({ name }) => !new RegExp(`^${DNS_LABEL}$`).test(name),
    message: ({ name }) =>
      `"${name}", the name of the stack, cannot name its admission policy: use lowercase letters, digits and hyphens`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/names",
  },
];

export const NAMESPACE_RULES: readonly Rule<NamespaceFacts>[] = [
  {
    when: ({ name }) => !new RegExp(`^${DNS_LABEL}$`).test(name),
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
    source: "lib/sandbox/sandbox-policy.ts, which denies pods of other classes",
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

export const ISOLATION_CHECK_RULES: readonly Rule<IsolationCheckFacts>[] = [
  {
    when: ({ name }) => !new RegExp(`^${DNS_LABEL}$`).test(name),
    message: ({ name }) => `job name "${name}" is not valid: use an id of lowercase letters, digits and hyphens`,
    source: "kubernetes.io/docs/concepts/workloads/controllers/job",
  },
  {
    when: ({ runtimeClass, namespaceRuntimeClass }) =>
      namespaceRuntimeClass !== undefined && namespaceRuntimeClass !== runtimeClass,
    message: ({ runtimeClass, namespaceRuntimeClass }) =>
      `the namespace admits only runtime class "${namespaceRuntimeClass}", not "${runtimeClass}": check that one or use another namespace`,
    source: "lib/sandbox/sandbox-policy.ts, which denies pods of other classes",
  },
];

export const OPENING_RULES: readonly Rule<OpeningFacts>[] = [
  {
    when: ({ cidr, namespace }) => (cidr === undefined) === (namespace === undefined),
    message: ({ direction }) => `an opening for ${direction} is to one cidr or one namespace: give one of both`,
    source: "kubernetes.io/docs/concepts/services-networking/network-policies",
  },
  {
    when: ({ cidr }) => cidr !== undefined && !isCidr(cidr),
    message: ({ cidr }) => `"${cidr}" is not a CIDR: write one such as 10.0.0.0/16`,
    source: "kubernetes.io/docs/concepts/services-networking/network-policies",
  },
  {
    when: ({ cidr }) => cidr !== undefined && cidr === `${METADATA_ADDRESS}/32`,
    message: ({ cidr }) =>
      `"${cidr}" is the instance metadata address, which gives away the node's identity: leave it closed`,
    source: "learn.microsoft.com/azure/virtual-machines/instance-metadata-service",
  },
  {
    when: ({ namespace }) => namespace !== undefined && !new RegExp(`^${DNS_LABEL}$`).test(namespace),
    message: ({ namespace }) =>
      `namespace "${namespace}" of an opening is not a valid name: write the name of a namespace`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/names",
  },
  {
    when: ({ ports = [] }) => ports.some((port) => !Number.isInteger(port) || port < 1 || port > 65535),
    message: ({ ports = [] }) => `ports ${ports.join(", ")} are out of range: use whole numbers from 1 to 65535`,
    source: "kubernetes.io/docs/concepts/services-networking/network-policies",
  },
];

const MOST_NODES = 1000;
const AKS_LABELS = "kubernetes.azure.com/";
const DNS_LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
const DNS_SUBDOMAIN = new RegExp(`^(?=.{1,253}$)${DNS_LABEL}(\\.${DNS_LABEL})*$`);
const LABEL = "[A-Za-z0-9]([-\\w.]{0,61}[A-Za-z0-9])?";
const TAINT = new RegExp(
  `^(${DNS_LABEL}(\\.${DNS_LABEL})*/)?${LABEL}(=(${LABEL})?)?:(NoSchedule|PreferNoSchedule|NoExecute)$`,
);

export function isPoolName(name: string): boolean {
  return /^[a-z][a-z0-9]{0,11}$/.test(name);
}

function quantityRule(argument: "containerMemory" | "containerCpu", example: string): Rule<NamespaceFacts> {
  return {
    when: (namespace) => !isPositive(namespace[argument], Number.MIN_VALUE),
    message: (namespace) => `${argument} "${namespace[argument]}" is not a quantity: write one such as ${example}`,
    source: "kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity",
  };
}

function isPositive(quantity: string, least: number): boolean {
  const value = bytes(quantity);
  return value !== undefined && value >= least;
}

function countRule(
  count: "nodeCount" | "minCount" | "maxCount",
  fewest: (pool: NodePoolFacts) => number,
): Rule<NodePoolFacts> {
  return {
    when: (pool) => {
      const nodes = pool[count];
      return nodes !== undefined && (!Number.isInteger(nodes) || nodes < fewest(pool) || nodes > MOST_NODES);
    },
    message: (pool) =>
      `${count} ${pool[count]} is out of range: use a whole number from ${fewest(pool)} to ${MOST_NODES}`,
    source: AZURERM_POOL,
  };
}

function kubernetesVersionRules<Facts extends { readonly podSandboxing: PodSandboxing }>(
  argument: string,
  versionOf: (facts: Facts) => string | undefined,
): Rule<Facts>[] {
  const isBefore = (facts: Facts, minimum: string | undefined) => {
    const version = versionOf(facts);
    return version !== undefined && minimum !== undefined && lt(coerce(version)!, coerce(minimum)!);
  };
  return [
    {
      when: (facts) => !/^\d+\.\d+(\.\d+)?$/.test(versionOf(facts) ?? "1.0"),
      message: (facts) => `${argument} "${versionOf(facts)}" is not a version: write one such as 1.34 or 1.34.2`,
      source: "learn.microsoft.com/azure/aks/supported-kubernetes-versions",
    },
    {
      when: (facts) => isBefore(facts, facts.podSandboxing.minimumKubernetesVersion),
      message: (facts) =>
        `${argument} "${versionOf(facts)}" is too old for PodSandboxing.${facts.podSandboxing.name}: ` +
        `use ${facts.podSandboxing.minimumKubernetesVersion} or later`,
      source: "MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md",
    },
    {
      when: (facts) => isBefore(facts, facts.podSandboxing.imagesFromKubernetesVersion),
      message: (facts) =>
        `${argument} "${versionOf(facts)}" has only node images that Azure removed on 2026-03-31: ` +
        `use ${facts.podSandboxing.imagesFromKubernetesVersion} or later`,
      source: "MicrosoftDocs/azure-aks-docs, articles/aks/upgrade-os-version.md",
      warns: true,
    },
  ];
}

function reservedLabel(labels: NodePoolFacts["nodeLabels"] = {}): string | undefined {
  return Object.keys(labels).find((label) => label.startsWith(AKS_LABELS));
}

function malformedTaint(taints: readonly string[] = []): string | undefined {
  return taints.find((taint) => !isUnresolved(taint) && !TAINT.test(taint));
}
