import { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { PodSandboxing } from "../pod-sandboxing";
import type { ClusterAccess } from "./cluster-access";
import { declaredNodePools } from "./declared-node-pools";
import { DeploymentSafeguard, DeploymentSafeguardOptions } from "./deployment-safeguard";
import { DiagnosticSetting, DiagnosticSettingOptions } from "./diagnostic-setting";
import type { IAksCluster } from "./i-aks-cluster";
import type { IKataNodePool } from "./i-node-pool";
import { KataNodePool } from "./kata-node-pool";
import { NodePool } from "./node-pool";
import type { KataNodePoolOptions, NodePoolOptions } from "./node-pool-options";
import { WorkloadIdentity, WorkloadIdentityOptions } from "./workload-identity";

/** A cluster that node pools can be added to, whether the app declares it or it exists. */
export abstract class ClusterBase extends Construct implements IAksCluster {
  abstract readonly podSandboxing: PodSandboxing;
  abstract readonly access: ClusterAccess;
  abstract readonly clusterId: string;
  abstract readonly clusterName: string;
  abstract readonly resourceGroupName: string;
  abstract readonly isExisting: boolean;
  abstract readonly kubernetesVersion?: string;
  abstract readonly networkPolicy?: string;
  abstract readonly oidcIssuerUrl?: string;
  abstract get provider(): TerraformProvider | undefined;

  get kataNodePools(): readonly IKataNodePool[] {
    return [...declaredNodePools(this).kata];
  }

  /** Adds a node pool without kata. */
  addNodePool(id: string, options: NodePoolOptions): NodePool {
    return new NodePool(this, id, { ...options, cluster: this });
  }

  /** Adds a node pool whose pods can have a kernel of their own. */
  addKataNodePool(id: string, options: KataNodePoolOptions): KataNodePool {
    return new KataNodePool(this, id, { ...options, cluster: this });
  }

  /** Adds an identity in Entra ID for the pods of one service account. */
  addWorkloadIdentity(id: string, options: WorkloadIdentityOptions): WorkloadIdentity {
    return new WorkloadIdentity(this, id, { ...options, cluster: this });
  }

  /** Sends the logs of the control plane away. */
  addDiagnosticSetting(id: string, options: DiagnosticSettingOptions): DiagnosticSetting {
    return new DiagnosticSetting(this, id, { ...options, cluster: this });
  }

  /** Holds what is deployed to AKS's best practices. */
  addDeploymentSafeguard(id: string, options: DeploymentSafeguardOptions): DeploymentSafeguard {
    return new DeploymentSafeguard(this, id, { ...options, cluster: this });
  }
}
