export { hclOfStack, type StackHcl } from "./cdktf/hcl-of-stack";
export { AksCluster, type AksClusterProps } from "./cluster/aks-cluster";
export { type DefaultNodePoolOptions } from "./cluster/default-node-pool-options";
export { ClusterAccess, type KubeconfigOptions, type KubeloginOptions } from "./cluster/cluster-access";
export { ClusterBase } from "./cluster/cluster-base";
export { ClusterIdentity, type ClusterIdentityProps } from "./cluster/cluster-identity";
export { ClusterStack, type ClusterStackProps } from "./cluster/cluster-stack";
export {
  ContainerInsights,
  type ContainerInsightsOptions,
  type ContainerInsightsProps,
} from "./cluster/container-insights";
export {
  DeploymentSafeguard,
  type DeploymentSafeguardOptions,
  type DeploymentSafeguardProps,
} from "./cluster/deployment-safeguard";
export {
  DiagnosticSetting,
  type DiagnosticSettingOptions,
  type DiagnosticSettingProps,
} from "./cluster/diagnostic-setting";
export { ExistingAksCluster, type ExistingAksClusterProps } from "./cluster/existing-aks-cluster";
export { hardened, HARDENED_NODE_POOL, type HardenedOptions } from "./cluster/hardened";
export { type IAksCluster } from "./cluster/i-aks-cluster";
export { type IKataNodePool, type INodePool } from "./cluster/i-node-pool";
export { KataNodePool, type KataNodePoolProps } from "./cluster/kata-node-pool";
export { kataVmSize, type KataVmSizeVerdict } from "./cluster/kata-vm-size";
export {
  ManagedPrometheus,
  type ManagedPrometheusOptions,
  type ManagedPrometheusProps,
} from "./cluster/managed-prometheus";
export { type MonitoredCluster } from "./cluster/monitored-cluster";
export { NodePool } from "./cluster/node-pool";
export { NodePoolBase, type NodePoolProps } from "./cluster/node-pool-base";
export { type KataNodePoolOptions, type NodePoolOptions } from "./cluster/node-pool-options";
export { type RefusedProps } from "./cluster/refused-props";
export { type IWorkloadIdentity } from "./cluster/i-workload-identity";
export { type IResourceGroup } from "./cluster/resource-group";
export {
  WorkloadIdentity,
  type WorkloadIdentityOptions,
  type WorkloadIdentityProps,
} from "./cluster/workload-identity";
export { AzurermVersion } from "./azurerm-version";
export { InputVariable } from "./cdktf/input-variable";
export { PodSandboxing } from "./pod-sandboxing";
export { IsolationCheck, type IsolationCheckOptions } from "./sandbox/isolation-check";
export { type IKataRuntimeClass } from "./sandbox/i-kata-runtime-class";
export { KataRuntimeClass, type KataRuntimeClassOptions } from "./sandbox/kata-runtime-class";
export { NetworkPeer } from "./sandbox/network-peer";
export { type NamespacePolicyOptions } from "./sandbox/policy/namespace-policy-options";
export { PodOverhead } from "./sandbox/pod-overhead";
export { type NetworkOpening } from "./sandbox/network-opening";
export { SandboxedNamespace, type SandboxedNamespaceOptions } from "./sandbox/sandboxed-namespace";
export { SandboxStack, type SandboxStackProps } from "./sandbox/sandbox-stack";
export { ServiceAccount, type ServiceAccountOptions, type ServiceAccountProps } from "./sandbox/service-account";
export { StateBackend } from "./state-backend";
export { type AzureStorageOptions, type HcpTerraformOptions } from "./state-backend-options";
export { type Toleration } from "./sandbox/toleration";
