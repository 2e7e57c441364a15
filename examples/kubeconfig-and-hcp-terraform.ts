// The document's own login, `az aks get-credentials`, in a resource group that exists, with state in HCP Terraform.
import { App } from "cdktf";
import { AksCluster, ClusterAccess, ClusterStack, PodSandboxing, SandboxStack, StateBackend } from "../lib";

const app = new App();

const azure = new ClusterStack(app, "cluster", {
  stateBackend: StateBackend.hcpTerraform({ organization: "example", workspacePrefix: "untrusted-pods-" }),
});
const cluster = new AksCluster(azure, "aks", {
  podSandboxing: PodSandboxing.GA,
  name: "myAKSCluster",
  resourceGroup: { name: "myResourceGroup", location: "eastus" },
  access: ClusterAccess.kubeconfig(),
  defaultNodePool: { name: "default", vmSize: "Standard_D2s_v5", nodeCount: 2 },
});
cluster.addKataNodePool("kata", { vmSize: "Standard_D4s_v5", nodeCount: 1 });

const sandbox = new SandboxStack(app, "sandbox", { cluster });
sandbox.addRuntimeClass("kata", { scheduling: false });
sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });

app.synth();
