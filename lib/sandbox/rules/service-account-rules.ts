import type { Rule } from "../../validation/check";

/** Input of the rules for a service account with an identity. */
export interface ServiceAccountRuleInput {
  readonly serviceAccount: string;
  readonly namespace: string;
  /** Namespace that the identity is for. */
  readonly namespaceOfIdentity: string;
}

export const SERVICE_ACCOUNT_RULES: readonly Rule<ServiceAccountRuleInput>[] = [
  {
    when: ({ namespace, namespaceOfIdentity }) => namespace !== namespaceOfIdentity,
    message: ({ namespace, namespaceOfIdentity }) =>
      `workloadIdentity is for namespace "${namespaceOfIdentity}", and Entra ID gives its tokens to no pod of "${namespace}": write namespace "${namespace}" in addWorkloadIdentity`,
    source: "learn.microsoft.com/azure/aks/workload-identity-overview",
  },
  {
    when: ({ serviceAccount }) => serviceAccount === "default",
    message: () =>
      'service account "default" is there in every namespace, and every pod has it: write another serviceAccount in addWorkloadIdentity',
    source: "kubernetes.io/docs/concepts/security/service-accounts",
  },
];
