import type { Rule } from "../../validation/rule";
import type { NodePoolArguments } from "./node-pool-arguments";
import { AZURERM_POOL_RESOURCE } from "./sources";

const AKS_SURGE = "learn.microsoft.com/rest/api/aks/agent-pools/create-or-update, AgentPoolUpgradeSettings";

const isSpot = ({ priority }: NodePoolArguments) => priority === "Spot";

/** Priorities and upgrade settings of node pools that azurerm or AKS refuses. */
export const POOL_PRIORITY_RULES: readonly Rule<NodePoolArguments>[] = [
  {
    when: (pool) => isSpot(pool) && pool.mode === "System",
    message: () => "mode System does not go with priority Spot, whose nodes Azure takes away: write mode User",
    source: "learn.microsoft.com/azure/aks/spot-node-pool",
  },
  {
    when: (pool) => !isSpot(pool) && pool.evictionPolicy !== undefined,
    message: ({ evictionPolicy }) =>
      `evictionPolicy ${evictionPolicy} is for Spot pools: remove it, or write priority Spot`,
    source: AZURERM_POOL_RESOURCE,
  },
  {
    when: (pool) => !isSpot(pool) && pool.spotMaxPrice !== undefined && pool.spotMaxPrice !== -1,
    message: ({ spotMaxPrice }) => `spotMaxPrice ${spotMaxPrice} is for Spot pools: remove it, or write priority Spot`,
    source: AZURERM_POOL_RESOURCE,
  },
  {
    when: ({ spotMaxPrice: price }) => price !== undefined && price !== -1 && !(price >= 0.00001),
    message: ({ spotMaxPrice }) =>
      `spotMaxPrice ${spotMaxPrice} is no price: write US dollars an hour, or -1 for the price of a regular node`,
    source: AZURERM_POOL_RESOURCE,
  },
  {
    when: (pool) =>
      isSpot(pool) &&
      (pool.upgradeSettings?.maxSurge !== undefined || pool.upgradeSettings?.maxUnavailable !== undefined),
    message: () => "upgradeSettings.maxSurge and maxUnavailable do not go with priority Spot: remove them",
    source: `${AZURERM_POOL_RESOURCE}, CustomizeDiff`,
    refusedAt: "plan",
  },
  {
    when: ({ upgradeSettings: settings }) =>
      settings?.maxSurge !== undefined && !/^[1-9]\d*$|^([1-9]\d?|100)%$/.test(settings.maxSurge),
    message: ({ upgradeSettings: settings }) =>
      `upgradeSettings.maxSurge "${settings!.maxSurge}" is no number of nodes: write one such as 1 or 10%`,
    source: AKS_SURGE,
  },
  {
    when: ({ upgradeSettings: settings }) =>
      settings?.maxUnavailable !== undefined && !/^\d+%?$/.test(settings.maxUnavailable),
    message: ({ upgradeSettings: settings }) =>
      `upgradeSettings.maxUnavailable "${settings!.maxUnavailable}" is no number of nodes: write one such as 1 or 10%`,
    source: AKS_SURGE,
  },
  {
    when: ({ upgradeSettings: settings }) => settings?.maxSurge !== undefined && settings.maxUnavailable !== undefined,
    message: () => "upgradeSettings.maxSurge and maxUnavailable exclude each other: keep one",
    source: `${AZURERM_POOL_RESOURCE}, ConflictsWith`,
    refusedAt: "plan",
  },
  {
    when: (pool) =>
      pool.azurermMajor >= 4 &&
      !pool.isDefault &&
      !isSpot(pool) &&
      pool.upgradeSettings !== undefined &&
      pool.upgradeSettings.maxSurge === undefined &&
      pool.upgradeSettings.maxUnavailable === undefined,
    message: () => 'upgradeSettings says neither maxSurge nor maxUnavailable: write one, such as maxSurge "10%"',
    source: `${AZURERM_POOL_RESOURCE}, CustomizeDiff`,
    refusedAt: "plan",
  },
];
