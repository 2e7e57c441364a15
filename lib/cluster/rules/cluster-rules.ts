import type { PodSandboxing } from "../../pod-sandboxing";
import type { Rule } from "../../validation/rule";
import type { ClusterAccess } from "../cluster-access";
import { ADD_ON_RULES } from "./add-on-rules";
import { API_SERVER_RULES } from "./api-server-rules";
import { AUTO_SCALER_RULES } from "./auto-scaler-rules";
import type { ClusterArguments } from "./cluster-arguments";
import { CLUSTER_ID_RULES } from "./id-rules";
import { IDENTITY_RULES } from "./identity-rules";
import { SUPPORT_RULES } from "./kubernetes-releases";
import { kubernetesVersionRules } from "./kubernetes-version-rules";
import { LOGIN_RULES } from "./login-rules";
import { MAINTENANCE_RULES } from "./maintenance-rules";
import { NETWORK_RULES } from "./network-rules";
import { TAG_RULES } from "./tag-rules";
import { TIMEOUT_RULES } from "./timeout-rules";
import { UPGRADE_RULES } from "./upgrade-rules";

/** Input of the rules for a cluster. */
export interface ClusterRuleInput extends ClusterArguments {
  readonly name: string;
  readonly access: Pick<ClusterAccess, "login">;
  readonly podSandboxing: PodSandboxing;
}

/** Input of the rules for a cluster that exists. */
export type ExistingClusterRuleInput = Pick<ClusterRuleInput, "name" | "kubernetesVersion" | "podSandboxing">;

/** Rules that read nothing but a cluster's arguments. */
export const CLUSTER_ARGUMENT_RULES: readonly Rule<ClusterArguments>[] = [
  ...API_SERVER_RULES,
  ...IDENTITY_RULES,
  ...NETWORK_RULES,
  ...UPGRADE_RULES,
  ...MAINTENANCE_RULES,
  ...AUTO_SCALER_RULES,
  ...ADD_ON_RULES,
  ...CLUSTER_ID_RULES,
  ...(TAG_RULES as readonly Rule<ClusterArguments>[]),
  ...(TIMEOUT_RULES as readonly Rule<ClusterArguments>[]),
];

export const EXISTING_CLUSTER_RULES: readonly Rule<ExistingClusterRuleInput>[] = [
  {
    when: ({ name }) => !/^[A-Za-z0-9]([-\w]{0,61}[A-Za-z0-9])?$/.test(name),
    message: ({ name }) =>
      `cluster name "${name}" is not valid: use 1 to 63 letters, digits, underscores and hyphens with a letter or digit at both ends`,
    source: "learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules, managedClusters",
  },
  ...kubernetesVersionRules<ExistingClusterRuleInput>("Kubernetes version", (cluster) => cluster.kubernetesVersion),
  {
    when: ({ podSandboxing }) => podSandboxing.warning !== undefined,
    message: ({ podSandboxing }) => podSandboxing.warning!,
    source: "MicrosoftDocs/azure-aks-docs, articles/aks/includes/azure-linux-retirement.md",
    warns: true,
  },
];

export const CLUSTER_RULES: readonly Rule<ClusterRuleInput>[] = [
  ...EXISTING_CLUSTER_RULES,
  ...LOGIN_RULES,
  ...SUPPORT_RULES,
  ...CLUSTER_ARGUMENT_RULES,
];
