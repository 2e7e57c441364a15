import { LABEL_KEY, LABEL_VALUE, TAINT } from "../../validation/names";
import type { Rule } from "../../validation/rule";
import { SPOT_LABEL } from "../spot-facts";
import type { NodePoolArguments } from "./node-pool-arguments";

const AKS_LABELS = "kubernetes.azure.com/";
const LABELS = "kubernetes.io/docs/concepts/overview/working-with-objects/labels";

type Labelled = Pick<NodePoolArguments, "nodeLabels" | "nodeTaints" | "priority">;

/** Labels and taints that Kubernetes or AKS refuses. */
export const LABEL_RULES: readonly Rule<Labelled>[] = [
  {
    when: (pool) => reservedLabel(pool) !== undefined,
    message: (pool) =>
      `node label "${reservedLabel(pool)}" is under ${AKS_LABELS}, which AKS keeps for itself: use another prefix`,
    source: "learn.microsoft.com/azure/aks/use-labels",
  },
  {
    when: ({ nodeLabels = {} }) => Object.keys(nodeLabels).some(isOfKubernetes),
    message: ({ nodeLabels = {} }) =>
      `node label "${Object.keys(nodeLabels).find(isOfKubernetes)}" has a prefix of Kubernetes' own, which a kubelet does not set: use another prefix`,
    source: "kubernetes.io/docs/reference/command-line-tools-reference/kubelet, --node-labels",
    warns: true,
  },
  {
    when: ({ nodeLabels = {} }) => Object.keys(nodeLabels).some(isMalformedKey),
    message: ({ nodeLabels = {} }) =>
      `node label "${Object.keys(nodeLabels).find(isMalformedKey)}" is not valid: use up to 63 letters, digits, hyphens, underscores and dots with a letter or digit at both ends, after a prefix such as example.com/ or without`,
    source: LABELS,
  },
  {
    when: ({ nodeLabels = {} }) => malformedValue(nodeLabels) !== undefined,
    message: ({ nodeLabels = {} }) =>
      `value "${nodeLabels[malformedValue(nodeLabels)!]}" of node label "${malformedValue(nodeLabels)}" is not valid: use up to 63 letters, digits, hyphens, underscores and dots with a letter or digit at both ends`,
    source: LABELS,
  },
  {
    when: ({ nodeTaints }) => malformedTaint(nodeTaints) !== undefined,
    message: ({ nodeTaints }) =>
      `node taint "${malformedTaint(nodeTaints)}" is not valid: write key=value:effect with effect NoSchedule, PreferNoSchedule or NoExecute`,
    source: "kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration",
  },
];

function reservedLabel({ nodeLabels = {}, priority }: Labelled): string | undefined {
  const allowed = priority === "Spot" ? SPOT_LABEL.key : undefined;
  return Object.keys(nodeLabels).find((label) => label.startsWith(AKS_LABELS) && label !== allowed);
}

/** A kubelet sets those of two prefixes, and some that AKS sets itself. */
function isOfKubernetes(key: string): boolean {
  const prefix = key.slice(0, Math.max(0, key.indexOf("/")));
  return /(^|\.)(kubernetes|k8s)\.io$/.test(prefix) && !/(^|\.)(kubelet|node)\.kubernetes\.io$/.test(prefix);
}

/** A key with an expression in it is known after apply. */
function isMalformedKey(key: string): boolean {
  return !/[$&#]\{/.test(key) && !LABEL_KEY.test(key);
}

function malformedValue(labels: NonNullable<NodePoolArguments["nodeLabels"]>): string | undefined {
  return Object.keys(labels).find((key) => !LABEL_VALUE.test(labels[key]));
}

function malformedTaint(taints: readonly string[] = []): string | undefined {
  return taints.find((taint) => !TAINT.test(taint));
}
