// Today's AKS with Entra ID, an autoscaled pool for kata pods only, and state in Azure Storage.
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { App } from "cdktf";
import { AksCluster, ClusterStack, PodSandboxing, SandboxStack, StateBackend } from "../lib";

const app = new App();

const azure = new ClusterStack(app, "cluster", {
  subscriptionId: "00000000-0000-0000-0000-000000000000",
  stateBackend: StateBackend.azureStorage({
    resourceGroupName: "terraform-state",
    storageAccountName: "exampleterraformstate",
    containerName: "tfstate",
    keyPrefix: "untrusted-pods/",
  }),
});
const cluster = new AksCluster(azure, "aks", {
  podSandboxing: PodSandboxing.GA,
  name: "untrusted-pods",
  resourceGroup: new ResourceGroup(azure, "group", { name: "untrusted-pods", location: "westeurope" }),
  kubernetesVersion: "1.34",
  localAccountDisabled: true,
  azureActiveDirectoryRoleBasedAccessControl: {
    azureRbacEnabled: true,
    adminGroupObjectIds: ["11111111-1111-1111-1111-111111111111"],
  },
  networkProfile: {
    networkPlugin: "azure",
    networkPluginMode: "overlay",
    networkPolicy: "cilium",
    networkDataPlane: "cilium",
  },
  defaultNodePool: { name: "system", vmSize: "Standard_D2s_v5", nodeCount: 2, onlyCriticalAddonsEnabled: true },
});
cluster.addNodePool("apps", { vmSize: "Standard_D4s_v5", nodeCount: 2 });
cluster.addKataNodePool("kata", {
  vmSize: "Standard_D8s_v5",
  dedicated: true,
  autoScalingEnabled: true,
  minCount: 1,
  maxCount: 5,
  zones: ["1", "2", "3"],
});

const sandbox = new SandboxStack(app, "sandbox", { cluster });
sandbox.addRuntimeClass("kata-small", { podMemory: "512Mi" });
sandbox.addRuntimeClass("kata-large", { podMemory: "16Gi" });

app.synth();
