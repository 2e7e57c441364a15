import { celList, NAMESPACE_ANNOTATIONS, Validation, Variable } from "./cel";
import { CLASS_ANNOTATION, GRACE_PERIOD_ANNOTATION } from "./policy-names";

const POD_SECURITY = "kubernetes.io/docs/concepts/security/pod-security-standards, baseline and restricted";

/** Longest termination grace period of pods in namespaces that say nothing else, in seconds. */
const MAX_GRACE_PERIOD = 300;

/** Annotations with this prefix are the runtime's own. Sources: kata-containers, docs/how-to/how-to-set-sandbox-config-kata.md; containerd, internal/cri/annotations. */
const RUNTIME_ANNOTATIONS = ["io.katacontainers.", "io.kubernetes.cri"];

/** Volumes of what the API server has. */
const API_VOLUMES = ["configMap", "downwardAPI", "projected", "secret"];

/** Volumes of storage that a pod may have: those that Pod Security `restricted` allows, without inline CSI volumes, and images, which are read as those of containers are. */
const STORAGE_VOLUMES = ["emptyDir", "ephemeral", "image", "persistentVolumeClaim"];

/** The longest termination grace period of a namespace's pods. */
export const GRACE_PERIOD: Variable = {
  name: "maxGracePeriod",
  expression: `'${GRACE_PERIOD_ANNOTATION}' in variables.namespaceAnnotations ? int(variables.namespaceAnnotations['${GRACE_PERIOD_ANNOTATION}']) : ${MAX_GRACE_PERIOD}`,
};

export const POD_VARIABLES: readonly Variable[] = [
  { name: "isNew", expression: "request.operation == 'CREATE'" },
  {
    name: "hasNewSize",
    expression: "variables.isNew || has(request.subResource) && request.subResource == 'resize'",
  },
  {
    name: "runtimeClass",
    expression: "has(object.spec.runtimeClassName) ? object.spec.runtimeClassName : ''",
  },
  NAMESPACE_ANNOTATIONS,
  GRACE_PERIOD,
  {
    name: "annotations",
    expression: "has(object.metadata.annotations) ? object.metadata.annotations : {}",
  },
  {
    name: "oldAnnotations",
    expression: "!variables.isNew && has(oldObject.metadata.annotations) ? oldObject.metadata.annotations : {}",
  },
  {
    name: "newAnnotations",
    expression:
      "variables.annotations.filter(a, !(a in variables.oldAnnotations) || variables.oldAnnotations[a] != variables.annotations[a])",
  },
  { name: "containers", expression: "has(object.spec.containers) ? object.spec.containers : []" },
  { name: "initContainers", expression: "has(object.spec.initContainers) ? object.spec.initContainers : []" },
  { name: "allContainers", expression: "variables.containers + variables.initContainers" },
  {
    name: "containerLimits",
    expression: "variables.containers.map(c, has(c.resources) && has(c.resources.limits) ? c.resources.limits : {})",
  },
  {
    name: "initLimits",
    expression:
      "variables.initContainers.map(c, has(c.resources) && has(c.resources.limits) ? c.resources.limits : {})",
  },
  { name: "allLimits", expression: "variables.containerLimits + variables.initLimits" },
  ...["livenessProbe", "readinessProbe", "startupProbe"].map((probe) => ({
    name: `${probe}s`,
    expression: `variables.allContainers.filter(c, has(c.${probe})).map(c, c.${probe})`,
  })),
  { name: "probes", expression: "variables.livenessProbes + variables.readinessProbes + variables.startupProbes" },
  {
    name: "lifecycles",
    expression: "variables.allContainers.filter(c, has(c.lifecycle)).map(c, c.lifecycle)",
  },
  {
    name: "hooks",
    expression:
      "variables.lifecycles.filter(l, has(l.postStart)).map(l, l.postStart) + variables.lifecycles.filter(l, has(l.preStop)).map(l, l.preStop)",
  },
  { name: "volumes", expression: "has(object.spec.volumes) ? object.spec.volumes : []" },
  { name: "storageVolumes", expression: `variables.volumes.filter(v, !(${hasAny(API_VOLUMES)}))` },
  {
    name: "antiAffinity",
    expression:
      "has(object.spec.affinity) && has(object.spec.affinity.podAntiAffinity) ? [object.spec.affinity.podAntiAffinity] : []",
  },
  {
    name: "requiredAntiAffinity",
    expression:
      "variables.antiAffinity.filter(a, has(a.requiredDuringSchedulingIgnoredDuringExecution)).map(a, a.requiredDuringSchedulingIgnoredDuringExecution)",
  },
  {
    name: "podLimits",
    expression: "has(object.spec.resources) && has(object.spec.resources.limits) ? object.spec.resources.limits : {}",
  },
  {
    name: "podRequests",
    expression:
      "has(object.spec.resources) && has(object.spec.resources.requests) ? object.spec.resources.requests : {}",
  },
];

/** Held whenever a pod is written, as annotations can be added later and a new sandbox of the pod takes them up. */
export const ANNOTATION_VALIDATIONS: readonly Validation[] = [
  {
    expression: `!variables.newAnnotations.exists(a, ${celList(RUNTIME_ANNOTATIONS)}.exists(prefix, a.startsWith(prefix)))`,
    message: `annotations of the runtime change how a pod's VM is made: remove those that begin with ${RUNTIME_ANNOTATIONS.join(" or ")}`,
    source: "kata-containers, docs/how-to/how-to-set-sandbox-config-kata.md",
  },
];

/** Held when a pod is created; none of these fields can change later. */
export const CREATION_VALIDATIONS: readonly Validation[] = [
  {
    expression: "!has(object.spec.hostNetwork) || object.spec.hostNetwork == false",
    message: "pods with a kernel of their own cannot use the host's network: remove spec.hostNetwork",
    source: "MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md, limitations",
  },
  {
    expression: "!has(object.spec.hostPID) || object.spec.hostPID == false",
    message: "pods with a kernel of their own cannot see the host's processes: remove spec.hostPID",
    source: POD_SECURITY,
  },
  {
    expression: "!has(object.spec.hostIPC) || object.spec.hostIPC == false",
    message: "pods with a kernel of their own cannot share the host's memory: remove spec.hostIPC",
    source: POD_SECURITY,
  },
  {
    expression: "variables.allContainers.all(c, !has(c.ports) || c.ports.all(p, !has(p.hostPort) || p.hostPort == 0))",
    message: "ports of the host are outside the namespace's network policies: remove hostPort and use a Service",
    source: POD_SECURITY,
  },
  ...["probes", "hooks"].map((handlers) => ({
    expression: `variables.${handlers}.all(h, ${["httpGet", "tcpSocket"].map((way) => `(!has(h.${way}) || !has(h.${way}.host))`).join(" && ")})`,
    message: `${handlers} that name a host are sent by the node, past network policies: remove host from httpGet and tcpSocket`,
    source: `${POD_SECURITY}, which has it since 1.34`,
  })),
  {
    expression: "variables.volumes.all(v, !has(v.csi))",
    message:
      "inline CSI volumes are mounted by the node, past the VM and past network policies: use a persistentVolumeClaim",
    source: "kubernetes.io/docs/concepts/storage/ephemeral-volumes/#csi-ephemeral-volumes",
  },
  {
    expression: `variables.storageVolumes.all(v, has(v.csi) || ${hasAny(STORAGE_VOLUMES)})`,
    message: `volumes of other types are mounted by the node's kernel, past the VM: use ${[...API_VOLUMES, ...STORAGE_VOLUMES].join(", ")}`,
    source: POD_SECURITY,
  },
  {
    expression:
      "(!has(object.spec.priorityClassName) || !object.spec.priorityClassName.startsWith('system-')) && (!has(object.spec.priority) || object.spec.priority <= 1000000000)",
    message:
      "classes of priority that begin with system- take the place of the cluster's own pods: remove spec.priorityClassName or use another",
    source: "kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods",
  },
  {
    expression: "!has(object.spec.nodeName) || object.spec.nodeName == ''",
    message: "pods of this namespace are placed by the scheduler: remove spec.nodeName",
    source: "kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename",
  },
  {
    expression:
      "variables.requiredAntiAffinity.all(terms, terms.all(t, !has(t.namespaceSelector) && (!has(t.namespaces) || t.namespaces.all(n, n == request.namespace))))",
    message:
      "anti-affinity to pods of other namespaces keeps them off the nodes: remove namespaces and namespaceSelector from spec.affinity.podAntiAffinity",
    source: "kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#namespace-selector",
  },
  {
    expression: "!has(object.spec.os) || object.spec.os.name == 'linux'",
    message: "pods with a kernel of their own run Linux: remove spec.os",
    source: "MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md",
  },
  {
    expression:
      "!has(object.spec.terminationGracePeriodSeconds) || object.spec.terminationGracePeriodSeconds <= variables.maxGracePeriod",
    messageExpression:
      "'a long grace period keeps a pod alive while its namespace is deleted: write spec.terminationGracePeriodSeconds of ' + string(variables.maxGracePeriod) + ' or less'",
    source: "kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
  },
];

function hasAny(types: readonly string[]): string {
  return types.map((type) => `has(v.${type})`).join(" || ");
}

/** Returns what holds a pod to the classes of the stack. */
export function classValidations(names: readonly string[]): Validation[] {
  return [
    {
      expression: `variables.runtimeClass in ${celList(names)}`,
      message: `pods of this namespace need a kernel of their own: write spec.runtimeClassName: ${names.join(" or ")}`,
      source: "MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md",
    },
  ];
}

/** Holds pods to the one class that their namespace names. */
export const NAMESPACE_CLASS_VALIDATION: Validation = {
  expression: `!('${CLASS_ANNOTATION}' in variables.namespaceAnnotations) || variables.runtimeClass == variables.namespaceAnnotations['${CLASS_ANNOTATION}']`,
  messageExpression: `'pods of this namespace use one runtime class: write spec.runtimeClassName: ' + variables.namespaceAnnotations['${CLASS_ANNOTATION}']`,
  source: "lib/sandbox/sandboxed-namespace.ts",
};
