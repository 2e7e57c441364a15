import type { PodSandboxing } from "../../pod-sandboxing";
import { Rule } from "../../validation/check";
import type { ClusterAccess } from "../cluster-access";
import { kubernetesVersionRules } from "./kubernetes-version-rules";

/** Input of the rules for a cluster. */
export interface ClusterRuleInput {
  readonly name: string;
  readonly dnsPrefix?: string;
  readonly kubernetesVersion?: string;
  readonly localAccountDisabled?: unknown;
  readonly azureActiveDirectoryRoleBasedAccessControl?: unknown;
  readonly access: ClusterAccess;
  readonly podSandboxing: PodSandboxing;
}

/** Input of the rules for a cluster that exists. */
export type ExistingClusterRuleInput = Pick<ClusterRuleInput, "name" | "kubernetesVersion" | "podSandboxing">;

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
  {
    when: ({ dnsPrefix }) =>
      dnsPrefix !== undefined && !/^[A-Za-z0-9]([-A-Za-z0-9]{0,52}[A-Za-z0-9])?$/.test(dnsPrefix),
    message: ({ dnsPrefix }) =>
      `DNS prefix "${dnsPrefix}" is not valid: use 1 to 54 letters, digits and hyphens with a letter or digit at both ends`,
    source: "learn.microsoft.com/rest/api/aks/managed-clusters/create-or-update, dnsPrefix",
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
