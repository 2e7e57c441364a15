import { DEDICATED_TAINT } from "../../cluster/node-pool-defaults";
import { PodSandboxing } from "../../pod-sandboxing";
import { SYSTEM_NAMESPACES } from "../system-namespaces";
import type { ResourceRule } from "./admission-policy";
import { celList, isAdministrator, Validation, Variable } from "./cel";
import { NODE_AGENTS_LABEL } from "./policy-names";

/** Tolerations can be added to a pod that runs. */
export const DEDICATED_POOL_PODS: readonly ResourceRule[] = [
  { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods"] },
];

/** All namespaces but those of the cluster itself, and those that an administrator has labelled. */
export const DEDICATED_POOL_NAMESPACES = {
  matchExpressions: [
    {
      key: "kubernetes.io/metadata.name",
      operator: "NotIn",
      values: SYSTEM_NAMESPACES.filter((name) => name !== "default"),
    },
    { key: NODE_AGENTS_LABEL, operator: "NotIn", values: ["true"] },
  ],
};

/**
 * Source: kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration; names of nodes, such as
 * aks-kata-12345678-vmss000000: learn.microsoft.com/azure/aks/node-access.
 */
export function dedicatedPoolVariables(
  policyName: string,
  classes: readonly string[],
  pools: readonly string[],
): Variable[] {
  const { key, value, effect } = DEDICATED_TAINT;
  const ofAks = PodSandboxing.RESERVED_RUNTIME_CLASSES.filter((name) => name !== "runc");
  return [
    isAdministrator(policyName),
    {
      name: "runtimeClass",
      expression: "has(object.spec.runtimeClassName) ? object.spec.runtimeClassName : ''",
    },
    { name: "isSandboxed", expression: `variables.runtimeClass in ${celList([...classes, ...ofAks])}` },
    { name: "tolerations", expression: "has(object.spec.tolerations) ? object.spec.tolerations : []" },
    {
      name: "oldTolerations",
      expression: "request.operation == 'UPDATE' && has(oldObject.spec.tolerations) ? oldObject.spec.tolerations : []",
    },
    { name: "newTolerations", expression: "variables.tolerations.filter(t, !(t in variables.oldTolerations))" },
    {
      name: "ofTheKey",
      expression: `variables.newTolerations.filter(t, !has(t.key) || t.key in ['', '${key}'])`,
    },
    {
      name: "ofTheEffect",
      expression: `variables.ofTheKey.filter(t, !has(t.effect) || t.effect in ['', '${effect}'])`,
    },
    {
      name: "toleratesTaint",
      expression: `variables.ofTheEffect.exists(t, has(t.operator) && t.operator == 'Exists' || has(t.value) && t.value == '${value}')`,
    },
    {
      name: "nodeName",
      expression: "request.operation == 'CREATE' && has(object.spec.nodeName) ? object.spec.nodeName : ''",
    },
    {
      name: "namesNode",
      expression: `${celList(pools.map((pool) => `aks-${pool}-`))}.exists(p, variables.nodeName.startsWith(p))`,
    },
  ];
}

/** Returns what keeps pods without a kernel of their own off the dedicated pools. */
export function dedicatedPoolValidations(classes: readonly string[]): Validation[] {
  const { key, value } = DEDICATED_TAINT;
  const remedy =
    `write spec.runtimeClassName${classes.length ? `: ${classes.join(" or ")}` : ""}, ` +
    `or label the namespace ${NODE_AGENTS_LABEL}=true if its pods belong on every node`;
  return [
    {
      expression: "!variables.toleratesTaint || variables.isSandboxed || variables.isAdministrator",
      message: `nodes with the taint ${key}=${value} are for pods with a kernel of their own: remove the toleration, ${remedy}`,
      source: "MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md",
    },
    {
      expression: "!variables.namesNode || variables.isSandboxed || variables.isAdministrator",
      message: `nodes of a dedicated pool are for pods with a kernel of their own: remove spec.nodeName, ${remedy}`,
      source:
        "kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node: nodeName passes the scheduler and NoSchedule",
    },
  ];
}
