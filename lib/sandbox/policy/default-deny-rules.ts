import type { PolicyParams, ResourceRule } from "./admission-policy";
import { EMPTIES_NAMESPACE, Validation, Variable } from "./cel";

/** Name of the network policy without which a namespace is open. */
export const DEFAULT_DENY = "default-deny";

/** Name of the quota of a namespace that counts its pods, as policies see no pods but that of the request. */
export const POD_COUNT = "pod-count";

export const DEFAULT_DENY_DELETIONS: readonly ResourceRule[] = [
  { apiGroups: ["networking.k8s.io"], apiVersions: ["v1"], operations: ["DELETE"], resources: ["networkpolicies"] },
];

export const DEFAULT_DENY_PARAMS: PolicyParams = { apiVersion: "v1", kind: "ResourceQuota", name: POD_COUNT };

export const DEFAULT_DENY_VARIABLES: readonly Variable[] = [
  { name: "isDefaultDeny", expression: `oldObject.metadata.name == '${DEFAULT_DENY}'` },
  EMPTIES_NAMESPACE,
  { name: "used", expression: "has(params.status) && has(params.status.used) ? params.status.used : {}" },
  {
    name: "hasNoPods",
    expression: "'pods' in variables.used && quantity(string(variables.used['pods'])).compareTo(quantity('0')) == 0",
  },
];

/**
 * Terraform deletes what is in a namespace before the namespace, so its pods would run without a network policy.
 * Kubernetes itself deletes pods first, since 1.33 (CVE-2024-7598).
 */
export const DEFAULT_DENY_VALIDATIONS: readonly Validation[] = [
  {
    expression: "!variables.isDefaultDeny || variables.emptiesNamespace || variables.hasNoPods",
    messageExpression:
      "'pods of namespace ' + namespaceObject.metadata.name + ' run and would have an open network: try again when they have ended, or delete the namespace first, which ends pods before network policies, with kubectl delete namespace ' + namespaceObject.metadata.name",
    source: "kubernetes/kubernetes issue 126587, CVE-2024-7598",
  },
];
