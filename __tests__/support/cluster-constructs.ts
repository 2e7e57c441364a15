import * as diagnosticBindings from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import * as clusterBindings from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import * as poolBindings from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import * as providerBindings from "@cdktf/provider-azurerm/lib/provider";
import {
  AksCluster,
  AksClusterProps,
  ClusterIdentity,
  ClusterIdentityProps,
  ClusterStack,
  ClusterStackProps,
  ContainerInsights,
  ContainerInsightsProps,
  DeploymentSafeguard,
  DeploymentSafeguardProps,
  DiagnosticSetting,
  DiagnosticSettingProps,
  ExistingAksCluster,
  ExistingAksClusterProps,
  IResourceGroup,
  KataNodePool,
  KataNodePoolProps,
  ManagedPrometheus,
  ManagedPrometheusProps,
  NodePool,
  NodePoolProps,
  PodSandboxing,
  StateBackend,
  WorkloadIdentity,
  WorkloadIdentityProps,
} from "../../lib";
import { azurermArguments } from "../../lib/azurerm-arguments";
import { ArgumentSchema } from "../../lib/validation/argument-error";
import { boundArguments, BoundArguments } from "../../lib/validation/bindings";
import { KATA_POOL } from "./clusters";
import { GA_CLUSTER } from "./mistakes";
import { metricsWorkspace, storageAccount, workspace } from "./ids";

/** A construct of a cluster stack, or a part of its props, with all that may be written in it. */
export interface Constructed {
  /** Names of the props that are the library's own. */
  readonly props: readonly string[];
  /** Props that are the bindings', with what is in them. */
  readonly bound?: BoundArguments;
  readonly schema?: ArgumentSchema;
  readonly make: (stack: ClusterStack, props: object) => unknown;
}

/** The names of all props but those that the bindings name; the compiler misses none. */
function names<Props, Bound extends string = never>(all: {
  readonly [name in Exclude<keyof Required<Props>, Bound>]: 1;
}): readonly string[] {
  return Object.keys(all);
}

const EXISTING: ExistingAksClusterProps = {
  clusterName: "aks",
  resourceGroupName: "g",
  podSandboxing: PodSandboxing.GA,
  oidcIssuerUrl: "https://issuer",
};
const CLUSTER_SCHEMA = azurermArguments("azurerm_kubernetes_cluster", PodSandboxing.GA.azurermVersion);
const WATCHED = { ...GA_CLUSTER, azurePolicyEnabled: true, oidcIssuerEnabled: true, workloadIdentityEnabled: true };

const cluster = new Map(boundArguments(clusterBindings, "KubernetesCluster"));
const defaultNodePool = cluster.get("defaultNodePool")!.inside();
cluster.delete("defaultNodePool");
const pool = boundArguments(poolBindings, "KubernetesClusterNodePool");

type BoundTo<Config> = Exclude<keyof Config, MetaArgument | "name" | "location"> & string;
type MetaArgument = "dependsOn" | "lifecycle" | "provider";
const meta = { dependsOn: 1, lifecycle: 1, provider: 1 } as const;

/** Makes what belongs to a cluster that has all that it asks for. */
function of<Props>(make: (stack: ClusterStack, props: Props) => unknown, rest: object): Constructed["make"] {
  return (stack, props) => make(stack, { cluster: new AksCluster(stack, "aks", WATCHED), ...rest, ...props } as Props);
}

/** All constructs that `lib/cluster` exports. */
export const CLUSTER_CONSTRUCTS: { readonly [name: string]: Constructed } = {
  AksCluster: {
    props: names<AksClusterProps, BoundTo<clusterBindings.KubernetesClusterConfig>>({
      ...meta,
      name: 1,
      podSandboxing: 1,
      resourceGroup: 1,
      location: 1,
      access: 1,
      adopt: 1,
    }),
    bound: cluster,
    schema: CLUSTER_SCHEMA,
    make: (stack, props) => new AksCluster(stack, "aks", { ...GA_CLUSTER, ...props }),
  },
  NodePool: {
    props: names<NodePoolProps, BoundTo<poolBindings.KubernetesClusterNodePoolConfig>>({
      ...meta,
      cluster: 1,
      name: 1,
      adopt: 1,
    }),
    bound: pool,
    schema: azurermArguments("azurerm_kubernetes_cluster_node_pool", PodSandboxing.GA.azurermVersion),
    make: of((stack, props: NodePoolProps) => new NodePool(stack, "apps", props), KATA_POOL),
  },
  KataNodePool: {
    props: names<KataNodePoolProps, BoundTo<poolBindings.KubernetesClusterNodePoolConfig>>({
      ...meta,
      cluster: 1,
      name: 1,
      adopt: 1,
      dedicated: 1,
    }),
    bound: new Map([...pool].filter(([, { holds }]) => !holds.startsWith("block"))), // blocks are those of NodePool
    make: of(
      (stack, props: KataNodePoolProps) => {
        new KataNodePool(stack, "kata", props).addNodeLabel("example.com/team", "a");
      },
      { ...KATA_POOL, dedicated: true },
    ),
  },
  ClusterStack: {
    props: names<ClusterStackProps, keyof providerBindings.AzurermProviderConfig>({ stateBackend: 1 }),
    bound: boundArguments(providerBindings, "AzurermProvider"),
    make: (stack, props) => {
      const azure = new ClusterStack(stack.node.root, "azure", { stateBackend: StateBackend.LOCAL, ...props });
      new AksCluster(azure, "aks", GA_CLUSTER);
    },
  },
  ExistingAksCluster: {
    props: names<ExistingAksClusterProps>({
      clusterName: 1,
      resourceGroupName: 1,
      podSandboxing: 1,
      subscriptionId: 1,
      access: 1,
      kubernetesVersion: 1,
      networkPolicy: 1,
      oidcIssuerUrl: 1,
      provider: 1,
    }),
    make: (stack, props) => {
      const existing = new ExistingAksCluster(stack, "aks", { ...EXISTING, ...props });
      existing.addKataNodePool("kata", KATA_POOL);
      existing.addWorkloadIdentity("jobs", { resourceGroup: GA_CLUSTER.resourceGroup, namespace: "untrusted" });
    },
  },
  ClusterIdentity: {
    props: names<ClusterIdentityProps>({
      name: 1,
      resourceGroup: 1,
      location: 1,
      subnetIds: 1,
      privateDnsZoneId: 1,
    }),
    make: (stack, props) =>
      new ClusterIdentity(stack, "identity", {
        name: "identity",
        resourceGroup: GA_CLUSTER.resourceGroup,
        ...props,
      }),
  },
  WorkloadIdentity: {
    props: names<WorkloadIdentityProps>({
      cluster: 1,
      name: 1,
      resourceGroup: 1,
      location: 1,
      namespace: 1,
      serviceAccount: 1,
    }),
    make: of((stack, props: WorkloadIdentityProps) => new WorkloadIdentity(stack, "jobs", props), {
      resourceGroup: GA_CLUSTER.resourceGroup,
      namespace: "untrusted",
    }),
  },
  ContainerInsights: {
    props: names<ContainerInsightsProps>({ cluster: 1, logAnalyticsWorkspaceId: 1, location: 1 }),
    make: of((stack, props: ContainerInsightsProps) => new ContainerInsights(stack, "insights", props), {
      logAnalyticsWorkspaceId: workspace("logs"),
    }),
  },
  ManagedPrometheus: {
    props: names<ManagedPrometheusProps>({ cluster: 1, monitorWorkspaceId: 1, location: 1 }),
    make: of((stack, props: ManagedPrometheusProps) => new ManagedPrometheus(stack, "metrics", props), {
      monitorWorkspaceId: metricsWorkspace("metrics"),
    }),
  },
  DiagnosticSetting: {
    props: names<DiagnosticSettingProps, BoundTo<diagnosticBindings.MonitorDiagnosticSettingConfig>>({
      ...meta,
      cluster: 1,
      name: 1,
    }),
    bound: boundArguments(diagnosticBindings, "MonitorDiagnosticSetting"),
    make: of((stack, props: DiagnosticSettingProps) => new DiagnosticSetting(stack, "logs", props), {
      storageAccountId: storageAccount("logs"),
    }),
  },
  DeploymentSafeguard: {
    props: names<DeploymentSafeguardProps>({
      cluster: 1,
      level: 1,
      excludedNamespaces: 1,
      podSecurityStandardsLevel: 1,
    }),
    make: of((stack, props: DeploymentSafeguardProps) => new DeploymentSafeguard(stack, "safeguard", props), {
      level: "Warn",
    }),
  },
};

/** Objects in the props of a cluster. */
export const PARTS_OF_CLUSTERS: { readonly [name: string]: Constructed } = {
  resourceGroup: {
    props: names<IResourceGroup>({ name: 1, location: 1, nameInput: 1, locationInput: 1 }),
    make: (stack, props) =>
      new AksCluster(stack, "aks", { ...GA_CLUSTER, resourceGroup: { ...GA_CLUSTER.resourceGroup, ...props } }),
  },
  defaultNodePool: {
    props: [],
    bound: defaultNodePool,
    schema: { ...CLUSTER_SCHEMA, isRequired: (path) => CLUSTER_SCHEMA.isRequired(["default_node_pool", ...path]) },
    make: (stack, props) =>
      new AksCluster(stack, "aks", { ...GA_CLUSTER, defaultNodePool: { ...GA_CLUSTER.defaultNodePool, ...props } }),
  },
};
