import type { Rule } from "../../validation/rule";
import type { NodePoolArguments } from "./node-pool-arguments";
import { AZURERM_POOL_RESOURCE } from "./sources";
import { isOlder } from "./versions";

/** Channels under which the cluster stays at the version that is written. */
const KEEPING = [undefined, "none", "node-image"];

/** Kubernetes versions of extra node pools that azurerm refuses beside that of their cluster. */
export const POOL_VERSION_RULES: readonly Rule<NodePoolArguments>[] = [
  {
    when: ({ isDefault, orchestratorVersion, cluster }) =>
      !isDefault &&
      orchestratorVersion !== undefined &&
      KEEPING.includes(cluster?.automaticUpgradeChannel) &&
      isOlder(cluster?.kubernetesVersion, orchestratorVersion),
    message: ({ orchestratorVersion, cluster }) =>
      `orchestratorVersion "${orchestratorVersion}" is newer than kubernetesVersion "${cluster!.kubernetesVersion}" of the cluster: upgrade the cluster first`,
    source: `${AZURERM_POOL_RESOURCE}; learn.microsoft.com/azure/aks/supported-kubernetes-versions, version skew`,
  },
];
