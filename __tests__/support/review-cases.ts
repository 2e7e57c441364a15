import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { App, TerraformVariable } from "cdktf";
import {
  AksCluster,
  AksClusterProps,
  AzurermVersion,
  ClusterStack,
  ClusterStackProps,
  KataNodePoolOptions,
  NodePoolOptions,
  PodSandboxing,
  SandboxStack,
  StateBackend,
  NetworkPeer,
} from "../../lib";
import { Language } from "./synth";

/** A change that a team makes: the app before it and after it. */
export interface ReviewCase {
  readonly before: (app: App) => void;
  readonly after: (app: App) => void;
  /** @default json */
  readonly language?: Language;
}

const GA_5 = PodSandboxing.GA.on(AzurermVersion.V5);

interface Azure {
  readonly stack?: ClusterStackProps;
  /** Id of the cluster's construct. */
  readonly id?: string;
  readonly group?: { readonly name?: string; readonly location?: string };
  readonly cluster?: Partial<AksClusterProps>;
  readonly kata?: Partial<KataNodePoolOptions> | null;
  readonly apps?: Partial<NodePoolOptions>;
  readonly more?: (cluster: AksCluster, stack: ClusterStack) => void;
}

/** A cluster as most teams have it, with what a case changes. */
function azure(change: Azure = {}): (app: App) => AksCluster {
  return (app) => {
    const stack = new ClusterStack(app, "cluster", change.stack);
    const cluster = new AksCluster(stack, change.id ?? "aks", {
      podSandboxing: PodSandboxing.GA,
      name: "myAKSCluster",
      resourceGroup: new ResourceGroup(stack, "group", {
        name: "myResourceGroup",
        location: "eastus",
        ...change.group,
      }),
      defaultNodePool: { name: "default", vmSize: "Standard_D2s_v5", nodeCount: 2 },
      ...change.cluster,
    });
    if (change.kata !== null)
      cluster.addKataNodePool("kata", { vmSize: "Standard_D4s_v5", nodeCount: 1, ...change.kata });
    if (change.apps) cluster.addNodePool("apps", { vmSize: "Standard_D4s_v5", nodeCount: 2, ...change.apps });
    change.more?.(cluster, stack);
    return cluster;
  };
}

/** The same cluster with a sandbox stack. */
function sandbox(more: (sandbox: SandboxStack) => void, change: Azure = {}): (app: App) => void {
  return (app) => {
    const stack = new SandboxStack(app, "sandbox", { cluster: azure(change)(app) });
    more(stack);
  };
}

/** What `main.ts` has, switched to another release. */
function mainApp(podSandboxing: PodSandboxing): (app: App) => void {
  return sandbox(
    (stack) => {
      stack.addRuntimeClass("kata-small", { podMemory: "1Gi" });
      stack.addRuntimeClass("kata-large", { podMemory: "8Gi" });
      stack.addNamespace("untrusted");
      stack.addIsolationCheck("isolation");
    },
    { cluster: { podSandboxing }, kata: { vmSize: "Standard_D4s_v3" } },
  );
}

const PREVIEW: Azure = { cluster: { podSandboxing: PodSandboxing.PREVIEW } };
const AUTOSCALED = { nodeCount: undefined, autoScalingEnabled: true, minCount: 1, maxCount: 3 };
const twoClasses = (stack: SandboxStack) => {
  stack.addRuntimeClass("kata-small", { podMemory: "1Gi" });
  stack.addRuntimeClass("kata-large", { podMemory: "8Gi" });
};

export const REVIEW_CASES: { readonly [name: string]: ReviewCase } = {
  "add-a-kata-pool": { before: azure({ kata: null }), after: azure() },
  "add-a-runtime-class": {
    before: sandbox((stack) => {
      twoClasses(stack);
      stack.addNamespace("untrusted");
    }),
    after: sandbox((stack) => {
      twoClasses(stack);
      stack.addRuntimeClass("kata-huge", { podMemory: "64Gi" });
      stack.addNamespace("untrusted");
    }),
  },
  "add-taints": { before: azure(), after: azure({ kata: { dedicated: true } }) },
  "add-zones": { before: azure(), after: azure({ kata: { zones: ["1", "2", "3"] } }) },
  "add-zones-on-azurerm-3": { before: azure(PREVIEW), after: azure({ ...PREVIEW, kata: { zones: ["1"] } }) },
  "azurerm-4-to-5": { before: mainApp(PodSandboxing.GA), after: mainApp(GA_5) },
  "change-a-secret": {
    before: azure({
      cluster: { servicePrincipal: { clientId: "11111111-1111-1111-1111-111111111111", clientSecret: "old-password" } },
    }),
    after: azure({
      cluster: { servicePrincipal: { clientId: "11111111-1111-1111-1111-111111111111", clientSecret: "new-password" } },
    }),
  },
  "change-the-dns-prefix": { before: azure(), after: azure({ cluster: { dnsPrefix: "pods" } }) },
  "change-the-handler": {
    before: sandbox((stack) => stack.addRuntimeClass("kata-small", { podMemory: "1Gi" })),
    after: sandbox((stack) =>
      stack.addRuntimeClass("kata-small", { podMemory: "1Gi" }).resource.addOverride("manifest.handler", "runc"),
    ),
  },
  "change-the-network-plugin": {
    before: azure({ cluster: { networkProfile: { networkPlugin: "kubenet" } } }),
    after: azure({ cluster: { networkProfile: { networkPlugin: "azure", networkPolicy: "azure" } } }),
  },
  "change-the-network-plugin-to-overlay": {
    before: azure({ cluster: { networkProfile: { networkPlugin: "kubenet" } } }),
    after: azure({ cluster: { networkProfile: { networkPlugin: "azure", networkPluginMode: "overlay" } } }),
  },
  "change-the-vm-size": { before: azure(), after: azure({ kata: { vmSize: "Standard_D8s_v5" } }) },
  "change-the-vm-size-in-hcl": {
    before: azure(),
    after: azure({ kata: { vmSize: "Standard_D8s_v5" } }),
    language: "hcl",
  },
  "change-the-vm-size-of-the-default-pool": {
    before: azure(),
    after: azure({ cluster: { defaultNodePool: { name: "default", vmSize: "Standard_D4s_v5", nodeCount: 2 } } }),
  },
  "change-the-vm-size-on-azurerm-3": {
    before: azure(PREVIEW),
    after: azure({ ...PREVIEW, kata: { vmSize: "Standard_D8s_v5" } }),
  },
  "change-what-no-schema-has": {
    before: azure({ more: (_, stack) => stack.addOverride("resource.azuread_group.team", { display_name: "team" }) }),
    after: azure({ more: (_, stack) => stack.addOverride("resource.azuread_group.team", { display_name: "Team" }) }),
  },
  "downgrade-kubernetes": {
    before: azure({ cluster: { kubernetesVersion: "1.34" } }),
    after: azure({ cluster: { kubernetesVersion: "1.33" } }),
  },
  "give-a-pool-kata": {
    before: azure({ apps: {} }),
    after: azure({ more: (cluster) => cluster.addKataNodePool("apps", { vmSize: "Standard_D4s_v5", nodeCount: 2 }) }),
  },
  "ignore-the-node-count": {
    before: azure(),
    after: azure({ kata: { nodeCount: 3, lifecycle: { ignoreChanges: ["node_count"] } } }),
  },
  "loosen-a-namespace": {
    before: sandbox((stack) => {
      twoClasses(stack);
      stack.addNamespace("untrusted", { quota: { pods: "20" } });
    }),
    after: sandbox((stack) => {
      twoClasses(stack);
      const { resource } = stack.addNamespace("untrusted", {
        quota: { pods: "50" },
        egress: [{ peer: NetworkPeer.cidr("0.0.0.0/0"), ports: [443] }],
      });
      resource.addOverride("metadata.labels", { "pod-security.kubernetes.io/enforce": "baseline" });
    }),
  },
  "loosen-the-policy": {
    before: sandbox((stack) => {
      twoClasses(stack);
      stack.addNamespace("untrusted");
    }),
    after: sandbox((stack) => {
      stack.addRuntimeClass("kata-small");
      stack.addRuntimeClass("kata-large");
      stack.addNamespace("untrusted");
      const policy = stack.node.findChild("policy") as unknown as {
        resource: { addOverride(path: string, value: string): void };
      };
      policy.resource.addOverride("manifest.spec.failurePolicy", "Ignore");
    }),
  },
  "move-a-resource-with-its-block": {
    before: azure(),
    after: azure({
      id: "main",
      more: (_, stack) =>
        stack.addOverride(
          "moved",
          [
            ["azurerm_kubernetes_cluster.aks", "azurerm_kubernetes_cluster.main"],
            [
              "azurerm_kubernetes_cluster_node_pool.aks_kata_49693DD2",
              "azurerm_kubernetes_cluster_node_pool.main_kata_455B07D6",
            ],
            ["terraform_data.aks_kata_runtime_37854C3D", "terraform_data.main_kata_runtime_384819F6"],
          ].map(([from, to]) => ({ from, to })),
        ),
    }),
  },
  "move-the-backend": {
    before: azure(),
    after: azure({
      stack: { stateBackend: StateBackend.azureStorage({ storageAccountName: "state", containerName: "tfstate" }) },
    }),
  },
  "preview-to-ga": { before: mainApp(PodSandboxing.PREVIEW), after: mainApp(PodSandboxing.GA) },
  "preview-to-ga-with-autoscaling": {
    before: azure({ ...PREVIEW, kata: AUTOSCALED }),
    after: azure({ kata: AUTOSCALED }),
  },
  "remove-a-namespace": {
    before: sandbox((stack) => {
      twoClasses(stack);
      stack.addNamespace("untrusted");
      stack.addNamespace("trials");
    }),
    after: sandbox((stack) => {
      twoClasses(stack);
      stack.addNamespace("untrusted");
    }),
  },
  "remove-prevent-destroy": {
    before: azure({ cluster: { lifecycle: { preventDestroy: true } } }),
    after: azure(),
  },
  "remove-the-isolation-check": {
    before: mainApp(PodSandboxing.GA),
    after: sandbox(
      (stack) => {
        twoClasses(stack);
        stack.addNamespace("untrusted");
      },
      { kata: { vmSize: "Standard_D4s_v3" } },
    ),
  },
  "remove-the-kata-pool": { before: azure(), after: azure({ kata: null }) },
  "rename-a-construct-id": { before: azure(), after: azure({ id: "main" }) },
  "rename-a-pool": { before: azure(), after: azure({ kata: { name: "sandbox" } }) },
  "rename-the-cluster": {
    before: mainApp(PodSandboxing.GA),
    after: sandbox(
      (stack) => {
        stack.addRuntimeClass("kata-small", { podMemory: "1Gi" });
        stack.addRuntimeClass("kata-large", { podMemory: "8Gi" });
        stack.addNamespace("untrusted");
        stack.addIsolationCheck("isolation");
      },
      { cluster: { name: "pods" }, kata: { vmSize: "Standard_D4s_v3" } },
    ),
  },
  "rename-the-resource-group": { before: azure(), after: azure({ group: { name: "pods" } }) },
  "rotate-without-a-temporary-name": {
    before: azure({ more: withoutTemporaryName }),
    after: azure({ kata: { maxPods: 50 }, more: withoutTemporaryName }),
  },
  "scale-a-pool": { before: azure(), after: azure({ kata: { nodeCount: 3 } }) },
  "shrink-the-overhead": {
    before: sandbox(twoClasses),
    after: sandbox((stack) => {
      stack.addRuntimeClass("kata-small", { podMemory: "1Gi" });
      stack.addRuntimeClass("kata-large", { podMemory: "2Gi" });
    }),
  },
  "switch-the-os-sku": {
    before: azure({ apps: {} }),
    after: azure({ apps: {}, more: (cluster) => setOsSku(cluster, "Ubuntu") }),
  },
  "take-a-value-from-a-variable": {
    before: azure(),
    after: azure({
      more: (cluster, stack) => {
        const size = new TerraformVariable(stack, "vm_size", { type: "string" });
        (cluster.node.findChild("kata").node.defaultChild as KubernetesClusterNodePool).vmSize = size.stringValue;
      },
    }),
  },
  "turn-on-autoscaling": { before: azure(), after: azure({ kata: AUTOSCALED }) },
  "turn-on-host-encryption": { before: azure(), after: azure({ kata: { hostEncryptionEnabled: true } }) },
  "turn-on-local-accounts": {
    before: azure({
      cluster: {
        localAccountDisabled: true,
        azureActiveDirectoryRoleBasedAccessControl: { adminGroupObjectIds: ["22222222-2222-2222-2222-222222222222"] },
      },
    }),
    after: azure({
      cluster: {
        azureActiveDirectoryRoleBasedAccessControl: { adminGroupObjectIds: ["22222222-2222-2222-2222-222222222222"] },
      },
    }),
  },
  "upgrade-kubernetes": {
    before: azure({ cluster: { kubernetesVersion: "1.33" } }),
    after: azure({ cluster: { kubernetesVersion: "1.34" } }),
  },
  "use-an-identity-of-your-own": {
    before: azure(),
    after: azure({
      more: (cluster, stack) => {
        const identity = new UserAssignedIdentity(stack, "identity", {
          name: "pods",
          location: "eastus",
          resourceGroupName: "myResourceGroup",
        });
        cluster.resource.putIdentity({ type: "UserAssigned", identityIds: [identity.id] });
      },
    }),
  },
};

function withoutTemporaryName(cluster: AksCluster): void {
  (cluster.node.findChild("kata").node.defaultChild as KubernetesClusterNodePool).resetTemporaryNameForRotation();
}

function setOsSku(cluster: AksCluster, osSku: string): void {
  (cluster.node.findChild("apps").node.defaultChild as KubernetesClusterNodePool).osSku = osSku;
}
