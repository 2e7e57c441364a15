import { DEDICATED_TAINT, taintText } from "../../cluster/node-pool-defaults";
import { PodSandboxing } from "../../pod-sandboxing";
import { KATA_HANDLER } from "../../sandbox/kata-runtime-class";
import { bytes } from "../../sandbox/pod-overhead";
import { CLASS_ANNOTATION, POLICY_LABEL } from "../../sandbox/sandbox-policy";
import { Declaration, stable } from "../configuration";
import type { PlannedResource, StackPlan } from "../plan";
import type { Json } from "../synth-output";
import { code, inOneLine } from "../text";
import { kindOf } from "../words";

/** Something that holds untrusted pods, or those who log in, and may hold them less after the change. */
interface Loosening {
  readonly of: (declaration: Declaration) => boolean;
  /** What is looser, told what is written before and after; before it was there, nothing is written. */
  readonly changed?: (before: Json, after: Json) => readonly (string | false | undefined)[];
  /** What is looser when it goes. */
  readonly gone?: (before: Json) => string | undefined;
}

const LOOSENINGS: readonly Loosening[] = [
  {
    of: isType("azurerm_kubernetes_cluster"),
    changed: (before, after) => [
      isTurnedOff(before, after, "local_account_disabled") &&
        "local accounts are turned on: whoever has their certificate is administrator, past Entra ID",
      before.azure_active_directory_role_based_access_control &&
        !after.azure_active_directory_role_based_access_control &&
        "Entra ID no longer decides who logs in",
      before.role_based_access_control_enabled !== false &&
        after.role_based_access_control_enabled === false &&
        "Kubernetes RBAC is turned off: everybody who logs in may do everything",
      isTurnedOff(before, after, "private_cluster_enabled") && "the API server gets a public address",
      isOpenToAll(rangesOf(after)) && !isOpenToAll(rangesOf(before)) && "the API server can be reached from everywhere",
      before.run_command_enabled === false &&
        after.run_command_enabled !== false &&
        "`az aks command invoke` is allowed",
      isTurnedOff(before, after, "azure_policy_enabled") && "Azure Policy is turned off",
      before.microsoft_defender && !after.microsoft_defender && "Microsoft Defender is turned off",
      before.key_management_service &&
        !after.key_management_service &&
        "secrets are no longer encrypted with a key of yours",
      before.network_profile?.[0]?.network_policy &&
        after.network_profile?.[0]?.network_policy === undefined &&
        "no engine for network policies is written any more: without one Kubernetes ignores them",
    ],
  },
  {
    of: isType("azurerm_kubernetes_cluster_node_pool"),
    changed: (before, after) => [
      PodSandboxing.isKata(before.workload_runtime) &&
        !PodSandboxing.isKata(after.workload_runtime) &&
        "the pool loses its kata runtime: pods on it share the kernel of their node",
      isDedicated(before) &&
        !isDedicated(after) &&
        "the pool is no longer dedicated: other pods run beside sandboxed ones",
      isTurnedOff(before, after, "host_encryption_enabled") && "host encryption is turned off",
      isTurnedOff(before, after, "fips_enabled") && "FIPS is turned off",
      isTurnedOff(after, before, "node_public_ip_enabled") && "its nodes get public addresses",
    ],
  },
  {
    of: isKind("RuntimeClass"),
    changed: ({ manifest: before }, { manifest: after }) => [
      ...handlerNotes(before, after),
      memoryOf(before) > memoryOf(after) &&
        `overhead shrinks from ${inOneLine(before.overhead.podFixed.memory)} to ${inOneLine(after.overhead?.podFixed?.memory ?? "0")}: ` +
          "the scheduler counts less than pods need, and nodes can run out of memory",
      before.scheduling?.nodeSelector &&
        !after.scheduling?.nodeSelector &&
        "its pods are no longer sent to the kata nodes, and fail on others",
    ],
  },
  { of: isType("kubernetes_runtime_class_v1"), changed: handlerNotes },
  {
    of: isKind("ValidatingAdmissionPolicy"),
    changed: ({ manifest: { spec: before = {} } }, { manifest: { spec: after = {} } }) => [
      (before.failurePolicy ?? "Fail") === "Fail" &&
        after.failurePolicy === "Ignore" &&
        "a pod that the policy cannot judge is admitted (`failurePolicy` Ignore)",
      stable(before.matchConstraints ?? {}) !== stable(after.matchConstraints ?? {}) &&
        "what the policy looks at is different (`matchConstraints`)",
      ...goneValidations(before, after),
      ...widerValidations(before, after),
    ],
    gone: () => "pods are no longer held to a runtime class",
  },
  {
    of: isKind("ValidatingAdmissionPolicyBinding"),
    changed: ({ manifest: { spec: before = {} } }, { manifest: { spec: after = {} } }) => [
      before.validationActions?.includes("Deny") &&
        !after.validationActions?.includes("Deny") &&
        `pods that break the policy are admitted (\`validationActions\` ${inOneLine(after.validationActions ?? [])})`,
      stable(before.matchResources ?? {}) !== stable(after.matchResources ?? {}) &&
        "the policy holds other namespaces (`matchResources`)",
      before.policyName !== after.policyName && `it binds policy ${inOneLine(after.policyName ?? "")} instead`,
    ],
    gone: () => "its policy holds nobody",
  },
  {
    of: isType("kubernetes_namespace_v1"),
    changed: ({ metadata: [before = {}] = [] }, { metadata: [after = {}] = [] }) => {
      const [was, is] = [before, after].map(({ labels = {} }) => labels);
      const [oldClass, newClass] = [before, after].map(({ annotations = {} }) => annotations[CLASS_ANNOTATION]);
      return [
        was[POLICY_LABEL] !== undefined &&
          was[POLICY_LABEL] !== is[POLICY_LABEL] &&
          (is[POLICY_LABEL] === undefined
            ? `pods without a kernel of their own are admitted (label ${code(POLICY_LABEL)} is gone)`
            : `its pods are held by policy ${inOneLine(is[POLICY_LABEL])} instead of ${inOneLine(was[POLICY_LABEL])}`),
        strictness(was[POD_SECURITY]) > strictness(is[POD_SECURITY]) &&
          `Pod Security goes from ${inOneLine(was[POD_SECURITY])} to ${inOneLine(is[POD_SECURITY] ?? "privileged")}`,
        oldClass !== undefined &&
          oldClass !== newClass &&
          `its pods no longer have to use runtime class ${inOneLine(oldClass)}`,
      ];
    },
  },
  {
    of: isType("kubernetes_network_policy_v1"),
    changed: (before, after) => [isOpened(before, after) && "it lets through what was shut out"],
    gone: () => "what it shut out is let through, unless another policy shuts it out",
  },
  { of: isType("kubernetes_limit_range_v1"), gone: () => "containers without limits get none" },
  {
    of: isType("kubernetes_resource_quota_v1"),
    changed: raisedQuotas,
    gone: () => "all pods together may take what the cluster has",
  },
  {
    of: isType("kubernetes_default_service_account_v1"),
    changed: (before, after) => [
      before.automount_service_account_token === false &&
        after.automount_service_account_token !== false &&
        "pods get a token for the Kubernetes API",
    ],
    gone: () => "pods get a token for the Kubernetes API",
  },
  {
    of: isType("kubernetes_job_v1"),
    gone: (before) => (comparesKernels(before) ? "no deployment proves any more that kernels differ" : undefined),
  },
];

/** What holds untrusted pods less after the change. */
export function isolationNotes(plan: StackPlan): string[] {
  return [...poolNotes(plan), ...resourceNotes(plan)];
}

/** A cluster that had kata pools and has none. */
function poolNotes({ name, before, after }: StackPlan): string[] {
  const [had, has] = [before, after].map((stack) =>
    stack?.resources.some(({ values }) => PodSandboxing.isKata(values.workload_runtime)),
  );
  return had && !has ? [`no kata node pool is left in stack ${code(name)}: sandboxed pods find no node`] : [];
}

function resourceNotes(plan: StackPlan): string[] {
  return plan.resources().flatMap((resource) => {
    if (resource.verdict === "none" || goesWithItsNamespace(plan, resource)) return [];
    const { address, before, after } = resource;
    const declaration = (after ?? before)!;
    const looser = LOOSENINGS.filter(({ of }) => of(declaration)).flatMap(({ changed, gone }) => {
      if (!after) return [gone?.(before!.values)];
      return before || opensWhenItComes(plan, after) ? (changed?.(before?.values ?? {}, after.values) ?? []) : [];
    });
    return looser
      .filter((note) => typeof note === "string")
      .map((note) => `${kindOf(declaration).noun} ${code(address)} in ${plan.name}: ${note}`);
  });
}

function goesWithItsNamespace(plan: StackPlan, { before, after }: PlannedResource): boolean {
  const namespace = before?.values.metadata?.[0]?.namespace;
  if (after || namespace === undefined) return false;
  const isDeclared = plan.after?.resources.some(
    ({ type, values }) => type === "kubernetes_namespace_v1" && values.metadata?.[0]?.name === namespace,
  );
  return !isDeclared;
}

/** What was not there held nobody; only a network policy opens something, if its namespace was there before it. */
function opensWhenItComes({ before }: StackPlan, { type, values }: Declaration): boolean {
  const isThere = before?.resources.some(
    (resource) =>
      resource.type === "kubernetes_namespace_v1" &&
      resource.values.metadata?.[0]?.name === values.metadata?.[0]?.namespace,
  );
  return type === "kubernetes_network_policy_v1" && isThere === true;
}

function isType(type: string): Loosening["of"] {
  return (declaration) => declaration.type === type;
}

function isKind(kind: string): Loosening["of"] {
  return ({ type, values }) => type === "kubernetes_manifest" && values.manifest?.kind === kind;
}

function isTurnedOff(before: Json, after: Json, argument: string): boolean {
  return before[argument] === true && after[argument] !== true;
}

function rangesOf({ api_server_access_profile }: Json): string[] {
  return api_server_access_profile?.[0]?.authorized_ip_ranges ?? [];
}

function isOpenToAll(ranges: readonly string[]): boolean {
  return ranges.length === 0 || ranges.some((range) => range.endsWith("/0"));
}

function isDedicated({ node_taints }: Json): boolean {
  return node_taints?.includes(taintText(DEDICATED_TAINT)) ?? false;
}

function handlerNotes(before: Json, after: Json): string[] {
  if (before.handler !== KATA_HANDLER || after.handler === KATA_HANDLER) return [];
  return [
    `handler ${inOneLine(after.handler)} instead of ${code(KATA_HANDLER)}: pods of the class share the kernel of their node`,
  ];
}

function memoryOf({ overhead }: Json): number {
  return bytes(overhead?.podFixed?.memory ?? "0") ?? 0;
}

const POD_SECURITY = "pod-security.kubernetes.io/enforce";

/** Source: kubernetes.io/docs/concepts/security/pod-security-standards */
function strictness(level: Json): number {
  return ["privileged", "baseline", "restricted"].indexOf(level ?? "privileged");
}

/** The form of a CEL expression: what it says apart from its names and numbers. */
function formOf(expression: string): string {
  return expression
    .replace(/'[^']*'/g, "''")
    .replace(/(''(, )?)+/g, "''")
    .replace(/\d+(\.\d+)?/g, "0");
}

function goneValidations(before: Json, after: Json): string[] {
  const forms = new Set((after.validations ?? []).map(({ expression }: Json) => formOf(expression)));
  return (before.validations ?? [])
    .filter(({ expression }: Json) => !forms.has(formOf(expression)))
    .map(({ message, expression }: Json) => `it no longer checks: ${inOneLine(message ?? expression)}`);
}

/** Runtime classes that the policy admits after the change only, and sizes that have grown. */
function widerValidations(before: Json, after: Json): string[] {
  const [old, next] = [before, after].map(({ validations = [], variables = [] }: Json) => {
    const text = [...validations, ...variables].map(({ expression }: Json) => expression).join("\n");
    return {
      classes: namesIn(/variables\.runtimeClass in \[(.*?)\]/.exec(text)?.[1] ?? ""),
      sizes: new Map([...text.matchAll(/'([^']*)': (\d+(?:\.\d+)?)/g)].map(([, name, size]) => [name, Number(size)])),
    };
  });
  const admitted = next.classes.filter((name) => !old.classes.includes(name));
  const grown = [...next.sizes].filter(([name, size]) => size > (old.sizes.get(name) ?? Infinity));
  return [
    ...admitted.map((name) => `it admits pods of runtime class ${code(name)}, too`),
    ...grown.map(([name, size]) => `pods of runtime class ${code(name)} may have ${size / 2 ** 20}Mi of memory`),
  ];
}

function namesIn(list: string): string[] {
  return [...list.matchAll(/'([^']*)'/g)].map(([, name]) => name);
}

/** Whether a network policy has a way in or out that it did not have, or no longer shuts one of the two. */
function isOpened(before: Json, after: Json): boolean {
  const [shut, shutNow] = [before, after].map(({ spec }) => spec?.[0]?.policy_types ?? []);
  if (shut.some((type: string) => !shutNow.includes(type))) return true;
  const rulesOf = ({ spec }: Json): string[] =>
    [...(spec?.[0]?.ingress ?? []), ...(spec?.[0]?.egress ?? [])].map((rule) => stable(rule));
  const old = new Set(rulesOf(before));
  return rulesOf(after).some((rule) => !old.has(rule));
}

function raisedQuotas(before: Json, after: Json): string[] {
  const [old, next] = [before, after].map(({ spec }) => spec?.[0]?.hard ?? {});
  return Object.keys(old)
    .filter((name) => next[name] === undefined || (bytes(next[name]) ?? 0) > (bytes(old[name]) ?? Infinity))
    .map(
      (name) => `quota of ${code(name)} goes from ${inOneLine(old[name])} to ${inOneLine(next[name] ?? "unlimited")}`,
    );
}

/** The isolation check is told by what it compares. */
function comparesKernels(values: Json): boolean {
  return JSON.stringify(values).includes("kernel_version");
}
