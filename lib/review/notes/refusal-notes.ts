import coerce from "semver/functions/coerce";
import lt from "semver/functions/lt";
import major from "semver/functions/major";
import { kataVmSize } from "../../cluster/kata-vm-size";
import { PodSandboxing } from "../../pod-sandboxing";
import { isPoolName } from "../../rules";
import type { Declaration } from "../configuration";
import { hasExpression } from "../expressions";
import type { PlannedResource, StackPlan } from "../plan";
import { checkSchemas } from "../schema-check";
import type { Json } from "../synth-output";
import { code, inOneLine } from "../text";

/** A change that a provider or the cloud refuses, at plan or, worse, at apply. */
interface Refusal {
  readonly types: readonly string[];
  /** What is refused, if it is, of a resource as it is written after the change. */
  readonly of: (after: Json, resource: PlannedResource) => string | undefined;
}

const CLUSTER = "azurerm_kubernetes_cluster";
const NODE_POOL = "azurerm_kubernetes_cluster_node_pool";

/**
 * Source of those of azurerm: hashicorp/terraform-provider-azurerm v4.81.0, internal/services/containers,
 * kubernetes_cluster_resource.go, kubernetes_cluster_node_pool_resource.go and kubernetes_nodepool.go.
 */
const REFUSALS: readonly Refusal[] = [
  {
    types: [CLUSTER, NODE_POOL],
    of: (after, { arguments: changed }) => {
      const rotated = changed.find(({ effect, atWorst }) => effect === "rotate" || atWorst === "rotate");
      return rotated && poolOf(after).temporary_name_for_rotation === undefined
        ? `azurerm refuses at apply to rotate for ${code(rotated.path)}: write \`temporary_name_for_rotation\``
        : undefined;
    },
  },
  {
    types: [CLUSTER, NODE_POOL],
    of: (after) => {
      const { auto_scaling_enabled, min_count, max_count } = poolOf(after);
      const isCounted = min_count !== undefined || max_count !== undefined;
      if (typeof min_count === "number" && typeof max_count === "number" && min_count > max_count)
        return `azurerm refuses \`min_count\` ${min_count} above \`max_count\` ${max_count}`;
      if (auto_scaling_enabled === true && (min_count === undefined || max_count === undefined))
        return "azurerm refuses an autoscaled pool without `min_count` and `max_count`";
      return auto_scaling_enabled !== true && !hasExpression(auto_scaling_enabled) && isCounted
        ? "azurerm refuses `min_count` and `max_count` of a pool that is not autoscaled"
        : undefined;
    },
  },
  {
    types: [CLUSTER],
    of: ({ default_node_pool }, { before, arguments: changed }) =>
      default_node_pool?.[0]?.auto_scaling_enabled === true &&
      before?.values.default_node_pool?.[0]?.auto_scaling_enabled === true &&
      changed.some(({ path, effect }) => path === "default_node_pool.node_count" && effect !== "none")
        ? "azurerm refuses at apply to change `default_node_pool.node_count` while the pool is autoscaled: leave it out"
        : undefined,
  },
  {
    types: [CLUSTER],
    of: ({ upgrade_override }, { before }) =>
      before?.values.upgrade_override && !upgrade_override
        ? "azurerm refuses at apply to take `upgrade_override` away: set `force_upgrade_enabled` to false instead"
        : undefined,
  },
  {
    types: [CLUSTER],
    of: ({ workload_identity_enabled, oidc_issuer_enabled }, { after }) =>
      workload_identity_enabled === true &&
      oidc_issuer_enabled !== true &&
      (oidc_issuer_enabled === false || !isFromMajor(after!, 5))
        ? "azurerm refuses `workload_identity_enabled` without `oidc_issuer_enabled`"
        : undefined,
  },
  {
    types: [CLUSTER],
    of: ({ network_profile }) => {
      const { outbound_type, network_data_plane, network_plugin, advanced_networking } = network_profile?.[0] ?? {};
      if (
        advanced_networking?.[0]?.security_enabled === true &&
        (network_data_plane !== "cilium" || network_plugin !== "azure")
      )
        return "azurerm refuses `advanced_networking.security_enabled` without `network_plugin` azure and `network_data_plane` cilium";
      return outbound_type === "none"
        ? "azurerm wants `bootstrap_profile.artifact_source` Cache for `outbound_type` none"
        : undefined;
    },
  },
  {
    types: [NODE_POOL],
    of: ({ priority, eviction_policy, upgrade_settings }, { after }) => {
      const settings = upgrade_settings?.[0];
      const isLimited = settings?.max_surge || settings?.max_unavailable;
      if (priority === "Spot")
        return isLimited ? "azurerm refuses `max_surge` and `max_unavailable` for Spot pools" : undefined;
      if (eviction_policy !== undefined && !hasExpression(priority))
        return "azurerm refuses `eviction_policy` of a pool that is no Spot pool";
      return settings && !isLimited && isFromMajor(after!, 4)
        ? "azurerm refuses `upgrade_settings` without `max_surge` or `max_unavailable`"
        : undefined;
    },
  },
  {
    types: [CLUSTER, NODE_POOL],
    of: (after) => {
      const { name } = poolOf(after);
      return typeof name === "string" && !hasExpression(name) && !isPoolName(name)
        ? `azurerm refuses ${code(name)} as the name of a pool: it takes 1 to 12 lowercase letters and digits with a letter first`
        : undefined;
    },
  },
  {
    types: [CLUSTER],
    of: ({ identity, service_principal, sku_tier = "Free", cost_analysis_enabled }) => {
      if (!identity === !service_principal) return "azurerm takes exactly one of `identity` and `service_principal`";
      return cost_analysis_enabled === true && sku_tier === "Free"
        ? "azurerm refuses `cost_analysis_enabled` with `sku_tier` Free"
        : undefined;
    },
  },
  {
    types: [CLUSTER, NODE_POOL],
    of: (after) => {
      const { name, temporary_name_for_rotation: temporary } = poolOf(after);
      return temporary !== undefined && temporary === name
        ? `azurerm cannot rotate pool ${code(name)} through a pool of the same name: write another \`temporary_name_for_rotation\``
        : undefined;
    },
  },
  {
    // Source: learn.microsoft.com/azure/aks/upgrade-aks-cluster: the control plane cannot be downgraded.
    types: [CLUSTER],
    of: ({ kubernetes_version }, { before }) =>
      isDowngrade(before?.values.kubernetes_version, kubernetes_version)
        ? `AKS refuses at apply to go back from Kubernetes ${before!.values.kubernetes_version} to ${kubernetes_version}`
        : undefined,
  },
  {
    // Source: MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md and node-images.md.
    types: [NODE_POOL],
    of: ({ workload_runtime, vm_size, os_sku, fips_enabled }) => {
      if (!PodSandboxing.isKata(workload_runtime)) return undefined;
      if (typeof vm_size === "string" && !hasExpression(vm_size) && kataVmSize(vm_size).verdict === "reject")
        return `AKS refuses kata pods on ${code(vm_size)} (${kataVmSize(vm_size).why})`;
      if (fips_enabled === true) return "AKS refuses `fips_enabled` with kata pods";
      return typeof os_sku === "string" && /^(Ubuntu|Windows)/.test(os_sku)
        ? `AKS refuses kata pods on ${code(os_sku)}`
        : undefined;
    },
  },
  {
    // Source: kubernetes/kubernetes, pkg/apis/node/validation/validation.go: the handler is immutable.
    types: ["kubernetes_manifest"],
    of: ({ manifest }, { arguments: changed }) =>
      manifest?.kind === "RuntimeClass" && changed.some(({ path }) => path === "manifest.handler")
        ? "Kubernetes refuses at apply to change the handler of a runtime class: give the class another name"
        : undefined,
  },
];

/** What a provider, Azure or Kubernetes will refuse of a change. */
export function refusalNotes(plan: StackPlan): string[] {
  const { after } = plan;
  if (!after) return [];
  const resources = plan.resources();
  const changed = resources.filter(({ verdict, after }) => after && verdict !== "none");
  const refused = changed.flatMap((resource) => {
    const { type, values } = resource.after!;
    return REFUSALS.filter(({ types }) => types.includes(type)).flatMap(({ of }) => {
      const refusal = of(values, resource);
      return refusal === undefined ? [] : [`${code(resource.address)} in ${plan.name}: ${refusal}`];
    });
  });
  return [...schemaNotes(plan, resources), ...refused];
}

/** What does not fit the schema; the value is told only where it is one of a closed set, and so no secret. */
function schemaNotes({ name, before, after }: StackPlan, resources: readonly PlannedResource[]): string[] {
  const isJudgedAnew = ({ type }: Declaration) => {
    const provider = type.split("_")[0];
    return before?.requiredProviders[provider]?.version !== after!.requiredProviders[provider]?.version;
  };
  const wanted = new Set(
    resources.flatMap(({ address, after, verdict }) =>
      after?.table.isKnown && (verdict !== "none" || isJudgedAnew(after)) ? [address] : [],
    ),
  );
  const { configuration, language } = after!.output;
  return checkSchemas(configuration, language, (address) => wanted.has(address)).failures.flatMap((failure) => {
    const [, address, path, expected, value] = /^(\S+) \(.*?\): (.*?): expected (.*), got (.*)$/s.exec(failure) ?? [];
    if (address === undefined) return []; // no schema is known
    const got = expected.startsWith("one of ") ? `, not ${inOneLine(JSON.parse(value))}` : "";
    return [`${code(address)} in ${name}: the provider refuses ${code(path)}: it takes ${expected}${got}`];
  });
}

/** The pool that a resource is, or has as its default. */
function poolOf(values: Json): Json {
  return values.default_node_pool?.[0] ?? values;
}

function isFromMajor({ table: { version } }: Declaration, least: number): boolean {
  return version !== undefined && major(version) >= least;
}

/** `1.34` is no way back from `1.34.2`. */
function isDowngrade(before: Json, after: Json): boolean {
  if (typeof before !== "string" || typeof after !== "string") return false;
  const asPrecise = before.split(".").slice(0, after.split(".").length).join(".");
  const [old, next] = [asPrecise, after].map((version) => (hasExpression(version) ? null : coerce(version)));
  return Boolean(old && next && lt(next, old));
}
