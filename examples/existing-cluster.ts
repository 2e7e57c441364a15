// A cluster that something else made: this app adds a kata pool and a sandbox, and nothing of the cluster is in its plan.
// CLUSTER_NAME=production RESOURCE_GROUP=production npm run synth -- examples/existing-cluster.ts
import { App } from "cdktf";
import { AksCluster, ClusterAccess, ClusterStack, PodSandboxing, SandboxStack } from "../lib";

const { CLUSTER_NAME: clusterName = "myAKSCluster", RESOURCE_GROUP: resourceGroupName = "myResourceGroup" } =
  process.env;

const app = new App();

const azure = new ClusterStack(app, "pools", { subscriptionId: "00000000-0000-0000-0000-000000000000" });
const cluster = AksCluster.fromExisting(azure, "aks", {
  podSandboxing: PodSandboxing.GA,
  clusterName,
  resourceGroupName,
  access: ClusterAccess.kubelogin(),
  kubernetesVersion: "1.36",
  networkPolicy: "cilium",
});
const kata = cluster.addKataNodePool("kata", {
  vmSize: "Standard_D8s_v5",
  dedicated: true,
  autoScalingEnabled: true,
  minCount: 1,
  maxCount: 5,
});

const sandbox = new SandboxStack(app, "sandbox", { cluster });
const small = sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi", nodePools: [kata] });
sandbox.addNamespace("untrusted", { runtimeClass: small });
sandbox.addIsolationCheck("isolation");

app.synth();
