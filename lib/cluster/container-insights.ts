import { MonitorDataCollectionRule } from "@cdktf/provider-azurerm/lib/monitor-data-collection-rule";
import { MonitorDataCollectionRuleAssociation } from "@cdktf/provider-azurerm/lib/monitor-data-collection-rule-association";
import { Construct } from "constructs";
import { check, Rule } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { checkProps, PropSpecs, required, string } from "../validation/props";
import { collectorName, MONITORED_CLUSTER, MonitoredCluster } from "./monitored-cluster";
import { COLLECTION_ID_RULES } from "./rules/id-rules";

/** Options of Container Insights. */
export interface ContainerInsightsOptions {
  /**
   * Resource id of the Log Analytics workspace that logs of containers and the inventory of the cluster go to.
   *
   * @throws if it is no such id
   */
  readonly logAnalyticsWorkspaceId: string;
  /**
   * Region of the workspace.
   *
   * @default - the cluster's
   */
  readonly location?: string;
}

/** Options of Container Insights, and the cluster. */
export interface ContainerInsightsProps extends ContainerInsightsOptions {
  /**
   * The cluster, whose `omsAgent` is written unless it is.
   *
   * @throws if its `omsAgent` logs in with a key of the workspace
   * @see https://learn.microsoft.com/azure/azure-monitor/containers/container-insights-authentication
   */
  readonly cluster: MonitoredCluster;
}

const PROPS: PropSpecs<ContainerInsightsProps> = {
  cluster: MONITORED_CLUSTER,
  logAnalyticsWorkspaceId: required(string()),
  location: string(),
};

const RULES: readonly Rule<{ readonly omsAgent?: { readonly msiAuthForMonitoringEnabled?: unknown } }>[] = [
  {
    when: ({ omsAgent }) => omsAgent !== undefined && omsAgent.msiAuthForMonitoringEnabled !== true,
    message: () =>
      "omsAgent of the cluster logs in with a key of the workspace, and reads no data collection rule: write msiAuthForMonitoringEnabled true",
    source: "learn.microsoft.com/azure/azure-monitor/containers/container-insights-authentication",
  },
];

/** Names that the agent looks for. Source: learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable. */
const STREAM = "Microsoft-ContainerInsights-Group-Default";
const ASSOCIATION = "ContainerInsightsExtension";
const WORKSPACE = "ciworkspace";

/** Everything that containers write, from all namespaces. */
const SETTINGS = {
  dataCollectionSettings: { interval: "1m", namespaceFilteringMode: "Off", enableContainerLogV2: true },
};

/**
 * Container Insights: the agent on the nodes, and the data collection rule without which it sends nothing.
 *
 * @example
 * ```ts
 * cluster.addContainerInsights("insights", {
 *   logAnalyticsWorkspaceId:
 *     "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myResourceGroup" +
 *     "/providers/Microsoft.OperationalInsights/workspaces/myWorkspace",
 * });
 * ```
 * @see https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable
 * @throws if a prop is not known or missing, or the agent logs in with a key
 */
export class ContainerInsights extends Construct {
  /** The data collection rule, for all that the construct does not offer. */
  readonly resource: MonitorDataCollectionRule;

  constructor(scope: Construct, id: string, props: ContainerInsightsProps) {
    super(freeScope(scope, id, "container insights"), id);
    checkProps(this, props, PROPS);
    const { cluster, logAnalyticsWorkspaceId } = props;
    const { resource, provider } = cluster;
    check(this, COLLECTION_ID_RULES, { logAnalyticsWorkspaceId });
    check(this, RULES, { omsAgent: resource.omsAgentInput });
    if (!resource.omsAgentInput) resource.putOmsAgent({ logAnalyticsWorkspaceId, msiAuthForMonitoringEnabled: true });
    const location = props.location ?? resource.locationInput!;
    this.resource = new MonitorDataCollectionRule(this, "Default", {
      name: collectorName("MSCI", location, cluster.clusterName, 64),
      resourceGroupName: resource.resourceGroupNameInput!,
      location,
      kind: "Linux",
      dataSources: {
        extension: [
          {
            name: ASSOCIATION,
            extensionName: "ContainerInsights",
            streams: [STREAM],
            extensionJson: JSON.stringify(SETTINGS),
          },
        ],
      },
      destinations: { logAnalytics: [{ name: WORKSPACE, workspaceResourceId: logAnalyticsWorkspaceId }] },
      dataFlow: [{ streams: [STREAM], destinations: [WORKSPACE] }],
      provider,
    });
    new MonitorDataCollectionRuleAssociation(this, "association", {
      name: ASSOCIATION,
      targetResourceId: cluster.clusterId,
      dataCollectionRuleId: this.resource.id,
      provider,
    });
  }
}
