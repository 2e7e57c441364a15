import { Construct } from "constructs";
import { PlainResource } from "../cdktf/plain-resource";
import { check, Rule } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { DNS_LABEL } from "../validation/names";
import { checkProps, list, PropSpecs, required, string } from "../validation/props";
import { declaredNodePools } from "./declared-node-pools";
import { CLUSTER, type IAksCluster } from "./i-aks-cluster";

/** Options of deployment safeguards. */
export interface DeploymentSafeguardOptions {
  /**
   * Effect on what breaks a practice: it is changed or refused (`Enforce`), or warned of (`Warn`).
   *
   * @throws if it is neither
   * @see https://learn.microsoft.com/azure/aks/deployment-safeguards
   */
  readonly level: "Enforce" | "Warn";
  /**
   * Namespaces that are left alone. Name that of an isolation check, whose jobs `Enforce` would change.
   *
   * @default - none but AKS's own
   */
  readonly excludedNamespaces?: string[];
  /**
   * Level of Pod Security for all other namespaces.
   *
   * @default - Privileged, which holds nothing
   * @throws if it is no level
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards
   */
  readonly podSecurityStandardsLevel?: "Privileged" | "Baseline" | "Restricted";
}

/** Options of deployment safeguards, and the cluster. */
export interface DeploymentSafeguardProps extends DeploymentSafeguardOptions {
  /**
   * The cluster, with Azure Policy enabled.
   *
   * @throws if it is on azurerm 3, or without Azure Policy
   * @see https://learn.microsoft.com/azure/aks/deployment-safeguards
   */
  readonly cluster: IAksCluster;
}

const PROPS: PropSpecs<DeploymentSafeguardProps> = {
  cluster: CLUSTER,
  level: required(string()),
  excludedNamespaces: list(string()),
  podSecurityStandardsLevel: string(),
};

const AZURERM =
  "hashicorp/terraform-provider-azurerm v4.81.0, internal/services/containers/kubernetes_cluster_deployment_safeguard_resource.go";

const LEVELS = ["Enforce", "Warn"];
const POD_SECURITY = ["Privileged", "Baseline", "Restricted"];

interface RuleInput extends DeploymentSafeguardOptions {
  readonly azurermMajor: number;
  readonly isExisting: boolean;
  readonly azurePolicyEnabled?: unknown;
}

const RULES: readonly Rule<RuleInput>[] = [
  {
    when: ({ azurermMajor }) => azurermMajor < 4,
    message: ({ azurermMajor }) =>
      `azurerm ${azurermMajor} has no deployment safeguard: leave it out or use azurerm 4 or 5 (PodSandboxing.GA)`,
    source: `${AZURERM}, since 4.67.0`,
  },
  {
    when: ({ level }) => !LEVELS.includes(level),
    message: ({ level }) => `level "${level}" is not known: write ${LEVELS.join(" or ")}`,
    source: AZURERM,
  },
  {
    when: ({ podSecurityStandardsLevel: level }) => level !== undefined && !POD_SECURITY.includes(level),
    message: ({ podSecurityStandardsLevel }) =>
      `podSecurityStandardsLevel "${podSecurityStandardsLevel}" is not known: write ${POD_SECURITY.join(" or ")}`,
    source: AZURERM,
  },
  {
    when: ({ excludedNamespaces = [] }) => !excludedNamespaces.every((name) => DNS_LABEL.test(name)),
    message: ({ excludedNamespaces = [] }) =>
      `excludedNamespaces has "${excludedNamespaces.find((name) => !DNS_LABEL.test(name))}", which is not a valid name: write names of namespaces`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/names",
  },
  {
    when: ({ isExisting, azurePolicyEnabled }) => !isExisting && azurePolicyEnabled !== true,
    message: () => "deployment safeguards are policies of Azure: write azurePolicyEnabled true for the cluster",
    source: "learn.microsoft.com/azure/aks/deployment-safeguards, prerequisites",
  },
];

/**
 * Deployment safeguards, which hold what is deployed to a cluster to AKS's best practices.
 *
 * @example
 * ```ts
 * cluster.addDeploymentSafeguard("safeguard", { level: "Warn", podSecurityStandardsLevel: "Baseline" });
 * ```
 * @see https://learn.microsoft.com/azure/aks/deployment-safeguards
 * @throws if a prop is not known or missing, or azurerm or the cluster has no safeguards
 */
export class DeploymentSafeguard extends Construct {
  constructor(scope: Construct, id: string, props: DeploymentSafeguardProps) {
    super(freeScope(scope, id, "deployment safeguard"), id);
    checkProps(this, props, PROPS);
    const { cluster, ...options } = props;
    const { azurermVersion } = cluster.podSandboxing;
    check(this, RULES, {
      ...options,
      azurermMajor: azurermVersion.major,
      isExisting: cluster.isExisting,
      azurePolicyEnabled: declaredNodePools(cluster).cluster?.azurePolicyEnabled,
    });
    azurermVersion.pinFor(this);
    // the bindings are of azurerm 4.55, before there were any
    const resource = new PlainResource(this, "Default", {
      provider: "azurerm",
      type: "azurerm_kubernetes_cluster_deployment_safeguard",
      content: () => ({
        kubernetes_cluster_id: cluster.clusterId,
        level: options.level,
        excluded_namespaces: options.excludedNamespaces,
        pod_security_standards_level: options.podSecurityStandardsLevel,
      }),
    });
    resource.provider = cluster.provider;
  }
}
