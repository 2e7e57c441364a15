import type { Rule } from "../../validation/rule";
import { kataVmSize } from "../kata-vm-size";
import type { NodePoolArguments } from "./node-pool-arguments";

const VM_SIZES = "lib/cluster/kata-vm-size.ts, which names its own";

/** Node pools that AKS refuses with the kata runtime, or that weaken it. */
export const KATA_NODE_POOL_RULES: readonly Rule<NodePoolArguments>[] = [
  {
    when: ({ vmSize }) => vmSize !== undefined && kataVmSize(vmSize).verdict === "reject",
    message: ({ vmSize }) =>
      `VM size "${vmSize}" cannot run kata pods (${kataVmSize(vmSize!).why}): use one such as Standard_D4s_v3`,
    source: VM_SIZES,
  },
  {
    when: ({ vmSize }) => vmSize !== undefined && kataVmSize(vmSize).verdict === "warn",
    message: ({ vmSize }) =>
      `VM size "${vmSize}" may not run kata pods (${kataVmSize(vmSize!).why}): if AKS refuses it, use one such as Standard_D4s_v3`,
    source: VM_SIZES,
    warns: true,
  },
  {
    when: ({ fipsEnabled }) => fipsEnabled === true,
    message: () => "fipsEnabled true does not go with kata pods, for which AKS has no FIPS image: leave it out",
    source: "MicrosoftDocs/azure-aks-docs, articles/aks/node-images.md; Azure/AKS CHANGELOG.md, 2026-06-19",
  },
  {
    when: ({ cluster }) => cluster?.roleBasedAccessControlEnabled === false,
    message: () =>
      "roleBasedAccessControlEnabled false of the cluster gives sandboxed pods all rights in it, so that no sandbox holds them: remove it",
    source: "learn.microsoft.com/azure/aks/concepts-identity",
  },
  {
    when: ({ mode }) => mode === "System",
    message: () =>
      "mode System puts AKS's own pods beside sandboxed ones, where an escape reaches them: leave it out, and keep a pool for them",
    source: "learn.microsoft.com/azure/aks/use-system-pools",
    warns: true,
  },
  {
    when: ({ cluster }) => (cluster?.nodeOsUpgradeChannel ?? "NodeImage") !== "NodeImage",
    message: ({ cluster }) =>
      `nodeOsUpgradeChannel ${cluster!.nodeOsUpgradeChannel} of the cluster leaves kata nodes without patches, which they get with a new image only: write NodeImage`,
    source: "Azure/AgentBaker, cse_main.sh: EnableUnattendedUpgrade is not supported by kata images",
    warns: true,
  },
  {
    when: ({ cluster }) => cluster?.microsoftDefender !== undefined,
    message: () =>
      "microsoftDefender of the cluster does not see into kata pods: watch them by other means, such as their network traffic",
    source: "MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md, limitations",
    warns: true,
  },
];
