import type { ResourceRule } from "./admission-policy";
import { celList, isAdministrator, NAMESPACE_ANNOTATIONS, Validation, Variable } from "./cel";
import { SERVICE_TYPES_ANNOTATION } from "./policy-names";

/** Types of Services that give nobody an address outside the cluster. */
const SERVICE_TYPES = ["ClusterIP", "ExternalName"];

export const SERVICES: readonly ResourceRule[] = [
  { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["services"] },
];

export function serviceVariables(policyName: string): Variable[] {
  return [
    isAdministrator(policyName),
    NAMESPACE_ANNOTATIONS,
    {
      name: "moreTypes",
      expression: `'${SERVICE_TYPES_ANNOTATION}' in variables.namespaceAnnotations ? variables.namespaceAnnotations['${SERVICE_TYPES_ANNOTATION}'].split(',') : []`,
    },
    { name: "types", expression: `${celList(SERVICE_TYPES)} + variables.moreTypes` },
    {
      name: "isUnchanged",
      expression: "request.operation == 'UPDATE' && object.spec == oldObject.spec",
    },
  ];
}

export const SERVICE_VALIDATIONS: readonly Validation[] = [
  {
    expression:
      "!has(object.spec.type) || object.spec.type in variables.types || variables.isUnchanged || variables.isAdministrator",
    messageExpression:
      "'services of this namespace have no address outside the cluster: write spec.type: ' + variables.types.join(' or ')",
    source: "kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types",
  },
  {
    expression:
      "!has(object.spec.externalIPs) || object.spec.externalIPs.size() == 0 || variables.isUnchanged || variables.isAdministrator",
    message: "external IPs take traffic of other addresses over: remove spec.externalIPs",
    source: "CVE-2020-8554, kubernetes/kubernetes issue 97076",
  },
];
