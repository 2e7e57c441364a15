import {
  KubernetesCluster,
  KubernetesClusterConfig,
  KubernetesClusterDefaultNodePool,
} from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { check, isUnresolved } from "../check";
import { withoutCreationStacks } from "../creation-stacks";
import { withTriggers } from "../lifecycle";
import { PodSandboxing } from "../pod-sandboxing";
import { CLUSTER_RULES, NODE_POOL_RULES } from "../rules";
import { VersionedKubernetesCluster } from "./aks-resources";
import { ClusterAccess } from "./cluster-access";
import { ClusterStack } from "./cluster-stack";
import { KataNodePool, KataNodePoolOptions, NodePool, NodePoolOptions } from "./node-pool";
import { temporaryNameFor, UPGRADE_SETTINGS } from "./node-pool-defaults";

/** A resource group: the azurerm resource, its data source, or the two names of one that exists. */
export interface IResourceGroup {
  readonly name: string;
  readonly location: string;
  /** The name as it was written, where `name` is a reference. */
  readonly nameInput?: string;
  /** The location as it was written, where `location` is a reference. */
  readonly locationInput?: string;
}

/** What others need to know of a cluster. */
export interface IAksCluster extends IConstruct {
  readonly podSandboxing: PodSandboxing;
  readonly access: ClusterAccess;
  /** Resource id, known at apply. */
  readonly clusterId: string;
  /** The name as it was written. */
  readonly clusterName: string;
  /** The resource group's name as it was written. */
  readonly resourceGroupName: string;
  readonly kataNodePools: readonly KataNodePool[];
  /** The Kubernetes version as it was pinned. */
  readonly kubernetesVersion?: string;
  /** The engine for network policies as it was written. */
  readonly networkPolicy?: string;
}

/** All that azurerm knows of a default node pool, less what the construct sets itself. */
export interface DefaultNodePoolOptions extends Omit<
  KubernetesClusterDefaultNodePool,
  "osSku" | "vmSize" | "workloadRuntime"
> {
  /** Size of the nodes, such as `Standard_D2_v2`. */
  readonly vmSize: string;
}

/** All that azurerm knows of a cluster, less what the construct sets itself. */
export interface AksClusterProps extends Omit<
  KubernetesClusterConfig,
  "name" | "location" | "resourceGroupName" | "defaultNodePool"
> {
  /** 1 to 63 letters, digits, underscores and hyphens with a letter or digit at both ends. */
  readonly name: string;
  readonly resourceGroup: IResourceGroup;
  /** @default - the resource group's */
  readonly location?: string;
  /** The pool that AKS's own pods run on; it has no kata runtime. */
  readonly defaultNodePool: DefaultNodePoolOptions;
  /** @default PodSandboxing.PREVIEW */
  readonly podSandboxing?: PodSandboxing;
  /**
   * How Terraform logs in to the cluster's Kubernetes API.
   *
   * @default - kubelogin with azureActiveDirectoryRoleBasedAccessControl, otherwise local accounts
   */
  readonly access?: ClusterAccess;
}

/**
 * An AKS cluster whose node pools can run sandboxed pods.
 *
 * Defaults beyond those of azurerm: the resource group's location, a DNS prefix from the name, a system-assigned
 * identity, a temporary name for rotation and the surge that AKS sets itself. Outputs of the stack:
 * `control_plane_fqdn` and `get_credentials`, which a second cluster in the stack has under names of its own.
 *
 * @throws if a name, count, label, version or login cannot work
 */
export class AksCluster extends Construct implements IAksCluster {
  readonly podSandboxing: PodSandboxing;
  readonly access: ClusterAccess;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly resourceGroupName: string;
  readonly kataNodePools: KataNodePool[] = [];
  readonly kubernetesVersion?: string;
  readonly networkPolicy?: string;
  /** The azurerm resource, for all that the construct does not offer. */
  readonly resource: KubernetesCluster;
  /**
   * Names and temporary names of all pools.
   *
   * @internal
   */
  readonly nodePoolNames: string[] = [];

  constructor(scope: Construct, id: string, props: AksClusterProps) {
    super(scope, id);
    const { podSandboxing = PodSandboxing.PREVIEW, access, resourceGroup, defaultNodePool, ...config } = props;
    this.podSandboxing = podSandboxing;
    this.access =
      access ??
      (config.azureActiveDirectoryRoleBasedAccessControl ? ClusterAccess.kubelogin() : ClusterAccess.LOCAL_ACCOUNTS);
    this.clusterName = config.name;
    this.kubernetesVersion = config.kubernetesVersion;
    this.networkPolicy = config.networkProfile?.networkPolicy;
    this.resourceGroupName = resourceGroup.nameInput ?? resourceGroup.name;

    const dnsPrefix = config.dnsPrefix ?? (config.dnsPrefixPrivateCluster ? undefined : dnsPrefixFor(config.name));
    check(this, CLUSTER_RULES, { ...config, dnsPrefix, podSandboxing, access: this.access });

    podSandboxing.azurermVersion.pinFor(this);
    const resourceConfig: KubernetesClusterConfig = {
      identity: config.servicePrincipal ? undefined : { type: "SystemAssigned" },
      location: resourceGroup.locationInput ?? resourceGroup.location,
      ...config,
      dnsPrefix,
      resourceGroupName: resourceGroup.name,
      lifecycle: withTriggers(config.lifecycle),
      defaultNodePool: this.withDefaults(defaultNodePool, config.lifecycle?.ignoreChanges),
    };
    this.resource = withoutCreationStacks(() => new VersionedKubernetesCluster(this, "Default", resourceConfig));
    this.clusterId = this.resource.id;
    this.addOutputs(config.privateClusterEnabled === true);
  }

  /** Adds a node pool without kata. */
  addNodePool(id: string, options: NodePoolOptions): NodePool {
    return new NodePool(this, id, { ...options, cluster: this });
  }

  /** Adds a node pool whose pods can have a kernel of their own. */
  addKataNodePool(id: string, options: KataNodePoolOptions): KataNodePool {
    return new KataNodePool(this, id, { ...options, cluster: this });
  }

  private withDefaults(
    pool: DefaultNodePoolOptions,
    ignoreChanges: string | readonly string[] = [],
  ): KubernetesClusterDefaultNodePool {
    const temporaryNameForRotation = pool.temporaryNameForRotation ?? temporaryNameFor(pool.name);
    check(this, NODE_POOL_RULES, {
      ...pool,
      temporaryNameForRotation,
      namesInUse: this.nodePoolNames,
      fewestNodes: 1,
      nodeCountIsFixed: !["all", "default_node_pool", "default_node_pool[0].node_count"].some((ignored) =>
        [ignoreChanges].flat().includes(ignored),
      ),
      podSandboxing: this.podSandboxing,
    });
    this.nodePoolNames.push(pool.name, ...(temporaryNameForRotation ? [temporaryNameForRotation] : []));
    return { upgradeSettings: UPGRADE_SETTINGS, ...pool, osSku: this.podSandboxing.osSku, temporaryNameForRotation };
  }

  private addOutputs(isPrivate: boolean): void {
    const stack = TerraformStack.of(this);
    const scope = stack.node.tryFindChild("get_credentials") ? this : stack;
    const subscription = stack instanceof ClusterStack && stack.subscriptionId;
    new TerraformOutput(scope, "control_plane_fqdn", {
      value: isPrivate ? this.resource.privateFqdn : this.resource.fqdn,
    });
    new TerraformOutput(scope, "get_credentials", {
      value:
        `az aks get-credentials --resource-group ${this.resourceGroupName} --name ${this.clusterName}` +
        (subscription ? ` --subscription ${subscription}` : ""),
    });
  }
}

function dnsPrefixFor(clusterName: string): string {
  if (isUnresolved(clusterName)) return clusterName;
  return clusterName.replaceAll("_", "-").slice(0, 54).replace(/-+$/, "");
}
