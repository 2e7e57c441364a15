import * as bindings from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import {
  KubernetesCluster,
  KubernetesClusterConfig,
  KubernetesClusterDefaultNodePool,
} from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { azurermArguments } from "../azurerm-arguments";
import { withoutStackTraces } from "../cdktf/stack-traces";
import { withTriggers } from "../cdktf/lifecycle";
import { PodSandboxing } from "../pod-sandboxing";
import { boundArguments } from "../validation/bindings";
import { check } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { givenProps } from "../validation/given-props";
import { META_ARGUMENTS } from "../validation/meta-arguments";
import { any, checkProps, object, required, string } from "../validation/props";
import { isUnresolved } from "../validation/unresolved";
import { adoptedId } from "./adopted-id";
import { VersionedKubernetesCluster } from "./aks-resources";
import { azurermProviderOf } from "./azurerm-provider-of";
import { ClusterAccess } from "./cluster-access";
import { ClusterBase } from "./cluster-base";
import { ClusterStack } from "./cluster-stack";
import { ContainerInsights, ContainerInsightsOptions } from "./container-insights";
import { declareCluster } from "./declared-clusters";
import { declaredNodePools } from "./declared-node-pools";
import type { DefaultNodePoolOptions } from "./default-node-pool-options";
import { ExistingAksCluster, ExistingAksClusterProps } from "./existing-aks-cluster";
import { ignoring, movedInCluster } from "./moved-by-azure";
import { ManagedPrometheus, ManagedPrometheusOptions } from "./managed-prometheus";
import { temporaryNameFor, UPGRADE_SETTINGS } from "./node-pool-defaults";
import { checkResourceGroup, IResourceGroup, locationIn, RESOURCE_GROUP } from "./resource-group";
import { REFUSED_PROPS, RefusedProps } from "./refused-props";
import { REGISTRY_RULES } from "./rules/access-rules";
import { CLUSTER_RULES } from "./rules/cluster-rules";
import { argumentsForPools, ArgumentsForPools } from "./rules/node-pool-arguments";
import { NODE_POOL_RULES } from "./rules/node-pool-rules";

/**
 * Props of a cluster: all arguments of azurerm's, less what the construct sets itself.
 *
 * Every argument of `azurerm_kubernetes_cluster` in azurerm 4 is a prop in camel case, too, with the bindings'
 * comment; what each does, its default and whether a change replaces the cluster stands on azurerm's page.
 *
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/4.81.0/docs/resources/kubernetes_cluster
 */
export interface AksClusterProps extends Omit<
  KubernetesClusterConfig,
  "name" | "location" | "resourceGroupName" | "defaultNodePool" | RefusedProps
> {
  /**
   * Name of the cluster: 1 to 63 letters, digits, underscores and hyphens with a letter or digit at both ends.
   *
   * @throws if it is malformed, or another cluster of the app has it in the same resource group
   * @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
   */
  readonly name: string;
  /** Resource group of the cluster: the azurerm resource, its data source, or the names of one that exists. */
  readonly resourceGroup: IResourceGroup;
  /**
   * Region of the cluster, such as `eastus`.
   *
   * @default - the resource group's
   */
  readonly location?: string;
  /**
   * The pool that AKS's own pods run on; it has no kata runtime.
   *
   * @throws if its Kubernetes version is not the cluster's
   * @see https://learn.microsoft.com/azure/aks/use-system-pools
   */
  readonly defaultNodePool: DefaultNodePoolOptions;
  /**
   * Release of AKS Pod Sandboxing that the cluster is written for.
   *
   * @throws if kubernetesVersion is older than the release needs
   * @see https://learn.microsoft.com/azure/aks/use-pod-sandboxing
   */
  readonly podSandboxing: PodSandboxing;
  /**
   * Login of Terraform to the cluster's Kubernetes API.
   *
   * @default - kubelogin with azureActiveDirectoryRoleBasedAccessControl, otherwise local accounts
   * @throws if the cluster has no such login
   * @see https://learn.microsoft.com/azure/aks/kubelogin-authentication
   */
  readonly access?: ClusterAccess;
  /**
   * Takes over a cluster that exists: `true`, or its resource id. Written as an import block, which
   * Terraform 1.5 and later read; take it away after the first apply.
   *
   * @default false
   */
  readonly adopt?: boolean | string;
}

/**
 * An AKS cluster whose node pools can run sandboxed pods.
 *
 * Defaults beyond those of azurerm: the resource group's location, a DNS prefix from the name, a system-assigned
 * identity, a temporary name for rotation and the surge that AKS sets itself. In a `ClusterStack` it has the outputs
 * `<id>_control_plane_fqdn` and `<id>_get_credentials`.
 *
 * @example
 * ```ts
 * const azure = new ClusterStack(app, "azure");
 * const aks = new AksCluster(azure, "aks", {
 *   podSandboxing: PodSandboxing.GA,
 *   name: "myAKSCluster",
 *   resourceGroup: { name: "myResourceGroup", location: "eastus" },
 *   defaultNodePool: { name: "default", vmSize: "Standard_D4s_v5", nodeCount: 2 },
 * });
 * aks.addKataNodePool("kata", { vmSize: "Standard_D4s_v5", nodeCount: 1 });
 * ```
 * @throws if a prop is not known or missing, or a name, count, label, version or login cannot work
 */
export class AksCluster extends ClusterBase {
  /**
   * Returns a cluster that something else made (az, ARM, another stack or repository). It is not in the plan: node
   * pools and a sandbox stack can be added to it.
   */
  static fromExisting(scope: Construct, id: string, props: ExistingAksClusterProps): ExistingAksCluster {
    return new ExistingAksCluster(scope, id, props);
  }

  readonly podSandboxing: PodSandboxing;
  readonly access: ClusterAccess;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly resourceGroupName: string;
  readonly isExisting = false;
  readonly kubernetesVersion?: string;
  readonly networkPolicy?: string;
  /** Host name of the API server; the private one of a private cluster. Known after apply. */
  readonly fqdn: string;
  /** Command that writes the cluster into a kubeconfig file. */
  readonly getCredentials: string;
  /** The azurerm resource, for all that the construct does not offer. */
  readonly resource: KubernetesCluster;

  constructor(scope: Construct, id: string, props: AksClusterProps) {
    super(freeScope(scope, id, "cluster"), id);
    checkAksClusterProps(this, props);
    const { podSandboxing, access, adopt, resourceGroup, defaultNodePool, ...config } = givenProps(props);
    this.podSandboxing = podSandboxing;
    this.access =
      access ??
      (config.azureActiveDirectoryRoleBasedAccessControl ? ClusterAccess.kubelogin() : ClusterAccess.LOCAL_ACCOUNTS);
    this.clusterName = config.name;
    this.kubernetesVersion = config.kubernetesVersion;
    const { networkPolicy, networkDataPlane } = config.networkProfile ?? {};
    this.networkPolicy = networkPolicy ?? (networkDataPlane === "cilium" ? networkDataPlane : undefined);
    this.resourceGroupName = resourceGroup.nameInput ?? resourceGroup.name;

    const { major } = podSandboxing.azurermVersion;
    const withDefaults = {
      identity: config.servicePrincipal ? undefined : { type: "SystemAssigned" },
      nodeOsUpgradeChannel: major < 4 ? "NodeImage" : undefined, // the default of azurerm 4 and 5
      dnsPrefix: config.dnsPrefixPrivateCluster ? undefined : dnsPrefixFor(config.name),
      defaultNodePool: this.withDefaults(defaultNodePool, config),
      ...config,
    };
    const input = { azurermMajor: major, ...withDefaults };
    check(this, CLUSTER_RULES, { podSandboxing, access: this.access, ...input });
    declaredNodePools(this).cluster = input;

    podSandboxing.azurermVersion.pinFor(this);
    const resourceConfig: KubernetesClusterConfig = {
      location: locationIn(resourceGroup),
      resourceGroupName: resourceGroup.name,
      ...withDefaults,
      lifecycle: withTriggers(ignoring(config.lifecycle, movedInCluster(input))),
    };
    const resource = withoutStackTraces(() => new VersionedKubernetesCluster(this, "Default", resourceConfig));
    this.resource = resource;
    resource.adoptedId = adoptedId(this, this, adopt);
    this.clusterId = withoutStackTraces(() => resource.id);
    this.fqdn = withoutStackTraces(() =>
      config.privateClusterEnabled === true ? resource.privateFqdn : resource.fqdn,
    );
    this.getCredentials = getCredentialsOf(this);
    declareCluster(this);
    const stack = TerraformStack.of(this);
    if (stack instanceof ClusterStack) stack.addClusterOutputs(this);
  }

  get oidcIssuerUrl(): string {
    return withoutStackTraces(() => this.resource.oidcIssuerUrl);
  }

  get provider(): TerraformProvider | undefined {
    return this.resource.provider;
  }

  /**
   * Lets the nodes pull images from a container registry, which is named by its resource id.
   *
   * @throws if it is no resource id
   */
  grantAcrPull(id: string, registryId: string): RoleAssignment {
    const scope = freeScope(this, id, "role assignment");
    checkProps(this, { registryId }, { registryId: required(string()) });
    check(this, REGISTRY_RULES, { registryId });
    return new RoleAssignment(scope, id, {
      roleDefinitionName: "AcrPull",
      scope: registryId,
      principalId: this.resource.kubeletIdentity.objectId,
      skipServicePrincipalAadCheck: true, // the identity is as new as the cluster
      provider: this.provider,
    });
  }

  /** Sends logs of containers, and the inventory of the cluster, to a Log Analytics workspace. */
  addContainerInsights(id: string, options: ContainerInsightsOptions): ContainerInsights {
    return new ContainerInsights(this, id, { ...options, cluster: this });
  }

  /** Sends metrics to an Azure Monitor workspace, which Prometheus's language queries. */
  addManagedPrometheus(id: string, options: ManagedPrometheusOptions): ManagedPrometheus {
    return new ManagedPrometheus(this, id, { ...options, cluster: this });
  }

  private withDefaults(pool: DefaultNodePoolOptions, cluster: ArgumentsForPools): KubernetesClusterDefaultNodePool {
    const temporaryNameForRotation = pool.temporaryNameForRotation ?? temporaryNameFor(pool.name);
    const { names } = declaredNodePools(this);
    check(this, NODE_POOL_RULES, {
      temporaryNameForRotation,
      namesInUse: names,
      isDefault: true,
      azurermMajor: this.podSandboxing.azurermVersion.major,
      cluster: argumentsForPools(cluster),
      podSandboxing: this.podSandboxing,
      ...pool,
    });
    names.push(pool.name, ...(temporaryNameForRotation ? [temporaryNameForRotation] : []));
    return { upgradeSettings: UPGRADE_SETTINGS, osSku: this.podSandboxing.osSku, temporaryNameForRotation, ...pool };
  }
}

const PROPS = {
  ...META_ARGUMENTS,
  podSandboxing: required(object("PodSandboxing.GA", { member: "azurermVersion" })),
  name: required(string()),
  resourceGroup: required(RESOURCE_GROUP),
  location: string(),
  defaultNodePool: required(object("an object with name and vmSize")),
  access: object("a ClusterAccess", { member: "providerConfig" }),
  adopt: any(),
};
const REFUSED = { ...REFUSED_PROPS, resourceGroupName: "is the resource group's: write resourceGroup" };
const POOL_PROPS = { name: required(string()), vmSize: required(string()) };
const POOL_REFUSED = {
  workloadRuntime: "is not taken, because AKS's own pods run here: use addKataNodePool for kata pods",
};

function checkAksClusterProps(cluster: AksCluster, props: AksClusterProps): void {
  const bound = boundArguments(bindings, "KubernetesCluster");
  const schema = () => azurermArguments("azurerm_kubernetes_cluster", props.podSandboxing.azurermVersion);
  checkProps(cluster, props, PROPS, { bound, schema, refused: REFUSED });
  checkProps(cluster, props.defaultNodePool, POOL_PROPS, {
    bound: bound.get("defaultNodePool")!.inside(),
    schema,
    refused: POOL_REFUSED,
    inside: "defaultNodePool",
    block: "default_node_pool",
  });
  checkResourceGroup(cluster, props.resourceGroup, props.location, props.nodeResourceGroup ?? undefined);
}

/** The command of the Azure CLI that writes a cluster into a kubeconfig file. */
function getCredentialsOf(cluster: AksCluster): string {
  const subscription = azurermProviderOf(cluster)?.subscriptionIdInput;
  return (
    `az aks get-credentials --resource-group ${cluster.resourceGroupName} --name ${cluster.clusterName}` +
    (subscription ? ` --subscription ${subscription}` : "")
  );
}

function dnsPrefixFor(clusterName: string): string {
  if (isUnresolved(clusterName)) return clusterName;
  return clusterName.replaceAll("_", "-").slice(0, 54).replace(/-+$/, "");
}
