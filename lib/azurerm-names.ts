/**
 * Names of the arguments of a block in one azurerm major, keyed by their names in the bindings (azurerm 4.55).
 * Arguments that are not listed have the same name in both.
 */
export interface ArgumentNames {
  readonly [argument: string]: string | AbsentArgument | ArgumentNames;
}

/** An argument that an azurerm major does not have, and the remedy. */
export class AbsentArgument {
  constructor(readonly remedy: string) {}
}

/** The names of both AKS resources in one azurerm major. */
export interface ResourceNames {
  readonly kubernetesCluster: ArgumentNames;
  readonly nodePool: ArgumentNames;
}

/** An argument of a cluster's block that an azurerm major demands and the bindings do not have. */
export interface DemandedArgument {
  readonly block: string;
  readonly argument: string;
  readonly value: string | boolean;
  /** True if the block itself is demanded, too. */
  readonly always: boolean;
}

const leaveOut = new AbsentArgument("leave it out or use azurerm 4 or 5 (PodSandboxing.GA)");

/** Source: hashicorp/terraform-provider-azurerm v3.116.0, internal/services/containers/kubernetes_nodepool.go. */
const POOL_NAMES_V3: ArgumentNames = {
  auto_scaling_enabled: "enable_auto_scaling",
  gpu_driver: leaveOut,
  host_encryption_enabled: "enable_host_encryption",
  linux_os_config: { transparent_huge_page: "transparent_huge_page_enabled" },
  node_public_ip_enabled: "enable_node_public_ip",
  upgrade_settings: {
    max_unavailable: new AbsentArgument("give max_surge or use azurerm 4 or 5 (PodSandboxing.GA)"),
    undrainable_node_behavior: leaveOut,
  },
};

/** Source: hashicorp/terraform-provider-azurerm v3.116.0, internal/services/containers/kubernetes_cluster*_resource.go. */
export const NAMES_V3: ResourceNames = {
  kubernetesCluster: {
    ai_toolchain_operator_enabled: leaveOut,
    api_server_access_profile: { virtual_network_integration_enabled: "vnet_integration_enabled" },
    auto_scaler_profile: {
      daemonset_eviction_for_empty_nodes_enabled: leaveOut,
      daemonset_eviction_for_occupied_nodes_enabled: leaveOut,
      ignore_daemonsets_utilization_enabled: leaveOut,
    },
    automatic_upgrade_channel: "automatic_channel_upgrade",
    bootstrap_profile: leaveOut,
    default_node_pool: POOL_NAMES_V3,
    network_profile: {
      advanced_networking: leaveOut,
      load_balancer_profile: { backend_pool_type: leaveOut },
    },
    node_os_upgrade_channel: "node_os_channel_upgrade",
    service_mesh_profile: { revisions: leaveOut },
    upgrade_override: leaveOut,
    web_app_routing: { default_nginx_controller: leaveOut },
  },
  nodePool: {
    ...POOL_NAMES_V3,
    temporary_name_for_rotation: new AbsentArgument(
      "leave it out (azurerm 3 replaces the pool instead of rotating it) or use azurerm 4 or 5 (PodSandboxing.GA)",
    ),
  },
};

/** Source: hashicorp/terraform-provider-azurerm v4.81.0 and v5.2.0, internal/services/containers/kubernetes_nodepool.go. */
const POOL_NAMES_V4: ArgumentNames = {
  kubelet_config: { container_log_max_line: "container_log_max_files" },
  linux_os_config: { transparent_huge_page_enabled: "transparent_huge_page" },
};

export const NAMES_V4: ResourceNames = {
  kubernetesCluster: { default_node_pool: POOL_NAMES_V4 },
  nodePool: POOL_NAMES_V4,
};

/** Returns an argument's path as a major calls it, given in the names of the bindings. */
export function pathInNamesOf(names: ResourceNames, resourceType: string, path: readonly string[]): string[] {
  return renamed(path, names[NAMED_RESOURCES[resourceType]]);
}

const NAMED_RESOURCES: { readonly [resourceType: string]: keyof ResourceNames } = {
  azurerm_kubernetes_cluster: "kubernetesCluster",
  azurerm_kubernetes_cluster_node_pool: "nodePool",
};

function renamed(path: readonly string[], names: ArgumentNames): string[] {
  const [name, ...rest] = path;
  if (name === undefined) return [];
  const own = names[name];
  return [typeof own === "string" ? own : name, ...renamed(rest, isNames(own) ? own : {})];
}

function isNames(names: ArgumentNames[string] | undefined): names is ArgumentNames {
  return typeof names === "object" && !(names instanceof AbsentArgument);
}
