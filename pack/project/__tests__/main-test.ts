import "cdktf/lib/testing/adapters/jest";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { App, Testing } from "cdktf";
import { AksCluster, ClusterStack, PodSandboxing } from "cdktf-aks-pod-sandboxing";

function clusterStack(app: App): ClusterStack {
  const stack = new ClusterStack(app, "cluster");
  const cluster = new AksCluster(stack, "aks", {
    podSandboxing: PodSandboxing.GA,
    name: "pods",
    resourceGroup: { name: "pods", location: "eastus" },
    defaultNodePool: { name: "default", vmSize: "Standard_D2s_v5", nodeCount: 2 },
  });
  cluster.addKataNodePool("kata", { vmSize: "Standard_D4s_v5", nodeCount: 1 });
  return stack;
}

test("matchers find the resources of the constructs", () => {
  const output = Testing.synth(clusterStack(Testing.app()));
  expect(output).toHaveResource(KubernetesClusterNodePool);
  expect(output).toHaveResourceWithProperties(KubernetesClusterNodePool, {
    vm_size: "Standard_D4s_v5",
    workload_runtime: "KataVmIsolation",
  });
  expect(output).not.toHaveResourceWithProperties(KubernetesClusterNodePool, { workload_runtime: "OCIContainer" });
});

test("a mistake fails where it is made", () => {
  const stack = new ClusterStack(Testing.app(), "cluster");
  // @ts-expect-error a cluster without its arguments
  expect(() => new AksCluster(stack, "aks", { name: "pods" })).toThrow(/podSandboxing/);
});
