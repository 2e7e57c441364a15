import { App } from "cdktf";
import { AksCluster, ClusterStack, PodSandboxing, SandboxStack } from "cdktf-aks-pod-sandboxing";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group/index.js";

const app = new App();
const azure = new ClusterStack(app, "cluster");
const resourceGroup = new ResourceGroup(azure, "group", { name: "pods", location: "eastus" });
const defaultNodePool = { name: "default", vmSize: "Standard_D2s_v5", nodeCount: 2 };
const props = { podSandboxing: PodSandboxing.GA, name: "pods", resourceGroup, defaultNodePool };
const cluster = new AksCluster(azure, "aks", props);
cluster.addKataNodePool("kata", { vmSize: "Standard_D4s_v5", nodeCount: 1 });
const sandbox = new SandboxStack(app, "sandbox", { cluster });
sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
sandbox.addNamespace("untrusted");
app.synth();
