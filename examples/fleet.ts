// Many clusters: a table of regions and environments becomes a pair of stacks each, joined to an Azure Kubernetes Fleet
// Manager that rolls upgrades over them in stages. A part of the fleet is deployed by name:
// cdktf deploy 'eu-*' --parallelism 4
import { KubernetesFleetManager } from "@cdktf/provider-azurerm/lib/kubernetes-fleet-manager";
import { KubernetesFleetMember } from "@cdktf/provider-azurerm/lib/kubernetes-fleet-member";
import { KubernetesFleetUpdateStrategy } from "@cdktf/provider-azurerm/lib/kubernetes-fleet-update-strategy";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { App } from "cdktf";
import { AksCluster, ClusterStack, PodSandboxing, SandboxStack, StateBackend } from "../lib";

const SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";
const ADMINS = "11111111-1111-1111-1111-111111111111";
const FLEET = { name: "sandboxes", resourceGroup: "sandboxes-fleet" };

/** Environments in the order in which upgrades reach them. */
const STAGES = ["staging", "production"] as const;

interface Member {
  readonly location: string;
  readonly stage: (typeof STAGES)[number];
  /** Most nodes of the kata pool. */
  readonly nodes: number;
}

const MEMBERS: { readonly [name: string]: Member } = {
  "eu-staging": { location: "westeurope", stage: "staging", nodes: 2 },
  "eu-production": { location: "westeurope", stage: "production", nodes: 20 },
  "us-production": { location: "eastus", stage: "production", nodes: 10 },
};

const app = new App();
const settings = {
  subscriptionId: SUBSCRIPTION,
  stateBackend: StateBackend.azureStorage({ storageAccountName: "exampleterraformstate", containerName: "tfstate" }),
};
const podSandboxing = PodSandboxing.GA;

const fleetStack = new ClusterStack(app, "fleet", settings);
podSandboxing.azurermVersion.pinFor(fleetStack);
const group = new ResourceGroup(fleetStack, "group", { name: FLEET.resourceGroup, location: "westeurope" });
const fleet = new KubernetesFleetManager(fleetStack, "fleet", {
  name: FLEET.name,
  resourceGroupName: group.name,
  location: group.location,
});
new KubernetesFleetUpdateStrategy(fleetStack, "stages", {
  name: "stages",
  kubernetesFleetManagerId: fleet.id,
  stage: STAGES.map((stage) => ({ name: stage, group: [{ name: stage }], afterStageWaitInSeconds: 24 * 60 * 60 })),
});

for (const [name, member] of Object.entries(MEMBERS)) addMember(name, member);

app.synth();

function addMember(name: string, { location, stage, nodes }: Member): void {
  const stack = new ClusterStack(app, `${name}-cluster`, settings);
  stack.addDependency(fleetStack);
  const cluster = new AksCluster(stack, "aks", {
    podSandboxing,
    name,
    resourceGroup: new ResourceGroup(stack, "group", { name, location }),
    localAccountDisabled: true,
    azureActiveDirectoryRoleBasedAccessControl: { azureRbacEnabled: true, adminGroupObjectIds: [ADMINS] },
    networkProfile: {
      networkPlugin: "azure",
      networkPluginMode: "overlay",
      networkPolicy: "cilium",
      networkDataPlane: "cilium",
    },
    defaultNodePool: { name: "system", vmSize: "Standard_D2s_v5", nodeCount: 2, onlyCriticalAddonsEnabled: true },
  });
  cluster.addKataNodePool("kata", {
    vmSize: "Standard_D8s_v5",
    autoScalingEnabled: true,
    minCount: 1,
    maxCount: nodes,
  });
  // The fleet is in another state: its id is made of names, so that nothing is read from there.
  new KubernetesFleetMember(stack, "member", {
    name,
    group: stage,
    kubernetesClusterId: cluster.clusterId,
    kubernetesFleetId: `/subscriptions/${SUBSCRIPTION}/resourceGroups/${FLEET.resourceGroup}/providers/Microsoft.ContainerService/fleets/${FLEET.name}`,
  });

  const sandbox = new SandboxStack(app, `${name}-sandbox`, { cluster });
  sandbox.addNamespace("untrusted", { runtimeClass: sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" }) });
  sandbox.addIsolationCheck("isolation");
}
