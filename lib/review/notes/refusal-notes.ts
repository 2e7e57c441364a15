import coerce from "semver/functions/coerce";
import lt from "semver/functions/lt";
import major from "semver/functions/major";
import { kataVmSize } from "../../cluster/kata-vm-size";
import { PodSandboxing } from "../../pod-sandboxing";
import { isPoolName } from "../../cluster/rules/node-pool-rules";
import { Declaration, poolOf } from "../declaration";
import { hasExpression, isNot } from "../expressions";
import { Json, listOf, only } from "../json";
import type { PlannedResource, StackPlan } from "../plan";
import { CLUSTER, MANIFEST, NODE_POOL } from "../resource-types";
import { checkSchemas } from "../schema-check";
import { code, inOneLine } from "../text";

/** A change that a provider or the cloud refuses, at plan or, worse, at apply. */
interface Refusal {
  readonly types: readonly string[];
  /**
   * What is refused, if it is, of a resource as it is after the change, in which references to what the stack says are
   * replaced by that.
   */
  readonly refusal: (after: Json, resource: PlannedResource) => string | false | undefined;
}

/**
 * Source of those of azurerm: hashicorp/terraform-provider-azurerm v4.81.0, internal/services/containers,
 * kubernetes_cluster_resource.go, kubernetes_cluster_node_pool_resource.go and kubernetes_nodepool.go.
 */
const REFUSALS: readonly Refusal[] = [
  {
    types: [CLUSTER, NODE_POOL],
    refusal: (after, { arguments: changed, staying }) => {
      const rotated = changed.find(({ effect, atWorst }) => effect === "rotate" || atWorst === "rotate");
      return (
        rotated &&
        staying !== "replace" &&
        poolOf(after).temporary_name_for_rotation === undefined &&
        `azurerm refuses at apply to rotate for ${code(rotated.path)}: write \`temporary_name_for_rotation\``
      );
    },
  },
  {
    types: [CLUSTER, NODE_POOL],
    refusal: (after) => {
      const { auto_scaling_enabled, min_count, max_count } = poolOf(after);
      const isCounted = min_count !== undefined || max_count !== undefined;
      if (typeof min_count === "number" && typeof max_count === "number" && min_count > max_count)
        return `azurerm refuses \`min_count\` ${min_count} above \`max_count\` ${max_count}`;
      if (auto_scaling_enabled === true && (min_count === undefined || max_count === undefined))
        return "azurerm refuses an autoscaled pool without `min_count` and `max_count`";
      return (
        isNot(auto_scaling_enabled, true) &&
        isCounted &&
        "azurerm refuses `min_count` and `max_count` of a pool that is not autoscaled"
      );
    },
  },
  {
    types: [CLUSTER],
    refusal: ({ default_node_pool }) => {
      const { auto_scaling_enabled, node_count, min_count, max_count } = only(default_node_pool) ?? {};
      return (
        auto_scaling_enabled === true &&
        (node_count < min_count || node_count > max_count) &&
        `azurerm refuses \`node_count\` ${code(String(node_count))} of an autoscaled pool of ${code(String(min_count))} to ${code(String(max_count))} nodes`
      );
    },
  },
  {
    types: [CLUSTER],
    refusal: ({ default_node_pool }, { before, arguments: changed }) =>
      only(default_node_pool)?.auto_scaling_enabled === true &&
      only(before?.values.default_node_pool)?.auto_scaling_enabled === true &&
      changed.some(({ path, effect }) => path === "default_node_pool.node_count" && effect !== "none") &&
      "azurerm refuses at apply to change `default_node_pool.node_count` while the pool is autoscaled: leave it out",
  },
  {
    types: [CLUSTER],
    refusal: ({ upgrade_override, dynamic }, { before }) =>
      before?.values.upgrade_override &&
      !upgrade_override &&
      !dynamic &&
      "azurerm refuses at apply to take `upgrade_override` away: set `force_upgrade_enabled` to false instead",
  },
  {
    types: [CLUSTER],
    refusal: ({ workload_identity_enabled, oidc_issuer_enabled }, { after }) =>
      workload_identity_enabled === true &&
      isNot(oidc_issuer_enabled, true) &&
      (oidc_issuer_enabled === false || !isFromMajor(after!, 5)) &&
      "azurerm refuses `workload_identity_enabled` without `oidc_issuer_enabled`",
  },
  {
    types: [CLUSTER],
    refusal: ({ network_profile, bootstrap_profile }) =>
      only(network_profile)?.outbound_type === "none" &&
      isNot(only(bootstrap_profile)?.artifact_source, "Cache") &&
      "azurerm wants `bootstrap_profile.artifact_source` Cache for `outbound_type` none",
  },
  {
    types: [CLUSTER],
    refusal: ({ network_profile }) => {
      const { advanced_networking, network_plugin, network_data_plane } = only(network_profile) ?? {};
      return (
        only(advanced_networking)?.security_enabled === true &&
        (isNot(network_data_plane, "cilium") || isNot(network_plugin, "azure")) &&
        "azurerm refuses `advanced_networking.security_enabled` without `network_plugin` azure and `network_data_plane` cilium"
      );
    },
  },
  {
    types: [CLUSTER],
    refusal: ({ network_profile }) => {
      const { network_plugin, network_plugin_mode, pod_cidr } = only(network_profile) ?? {};
      return (
        pod_cidr !== undefined &&
        network_plugin === "azure" &&
        isNot(network_plugin_mode, "overlay") &&
        "azurerm refuses `pod_cidr` with `network_plugin` azure unless `network_plugin_mode` is overlay"
      );
    },
  },
  {
    types: [CLUSTER],
    refusal: ({ network_profile }) => {
      const { service_cidr, service_cidrs, dns_service_ip } = only(network_profile) ?? {};
      const hasRange = service_cidr !== undefined || service_cidrs !== undefined;
      return (
        hasRange !== (dns_service_ip !== undefined) &&
        "azurerm refuses one of `service_cidr` and `dns_service_ip` without the other"
      );
    },
  },
  {
    types: [CLUSTER],
    refusal: ({ network_profile }) => {
      const { pod_cidrs, service_cidrs, ip_versions } = only(network_profile) ?? {};
      const isDual = [pod_cidrs, service_cidrs].some((ranges) => Array.isArray(ranges) && ranges.length > 1);
      return (
        isDual &&
        !hasExpression(ip_versions) &&
        listOf(ip_versions).length < 2 &&
        "azurerm refuses two ranges of addresses unless `ip_versions` has IPv4 and IPv6"
      );
    },
  },
  {
    types: [CLUSTER],
    refusal: ({ network_profile }) => {
      const { load_balancer_sku, load_balancer_profile, nat_gateway_profile } = only(network_profile) ?? {};
      return (
        load_balancer_sku === "basic" &&
        (load_balancer_profile || nat_gateway_profile) &&
        "azurerm refuses `load_balancer_profile` and `nat_gateway_profile` with `load_balancer_sku` basic"
      );
    },
  },
  {
    types: [CLUSTER],
    refusal: ({ dns_prefix, dns_prefix_private_cluster, private_cluster_enabled, private_dns_zone_id }) => {
      if (dns_prefix !== undefined && dns_prefix_private_cluster !== undefined)
        return "azurerm takes one of `dns_prefix` and `dns_prefix_private_cluster`, not both";
      if (dns_prefix === undefined && dns_prefix_private_cluster === undefined)
        return "azurerm wants `dns_prefix`, or `dns_prefix_private_cluster` of a private cluster";
      return (
        dns_prefix_private_cluster !== undefined &&
        isNot(private_cluster_enabled, true) &&
        private_dns_zone_id === undefined &&
        "azurerm refuses `dns_prefix_private_cluster` of a cluster that is not private"
      );
    },
  },
  {
    types: [CLUSTER],
    refusal: ({ private_dns_zone_id, identity }) =>
      private_dns_zone_id !== undefined &&
      !["System", "None"].includes(private_dns_zone_id) &&
      !hasExpression(private_dns_zone_id) &&
      only(identity)?.type === "SystemAssigned" &&
      "azurerm refuses a `private_dns_zone_id` of yours with an `identity` that is SystemAssigned",
  },
  {
    types: [CLUSTER],
    refusal: ({ automatic_upgrade_channel, node_os_upgrade_channel }) =>
      automatic_upgrade_channel === "node-image" &&
      node_os_upgrade_channel !== undefined &&
      isNot(node_os_upgrade_channel, "NodeImage") &&
      "azurerm refuses `automatic_upgrade_channel` node-image unless `node_os_upgrade_channel` is NodeImage",
  },
  {
    types: [NODE_POOL],
    refusal: ({ priority, eviction_policy, spot_max_price, upgrade_settings }, { after }) => {
      const settings = only(upgrade_settings);
      const isLimited = settings?.max_surge || settings?.max_unavailable;
      if (priority === "Spot") return isLimited && "azurerm refuses `max_surge` and `max_unavailable` for Spot pools";
      if (hasExpression(priority)) return undefined;
      if (eviction_policy !== undefined) return "azurerm refuses `eviction_policy` of a pool that is no Spot pool";
      if (spot_max_price !== undefined && isNot(spot_max_price, -1))
        return "azurerm refuses `spot_max_price` of a pool that is no Spot pool";
      return (
        settings &&
        !isLimited &&
        isFromMajor(after!, 4) &&
        "azurerm refuses `upgrade_settings` without `max_surge` or `max_unavailable`"
      );
    },
  },
  {
    types: [NODE_POOL],
    refusal: ({ os_type, linux_os_config }) =>
      os_type === "Windows" && linux_os_config && "azurerm refuses `linux_os_config` of a Windows pool",
  },
  {
    types: [CLUSTER, NODE_POOL],
    refusal: (after) => {
      const { name, temporary_name_for_rotation: temporary } = poolOf(after);
      const wrong = [name, temporary].find(
        (text) => typeof text === "string" && !hasExpression(text) && !isPoolName(text),
      );
      if (wrong !== undefined)
        return `azurerm refuses ${code(wrong)} as the name of a pool: it takes 1 to 12 lowercase letters and digits with a letter first`;
      return (
        temporary !== undefined &&
        temporary === name &&
        `azurerm cannot rotate pool ${code(name)} through a pool of the same name: write another \`temporary_name_for_rotation\``
      );
    },
  },
  {
    types: [CLUSTER],
    refusal: ({ identity, service_principal, dynamic }) =>
      !dynamic && !identity === !service_principal && "azurerm takes exactly one of `identity` and `service_principal`",
  },
  {
    types: [CLUSTER],
    refusal: ({ sku_tier = "Free", cost_analysis_enabled }) =>
      cost_analysis_enabled === true &&
      sku_tier === "Free" &&
      "azurerm refuses `cost_analysis_enabled` with `sku_tier` Free",
  },
  {
    types: [CLUSTER],
    refusal: ({ kubernetes_version, default_node_pool }) =>
      isOlder(only(default_node_pool)?.orchestrator_version, kubernetes_version) &&
      "azurerm refuses a `default_node_pool.orchestrator_version` that is newer than `kubernetes_version`",
  },
  {
    // Source: learn.microsoft.com/azure/aks/upgrade-aks-cluster: the control plane cannot be downgraded.
    types: [CLUSTER],
    refusal: ({ kubernetes_version }, { before }) =>
      isOlder(before?.values.kubernetes_version, kubernetes_version) &&
      `AKS refuses at apply to go back from Kubernetes ${code(before!.values.kubernetes_version)} to ${code(kubernetes_version)}`,
  },
  {
    // Source: MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md and node-images.md.
    types: [NODE_POOL],
    refusal: ({ workload_runtime, vm_size, os_sku, fips_enabled }) => {
      if (!PodSandboxing.isKata(workload_runtime)) return undefined;
      if (typeof vm_size === "string" && !hasExpression(vm_size) && kataVmSize(vm_size).verdict === "reject")
        return `AKS refuses kata pods on ${code(vm_size)} (${kataVmSize(vm_size).why})`;
      if (fips_enabled === true) return "AKS refuses `fips_enabled` with kata pods";
      return (
        typeof os_sku === "string" && /^(Ubuntu|Windows)/.test(os_sku) && `AKS refuses kata pods on ${code(os_sku)}`
      );
    },
  },
  {
    // Source: kubernetes/kubernetes, pkg/apis/node/validation/validation.go: the handler is immutable.
    types: [MANIFEST],
    refusal: ({ manifest }, { arguments: changed }) =>
      manifest?.kind === "RuntimeClass" &&
      changed.some(({ path }) => path === "manifest.handler") &&
      "Kubernetes refuses at apply to change the handler of a runtime class: give the class another name",
  },
];

/** What a provider, Azure or Kubernetes will refuse of a change. */
export function refusalNotes(plan: StackPlan): string[] {
  const { after } = plan;
  if (!after) return [];
  const resources = plan.resources();
  const changed = resources.filter(({ verdict, after }) => after && verdict !== "none");
  const refused = changed.flatMap((resource) => {
    const values = after.resolve(resource.after!.values);
    return REFUSALS.filter(({ types }) => types.includes(resource.after!.type)).flatMap(({ refusal }) => {
      const what = refusal(values, resource);
      return what ? [`${code(resource.address)} in ${code(plan.name)}: ${what}`] : [];
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
  const { failures } = checkSchemas(configuration, language, (address) => wanted.has(address));
  return failures
    .filter(({ schema }) => schema !== undefined)
    .map(({ address, path, expected, isClosed, value }) => {
      const what = path === "" ? "it" : code(path);
      const got = isClosed ? `, not ${inOneLine(value)}` : "";
      return `${code(address)} in ${code(name)}: the provider refuses ${what}: it takes ${expected}${got}`;
    });
}

function isFromMajor({ table: { version } }: Declaration, least: number): boolean {
  return version !== undefined && major(version) >= least;
}

/** Whether the second of two versions is older than the first; `1.34` is not older than `1.34.2`. */
function isOlder(before: Json, after: Json): boolean {
  if (typeof before !== "string" || typeof after !== "string") return false;
  const asPrecise = before.split(".").slice(0, after.split(".").length).join(".");
  const [old, next] = [asPrecise, after].map((version) => (hasExpression(version) ? null : coerce(version)));
  return Boolean(old && next && lt(next, old));
}
