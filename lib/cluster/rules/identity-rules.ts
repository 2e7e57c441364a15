import type { Rule } from "../../validation/rule";
import type { ClusterArguments } from "./cluster-arguments";
import { AZURERM_CLUSTER, AZURERM_CLUSTER_DOCS } from "./sources";

const ENTRA = "azureActiveDirectoryRoleBasedAccessControl";

const TYPES = ["SystemAssigned", "UserAssigned"];

/** Identities and logins that azurerm or AKS refuses. */
export const IDENTITY_RULES: readonly Rule<ClusterArguments>[] = [
  {
    when: ({ identity, servicePrincipal }) => identity !== undefined && servicePrincipal !== undefined,
    message: () => "identity and servicePrincipal exclude each other: keep identity",
    source: `${AZURERM_CLUSTER}, ExactlyOneOf`,
    refusedAt: "plan",
  },
  {
    when: ({ identity }) => !TYPES.includes(identity?.type || TYPES[0]),
    message: ({ identity }) => `identity.type "${identity!.type}" is not for a cluster: write ${TYPES.join(" or ")}`,
    source: `${AZURERM_CLUSTER}, SystemOrUserAssignedIdentityOptional`,
  },
  {
    when: ({ identity }) => identity?.type === "UserAssigned" && (identity.identityIds ?? []).length === 0,
    message: () => "identity.type UserAssigned needs identityIds: write the id of a user-assigned identity",
    source: "learn.microsoft.com/azure/aks/use-managed-identity",
  },
  {
    when: ({ identity }) => identity?.type === "SystemAssigned" && (identity.identityIds ?? []).length > 0,
    message: () => "identity.identityIds does not go with type SystemAssigned: write type UserAssigned",
    source: "learn.microsoft.com/azure/aks/use-managed-identity",
  },
  {
    when: ({ servicePrincipal }) => (servicePrincipal?.clientSecret ?? "") !== "",
    message: () =>
      "servicePrincipal.clientSecret is in plain text, and so in the output: use identity, or a sensitive TerraformVariable",
    source: "learn.microsoft.com/azure/aks/use-managed-identity",
    warns: true,
  },
  {
    when: ({ azurermMajor, azureActiveDirectoryRoleBasedAccessControl: entra }) =>
      azurermMajor >= 4 && entra !== undefined && !entra.tenantId && (entra.adminGroupObjectIds ?? []).length === 0,
    message: () => `${ENTRA} names neither tenant nor group: write tenantId or adminGroupObjectIds`,
    source: `${AZURERM_CLUSTER}, AtLeastOneOf`,
  },
  {
    when: ({ roleBasedAccessControlEnabled: rbac }) => rbac === false,
    message: () =>
      "roleBasedAccessControlEnabled false lets every pod's service account do everything in the cluster, past any sandbox: remove it",
    source: "Checkov CKV_AZURE_5; PSRule Azure.AKS.UseRBAC; learn.microsoft.com/azure/aks/concepts-identity",
    warns: true,
  },
  {
    when: (cluster) =>
      cluster.localAccountDisabled === true && cluster.azureActiveDirectoryRoleBasedAccessControl === undefined,
    message: () => `localAccountDisabled true needs Entra ID for people to log in with: add ${ENTRA}`,
    source: `${AZURERM_CLUSTER_DOCS}; learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad`,
  },
  {
    when: ({ azurermMajor, workloadIdentityEnabled, oidcIssuerEnabled }) =>
      workloadIdentityEnabled === true &&
      oidcIssuerEnabled !== true &&
      (oidcIssuerEnabled === false || azurermMajor < 5),
    message: ({ oidcIssuerEnabled = "nothing" }) =>
      `workloadIdentityEnabled true needs oidcIssuerEnabled true (got ${oidcIssuerEnabled}): add it`,
    source: AZURERM_CLUSTER,
  },
  {
    when: ({ kubeletIdentity: kubelet, identity }) =>
      kubelet !== undefined &&
      (!kubelet.clientId || !kubelet.objectId || !kubelet.userAssignedIdentityId || !identity?.identityIds),
    message: () =>
      "kubeletIdentity needs clientId, objectId and userAssignedIdentityId, and identity.identityIds of the cluster: write all",
    source: `${AZURERM_CLUSTER}, RequiredWith`,
  },
];
