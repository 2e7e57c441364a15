import { MonitorDataCollectionEndpoint } from "@cdktf/provider-azurerm/lib/monitor-data-collection-endpoint";
import { MonitorDataCollectionRule } from "@cdktf/provider-azurerm/lib/monitor-data-collection-rule";
import { MonitorDataCollectionRuleAssociation } from "@cdktf/provider-azurerm/lib/monitor-data-collection-rule-association";
import { Construct } from "constructs";
import { check } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { checkProps, PropSpecs, required, string } from "../validation/props";
import { collectorName, MONITORED_CLUSTER, MonitoredCluster } from "./monitored-cluster";
import { COLLECTION_ID_RULES } from "./rules/id-rules";

/** Options of managed Prometheus. */
export interface ManagedPrometheusOptions {
  /**
   * Resource id of the Azure Monitor workspace that metrics go to.
   *
   * @throws if it is no such id
   */
  readonly monitorWorkspaceId: string;
  /**
   * Region of the workspace.
   *
   * @default - the cluster's
   */
  readonly location?: string;
}

/** Options of managed Prometheus, and the cluster. */
export interface ManagedPrometheusProps extends ManagedPrometheusOptions {
  /** The cluster, whose `monitorMetrics` is written unless it is. */
  readonly cluster: MonitoredCluster;
}

const PROPS: PropSpecs<ManagedPrometheusProps> = {
  cluster: MONITORED_CLUSTER,
  monitorWorkspaceId: required(string()),
  location: string(),
};

const STREAM = "Microsoft-PrometheusMetrics";
const ACCOUNT = "MonitoringAccount1";

/**
 * Managed Prometheus: the metrics add-on of the cluster, and the endpoint and rule by which it reaches a workspace.
 *
 * Source of names and shapes: Azure/prometheus-collector, AddonTerraformTemplate/main.tf, whose recording rules are left to
 * the app.
 *
 * @example
 * ```ts
 * cluster.addManagedPrometheus("prometheus", {
 *   monitorWorkspaceId:
 *     "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myResourceGroup" +
 *     "/providers/Microsoft.Monitor/accounts/myWorkspace",
 * });
 * ```
 * @see https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable
 * @throws if a prop is not known or missing
 */
export class ManagedPrometheus extends Construct {
  /** The data collection rule, for all that the construct does not offer. */
  readonly resource: MonitorDataCollectionRule;

  constructor(scope: Construct, id: string, props: ManagedPrometheusProps) {
    super(freeScope(scope, id, "managed Prometheus"), id);
    checkProps(this, props, PROPS);
    const { cluster, monitorWorkspaceId } = props;
    check(this, COLLECTION_ID_RULES, { monitorWorkspaceId });
    const { resource, provider, clusterName } = cluster;
    if (!resource.monitorMetricsInput) resource.putMonitorMetrics({});
    const location = props.location ?? resource.locationInput!;
    const common = { resourceGroupName: resource.resourceGroupNameInput!, location, kind: "Linux", provider };
    const endpoint = new MonitorDataCollectionEndpoint(this, "endpoint", {
      ...common,
      name: collectorName("MSProm", location, clusterName, 44),
    });
    const name = collectorName("MSProm", location, clusterName, 64);
    this.resource = new MonitorDataCollectionRule(this, "Default", {
      ...common,
      name,
      dataCollectionEndpointId: endpoint.id,
      dataSources: { prometheusForwarder: [{ name: "PrometheusDataSource", streams: [STREAM] }] },
      destinations: { monitorAccount: [{ name: ACCOUNT, monitorAccountId: monitorWorkspaceId }] },
      dataFlow: [{ streams: [STREAM], destinations: [ACCOUNT] }],
    });
    new MonitorDataCollectionRuleAssociation(this, "association", {
      name,
      targetResourceId: cluster.clusterId,
      dataCollectionRuleId: this.resource.id,
      provider,
    });
  }
}
