// The two pods of Microsoft's document, one on the kernel of its node and one on a kernel of its own.
import { PodV1, PodV1Config } from "@cdktf/provider-kubernetes/lib/pod-v1";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { App, TerraformOutput } from "cdktf";
import { AksCluster, ClusterStack, PodSandboxing, SandboxStack } from "../lib";

const app = new App();

const azure = new ClusterStack(app, "cluster");
const cluster = new AksCluster(azure, "aks", {
  podSandboxing: PodSandboxing.GA,
  name: "myAKSCluster",
  resourceGroup: new ResourceGroup(azure, "group", { name: "myResourceGroup", location: "eastus" }),
  networkProfile: { networkPlugin: "azure", networkPolicy: "azure" },
  defaultNodePool: { name: "default", vmSize: "Standard_D2s_v5", nodeCount: 2 },
});
const kata = cluster.addKataNodePool("kata", { vmSize: "Standard_D4s_v5", nodeCount: 1, dedicated: true });

const sandbox = new SandboxStack(app, "sandbox", { cluster });
const small = sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi", nodePools: [kata] });
const untrusted = sandbox.addNamespace("untrusted", { runtimeClass: small, quota: { pods: "20" } });
sandbox.addIsolationCheck("isolation");

new PodV1(sandbox, "trusted-pod", pod("trusted", "default"));
new PodV1(sandbox, "untrusted-pod", {
  ...pod("untrusted", untrusted.name, small.runtimeClassName),
  lifecycle: { ignoreChanges: ["spec[0].node_selector", "spec[0].toleration"] }, // which the class adds
  dependsOn: [...untrusted.parts, small.resource],
});

new TerraformOutput(sandbox, "kernel_of_trusted", { value: "kubectl exec trusted -- uname -r" });
new TerraformOutput(sandbox, "kernel_of_untrusted", {
  value: `kubectl exec untrusted --namespace ${untrusted.name} -- uname -r`,
});

app.synth();

function pod(name: string, namespace: string, runtimeClassName?: string): PodV1Config {
  const limits = { memory: "256Mi", cpu: "250m", "ephemeral-storage": "1Gi" };
  return {
    metadata: { name, namespace },
    spec: {
      runtimeClassName,
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: "1000", seccompProfile: { type: "RuntimeDefault" } },
      container: [
        {
          name,
          image: "mcr.microsoft.com/aks/fundamental/base-ubuntu:v0.0.11",
          command: ["/bin/sh", "-ec", "while :; do echo '.'; sleep 5; done"],
          resources: { limits, requests: { ...limits, "ephemeral-storage": "0" } },
          securityContext: {
            runAsNonRoot: true,
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
          },
        },
      ],
    },
  };
}
