import { App } from "cdktf";
import { StackManifest } from "cdktf/lib/manifest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AksClusterProps, KataNodePoolOptions } from "../../../lib";
import { clusterIn, KATA_POOL } from "../../support/clusters";
import { clusterOf, ENTRA_ONLY, stackIn } from "../../support/mistakes";
import { GUID, workspace } from "../../support/ids";

interface Warned {
  readonly what: string;
  readonly warned: (app: App) => unknown;
  readonly at: string;
  readonly message: string;
  /** The nearest configuration that has no warning. */
  readonly silent: (app: App) => unknown;
}

const cluster = (props: Partial<AksClusterProps>) => (app: App) => clusterOf({ ...ENTRA_ONLY, ...props }, stackIn(app));
const pool =
  (options: Partial<KataNodePoolOptions>, props: Partial<AksClusterProps> = {}) =>
  (app: App) =>
    cluster(props)(app).addKataNodePool("kata", { ...KATA_POOL, ...options });
const profile = (networkProfile: Partial<AksClusterProps["networkProfile"]>) =>
  cluster({ networkProfile: { networkPlugin: "azure", ...networkProfile } });
const ports = (portStart: number, portEnd: number) =>
  pool({ nodeNetworkProfile: { allowedHostPorts: [{ portStart, portEnd, protocol: "TCP" }] } });
const DEFENDER = { microsoftDefender: { logAnalyticsWorkspaceId: workspace("logs") } };

const WARNINGS: readonly Warned[] = [
  {
    what: "the preview",
    warned: (app) => clusterIn(app),
    at: "cluster/aks",
    message:
      "AKS no longer creates node pools of the Pod Sandboxing preview (their images were removed on 2026-03-31): write podSandboxing: PodSandboxing.GA for today's AKS",
    silent: cluster({}),
  },
  {
    what: "Kubernetes without images",
    warned: cluster({ kubernetesVersion: "1.31", skuTier: "Premium", supportPlan: "AKSLongTermSupport" }),
    at: "cluster/aks",
    message: 'Kubernetes version "1.31" has only node images that Azure removed on 2026-03-31: use 1.32 or later',
    silent: cluster({ kubernetesVersion: "1.32", skuTier: "Premium", supportPlan: "AKSLongTermSupport" }),
  },
  {
    what: "Kubernetes with LTS only",
    warned: cluster({ kubernetesVersion: "1.33.4" }),
    at: "cluster/aks",
    message:
      'Kubernetes version "1.33.4" is supported with LTS only since 2026-07-17: use 1.34 or later, or write skuTier Premium and supportPlan AKSLongTermSupport',
    silent: cluster({ kubernetesVersion: "1.34" }),
  },
  {
    what: "a cluster without RBAC",
    warned: cluster({ roleBasedAccessControlEnabled: false }),
    at: "cluster/aks",
    message:
      "roleBasedAccessControlEnabled false lets every pod's service account do everything in the cluster, past any sandbox: remove it",
    silent: cluster({ roleBasedAccessControlEnabled: true }),
  },
  {
    what: "an undecided VM size",
    warned: pool({ vmSize: "Standard_F8s_v2" }),
    at: "cluster/aks/kata",
    message:
      'VM size "Standard_F8s_v2" may not run kata pods (only AKS knows whether this size supports nested virtualization): if AKS refuses it, use one such as Standard_D4s_v3',
    silent: pool({ vmSize: "Standard_D8s_v5" }),
  },
  {
    what: "a VM size of the future",
    warned: (app) => cluster({})(app).addNodePool("apps", { vmSize: "Standard_D4s_v55", nodeCount: 1 }),
    at: "cluster/aks/apps",
    message:
      'VM size "Standard_D4s_v55" is not known (no family has a version 55): write one that exists, such as Standard_D4s_v5',
    silent: (app) => cluster({})(app).addNodePool("apps", { vmSize: "Standard_D4s_v7", nodeCount: 1 }),
  },
  {
    what: "local accounts",
    warned: (app) => clusterOf({}, stackIn(app)),
    at: "cluster/aks",
    message:
      "local accounts give all rights to whoever has the kubeconfig, past Entra ID: write localAccountDisabled true and azureActiveDirectoryRoleBasedAccessControl",
    silent: cluster({}),
  },
  {
    what: "a secret in plain text",
    warned: cluster({ servicePrincipal: { clientId: GUID, clientSecret: "secret" } }),
    at: "cluster/aks",
    message:
      "servicePrincipal.clientSecret is in plain text, and so in the output: use identity, or a sensitive TerraformVariable",
    silent: cluster({ servicePrincipal: { clientId: GUID, clientSecret: "${var.secret}" } }),
  },
  {
    what: "an API server for everybody",
    warned: cluster({ apiServerAccessProfile: { authorizedIpRanges: ["10.0.0.0/8", "0.0.0.0/0"] } }),
    at: "cluster/aks",
    message:
      "apiServerAccessProfile.authorizedIpRanges has 0.0.0.0/0, which lets everybody reach the API server: write the ranges that need to, or privateClusterEnabled true",
    silent: cluster({ apiServerAccessProfile: { authorizedIpRanges: ["10.0.0.0/8"] } }),
  },
  {
    what: "an engine beside that of the data plane",
    warned: profile({ networkPluginMode: "overlay", networkDataPlane: "cilium", networkPolicy: "calico" }),
    at: "cluster/aks",
    message:
      "networkProfile.networkDataPlane cilium brings an engine of its own, so AKS may refuse networkPolicy calico: write networkPolicy cilium",
    silent: profile({ networkPluginMode: "overlay", networkDataPlane: "cilium" }),
  },
  {
    what: "pods' addresses that begin inside",
    warned: profile({ networkPluginMode: "overlay", podCidr: "10.244.17.5/14" }),
    at: "cluster/aks",
    message: 'networkProfile.podCidr "10.244.17.5/14" does not begin with its first address: write 10.244.0.0/14',
    silent: profile({ networkPluginMode: "overlay", podCidr: "10.244.0.0/14" }),
  },
  {
    what: "a DNS service at Kubernetes' own address",
    warned: profile({ serviceCidr: "10.0.0.0/16", dnsServiceIp: "10.0.0.1" }),
    at: "cluster/aks",
    message:
      'networkProfile.dnsServiceIp "10.0.0.1" is the first address of services, which Kubernetes\' own service has: write another one, such as the tenth',
    silent: profile({ serviceCidr: "10.0.0.0/16", dnsServiceIp: "10.0.0.2" }),
  },
  {
    what: "admins' addresses that begin inside",
    warned: cluster({ apiServerAccessProfile: { authorizedIpRanges: ["203.0.113.5/24"] } }),
    at: "cluster/aks",
    message:
      'apiServerAccessProfile.authorizedIpRanges has "203.0.113.5/24", which does not begin with its first address: write 203.0.113.0/24',
    silent: cluster({ apiServerAccessProfile: { authorizedIpRanges: ["203.0.113.5/32", "203.0.113.7"] } }),
  },
  {
    what: "Kubernetes of the far future",
    warned: cluster({ kubernetesVersion: "1.41" }),
    at: "cluster/aks",
    message:
      'Kubernetes version "1.41" is far beyond 1.37, the newest that was known when this library was released: use one that az aks get-versions prints',
    silent: cluster({ kubernetesVersion: "1.40.2" }),
  },
  {
    what: "Kubernetes of the far future in a pool",
    warned: pool({ orchestratorVersion: "2.0" }),
    at: "cluster/aks/kata",
    message:
      'orchestratorVersion "2.0" is far beyond 1.37, the newest that was known when this library was released: use one that az aks get-versions prints',
    silent: pool({ orchestratorVersion: "1.38" }),
  },
  {
    what: "upgrades of Kubernetes each day",
    warned: cluster({ maintenanceWindowAutoUpgrade: { frequency: "Daily", interval: 1, duration: 4 } }),
    at: "cluster/aks",
    message:
      "maintenanceWindowAutoUpgrade.frequency Daily is for images of nodes only: write Weekly, or maintenanceWindowNodeOs",
    silent: cluster({ maintenanceWindowNodeOs: { frequency: "Daily", interval: 1, duration: 4 } }),
  },
  {
    what: "a default node pool that is older than the cluster",
    warned: cluster({
      kubernetesVersion: "1.36",
      defaultNodePool: { name: "default", vmSize: "Standard_D2s_v5", nodeCount: 1, orchestratorVersion: "1.35.2" },
    }),
    at: "cluster/aks",
    message:
      'defaultNodePool.orchestratorVersion "1.35.2" is older than kubernetesVersion "1.36", which azurerm refuses for a new cluster: write the same once the cluster is upgraded',
    silent: cluster({
      kubernetesVersion: "1.36",
      defaultNodePool: { name: "default", vmSize: "Standard_D2s_v5", nodeCount: 1, orchestratorVersion: "1.36.2" },
    }),
  },
  {
    what: "AKS's own pods beside sandboxed ones",
    warned: pool({ mode: "System" }),
    at: "cluster/aks/kata",
    message:
      "mode System puts AKS's own pods beside sandboxed ones, where an escape reaches them: leave it out, and keep a pool for them",
    silent: pool({ mode: "User" }),
  },
  {
    what: "kata nodes without patches",
    warned: pool({}, { nodeOsUpgradeChannel: "SecurityPatch" }),
    at: "cluster/aks/kata",
    message:
      "nodeOsUpgradeChannel SecurityPatch of the cluster leaves kata nodes without patches, which they get with a new image only: write NodeImage",
    silent: pool({}, { nodeOsUpgradeChannel: "NodeImage" }),
  },
  {
    what: "Defender",
    warned: pool({}, DEFENDER),
    at: "cluster/aks/kata",
    message:
      "microsoftDefender of the cluster does not see into kata pods: watch them by other means, such as their network traffic",
    silent: (app) => cluster(DEFENDER)(app).addNodePool("apps", KATA_POOL),
  },
  {
    what: "nodes on the internet",
    warned: pool({ nodePublicIpEnabled: true }),
    at: "cluster/aks/kata",
    message:
      "nodePublicIpEnabled true gives each node an address of the internet: remove it, and publish through a load balancer",
    silent: pool({ nodePublicIpEnabled: false }),
  },
  {
    what: "unsafe sysctls",
    warned: pool({ kubeletConfig: { allowedUnsafeSysctls: ["kernel.shm*", "net.core.somaxconn"] } }),
    at: "cluster/aks/kata",
    message:
      "kubeletConfig.allowedUnsafeSysctls lets pods change what all pods of a node share (kernel.shm*, net.core.somaxconn): remove it",
    silent: pool({ kubeletConfig: { allowedUnsafeSysctls: [] } }),
  },
  {
    what: "many ports of a node",
    warned: ports(30000, 32767),
    at: "cluster/aks/kata",
    message: "nodeNetworkProfile.allowedHostPorts opens ports 30000 to 32767 of each node: write those that are used",
    silent: ports(8000, 8099),
  },
];

test.each(WARNINGS)("$what is warned of", ({ warned, at, message, silent }) => {
  expect(warningsOf(warned)).toEqual([{ constructPath: at, level: "@cdktf/warn", message, stacktrace: undefined }]);
  expect(warningsOf(silent)).toEqual([]);
});

test("the default node pool is held to the same", () => {
  const defaultNodePool = { name: "default", vmSize: "Standard_D2s_v5", nodeCount: 1, nodePublicIpEnabled: true };
  expect(warningsOf(cluster({ defaultNodePool }))).toEqual([
    expect.objectContaining({ constructPath: "cluster/aks", message: expect.stringMatching(/^nodePublicIpEnabled/) }),
  ]);
});

function warningsOf(build: (app: App) => unknown): unknown[] {
  const outdir = mkdtempSync(join(tmpdir(), "rules-"));
  const app = new App({ outdir });
  build(app);
  app.synth();
  rmSync(outdir, { recursive: true });
  const stacks = app.manifest.stacks as unknown as { readonly [stack: string]: StackManifest };
  return Object.values(stacks).flatMap((stack) => stack.annotations);
}

test("Kubernetes that nobody supports has neither images nor support", () => {
  const old = { kubernetesVersion: "1.30.4", skuTier: "Premium", supportPlan: "AKSLongTermSupport" };
  const messages = [
    'Kubernetes version "1.30.4" has only node images that Azure removed on 2026-03-31: use 1.32 or later',
    'Kubernetes version "1.30.4" is out of support, and AKS upgrades it by itself from 2027-06-01 on: use 1.34 or later',
  ];
  expect(warningsOf(cluster(old))).toMatchObject(messages.map((message) => ({ message })));
});
