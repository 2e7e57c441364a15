import type { Rule } from "../../validation/rule";
import type { ClusterArguments } from "./cluster-arguments";
import { AZURERM_CLUSTER } from "./sources";
import { isOlder } from "./versions";

const AKS_TIERS = "learn.microsoft.com/azure/aks/free-standard-pricing-tiers";

/** Upgrades, tiers and support plans that azurerm or AKS refuses. */
export const UPGRADE_RULES: readonly Rule<ClusterArguments>[] = [
  {
    when: ({ automaticUpgradeChannel, nodeOsUpgradeChannel: channel }) =>
      automaticUpgradeChannel === "node-image" && channel !== undefined && channel !== "NodeImage",
    message: ({ nodeOsUpgradeChannel }) =>
      `automaticUpgradeChannel node-image does not go with nodeOsUpgradeChannel ${nodeOsUpgradeChannel}: write NodeImage, or remove it`,
    source: AZURERM_CLUSTER,
  },
  {
    when: ({ kubernetesVersion, defaultNodePool }) => isOlder(kubernetesVersion, defaultNodePool?.orchestratorVersion),
    message: ({ kubernetesVersion, defaultNodePool }) =>
      `defaultNodePool.orchestratorVersion "${defaultNodePool!.orchestratorVersion}" is newer than kubernetesVersion "${kubernetesVersion}": upgrade the cluster first`,
    source: AZURERM_CLUSTER,
  },
  {
    when: ({ kubernetesVersion, defaultNodePool }) => isOlder(defaultNodePool?.orchestratorVersion, kubernetesVersion),
    message: ({ kubernetesVersion, defaultNodePool }) =>
      `defaultNodePool.orchestratorVersion "${defaultNodePool!.orchestratorVersion}" is older than kubernetesVersion "${kubernetesVersion}", which azurerm refuses for a new cluster: write the same once the cluster is upgraded`,
    source: AZURERM_CLUSTER,
    warns: true,
  },
  {
    when: ({ costAnalysisEnabled, skuTier = "Free" }) => costAnalysisEnabled === true && skuTier === "Free",
    message: () => "costAnalysisEnabled true does not go with skuTier Free: write skuTier Standard or Premium",
    source: AZURERM_CLUSTER,
  },
  {
    when: ({ supportPlan, skuTier = "Free" }) => supportPlan === "AKSLongTermSupport" && skuTier !== "Premium",
    message: ({ skuTier = "Free" }) =>
      `supportPlan AKSLongTermSupport does not go with skuTier ${skuTier}: write skuTier Premium`,
    source: `learn.microsoft.com/azure/aks/long-term-support; ${AKS_TIERS}`,
  },
];
