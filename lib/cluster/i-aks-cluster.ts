import { TerraformProvider } from "cdktf";
import { IConstruct } from "constructs";
import { PodSandboxing } from "../pod-sandboxing";
import { object, required } from "../validation/props";
import { ClusterAccess } from "./cluster-access";
import { IKataNodePool, INodePool } from "./i-node-pool";
import type { KataNodePoolOptions, NodePoolOptions } from "./node-pool-options";

/** An AKS cluster: one that the app declares, or one that exists. */
export interface IAksCluster extends IConstruct {
  /** Release of AKS Pod Sandboxing that the cluster is written for. */
  readonly podSandboxing: PodSandboxing;
  /** Login of Terraform to the cluster's Kubernetes API. */
  readonly access: ClusterAccess;
  /** Resource id; known after apply where the app declares the cluster. */
  readonly clusterId: string;
  /** Name of the cluster as it was written. */
  readonly clusterName: string;
  /** Name of the cluster's resource group as it was written. */
  readonly resourceGroupName: string;
  /** Kata node pools that the app declares for the cluster, as a copy. */
  readonly kataNodePools: readonly IKataNodePool[];
  /** True if the cluster can have kata node pools that the app does not declare. */
  readonly isExisting: boolean;
  /** Kubernetes version as it was pinned. */
  readonly kubernetesVersion?: string;
  /** Engine of network policies as it was written, or that of the data plane. */
  readonly networkPolicy?: string;
  /** Issuer of the tokens of the cluster's service accounts, if it is known. */
  readonly oidcIssuerUrl?: string;
  /** azurerm provider of the cluster, where it is not the stack's default one. */
  readonly provider?: TerraformProvider;
  /** Adds a node pool without kata. */
  addNodePool(id: string, options: NodePoolOptions): INodePool;
  /** Adds a node pool whose pods can have a kernel of their own. */
  addKataNodePool(id: string, options: KataNodePoolOptions): IKataNodePool;
}

export const CLUSTER = required(object("an AksCluster", { member: "podSandboxing" }));
