import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { App } from "cdktf";
import { AksCluster, ClusterStack, PodSandboxing, SandboxStack } from "./lib";

const app = new App();

// For Azure Resource Manager: the cluster of Microsoft's document, and a node pool that can run sandboxed pods.
const azure = new ClusterStack(app, "cluster");
const cluster = new AksCluster(azure, "aks", {
  podSandboxing: PodSandboxing.PREVIEW, // PodSandboxing.GA on today's AKS
  name: "myAKSCluster",
  resourceGroup: new ResourceGroup(azure, "group", { name: "myResourceGroup", location: "eastus" }),
  defaultNodePool: { name: "default", vmSize: "Standard_D2_v2", nodeCount: 2 },
});
cluster.addKataNodePool("kata", { vmSize: "Standard_D4s_v3", nodeCount: 1 });

// For the Kubernetes API: the runtime classes that a pod names to get a kernel of its own, a namespace
// that admits no other pods, and, before it, jobs that fail the deployment if the kernels do not differ.
const sandbox = new SandboxStack(app, "sandbox", { cluster });
sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
sandbox.addRuntimeClass("kata-large", { podMemory: "8Gi" });
sandbox.addNamespace("untrusted");
sandbox.addIsolationCheck("isolation");

app.synth();
