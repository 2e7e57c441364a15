import type { ResourceRule } from "./admission-policy";
import { NAMESPACE_ANNOTATIONS, Validation, Variable } from "./cel";
import { GRACE_PERIOD } from "./pod-rules";

/** A grace period that is given with the deletion or eviction replaces that of the pod. */
export const POD_DELETIONS: readonly ResourceRule[] = [
  { apiGroups: [""], apiVersions: ["v1"], operations: ["DELETE"], resources: ["pods"] },
  { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods/eviction"] },
];

export const POD_DELETION_VARIABLES: readonly Variable[] = [
  NAMESPACE_ANNOTATIONS,
  GRACE_PERIOD,
  {
    name: "deletion",
    expression: "has(request.options) && has(request.options.gracePeriodSeconds) ? [request.options] : []",
  },
  {
    name: "eviction",
    expression:
      "request.operation == 'CREATE' && has(dyn(object).deleteOptions) && has(dyn(object).deleteOptions.gracePeriodSeconds) ? [dyn(object).deleteOptions] : []",
  },
];

export const POD_DELETION_VALIDATIONS: readonly Validation[] = [
  {
    expression:
      "(variables.deletion + variables.eviction).all(options, options.gracePeriodSeconds <= variables.maxGracePeriod)",
    messageExpression:
      "'a long grace period keeps a pod alive while its namespace is deleted: delete it with --grace-period of ' + string(variables.maxGracePeriod) + ' or less'",
    source: "kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
  },
];
