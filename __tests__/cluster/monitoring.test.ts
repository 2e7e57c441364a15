import { App } from "cdktf";
import { AksCluster, AksClusterProps, AzurermVersion, ClusterStack, DiagnosticSetting, PodSandboxing } from "../../lib";
import { clusterStack } from "../support/clusters";
import { clusterOf } from "../support/mistakes";
import { failuresIn } from "../support/schema-failures";
import { synthesiseStack } from "../support/synth";
import { GUID, idOf, metricsWorkspace, storageAccount, workspace } from "../support/ids";

const RELEASES = [PodSandboxing.PREVIEW, PodSandboxing.GA, PodSandboxing.GA.on(AzurermVersion.V5)];
const AKS = "${azurerm_kubernetes_cluster.aks.id}";

/** The resources of each type, without what cdktf writes for itself, and nothing that azurerm would refuse. */
function resourcesOf(build: (cluster: AksCluster) => void, props: Partial<AksClusterProps> = {}) {
  const stack = clusterStack({ podSandboxing: PodSandboxing.GA, ...props }, build);
  expect(failuresIn(stack, "json")).toEqual([]);
  return (type: string) => Object.values<object>(stack.resource[type]).map((one) => ({ ...one, "//": undefined }));
}

describe.each(RELEASES)("on azurerm $azurermVersion.major", (podSandboxing) => {
  test("Container Insights are an agent, a rule and their association", () => {
    const resources = resourcesOf(
      (cluster) => cluster.addContainerInsights("insights", { logAnalyticsWorkspaceId: workspace("logs") }),
      { podSandboxing },
    );
    expect(resources("azurerm_kubernetes_cluster")[0]).toMatchObject({
      oms_agent: { log_analytics_workspace_id: workspace("logs"), msi_auth_for_monitoring_enabled: true },
    });
    expect(resources("azurerm_monitor_data_collection_rule")).toMatchObject([
      {
        name: "MSCI-eastus-myAKSCluster",
        location: "eastus",
        resource_group_name: "myResourceGroup",
        destinations: { log_analytics: [{ workspace_resource_id: workspace("logs") }] },
        data_sources: { extension: [{ extension_name: "ContainerInsights" }] },
      },
    ]);
    expect(resources("azurerm_monitor_data_collection_rule_association")).toEqual([
      {
        name: "ContainerInsightsExtension",
        target_resource_id: AKS,
        data_collection_rule_id: expect.stringContaining("azurerm_monitor_data_collection_rule.aks_insights"),
      },
    ]);
  });

  test("managed Prometheus is an add-on, an endpoint, a rule and their association", () => {
    const resources = resourcesOf(
      (cluster) => cluster.addManagedPrometheus("metrics", { monitorWorkspaceId: metricsWorkspace("metrics") }),
      { podSandboxing },
    );
    expect(resources("azurerm_kubernetes_cluster")[0]).toHaveProperty("monitor_metrics");
    expect(resources("azurerm_monitor_data_collection_endpoint")).toMatchObject([
      { name: "MSProm-eastus-myAKSCluster" },
    ]);
    expect(resources("azurerm_monitor_data_collection_rule")).toMatchObject([
      {
        data_collection_endpoint_id: expect.stringContaining("azurerm_monitor_data_collection_endpoint.aks_metrics"),
        destinations: { monitor_account: [{ monitor_account_id: metricsWorkspace("metrics") }] },
        data_flow: [{ streams: ["Microsoft-PrometheusMetrics"] }],
      },
    ]);
    expect(resources("azurerm_monitor_data_collection_rule_association")).toMatchObject([
      { name: "MSProm-eastus-myAKSCluster", target_resource_id: AKS },
    ]);
  });

  test("a diagnostic setting sends the logs of the control plane", () => {
    const resources = resourcesOf(
      (cluster) => cluster.addDiagnosticSetting("audit", { logAnalyticsWorkspaceId: workspace("logs") }),
      { podSandboxing },
    );
    expect(resources("azurerm_monitor_diagnostic_setting")).toEqual([
      {
        name: "audit",
        target_resource_id: AKS,
        log_analytics_workspace_id: workspace("logs"),
        enabled_log: DiagnosticSetting.LOGS.map((category) => ({ category })),
      },
    ]);
  });
});

test("what the cluster says of the add-ons stays", () => {
  const resources = resourcesOf(
    (cluster) => {
      cluster.addContainerInsights("insights", { logAnalyticsWorkspaceId: workspace("logs") });
      cluster.addManagedPrometheus("metrics", {
        monitorWorkspaceId: metricsWorkspace("metrics"),
        location: "West Europe",
      });
    },
    {
      name: "a".repeat(63),
      omsAgent: { logAnalyticsWorkspaceId: workspace("other"), msiAuthForMonitoringEnabled: true },
      monitorMetrics: { labelsAllowed: "namespaces=[team]" },
    },
  );
  expect(resources("azurerm_kubernetes_cluster")[0]).toMatchObject({
    oms_agent: { log_analytics_workspace_id: workspace("other") },
    monitor_metrics: { labels_allowed: "namespaces=[team]" },
  });
  const [{ name, location }] = resources("azurerm_monitor_data_collection_endpoint") as unknown as {
    [name: string]: string;
  }[];
  expect([name, location]).toEqual([`MSProm-WestEurope-${"a".repeat(26)}`, "West Europe"]);
});

test("logs of one's own choice, of a cluster that exists", () => {
  const { resource } = synthesiseStack("pools", (app) => {
    const stack = new ClusterStack(app, "pools", { subscriptionId: GUID });
    const props = { podSandboxing: PodSandboxing.GA, clusterName: "aks", resourceGroupName: "group" };
    AksCluster.fromExisting(stack, "aks", props).addDiagnosticSetting("audit", {
      name: "all",
      storageAccountId: storageAccount("logs"),
      enabledLog: [{ categoryGroup: "audit" }],
    });
  });
  expect(Object.values(resource.azurerm_monitor_diagnostic_setting)).toMatchObject([
    {
      name: "all",
      target_resource_id: `/subscriptions/${GUID}/resourceGroups/group/providers/Microsoft.ContainerService/managedClusters/aks`,
      enabled_log: [{ category_group: "audit" }],
    },
  ]);
});

test.each<[string, (cluster: AksCluster) => unknown, string]>([
  [
    "logs without a place",
    (cluster) => cluster.addDiagnosticSetting("audit", {}),
    "the logs have no place to go to: write logAnalyticsWorkspaceId, storageAccountId, eventhubAuthorizationRuleId or partnerSolutionId [cluster/aks/audit]",
  ],
  [
    "another target",
    (cluster) => cluster.addDiagnosticSetting("audit", { targetResourceId: "id" } as never),
    "targetResourceId is the cluster's: write cluster",
  ],
  [
    "a misspelt argument",
    (cluster) => cluster.addDiagnosticSetting("audit", { logAnalyticsWorkspace: "id" } as never),
    'prop "logAnalyticsWorkspace" is not known',
  ],
  [
    "a workspace by name",
    (cluster) => cluster.addContainerInsights("insights", { logAnalyticsWorkspaceId: "logs" }),
    'logAnalyticsWorkspaceId "logs" is not a resource id: write one such as /subscriptions/…/resourceGroups/…/providers/Microsoft.OperationalInsights/workspaces/… [cluster/aks/insights]',
  ],
  [
    "a workspace of another type",
    (cluster) => cluster.addManagedPrometheus("metrics", { monitorWorkspaceId: workspace("logs") }),
    "providers/Microsoft.Monitor/accounts/… [cluster/aks/metrics]",
  ],
  [
    "an account by name",
    (cluster) => cluster.addDiagnosticSetting("audit", { storageAccountId: "logs" }),
    'storageAccountId "logs" is not a resource id',
  ],
  [
    "a namespace in place of its authorization rule",
    (cluster) =>
      cluster.addDiagnosticSetting("audit", {
        eventhubAuthorizationRuleId: idOf("Microsoft.EventHub/namespaces", "n"),
      }),
    "/providers/Microsoft.EventHub/namespaces/…/authorizationRules/… [cluster/aks/audit]",
  ],
  [
    "a partner's solution by name",
    (cluster) => cluster.addDiagnosticSetting("audit", { partnerSolutionId: "datadog" }),
    'partnerSolutionId "datadog" is not a resource id',
  ],
  [
    "no workspace",
    (cluster) => cluster.addContainerInsights("insights", {} as never),
    "logAnalyticsWorkspaceId is missing (got undefined): write a string",
  ],
  [
    "no workspace of metrics",
    (cluster) => cluster.addManagedPrometheus("metrics", {} as never),
    "monitorWorkspaceId is missing (got undefined): write a string",
  ],
])("%s: refused", (_, build, message) => {
  expect(() => build(clusterOf({}))).toThrow(message);
});

test("an agent that logs in with a key is refused", () => {
  const cluster = clusterOf({ omsAgent: { logAnalyticsWorkspaceId: workspace("logs") } });
  expect(() => cluster.addContainerInsights("insights", { logAnalyticsWorkspaceId: workspace("logs") })).toThrow(
    "omsAgent of the cluster logs in with a key of the workspace, and reads no data collection rule: write msiAuthForMonitoringEnabled true [cluster/aks/insights]",
  );
});

describe("deployment safeguards", () => {
  const POLICY = { azurePolicyEnabled: true };
  const safeguard = (options: object, props: Partial<AksClusterProps> = POLICY) =>
    clusterOf(props).addDeploymentSafeguard("safeguard", { level: "Warn", ...options });

  test.each(RELEASES.slice(1))("are written for azurerm $azurermVersion.major", (podSandboxing) => {
    const resources = resourcesOf(
      (cluster) =>
        cluster.addDeploymentSafeguard("safeguard", {
          level: "Enforce",
          excludedNamespaces: ["isolation"],
          podSecurityStandardsLevel: "Baseline",
        }),
      { ...POLICY, podSandboxing },
    );
    expect(resources("azurerm_kubernetes_cluster_deployment_safeguard")).toEqual([
      {
        kubernetes_cluster_id: AKS,
        level: "Enforce",
        excluded_namespaces: ["isolation"],
        pod_security_standards_level: "Baseline",
      },
    ]);
  });

  test.each<[string, () => unknown, string]>([
    [
      "on azurerm 3",
      () => safeguard({}, { ...POLICY, podSandboxing: PodSandboxing.PREVIEW }),
      "azurerm 3 has no deployment safeguard: leave it out or use azurerm 4 or 5 (PodSandboxing.GA) [cluster/aks/safeguard]",
    ],
    ["without Azure Policy", () => safeguard({}, {}), "write azurePolicyEnabled true for the cluster"],
    [
      "of an unknown level",
      () => safeguard({ level: "Warning" }),
      'level "Warning" is not known: write Enforce or Warn',
    ],
    [
      "with a name that no namespace has",
      () => safeguard({ excludedNamespaces: ["kube-system", "My_Team"] }),
      'excludedNamespaces has "My_Team", which is not a valid name: write names of namespaces',
    ],
    [
      "of an unknown level of Pod Security",
      () => safeguard({ podSecurityStandardsLevel: "baseline" }),
      'podSecurityStandardsLevel "baseline" is not known: write Privileged or Baseline or Restricted',
    ],
  ])("%s: refused", (_, build, message) => {
    expect(build).toThrow(message);
  });

  test("of a cluster that exists", () => {
    const props = { podSandboxing: PodSandboxing.GA, clusterName: "aks", resourceGroupName: "group" };
    const cluster = AksCluster.fromExisting(new ClusterStack(new App(), "pools"), "aks", props);
    expect(() => cluster.addDeploymentSafeguard("safeguard", { level: "Enforce" })).not.toThrow();
  });
});
