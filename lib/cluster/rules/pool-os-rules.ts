import type { Rule } from "../../validation/rule";
import type { NodePoolArguments } from "./node-pool-arguments";
import { AZURERM_POOL_RESOURCE } from "./sources";
import { isOlder } from "./versions";

/** The OS SKU that AKS has up to one version of Kubernetes. */
const PINNED_LINUX = { osSku: "AzureLinux3", before: "1.37" };

const isWindowsSku = (osSku: string | undefined) => osSku?.startsWith("Windows") === true;

/** Operating systems of node pools that azurerm or AKS refuses. */
export const POOL_OS_RULES: readonly Rule<NodePoolArguments>[] = [
  {
    when: ({ osSku, osType }) => isWindowsSku(osSku) && osType !== "Windows",
    message: ({ osSku, osType = "Linux" }) => `osSku ${osSku} does not go with osType ${osType}: write osType Windows`,
    source: "learn.microsoft.com/rest/api/aks/agent-pools/create-or-update, OSSKU",
  },
  {
    when: ({ osSku, osType }) => osType === "Windows" && osSku !== undefined && !isWindowsSku(osSku),
    message: ({ osSku }) => `osSku ${osSku} does not go with osType Windows: write Windows2022, or remove it`,
    source: "learn.microsoft.com/rest/api/aks/agent-pools/create-or-update, OSSKU",
  },
  {
    when: ({ osType, mode }) => osType === "Windows" && mode === "System",
    message: () => "mode System does not go with osType Windows: write mode User",
    source: "learn.microsoft.com/azure/aks/use-system-pools",
  },
  {
    when: ({ osType, linuxOsConfig }) => osType === "Windows" && linuxOsConfig !== undefined,
    message: () => "linuxOsConfig does not go with osType Windows: remove it",
    source: AZURERM_POOL_RESOURCE,
  },
  {
    when: ({ osSku, orchestratorVersion, cluster }) =>
      osSku === PINNED_LINUX.osSku && isOlder("1.36", orchestratorVersion ?? cluster?.kubernetesVersion),
    message: ({ orchestratorVersion, cluster }) =>
      `osSku ${PINNED_LINUX.osSku} ends before Kubernetes ${PINNED_LINUX.before} (got ${orchestratorVersion ?? cluster?.kubernetesVersion}): write AzureLinux`,
    source: "MicrosoftDocs/azure-aks-docs, articles/aks/upgrade-os-version.md",
  },
];
