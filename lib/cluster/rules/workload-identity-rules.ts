import { DNS_LABEL, DNS_SUBDOMAIN } from "../../validation/names";
import type { Rule } from "../../validation/rule";
import type { ClusterArguments } from "./cluster-arguments";
import { AZURERM_CLUSTER } from "./sources";

/** Input of the rules for a workload identity. */
export interface WorkloadIdentityRuleInput {
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Arguments of the cluster, as far as they are known. */
  readonly cluster?: ClusterArguments;
  /** True if the app does not declare the cluster. */
  readonly isExisting: boolean;
  readonly oidcIssuerUrl?: string;
}

const WORKLOAD_IDENTITY = "learn.microsoft.com/azure/aks/workload-identity-deploy-cluster";

export const WORKLOAD_IDENTITY_RULES: readonly Rule<WorkloadIdentityRuleInput>[] = [
  {
    when: ({ name }) => !/^[A-Za-z0-9][-\w]{2,119}$/.test(name),
    message: ({ name }) =>
      `name "${name}" of a workload identity is not valid: use 3 to 120 letters, digits, hyphens and underscores with a letter or digit first`,
    source:
      "learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules, userAssignedIdentities; learn.microsoft.com/rest/api/managedidentity, federatedIdentityCredentials",
  },
  {
    when: ({ namespace }) => !DNS_LABEL.test(namespace),
    message: ({ namespace }) =>
      `namespace "${namespace}" of a workload identity is not a valid name: write the name of a namespace`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/names",
  },
  {
    when: ({ serviceAccount }) => !DNS_SUBDOMAIN.test(serviceAccount),
    message: ({ serviceAccount }) =>
      `service account "${serviceAccount}" of a workload identity is not a valid name: use lowercase letters, digits, hyphens and dots`,
    source: "kubernetes.io/docs/concepts/security/service-accounts",
  },
  {
    when: ({ isExisting, cluster }) => !isExisting && cluster?.workloadIdentityEnabled !== true,
    message: () =>
      "the cluster gives its pods no identities: write oidcIssuerEnabled true and workloadIdentityEnabled true",
    source: WORKLOAD_IDENTITY,
  },
  {
    when: ({ isExisting, oidcIssuerUrl }) => isExisting && oidcIssuerUrl === undefined,
    message: () =>
      "the issuer of the cluster's tokens is not known: write oidcIssuerUrl, which az aks show --query oidcIssuerProfile.issuerUrl prints",
    source: `${WORKLOAD_IDENTITY}; ${AZURERM_CLUSTER}`,
  },
  {
    when: ({ oidcIssuerUrl }) => !/^https:\/\/[^/]/.test(oidcIssuerUrl || "https://issuer"),
    message: ({ oidcIssuerUrl }) =>
      `oidcIssuerUrl "${oidcIssuerUrl}" is no URL: write what az aks show --query oidcIssuerProfile.issuerUrl prints`,
    source: WORKLOAD_IDENTITY,
  },
];
