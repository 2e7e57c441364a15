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

/** Something that held untrusted pods, or those who log in, and holds them less after the change. */
interface Loosening {
  readonly of: (declaration: Declaration) => boolean;
  /** What is looser, told what is written before and after; `{}` where the resource is not there. */
  readonly notes: (before: Json, after: Json) => readonly (string | false | undefined)[];
}

const LOOSENINGS: readonly Loosening[] = [
  {
    of: isType("azurerm_kubernetes_cluster"),
    notes: (before, after) => [
      before.local_account_disabled === true &&
        after.local_account_disabled !== true &&
        "local accounts are turned on: whoever has their certificate is administrator, past Entra ID",
      before.azure_active_directory_role_based_access_control &&
        !after.azure_active_directory_role_based_access_control &&
        "Entra ID no longer decides who logs in",
      before.role_based_access_control_enabled !== false &&
        after.role_based_access_control_enabled === false &&
        "Kubernetes RBAC is turned off: everybody who logs in may do everything",
      before.private_cluster_enabled === true &&
        after.private_cluster_enabled !== true &&
        "the API server gets a public address",
      rangesOf(before).length > 0 &&
        (rangesOf(after).length === 0 || rangesOf(after).some((range) => range.endsWith("/0"))) &&
        "the API server can be reached from everywhere",
      before.run_command_enabled === false &&
        after.run_command_enabled !== false &&
        "`az aks command invoke` is allowed",
      before.azure_policy_enabled === true && after.azure_policy_enabled !== true && "Azure Policy is turned off",
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
    notes: (before, after) => [
      PodSandboxing.isKata(before.workload_runtime) &&
        !PodSandboxing.isKata(after.workload_runtime) &&
        "the pool loses its kata runtime: pods on it share the kernel of their node",
      isDedicated(before) &&
        !isDedicated(after) &&
        "the pool is no longer dedicated: other pods run beside sandboxed ones",
      before.host_encryption_enabled === true &&
        after.host_encryption_enabled !== true &&
        "host encryption is turned off",
      before.fips_enabled === true && after.fips_enabled !== true && "FIPS is turned off",
      before.node_public_ip_enabled !== true &&
        after.node_public_ip_enabled === true &&
        "its nodes get public addresses",
    ],
  },
  {
    of: isKind("RuntimeClass"),
    notes: ({ manifest: before }, { manifest: after = {} }) => [
      before.handler === KATA_HANDLER &&
        after.handler !== undefined &&
        after.handler !== KATA_HANDLER &&
        `handler ${inOneLine(after.handler)} instead of ${code(KATA_HANDLER)}: pods of the class share the kernel of their node`,
      after.kind &&
        memoryOf(before) > memoryOf(after) &&
        `overhead shrinks from ${inOneLine(before.overhead.podFixed.memory)} to ${inOneLine(after.overhead?.podFixed?.memory ?? "nothing")}: ` +
          "the scheduler counts less than pods need, and nodes can run out of memory",
      before.scheduling?.nodeSelector &&
        after.kind &&
        !after.scheduling?.nodeSelector &&
        "its pods are no longer sent to the kata nodes, and fail on others",
    ],
  },
  {
    of: isType("kubernetes_runtime_class_v1"),
    notes: (before, after) => [
      before.handler === KATA_HANDLER &&
        after.handler !== undefined &&
        after.handler !== KATA_HANDLER &&
        `handler ${inOneLine(after.handler)} instead of ${code(KATA_HANDLER)}: pods of the class share the kernel of their node`,
    ],
  },
  {
    of: isKind("ValidatingAdmissionPolicy"),
    notes: ({ manifest: { spec: before } }, { manifest: { spec: after } = {} as Json }) =>
      after === undefined
        ? ["the policy goes, and pods are no longer held to a runtime class"]
        : [
            (before.failurePolicy ?? "Fail") === "Fail" &&
              after.failurePolicy === "Ignore" &&
              "a pod that the policy cannot judge is admitted (`failurePolicy` Ignore)",
            stable(before.matchConstraints ?? {}) !== stable(after.matchConstraints ?? {}) &&
              "what the policy looks at is different (`matchConstraints`)",
            ...goneValidations(before, after),
            ...widerValidations(before, after),
          ],
  },
  {
    of: isKind("ValidatingAdmissionPolicyBinding"),
    notes: ({ manifest: { spec: before } }, { manifest: { spec: after } = {} as Json }) =>
      after === undefined
        ? ["the binding goes, and the policy holds nobody"]
        : [
            before.validationActions?.includes("Deny") &&
              !after.validationActions?.includes("Deny") &&
              `pods that break the policy are admitted (\`validationActions\` ${inOneLine(after.validationActions ?? [])})`,
            stable(before.matchResources ?? {}) !== stable(after.matchResources ?? {}) &&
              "the policy holds other namespaces (`matchResources`)",
            before.policyName !== after.policyName && `it binds policy ${inOneLine(after.policyName ?? "")} instead`,
          ],
  },
  {
    of: isType("kubernetes_namespace_v1"),
    notes: ({ metadata: before }, { metadata: after }) => {
      if (after === undefined) return [];
      const [old, next] = [before?.[0] ?? {}, after[0] ?? {}];
      const [was, is] = [old, next].map(({ labels = {} }) => labels);
      const [oldClass, newClass] = [old, next].map(({ annotations = {} }) => annotations[CLASS_ANNOTATION]);
      return [
        was[POLICY_LABEL] !== undefined &&
          was[POLICY_LABEL] !== is[POLICY_LABEL] &&
          (is[POLICY_LABEL] === undefined
            ? `pods without a kernel of their own are admitted (label ${code(POLICY_LABEL)} is gone)`
            : `its pods are held by policy ${inOneLine(is[POLICY_LABEL])} instead of ${inOneLine(was[POLICY_LABEL])}`),
        strictness(was[POD_SECURITY]) > strictness(is[POD_SECURITY]) &&
          `Pod Security goes from ${inOneLine(was[POD_SECURITY])} to ${inOneLine(is[POD_SECURITY] ?? "nothing")}`,
        oldClass !== undefined &&
          oldClass !== newClass &&
          `its pods no longer have to use runtime class ${inOneLine(oldClass)}`,
      ];
    },
  },
  {
    of: isType("kubernetes_network_policy_v1"),
    notes: (before, after) => [
      before.spec &&
        !after.spec &&
        "traffic that the network policy shut out is let in or out, unless another one does",
      after.spec && openings(before, after) > 0 && "the network is opened",
    ],
  },
  {
    of: isType("kubernetes_limit_range_v1"),
    notes: (before, after) => [before.spec && !after.spec && "containers without limits get none"],
  },
  {
    of: isType("kubernetes_resource_quota_v1"),
    notes: (before, after) => [
      before.spec && !after.spec && "all pods together may take what the cluster has",
      ...raisedQuotas(before, after),
    ],
  },
  {
    of: isType("kubernetes_default_service_account_v1"),
    notes: (before, after) => [
      before.automount_service_account_token === false &&
        after.automount_service_account_token !== false &&
        "pods get a token for the Kubernetes API",
    ],
  },
  {
    of: isType("kubernetes_job_v1"),
    notes: (before, after) => [
      namesKernels(before) && !namesKernels(after) && "no deployment proves any more that kernels differ",
    ],
  },
];

/** What holds untrusted pods less after the change. */
export function isolationNotes(plan: StackPlan): string[] {
  return plan.resources().flatMap((resource) => {
    if (resource.verdict === "none") return [];
    const { before, after } = resource;
    const looser = LOOSENINGS.filter(({ of }) => of((after ?? before)!)).flatMap(({ notes }) =>
      isNotThere(resource) ? [] : notes(before?.values ?? {}, after?.values ?? {}),
    );
    const subject = `${kindOf((after ?? before)!).noun} ${code(resource.address)} in ${plan.name}`;
    return looser.filter((note) => typeof note === "string").map((note) => `${subject}: ${note}`);
  });
}

/** What was not there held nobody; only network policies open something when they come. */
function isNotThere({ before, after }: PlannedResource): boolean {
  return before === undefined && after!.type !== "kubernetes_network_policy_v1";
}

function isType(type: string): Loosening["of"] {
  return (declaration) => declaration.type === type;
}

function isKind(kind: string): Loosening["of"] {
  return ({ type, values }) => type === "kubernetes_manifest" && values.manifest?.kind === kind;
}

function rangesOf({ api_server_access_profile }: Json): string[] {
  return api_server_access_profile?.[0]?.authorized_ip_ranges ?? [];
}

function isDedicated({ node_taints }: Json): boolean {
  return node_taints?.includes(taintText(DEDICATED_TAINT)) ?? false;
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

/** Names that an expression gained, and numbers that grew. */
function widerValidations(before: Json, after: Json): string[] {
  const expressions = ({ validations = [], variables = [] }: Json) =>
    [...validations, ...variables].map(({ expression }: Json) => expression as string);
  const [old, next] = [before, after].map(
    (spec) => new Set(expressions(spec).flatMap((text) => text.match(/'[^']+'/g) ?? [])),
  );
  const gained = [...next].filter((name) => !old.has(name)).map((name) => code(name.slice(1, -1)));
  return gained.length === 0 ? [] : [`it names what it did not name before: ${gained.join(", ")}`];
}

/** How many more ways in and out a network policy has. */
function openings(before: Json, after: Json): number {
  const rules = ({ spec }: Json): string[] =>
    [...(spec?.[0]?.ingress ?? []), ...(spec?.[0]?.egress ?? [])].map((rule) => stable(rule));
  const old = new Set(rules(before));
  return rules(after).filter((rule) => !old.has(rule)).length;
}

function raisedQuotas(before: Json, after: Json): string[] {
  const [old, next] = [before, after].map(({ spec }) => spec?.[0]?.hard ?? {});
  if (!after.spec) return [];
  return Object.keys(old)
    .filter((name) => next[name] === undefined || (bytes(next[name]) ?? 0) > (bytes(old[name]) ?? Infinity))
    .map((name) => `quota ${code(name)} goes from ${inOneLine(old[name])} to ${inOneLine(next[name] ?? "nothing")}`);
}

/** The isolation check, told by the kernels it compares with. */
function namesKernels(values: Json): boolean {
  return JSON.stringify(values).includes("kernel_version");
}
