import { DEDICATED_TAINT, taintText } from "../../cluster/node-pool-defaults";
import { PodSandboxing } from "../../pod-sandboxing";
import { KATA_HANDLER } from "../../sandbox/kata-runtime-class";
import { bytes } from "../../validation/quantity";
import { CLASS_ANNOTATION, POLICY_LABEL } from "../../sandbox/policy/sandbox-policy";
import type { StackConfiguration } from "../configuration";
import { Declaration, poolOf } from "../declaration";
import { hasExpression, isNot } from "../expressions";
import { isObject, Json, listOf, only, stable, withoutNullsInside } from "../json";
import type { PlannedResource, StackPlan } from "../plan";
import { CLUSTER, MANIFEST, NAMESPACE, NODE_POOL, RUNTIME_CLASS } from "../resource-types";
import { code, inOneLine } from "../text";
import { kindOf } from "../words";

/** Something that holds untrusted pods, or those who log in, and may hold them less after the change. */
interface Loosening {
  readonly appliesTo: (declaration: Declaration) => boolean;
  /**
   * What is looser, told the values before and after, in which references to what the stack says are replaced by that;
   * before it was there, nothing is written.
   */
  readonly changed?: (before: Json, after: Json) => readonly (string | false | undefined)[];
  /** What is looser when it goes. */
  readonly gone?: (before: Json) => string | undefined;
}

const LOOSENINGS: readonly Loosening[] = [
  {
    appliesTo: isType(CLUSTER),
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
        isNot(after.run_command_enabled, false) &&
        "`az aks command invoke` is allowed",
      isTurnedOff(before, after, "azure_policy_enabled") && "Azure Policy is turned off",
      before.microsoft_defender && !after.microsoft_defender && "Microsoft Defender is turned off",
      before.key_management_service &&
        !after.key_management_service &&
        "secrets are no longer encrypted with a key of yours",
    ],
  },
  {
    appliesTo: isType(NODE_POOL),
    changed: (before, after) => [
      PodSandboxing.isKata(before.workload_runtime) &&
        !PodSandboxing.isKata(after.workload_runtime) &&
        !hasExpression(after.workload_runtime) &&
        "the pool loses its kata runtime: pods on it share the kernel of their node",
      isDedicated(before) &&
        !isDedicated(after) &&
        !hasExpression(after.node_taints) &&
        "the pool is no longer dedicated: other pods run beside sandboxed ones",
    ],
  },
  {
    appliesTo: isType(CLUSTER, NODE_POOL),
    changed: (clusterOrPoolBefore, clusterOrPool) => {
      const [before, after] = [poolOf(clusterOrPoolBefore), poolOf(clusterOrPool)];
      return [
        isTurnedOff(before, after, "host_encryption_enabled") && "host encryption is turned off",
        isTurnedOff(before, after, "fips_enabled") && "FIPS is turned off",
        before.node_public_ip_enabled !== true &&
          after.node_public_ip_enabled === true &&
          "its nodes get public addresses",
      ];
    },
  },
  {
    appliesTo: isKind("RuntimeClass"),
    changed: ({ manifest: before = {} }, { manifest: after = {} }) => [
      ...handlerNotes(before, after),
      memoryOf(before) > memoryOf(after) &&
        `overhead shrinks from ${inOneLine(before.overhead?.podFixed?.memory)} to ${inOneLine(after.overhead?.podFixed?.memory ?? "0")}: ` +
          "the scheduler counts less than pods need, and nodes can run out of memory",
      before.scheduling?.nodeSelector &&
        !after.scheduling?.nodeSelector &&
        "its pods are no longer sent to the kata nodes, and fail on others",
    ],
  },
  { appliesTo: isType(RUNTIME_CLASS), changed: handlerNotes },
  {
    appliesTo: isKind("ValidatingAdmissionPolicy"),
    changed: ({ manifest: { spec: before = {} } = {} }: Json, { manifest: { spec: after = {} } = {} }: Json) => [
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
    appliesTo: isKind("ValidatingAdmissionPolicyBinding"),
    changed: ({ manifest: { spec: before = {} } = {} }: Json, { manifest: { spec: after = {} } = {} }: Json) => [
      listOf(before.validationActions).includes("Deny") &&
        !listOf(after.validationActions).includes("Deny") &&
        !hasExpression(after.validationActions) &&
        `pods that break the policy are admitted (\`validationActions\` ${inOneLine(after.validationActions ?? [])})`,
      stable(before.matchResources ?? {}) !== stable(after.matchResources ?? {}) &&
        "the policy holds other namespaces (`matchResources`)",
      before.policyName !== after.policyName && `it binds policy ${inOneLine(after.policyName ?? "")} instead`,
    ],
    gone: () => "its policy holds nobody",
  },
  {
    appliesTo: (declaration) => isType(NAMESPACE)(declaration) || isKind("Namespace")(declaration),
    changed: (before, after) => {
      const [was, is] = [before, after].map((values) => metadataOf(values).labels ?? {});
      const [oldClass, newClass] = [before, after].map((values) => metadataOf(values).annotations?.[CLASS_ANNOTATION]);
      if (hasExpression(is)) return [];
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
    appliesTo: isNetworkPolicy,
    changed: (before, after) => {
      const [old, next] = [before, after].map(networkPolicyOf);
      return [
        old.shut.some((direction) => !next.shut.includes(direction)) && "it lets through what was shut out",
        next.ways.some((way) => !old.ways.includes(way)) &&
          "it may let through what was shut out, as it has a rule that it did not have",
        old.shut.length > 0 && old.pods !== next.pods && "it holds other pods (`pod_selector`)",
      ];
    },
    gone: () => "what it shut out is let through, unless another policy shuts it out",
  },
  {
    appliesTo: isType("kubernetes_limit_range_v1"),
    changed: ({ spec: before }, { spec: after }) => [
      before !== undefined && stable(before) !== stable(after ?? null) && "containers get other limits",
    ],
    gone: () => "containers without limits get none",
  },
  {
    appliesTo: isType("kubernetes_resource_quota_v1"),
    changed: raisedQuotas,
    gone: () => "all pods together may take what the cluster has",
  },
  {
    appliesTo: isType("kubernetes_default_service_account_v1"),
    changed: (before, after) => [
      before.automount_service_account_token === false &&
        isNot(after.automount_service_account_token, false) &&
        "pods get a token for the Kubernetes API",
    ],
    gone: () => "pods get a token for the Kubernetes API",
  },
  {
    appliesTo: isType("kubernetes_job_v1"),
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
    stack?.resources.some(({ values }) => {
      const runtime = stack.resolve(values.workload_runtime);
      return PodSandboxing.isKata(runtime) || (stack === after && hasExpression(runtime));
    }),
  );
  return had && !has ? [`no kata node pool is left in stack ${code(name)}: sandboxed pods find no node`] : [];
}

function resourceNotes(plan: StackPlan): string[] {
  return plan.resources().flatMap((resource) => {
    if (resource.verdict === "none" || goesWithItsNamespace(plan, resource)) return [];
    const { address, before, after } = resource;
    const declaration = (after ?? before)!;
    const old = withoutNullsInside(plan.before?.resolve(before?.values));
    const next = withoutNullsInside(plan.after?.resolve(after?.values));
    const looser = LOOSENINGS.filter(({ appliesTo }) => appliesTo(declaration)).flatMap(({ changed, gone }) => {
      if (!after) return [gone?.(old)];
      return before || opensWhenItComes(plan, after) ? (changed?.(old ?? {}, next) ?? []) : [];
    });
    return looser
      .filter((note) => typeof note === "string")
      .map((note) => `${kindOf(declaration).noun} ${code(address)} in ${code(plan.name)}: ${note}`);
  });
}

function goesWithItsNamespace(plan: StackPlan, { before, after }: PlannedResource): boolean {
  const namespace = before && metadataOf(before.values).namespace;
  return !after && namespace !== undefined && !declaresNamespace(plan.after, namespace);
}

function declaresNamespace(stack: StackConfiguration | undefined, name: Json): boolean {
  return stack?.resources.some(({ type, values }) => type === NAMESPACE && metadataOf(values).name === name) ?? false;
}

/** What was not there held nobody; only a network policy opens something, if its namespace was there before it. */
function opensWhenItComes({ before }: StackPlan, declaration: Declaration): boolean {
  return isNetworkPolicy(declaration) && declaresNamespace(before, metadataOf(declaration.values).namespace);
}

function isType(...types: readonly string[]): Loosening["appliesTo"] {
  return (declaration) => types.includes(declaration.type);
}

function isKind(kind: string): Loosening["appliesTo"] {
  return ({ type, values }) => type === MANIFEST && values.manifest?.kind === kind;
}

function isNetworkPolicy(declaration: Declaration): boolean {
  return isType("kubernetes_network_policy_v1")(declaration) || isKind("NetworkPolicy")(declaration);
}

/** Metadata of an object, which a manifest has as Kubernetes wants it, and other resources in a block. */
function metadataOf({ manifest, metadata }: Json): Json {
  return (manifest ? manifest.metadata : only(metadata)) ?? {};
}

function isTurnedOff(before: Json, after: Json, argument: string): boolean {
  const [was, is] = [before[argument], after[argument]].map(String); // a local value may hold a text
  return was === "true" && isNot(is, "true");
}

function rangesOf({ api_server_access_profile }: Json): Json[] {
  return listOf(only(api_server_access_profile)?.authorized_ip_ranges);
}

function isOpenToAll(ranges: readonly Json[]): boolean {
  return ranges.length === 0 || ranges.some((range) => String(range).endsWith("/0"));
}

function isDedicated({ node_taints }: Json): boolean {
  return listOf(node_taints).includes(taintText(DEDICATED_TAINT));
}

function handlerNotes(before: Json, after: Json): string[] {
  if (before.handler !== KATA_HANDLER || !isNot(after.handler, KATA_HANDLER)) return [];
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
function formOf(expression: Json): string {
  return String(expression)
    .replace(/'[^']*'/g, "''")
    .replace(/(''(, )?)+/g, "''")
    .replace(/\d+(\.\d+)?/g, "0");
}

function goneValidations(before: Json, after: Json): string[] {
  if (hasExpression(after.validations)) return [];
  const forms = new Set(listOf(after.validations).map(({ expression }: Json) => formOf(expression)));
  return listOf(before.validations)
    .filter(({ expression }: Json) => !forms.has(formOf(expression)))
    .map(({ message, expression }: Json) => `it no longer checks: ${inOneLine(message ?? expression)}`);
}

/** Runtime classes that the policy admits after the change only, and sizes that have grown. */
function widerValidations(before: Json, after: Json): string[] {
  const [old, next] = [before, after].map(({ validations, variables }: Json) => {
    const text = [...listOf(validations), ...listOf(variables)].map(({ expression }: Json) => expression).join("\n");
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

/** What a network policy shuts, and the ways that it leaves open. */
function networkPolicyOf({ manifest, spec }: Json) {
  const { policy_types, policyTypes, pod_selector, podSelector, ingress, egress } = (manifest?.spec ??
    only(spec) ??
    {}) as Json;
  return {
    shut: listOf(policy_types ?? policyTypes),
    ways: [...listOf(ingress), ...listOf(egress)].map(stable),
    pods: stable(pod_selector ?? podSelector ?? null),
  };
}

function raisedQuotas(before: Json, after: Json): string[] {
  const [old, next] = [before, after].map(({ spec }) => only(spec)?.hard ?? {});
  if (!isObject(old) || !isObject(next)) return [];
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
