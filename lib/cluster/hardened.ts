import { checkOptions, list, PropSpecs, required, string } from "../validation/props";
import type { AksClusterProps } from "./aks-cluster";
import type { NodePoolOptions } from "./node-pool-options";

/** Options of a hardened cluster that cannot be invented. */
export interface HardenedOptions {
  /** Object ids of the groups in Entra ID whose members administrate the cluster. */
  readonly adminGroupObjectIds: string[];
  /** Workspace that the cluster's logs go to. */
  readonly logAnalyticsWorkspaceId: string;
  /** Disk encryption set with a key of your own, or `waived` for keys of the platform. */
  readonly diskEncryptionSetId: string;
  /**
   * Size of the system nodes, with a local disk that their operating system fits on.
   *
   * @default Standard_D4ds_v5
   */
  readonly systemVmSize?: string;
}

/** Options of a node pool that the rules of scanners on node pools pass: `{ ...HARDENED_NODE_POOL, vmSize }`. */
export const HARDENED_NODE_POOL: Pick<NodePoolOptions, "maxPods" | "hostEncryptionEnabled" | "zones"> = {
  maxPods: 50, // Checkov CKV_AZURE_168
  hostEncryptionEnabled: true,
  zones: ["1", "2", "3"],
};

const OPTIONS: PropSpecs<HardenedOptions> = {
  adminGroupObjectIds: required(list(string(), { what: "a list of object ids of groups" })),
  logAnalyticsWorkspaceId: required({ ...string(), what: "the id of a workspace" }),
  diskEncryptionSetId: required({ ...string(), what: "the id of a disk encryption set, or waived" }),
  systemVmSize: string(),
};

/**
 * Returns props of a cluster that every rule of Checkov and Trivy on AKS clusters passes: `{ ...hardened({ … }), name }`.
 *
 * Host encryption needs the feature `EncryptionAtHost` of the subscription, and the API server is private: Terraform has
 * to run where it can reach it.
 *
 * @throws if an option is missing or not known
 *
 * Sources: Checkov 3.3, checks CKV_AZURE_4 to 246 and CKV2_AZURE_29; Trivy, AZU-0040 to 0067; mspnp/aks-baseline.
 *
 * @example
 * ```ts
 * const azure = new ClusterStack(app, "azure");
 * new AksCluster(azure, "aks", {
 *   ...hardened({
 *     adminGroupObjectIds: ["00000000-0000-0000-0000-000000000000"],
 *     logAnalyticsWorkspaceId:
 *       "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myResourceGroup" +
 *       "/providers/Microsoft.OperationalInsights/workspaces/myWorkspace",
 *     diskEncryptionSetId: "waived",
 *   }),
 *   podSandboxing: PodSandboxing.GA,
 *   name: "myAKSCluster",
 *   resourceGroup: { name: "myResourceGroup", location: "eastus" },
 * });
 * ```
 */
export function hardened(
  options: HardenedOptions,
): Partial<AksClusterProps> & Pick<AksClusterProps, "defaultNodePool"> {
  checkOptions("hardened", options, OPTIONS);
  const { adminGroupObjectIds, logAnalyticsWorkspaceId, diskEncryptionSetId } = options;
  return {
    skuTier: "Standard",
    privateClusterEnabled: true,
    runCommandEnabled: false,
    roleBasedAccessControlEnabled: true,
    localAccountDisabled: true,
    azureActiveDirectoryRoleBasedAccessControl: { adminGroupObjectIds, azureRbacEnabled: true },
    oidcIssuerEnabled: true,
    workloadIdentityEnabled: true,
    azurePolicyEnabled: true,
    omsAgent: { logAnalyticsWorkspaceId, msiAuthForMonitoringEnabled: true },
    keyVaultSecretsProvider: { secretRotationEnabled: true },
    imageCleanerEnabled: true,
    imageCleanerIntervalHours: 120,
    automaticUpgradeChannel: "patch",
    nodeOsUpgradeChannel: "NodeImage",
    ...(diskEncryptionSetId !== "waived" && { diskEncryptionSetId }),
    networkProfile: {
      networkPlugin: "azure",
      networkPluginMode: "overlay",
      networkPolicy: "cilium",
      networkDataPlane: "cilium",
    },
    defaultNodePool: {
      ...HARDENED_NODE_POOL,
      name: "system",
      vmSize: options.systemVmSize ?? "Standard_D4ds_v5",
      onlyCriticalAddonsEnabled: true,
      osDiskType: "Ephemeral",
      autoScalingEnabled: true,
      minCount: 3,
      maxCount: 5,
    },
  };
}
