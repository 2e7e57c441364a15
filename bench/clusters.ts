// Synthesises many clusters with three kata pools each: `constructs` of this library, or the same in bare `l1` classes.
import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { App, TerraformOutput } from "cdktf";
import { AksCluster, ClusterStack, PodSandboxing } from "../lib";
import { poolRuntime } from "../lib/cluster/pool-runtime";

const RUNTIME = { os_sku: "AzureLinux", workload_runtime: "KataVmIsolation" };

const [kind, count] = process.argv.slice(2);
const app = new App();
const stack = new ClusterStack(app, "cluster");

for (let i = 0; i < Number(count); i++) {
  if (kind === "constructs") addConstructs(i);
  else addBareResources(i);
}
app.synth();

function addConstructs(i: number): void {
  const cluster = new AksCluster(stack, `aks${i}`, {
    podSandboxing: PodSandboxing.GA,
    name: `aks${i}`,
    resourceGroup: { name: "group", location: "eastus" },
    defaultNodePool: { name: "default", vmSize: "Standard_D2s_v5", nodeCount: 2 },
  });
  for (const pool of ["kata1", "kata2", "kata3"]) {
    cluster.addKataNodePool(pool, { vmSize: "Standard_D4s_v5", nodeCount: 1 });
  }
}

function addBareResources(i: number): void {
  const cluster = new KubernetesCluster(stack, `aks${i}`, {
    name: `aks${i}`,
    location: "eastus",
    resourceGroupName: "group",
    dnsPrefix: `aks${i}`,
    identity: { type: "SystemAssigned" },
    defaultNodePool: {
      name: "default",
      vmSize: "Standard_D2s_v5",
      nodeCount: 2,
      osSku: "AzureLinux",
      temporaryNameForRotation: "defaulttmp",
      upgradeSettings: { maxSurge: "10%" },
    },
  });
  for (const pool of ["kata1", "kata2", "kata3"]) {
    const runtime = poolRuntime(stack, `aks${i}_${pool}_runtime`, () => RUNTIME);
    new KubernetesClusterNodePool(stack, `aks${i}_${pool}`, {
      name: pool,
      kubernetesClusterId: cluster.id,
      vmSize: "Standard_D4s_v5",
      nodeCount: 1,
      osSku: RUNTIME.os_sku,
      workloadRuntime: RUNTIME.workload_runtime,
      temporaryNameForRotation: `${pool}tmp`,
      upgradeSettings: { maxSurge: "10%" },
      lifecycle: { replaceTriggeredBy: [runtime.address] },
    });
  }
  new TerraformOutput(stack, `aks${i}_control_plane_fqdn`, { value: cluster.fqdn });
  new TerraformOutput(stack, `aks${i}_get_credentials`, {
    value: `az aks get-credentials --resource-group group --name aks${i}`,
  });
}
