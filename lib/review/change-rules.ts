import major from "semver/functions/major";
import type { Change } from "../provider-schemas";
import type { Argument } from "./argument-table";
import type { Declaration } from "./declaration";
import { hasExpression } from "./expressions";
import { Json, stable } from "./json";
import { CLUSTER, NODE_POOL } from "./resource-types";

/** What changing an argument does where that depends on its values. */
interface ChangeRule {
  readonly resource: string;
  /** In the names of the newest azurerm. */
  readonly path: string;
  /** Majors of the provider. */
  readonly majors: readonly number[];
  /** Told both values, `undefined` where nothing is written, and all that the resource says. */
  readonly when: (before: Json, after: Json, resource: { readonly before: Json; readonly after: Json }) => boolean;
  readonly change: Change;
  /** What the change does when the rule does not apply. */
  readonly otherwise: Change;
}

const ALL = [3, 4, 5];
const NEW = [4, 5];
const DEFAULT_NETWORK_PLUGIN = "kubenet";
const DEFAULT_OS_SKU = "Ubuntu";

/**
 * Where a change replaces or rotates for some values only.
 *
 * Source: hashicorp/terraform-provider-azurerm v3.116.0, v4.81.0 and v5.2.0, CustomizeDiff of
 * internal/services/containers/kubernetes_cluster_resource.go and kubernetes_cluster_node_pool_resource.go.
 */
export const CHANGE_RULES: readonly ChangeRule[] = [
  replaces(NODE_POOL, "os_sku", [3], (before, after) => !areBoth(before, after, /^(Ubuntu|AzureLinux)$/)),
  replaces(NODE_POOL, "os_sku", NEW, (before, after) => !areBoth(before, after, /^(Ubuntu|AzureLinux)/)),
  rotates("default_node_pool.os_sku", [3], (before, after) => !areBoth(before, after, /^(Ubuntu|AzureLinux)$/)),
  rotates("default_node_pool.os_sku", NEW, (before, after) => !areBoth(before, after, /^(Ubuntu|AzureLinux)/)),
  // A pool that still has its temporary name is one whose rotation failed, which azurerm resumes.
  {
    ...replaces(CLUSTER, "default_node_pool.name", ALL, (before, _, resource) => {
      return before !== resource.after.default_node_pool?.[0]?.temporary_name_for_rotation;
    }),
    otherwise: "rotate",
  },
  ...["", "default_node_pool."].flatMap((pool) => {
    const resource = pool ? CLUSTER : NODE_POOL;
    const settings = `${pool}upgrade_settings`;
    return [
      replaces(resource, `${settings}.drain_timeout_in_minutes`, ALL, isUnset),
      replaces(resource, `${settings}.undrainable_node_behavior`, NEW, isUnset),
    ];
  }),
  replaces(CLUSTER, "oidc_issuer_enabled", NEW, (before, after) => before !== false && after === false),
  replaces(CLUSTER, "service_principal.client_id", ALL, (before) => !before),
  replaces(CLUSTER, "windows_profile.gmsa", ALL, (_, after) => after === undefined),
  replaces(CLUSTER, "windows_profile.gmsa.dns_server", ALL, isUnset),
  replaces(CLUSTER, "windows_profile.gmsa.root_domain", ALL, isUnset),
  replaces(CLUSTER, "api_server_access_profile.subnet_id", ALL, isUnset),
  replaces(CLUSTER, "custom_ca_trust_certificates_base64", [3], (_, after) => !after?.length),
  replaces(CLUSTER, "network_profile.network_data_plane", [3], isSet),
  replaces(
    CLUSTER,
    "network_profile.network_data_plane",
    NEW,
    (before, after) => isSet(before) && !isFromTo(before, after, ["azure"], "cilium"),
  ),
  replaces(
    CLUSTER,
    "network_profile.network_plugin",
    NEW,
    (before = DEFAULT_NETWORK_PLUGIN, after, resource) =>
      !(isFromTo(before, after, ["kubenet"], "azure") && isOverlay(profileOf(resource.after).network_plugin_mode)),
  ),
  replaces(CLUSTER, "network_profile.network_plugin_mode", ALL, (_, after) => !isOverlay(after)),
  replaces(CLUSTER, "network_profile.network_policy", [3], isSet),
  replaces(
    CLUSTER,
    "network_profile.network_policy",
    NEW,
    (before, after) => isSet(before) && !isFromTo(before, after, ["azure", "calico"], "cilium"),
  ),
  ...["pod_cidr", "pod_cidrs"].map((path) =>
    replaces(
      CLUSTER,
      `network_profile.${path}`,
      NEW,
      (before, _, resource) => before !== undefined || hasPodAddresses(profileOf(resource.before)),
    ),
  ),
  replaces(
    CLUSTER,
    "network_profile.load_balancer_profile",
    ALL,
    (before, _, resource) => !before && (profileOf(resource.after).outbound_type ?? "loadBalancer") !== "loadBalancer",
  ),
  replaces(CLUSTER, "network_profile.nat_gateway_profile", ALL, (before) => !before),
  // hashicorp/terraform-provider-kubernetes 2.38, kubernetes/resource_kubernetes_config_map_v1.go, CustomizeDiff
  ...["data", "binary_data", "immutable"].map((path) =>
    replaces("kubernetes_config_map_v1", path, [2], (_, __, { before }) => before.immutable === true),
  ),
];

/**
 * What AKS itself sets where nothing is written; to write it changes nothing.
 *
 * Sources: learn.microsoft.com/rest/api/aks/managed-clusters/create-or-update and /agent-pools/create-or-update
 * (defaults of the properties); hashicorp/terraform-provider-azurerm v4.81.0, website/docs/r/kubernetes_cluster.html.markdown.
 */
const FILLED_IN: { readonly [resource: string]: { readonly [path: string]: Json } } = {
  [CLUSTER]: {
    "bootstrap_profile.artifact_source": "Direct",
    "default_node_pool.kubelet_disk_type": "OS",
    "default_node_pool.os_sku": DEFAULT_OS_SKU,
    "default_node_pool.workload_runtime": "OCIContainer",
    "network_profile.network_data_plane": "azure",
    node_os_upgrade_channel: "NodeImage",
    "network_profile.dns_service_ip": "10.0.0.10",
    "network_profile.network_plugin": DEFAULT_NETWORK_PLUGIN,
    "network_profile.service_cidr": "10.0.0.0/16",
    "node_provisioning_profile.default_node_pools": "Auto",
    "node_provisioning_profile.mode": "Manual",
    "web_app_routing.default_nginx_controller": "AnnotationControlled",
  },
  [NODE_POOL]: { kubelet_disk_type: "OS", os_sku: DEFAULT_OS_SKU },
};

/** What changing an argument from one value to another does, at worst if only Terraform knows the values. */
export function changeOf(
  resourceBefore: Declaration,
  resource: Declaration,
  argument: Argument,
  before: Json,
  after: Json,
): Change | undefined {
  const rule = ruleFor(resource, argument);
  if (!rule) return argument.change;
  const isOpen = hasExpression(before) || hasExpression(after);
  return isOpen || rule.when(before, after, { before: resourceBefore.values, after: resource.values })
    ? rule.change
    : rule.otherwise;
}

/** What adding a block does that the provider has filled in where it was not written, so that it is not new. */
export function changeOfFilledIn(resource: Declaration, argument: Argument, after: Json): Change {
  const rule = ruleFor(resource, argument);
  return rule?.when(undefined, after, { before: {}, after: resource.values }) ? rule.change : "update";
}

function ruleFor({ type, table: { version } }: Declaration, { path }: Argument): ChangeRule | undefined {
  if (version === undefined) return undefined;
  return CHANGE_RULES.find(
    (rule) => rule.resource === type && rule.path === path && rule.majors.includes(major(version)),
  );
}

/** Whether a value is what the cloud has where nothing is written. */
export function isFilledIn(resource: Declaration, argument: Argument, value: Json): boolean {
  const filledIn = FILLED_IN[resource.type]?.[argument.path];
  return filledIn !== undefined && stable(filledIn) === stable(value);
}

function replaces(resource: string, path: string, majors: readonly number[], when: ChangeRule["when"]): ChangeRule {
  return { resource, path, majors, when, change: "replace", otherwise: "update" };
}

function rotates(path: string, majors: readonly number[], when: ChangeRule["when"]): ChangeRule {
  return { resource: CLUSTER, path, majors, when, change: "rotate", otherwise: "update" };
}

function isSet(before: Json): boolean {
  return before !== undefined && before !== "";
}

function isUnset(before: Json, after: Json): boolean {
  return Boolean(before) && !after;
}

function areBoth(before: Json, after: Json, pattern: RegExp): boolean {
  return [before, after].every((value) => pattern.test(value ?? DEFAULT_OS_SKU));
}

function isFromTo(before: Json, after: Json, from: readonly string[], to: string): boolean {
  return from.includes(before) && after === to;
}

function profileOf({ network_profile }: Json): Json {
  return network_profile?.[0] ?? {};
}

/** Whether AKS has given a cluster addresses for pods where none are written. */
function hasPodAddresses({ network_plugin = DEFAULT_NETWORK_PLUGIN, network_plugin_mode }: Json): boolean {
  return network_plugin === "kubenet" || isOverlay(network_plugin_mode);
}

function isOverlay(mode: Json): boolean {
  return typeof mode === "string" && mode.toLowerCase() === "overlay";
}
