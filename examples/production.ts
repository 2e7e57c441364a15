// A cluster that scanners and a platform team accept: private, Entra ID only, system pool across zones, a subnet and an
// identity of its own, logs, metrics, a lock, and an autoscaled pool for sandboxed pods only. Deploy it from inside the network.
import { LogAnalyticsWorkspace } from "@cdktf/provider-azurerm/lib/log-analytics-workspace";
import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import { MonitorWorkspace } from "@cdktf/provider-azurerm/lib/monitor-workspace";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { App } from "cdktf";
import {
  AksCluster,
  ClusterIdentity,
  ClusterStack,
  hardened,
  HARDENED_NODE_POOL,
  NetworkPeer,
  PodSandboxing,
  SandboxStack,
  StateBackend,
} from "../lib";

const app = new App();

const azure = new ClusterStack(app, "cluster", {
  subscriptionId: "00000000-0000-0000-0000-000000000000",
  stateBackend: StateBackend.azureStorage({ storageAccountName: "exampleterraformstate", containerName: "tfstate" }),
});
const resourceGroup = new ResourceGroup(azure, "group", { name: "production", location: "westeurope" });
const inGroup = { resourceGroupName: resourceGroup.name, location: "westeurope" };

const network = new VirtualNetwork(azure, "network", { ...inGroup, name: "aks", addressSpace: ["10.1.0.0/16"] });
const nodes = new Subnet(azure, "nodes", {
  resourceGroupName: resourceGroup.name,
  name: "nodes",
  virtualNetworkName: network.name,
  addressPrefixes: ["10.1.0.0/20"],
});
const workspace = new LogAnalyticsWorkspace(azure, "logs", { ...inGroup, name: "aks-logs", retentionInDays: 90 });
const metrics = new MonitorWorkspace(azure, "metrics", { ...inGroup, name: "aks-metrics" });
const own = new ClusterIdentity(azure, "identity", { name: "aks", resourceGroup, subnetIds: [nodes.id] });

const settings = hardened({
  adminGroupObjectIds: ["11111111-1111-1111-1111-111111111111"],
  logAnalyticsWorkspaceId: workspace.id,
  diskEncryptionSetId: "waived", // keys of the platform encrypt the disks
});
const cluster = new AksCluster(azure, "aks", {
  ...settings,
  podSandboxing: PodSandboxing.GA,
  name: "production",
  resourceGroup,
  kubernetesVersion: "1.36",
  identity: own.identity,
  dependsOn: own.roles,
  lifecycle: { preventDestroy: true },
  defaultNodePool: { ...settings.defaultNodePool, vnetSubnetId: nodes.id },
});
const kata = cluster.addKataNodePool("kata", {
  ...HARDENED_NODE_POOL,
  vmSize: "Standard_D8s_v5",
  dedicated: true,
  autoScalingEnabled: true,
  minCount: 1,
  maxCount: 10,
});
cluster.grantAcrPull(
  "registry",
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/example",
);
const workloadIdentity = cluster.addWorkloadIdentity("app", {
  name: "untrusted-app",
  resourceGroup,
  namespace: "untrusted",
});
cluster.addDiagnosticSetting("audit", { logAnalyticsWorkspaceId: workspace.id });
cluster.addContainerInsights("insights", { logAnalyticsWorkspaceId: workspace.id });
cluster.addManagedPrometheus("metrics", { monitorWorkspaceId: metrics.id });
// Locks hold for node pools as well: take it away for a change that rotates or replaces one.
new ManagementLock(azure, "lock", { name: "keep", lockLevel: "CanNotDelete", scope: cluster.clusterId });

const sandbox = new SandboxStack(app, "sandbox", { cluster });
const small = sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi", nodePools: [kata] });
// Pods get tokens of their identity from Entra ID, some of whose addresses these are.
const entra = ["20.190.128.0/18", "40.126.0.0/18"].map((cidr) => ({ peer: NetworkPeer.cidr(cidr), ports: [443] }));
const untrusted = sandbox.addNamespace("untrusted", { runtimeClass: small, quota: { pods: "50" }, egress: entra });
untrusted.addServiceAccount("app", { workloadIdentity });
sandbox.addIsolationCheck("isolation");

app.synth();
