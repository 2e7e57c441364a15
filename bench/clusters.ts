// Synthesises many clusters with three kata pools each: `constructs` of this library, or the same in bare `l1` classes.
import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformResource, TerraformStack } from "cdktf";

const RUNTIME = { os_sku: "AzureLinux", workload_runtime: "KataVmIsolation" };

const [kind, count] = process.argv.slice(2);
const app = new App();
if (kind === "constructs") addConstructs(Number(count));
else addBareResources(Number(count));
app.synth();

/** The library is loaded here only, so that it takes no time from the bare classes. */
function addConstructs(count: number): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { AksCluster, ClusterStack, PodSandboxing } = require("../lib") as typeof import("../lib");
  const stack = new ClusterStack(app, "cluster");
  for (let i = 0; i < count; i++) {
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
}

function addBareResources(count: number): void {
  const stack = new TerraformStack(app, "cluster");
  new LocalBackend(stack, { path: "../../../terraform.cluster.tfstate" });
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  for (let i = 0; i < count; i++) addBareCluster(stack, i);
}

function addBareCluster(stack: TerraformStack, i: number): void {
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
    const runtime = new TerraformResource(stack, `aks${i}_${pool}_runtime`, {
      terraformResourceType: "terraform_data",
    });
    runtime.addOverride("triggers_replace", RUNTIME);
    new KubernetesClusterNodePool(stack, `aks${i}_${pool}`, {
      name: pool,
      kubernetesClusterId: cluster.id,
      vmSize: "Standard_D4s_v5",
      nodeCount: 1,
      osSku: RUNTIME.os_sku,
      workloadRuntime: RUNTIME.workload_runtime,
      temporaryNameForRotation: `${pool}tmp`,
      upgradeSettings: { maxSurge: "10%" },
      lifecycle: { replaceTriggeredBy: [`terraform_data.${runtime.friendlyUniqueId}`] },
    });
  }
  new TerraformOutput(stack, `aks${i}_control_plane_fqdn`, { value: cluster.fqdn });
  new TerraformOutput(stack, `aks${i}_get_credentials`, {
    value: `az aks get-credentials --resource-group group --name aks${i}`,
  });
}
