import * as bindings from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import {
  MonitorDiagnosticSetting,
  MonitorDiagnosticSettingConfig,
} from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { Construct } from "constructs";
import { boundArguments } from "../validation/bindings";
import { check, Rule } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { META_ARGUMENTS } from "../validation/meta-arguments";
import { checkProps, string } from "../validation/props";
import { CLUSTER, type IAksCluster } from "./i-aks-cluster";
import { REFUSED_PROPS, RefusedProps } from "./refused-props";
import { DIAGNOSTIC_SETTING_ID_RULES } from "./rules/id-rules";
import { AZURERM_DIAGNOSTIC_SETTING } from "./rules/sources";

/** All arguments of an azurerm diagnostic setting, less what the construct sets itself. */
export interface DiagnosticSettingOptions extends Omit<
  MonitorDiagnosticSettingConfig,
  "name" | "targetResourceId" | RefusedProps
> {
  /**
   * Name of the setting.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Logs of the control plane.
   *
   * @default - DiagnosticSetting.LOGS
   */
  readonly enabledLog?: MonitorDiagnosticSettingConfig["enabledLog"];
}

/** Options of a diagnostic setting, and the cluster. */
export interface DiagnosticSettingProps extends DiagnosticSettingOptions {
  /** The cluster, or one that exists. */
  readonly cluster: IAksCluster;
}

const PROPS = {
  ...META_ARGUMENTS,
  cluster: CLUSTER,
  name: string(),
};
const REFUSED = { ...REFUSED_PROPS, targetResourceId: "is the cluster's: write cluster" };

const PARTNER_SOLUTION = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/./i;

const RULES: readonly Rule<DiagnosticSettingOptions>[] = [
  {
    when: (setting) =>
      [
        setting.logAnalyticsWorkspaceId,
        setting.storageAccountId,
        setting.eventhubAuthorizationRuleId,
        setting.partnerSolutionId,
      ].every((place) => place === undefined),
    message: () =>
      "the logs have no place to go to: write logAnalyticsWorkspaceId, storageAccountId, eventhubAuthorizationRuleId or partnerSolutionId",
    source: `${AZURERM_DIAGNOSTIC_SETTING}, AtLeastOneOf`,
  },
  {
    when: ({ partnerSolutionId: id }) => id !== undefined && !PARTNER_SOLUTION.test(id),
    message: ({ partnerSolutionId: id }) =>
      `partnerSolutionId "${id}" is not a resource id: write one such as /subscriptions/…/resourceGroups/…/providers/…`,
    source: AZURERM_DIAGNOSTIC_SETTING,
  },
];

/**
 * A diagnostic setting that sends the logs of a cluster's control plane away.
 *
 * @example
 * ```ts
 * cluster.addDiagnosticSetting("logs", {
 *   logAnalyticsWorkspaceId:
 *     "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myResourceGroup" +
 *     "/providers/Microsoft.OperationalInsights/workspaces/myWorkspace",
 * });
 * ```
 * @see https://learn.microsoft.com/azure/aks/monitor-aks-reference#resource-logs
 * @throws if a prop is not known, or there is no place for the logs
 */
export class DiagnosticSetting extends Construct {
  /** Categories that tell who changed what, who logged in, and what scaled. Source: mspnp/aks-baseline, workload-team/cluster-stamp.bicep. */
  static readonly LOGS: readonly string[] = [
    "kube-audit-admin",
    "guard",
    "kube-controller-manager",
    "cluster-autoscaler",
  ];

  /** The azurerm resource, for all that the construct does not offer. */
  readonly resource: MonitorDiagnosticSetting;

  constructor(scope: Construct, id: string, props: DiagnosticSettingProps) {
    super(freeScope(scope, id, "diagnostic setting"), id);
    checkProps(this, props, PROPS, {
      bound: boundArguments(bindings, "MonitorDiagnosticSetting"),
      refused: REFUSED,
    });
    const { cluster, name = id, ...config } = props;
    check(this, [...RULES, ...DIAGNOSTIC_SETTING_ID_RULES], config);
    cluster.podSandboxing.azurermVersion.pinFor(this);
    this.resource = new MonitorDiagnosticSetting(this, "Default", {
      provider: cluster.provider,
      enabledLog: DiagnosticSetting.LOGS.map((category) => ({ category })),
      ...config,
      name,
      targetResourceId: cluster.clusterId,
    });
  }
}
