import type { PodSandboxing } from "../../pod-sandboxing";
import { Rule } from "../../validation/check";
import { TAINT } from "../../validation/names";
import { isUnresolved } from "../../validation/unresolved";
import { kubernetesVersionRules } from "./kubernetes-version-rules";

/** Input of the rules for a node pool. */
export interface NodePoolRuleInput {
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
  readonly vmSize: string;
  readonly fipsEnabled?: unknown;
  readonly podSandboxing: PodSandboxing;
}

const AZURERM_POOL =
  "hashicorp/terraform-provider-azurerm v4.81.0, internal/services/containers/kubernetes_nodepool.go";
const AZURERM_POOL_NAME =
  "hashicorp/terraform-provider-azurerm v4.81.0, internal/services/containers/validate/kubernetes_agent_pool_name.go";

export const NODE_POOL_RULES: readonly Rule<NodePoolRuleInput>[] = [
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
  ...kubernetesVersionRules<NodePoolRuleInput>("orchestratorVersion", (pool) => pool.orchestratorVersion),
];

const MOST_NODES = 1000;
const AKS_LABELS = "kubernetes.azure.com/";

/** Returns whether AKS accepts a name of a Linux node pool. */
export function isPoolName(name: string): boolean {
  return /^[a-z][a-z0-9]{0,11}$/.test(name);
}

function countRule(
  count: "nodeCount" | "minCount" | "maxCount",
  fewest: (pool: NodePoolRuleInput) => number,
): Rule<NodePoolRuleInput> {
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

function reservedLabel(labels: NodePoolRuleInput["nodeLabels"] = {}): string | undefined {
  return Object.keys(labels).find((label) => label.startsWith(AKS_LABELS));
}

function malformedTaint(taints: readonly string[] = []): string | undefined {
  return taints.find((taint) => !isUnresolved(taint) && !TAINT.test(taint));
}
