import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { mistake } from "../check";

/**
 * How one azurerm major writes the arguments of a block, keyed by their names in the bindings (azurerm 4.55).
 * Arguments that are not listed have the same name in both.
 */
export interface ArgumentNames {
  readonly [argument: string]: string | AbsentArgument | ArgumentNames;
}

/** An argument that an azurerm major does not have, and what to do instead. */
export class AbsentArgument {
  constructor(readonly wayOut: string) {}
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
  /** Whether the block itself is demanded, too. */
  readonly always: boolean;
}

interface AzurermVersionFacts {
  readonly major: number;
  readonly range: string;
  readonly names: ResourceNames;
  readonly demands: readonly DemandedArgument[];
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
const NAMES_V3: ResourceNames = {
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

const NAMES_V4: ResourceNames = {
  kubernetesCluster: { default_node_pool: POOL_NAMES_V4 },
  nodePool: POOL_NAMES_V4,
};

/**
 * A major version of the azurerm provider: the range that the project writes for, and the names that it uses.
 *
 * The TypeScript bindings know one set of names, those of azurerm 4.55; this is where they become those of another.
 */
export class AzurermVersion {
  /** azurerm 3, whose last API version knows the preview. Before 3.105 it calls AKS APIs that are retired. */
  static readonly V3 = new AzurermVersion({
    major: 3,
    range: ">= 3.105.0, < 4.0.0", // KataMshvVmIsolation since 3.51.0 (#21176), API 2023-09-02-preview since 3.105.0
    names: NAMES_V3,
    // v3.116.0, kubernetes_cluster_resource.go: without it, Entra ID is taken for the retired kind that AKS does not manage
    demands: [
      { block: "azure_active_directory_role_based_access_control", argument: "managed", value: true, always: false },
    ],
  });

  /** azurerm 4. */
  static readonly V4 = new AzurermVersion({
    major: 4,
    range: ">= 4.78.0, < 5.0.0", // KataVmIsolation since 4.78.0 (#32579)
    names: NAMES_V4,
    demands: [],
  });

  /** azurerm 5. */
  static readonly V5 = new AzurermVersion({
    major: 5,
    range: ">= 5.0.0, < 6.0.0",
    names: NAMES_V4,
    // v5.0.0, kubernetes_cluster_resource.go: the block is required; Manual is what azurerm 3 and 4 do without it
    demands: [{ block: "node_provisioning_profile", argument: "mode", value: "Manual", always: true }],
  });

  /**
   * The major, if the project knows its names.
   *
   * @internal
   */
  static ofMajor(major: number): AzurermVersion | undefined {
    return [AzurermVersion.V3, AzurermVersion.V4, AzurermVersion.V5].find((version) => version.major === major);
  }

  /**
   * The version that a construct's stack is pinned to.
   *
   * @internal
   */
  static pinnedFor(construct: IConstruct): AzurermVersion {
    const pinned = pins.get(TerraformStack.of(construct));
    if (!pinned) throw mistake(construct, "the stack is not pinned to an azurerm version: declare an AksCluster in it");
    return pinned;
  }

  readonly major: number;
  /** Version constraint for `required_providers`. */
  readonly range: string;
  /** @internal */
  readonly names: ResourceNames;
  /** @internal */
  readonly demands: readonly DemandedArgument[];

  private constructor(facts: AzurermVersionFacts) {
    this.major = facts.major;
    this.range = facts.range;
    this.names = facts.names;
    this.demands = facts.demands;
  }

  /** @internal */
  hasNodePoolArgument(argument: string): boolean {
    return !(this.names.nodePool[argument] instanceof AbsentArgument);
  }

  /**
   * Writes the provider's full source and this range into the `required_providers` of a construct's stack.
   *
   * @throws if the stack is pinned to another range
   */
  pinFor(construct: IConstruct): void {
    const stack = TerraformStack.of(construct);
    const pinned = pins.get(stack);
    if (pinned === this) return;
    if (pinned) {
      throw mistake(
        construct,
        `stack "${stack.node.id}" is pinned to azurerm "${pinned.range}" and cannot use "${this.range}" as well: ` +
          "put the clusters of each azurerm version into a stack of their own",
      );
    }
    pins.set(stack, this);
    stack.addOverride("terraform.required_providers.azurerm", { source: "hashicorp/azurerm", version: this.range });
  }
}

/**
 * An argument's path as azurerm 4 and 5 call it, given as the major calls it: `enable_auto_scaling` of azurerm 3 is
 * `auto_scaling_enabled`.
 *
 * @internal
 */
export function pathInNewNames(resourceType: string, path: readonly string[], version: AzurermVersion): string[] {
  const kind = NAMED_RESOURCES[resourceType];
  if (kind === undefined) return [...path];
  return renamed(renamed(path, version.names[kind], nameInBindings), NAMES_V4[kind], nameOutside);
}

const NAMED_RESOURCES: { readonly [resourceType: string]: keyof ResourceNames } = {
  azurerm_kubernetes_cluster: "kubernetesCluster",
  azurerm_kubernetes_cluster_node_pool: "nodePool",
};

function renamed(
  path: readonly string[],
  names: ArgumentNames,
  rename: (name: string, names: ArgumentNames) => string,
): string[] {
  const [name, ...rest] = path;
  if (name === undefined) return [];
  const inside = names[name];
  return [rename(name, names), ...renamed(rest, isNames(inside) ? inside : {}, rename)];
}

function nameInBindings(name: string, names: ArgumentNames): string {
  return Object.keys(names).find((inBindings) => names[inBindings] === name) ?? name;
}

function nameOutside(name: string, names: ArgumentNames): string {
  const outside = names[name];
  return typeof outside === "string" ? outside : name;
}

function isNames(names: ArgumentNames[string] | undefined): names is ArgumentNames {
  return typeof names === "object" && !(names instanceof AbsentArgument);
}

const pins = new WeakMap<TerraformStack, AzurermVersion>();
