import type { ResourceRule } from "./admission-policy";
import { EMPTIES_NAMESPACE, isAdministrator, NAMESPACE_ANNOTATIONS, Validation, Variable } from "./cel";
import { POLICY_LABEL, TENANT_NETWORK_POLICIES_ANNOTATION } from "./policy-names";

const OPERATIONS = ["CREATE", "UPDATE", "DELETE"] as const;

/** Kubernetes' own network policies, and those of the engines that AKS offers, which open as much. */
export const NETWORK_POLICIES: readonly ResourceRule[] = [
  {
    apiGroups: ["networking.k8s.io"],
    apiVersions: ["v1"],
    operations: [...OPERATIONS],
    resources: ["networkpolicies"],
  },
  { apiGroups: ["cilium.io"], apiVersions: ["*"], operations: [...OPERATIONS], resources: ["ciliumnetworkpolicies"] },
  {
    apiGroups: ["crd.projectcalico.org", "projectcalico.org"],
    apiVersions: ["*"],
    operations: [...OPERATIONS],
    resources: ["networkpolicies", "stagednetworkpolicies"],
  },
];

export function networkPolicyVariables(policyName: string): Variable[] {
  return [
    isAdministrator(policyName),
    NAMESPACE_ANNOTATIONS,
    EMPTIES_NAMESPACE,
    { name: "isHeld", expression: "!variables.emptiesNamespace && !variables.isAdministrator" },
    {
      name: "tenantsMayWrite",
      expression: `request.resource.group == 'networking.k8s.io' && '${TENANT_NETWORK_POLICIES_ANNOTATION}' in variables.namespaceAnnotations`,
    },
    {
      name: "isOfStack",
      expression: `request.operation != 'CREATE' && has(oldObject.metadata.labels) && '${POLICY_LABEL}' in oldObject.metadata.labels`,
    },
    {
      name: "egress",
      expression: "request.operation != 'DELETE' && has(object.spec.egress) ? object.spec.egress : []",
    },
    {
      name: "opensAddresses",
      expression:
        "variables.egress.exists(rule, !has(rule.to) || rule.to.size() == 0 || rule.to.exists(peer, has(peer.ipBlock)))",
    },
  ];
}

export const NETWORK_POLICY_VALIDATIONS: readonly Validation[] = [
  {
    expression: "variables.tenantsMayWrite && !variables.isOfStack || !variables.isHeld",
    message:
      "network policies of this namespace are written by its sandbox stack: ask for egress or ingress of the namespace there",
    source: "kubernetes.io/docs/concepts/services-networking/network-policies",
  },
  {
    expression: "!variables.tenantsMayWrite || !variables.opensAddresses || !variables.isHeld",
    message:
      "network policies of this namespace's users open traffic among pods: write podSelector or namespaceSelector in every egress rule, and ask for addresses as egress of the namespace in its sandbox stack",
    source: "learn.microsoft.com/azure/virtual-machines/instance-metadata-service",
  },
];
