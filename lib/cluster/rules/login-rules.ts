import type { PodSandboxing } from "../../pod-sandboxing";
import type { Rule } from "../../validation/rule";
import type { ClusterAccess } from "../cluster-access";
import type { ClusterArguments } from "./cluster-arguments";

interface Login extends ClusterArguments {
  readonly podSandboxing: PodSandboxing;
  readonly access: Pick<ClusterAccess, "login">;
}

/** Logins of Terraform to the Kubernetes API that cannot work. */
export const LOGIN_RULES: readonly Rule<Login>[] = [
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
  {
    when: ({ podSandboxing, localAccountDisabled }) =>
      podSandboxing.warning === undefined && localAccountDisabled !== true,
    message: () =>
      "local accounts give all rights to whoever has the kubeconfig, past Entra ID: " +
      "write localAccountDisabled true and azureActiveDirectoryRoleBasedAccessControl",
    source: "Checkov CKV_AZURE_141; PSRule Azure.AKS.LocalAccounts",
    warns: true,
  },
];
