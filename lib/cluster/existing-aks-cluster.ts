import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { PodSandboxing } from "../pod-sandboxing";
import { check } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { checkProps, object, PropSpecs, required, string, text } from "../validation/props";
import { azurermProviderOf } from "./azurerm-provider-of";
import { ClusterAccess } from "./cluster-access";
import { ClusterBase } from "./cluster-base";
import { declaredNodePools } from "./declared-node-pools";
import { AZURERM_PROVIDER_RULES } from "./rules/azurerm-provider-rules";
import { EXISTING_CLUSTER_RULES } from "./rules/cluster-rules";
import { RESOURCE_GROUP_RULES } from "./rules/place-rules";

/** Facts of a cluster that something else made. */
export interface ExistingAksClusterProps {
  /**
   * Name of the cluster, as a plain string.
   *
   * @throws if it is malformed
   * @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
   */
  readonly clusterName: string;
  /** Name of the cluster's resource group, as a plain string. */
  readonly resourceGroupName: string;
  /**
   * Release of AKS Pod Sandboxing that the cluster's kata node pools are of.
   *
   * @throws if kubernetesVersion is older than the release needs
   * @see https://learn.microsoft.com/azure/aks/use-pod-sandboxing
   */
  readonly podSandboxing: PodSandboxing;
  /**
   * Subscription of the cluster.
   *
   * @default - the azurerm provider's
   */
  readonly subscriptionId?: string;
  /**
   * Login of Terraform to the cluster's Kubernetes API.
   *
   * @default ClusterAccess.LOCAL_ACCOUNTS
   */
  readonly access?: ClusterAccess;
  /**
   * Kubernetes version of the cluster, such as `1.34`. What needs a newer one is then refused.
   *
   * @default - not known
   * @throws if it is malformed, or older than the release needs
   * @see https://learn.microsoft.com/azure/aks/use-pod-sandboxing
   */
  readonly kubernetesVersion?: string;
  /**
   * Engine of network policies of the cluster, such as `cilium`.
   *
   * @default - not known
   */
  readonly networkPolicy?: string;
  /**
   * Issuer of the tokens of the cluster's service accounts, which `addWorkloadIdentity` needs.
   *
   * @default - not known
   */
  readonly oidcIssuerUrl?: string;
  /**
   * The azurerm provider for node pools of the cluster.
   *
   * @default - the stack's
   */
  readonly provider?: TerraformProvider;
}

const PROPS: PropSpecs<ExistingAksClusterProps> = {
  clusterName: required(string()),
  resourceGroupName: required(string()),
  podSandboxing: required(object("PodSandboxing.GA", { member: "azurermVersion" })),
  subscriptionId: string(),
  access: object("a ClusterAccess", { member: "providerConfig" }),
  kubernetesVersion: string(),
  networkPolicy: text(),
  oidcIssuerUrl: string(),
  provider: object("an AzurermProvider", { member: "terraformProviderSource" }),
};

/**
 * An AKS cluster that the app does not declare. Nothing of it is in the plan.
 *
 * @example
 * ```ts
 * const azure = new ClusterStack(app, "azure", { subscriptionId: "00000000-0000-0000-0000-000000000000" });
 * const existing = AksCluster.fromExisting(azure, "aks", {
 *   clusterName: "myAKSCluster",
 *   resourceGroupName: "myResourceGroup",
 *   podSandboxing: PodSandboxing.GA,
 * });
 * existing.addKataNodePool("kata", { vmSize: "Standard_D4s_v5", nodeCount: 1 });
 * ```
 * @throws if a prop is not known or missing, or a name or version cannot work
 */
export class ExistingAksCluster extends ClusterBase {
  readonly podSandboxing: PodSandboxing;
  readonly access: ClusterAccess;
  readonly clusterName: string;
  readonly resourceGroupName: string;
  readonly isExisting = true;
  readonly kubernetesVersion?: string;
  readonly networkPolicy?: string;
  readonly oidcIssuerUrl?: string;
  readonly provider: TerraformProvider | undefined;
  private readonly subscriptionId?: string;

  constructor(scope: Construct, id: string, props: ExistingAksClusterProps) {
    super(freeScope(scope, id, "cluster"), id);
    checkProps(this, props, PROPS);
    this.podSandboxing = props.podSandboxing;
    this.access = props.access ?? ClusterAccess.LOCAL_ACCOUNTS;
    this.clusterName = props.clusterName;
    this.resourceGroupName = props.resourceGroupName;
    this.kubernetesVersion = props.kubernetesVersion;
    this.networkPolicy = props.networkPolicy;
    this.oidcIssuerUrl = props.oidcIssuerUrl;
    this.provider = props.provider;
    this.subscriptionId = props.subscriptionId;
    check(this, EXISTING_CLUSTER_RULES, { ...props, name: props.clusterName });
    check(this, RESOURCE_GROUP_RULES, { resourceGroupName: props.resourceGroupName });
    check(this, AZURERM_PROVIDER_RULES, { subscriptionId: props.subscriptionId });
    declaredNodePools(this).cluster = {
      azurermMajor: props.podSandboxing.azurermVersion.major,
      kubernetesVersion: props.kubernetesVersion,
    };
  }

  /** Resource id, made of the names; the subscription is asked of the provider where it is not said. */
  get clusterId(): string {
    const subscription =
      this.subscriptionId ?? azurermProviderOf(this)?.subscriptionIdInput ?? this.clientConfig().subscriptionId;
    return (
      `/subscriptions/${subscription}/resourceGroups/${this.resourceGroupName}` +
      `/providers/Microsoft.ContainerService/managedClusters/${this.clusterName}`
    );
  }

  private clientConfig(): DataAzurermClientConfig {
    const known = this.node.tryFindChild("client") as DataAzurermClientConfig | undefined;
    if (known) return known;
    this.podSandboxing.azurermVersion.pinFor(this);
    return new DataAzurermClientConfig(this, "client", { provider: this.provider });
  }
}
