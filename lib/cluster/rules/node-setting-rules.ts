import type { Rule } from "../../validation/rule";
import type { NodePoolArguments } from "./node-pool-arguments";
import { AZURERM_POOL } from "./sources";

/** The longest time that a node may take to be drained, in minutes. */
const LONGEST_DRAIN = 24 * 60;

const sysctls = ({ linuxOsConfig }: NodePoolArguments) => linuxOsConfig?.sysctlConfig;

/** Settings of nodes that the kubelet, Linux or AKS refuses. */
export const NODE_SETTING_RULES: readonly Rule<NodePoolArguments>[] = [
  {
    when: ({ kubeletConfig }) =>
      (kubeletConfig?.imageGcLowThreshold ?? 80) >= (kubeletConfig?.imageGcHighThreshold ?? 85),
    message: ({ kubeletConfig }) =>
      `kubeletConfig.imageGcHighThreshold ${kubeletConfig!.imageGcHighThreshold ?? 85} is not above imageGcLowThreshold ${kubeletConfig!.imageGcLowThreshold ?? 80}: raise the former`,
    source:
      "kubernetes, pkg/kubelet/apis/config/validation/validation.go; learn.microsoft.com/azure/aks/custom-node-configuration (defaults)",
  },
  {
    when: (pool) =>
      (sysctls(pool)?.netIpv4IpLocalPortRangeMin ?? 0) > (sysctls(pool)?.netIpv4IpLocalPortRangeMax ?? Infinity),
    message: (pool) =>
      `linuxOsConfig.sysctlConfig.netIpv4IpLocalPortRangeMin ${sysctls(pool)!.netIpv4IpLocalPortRangeMin} is more than netIpv4IpLocalPortRangeMax ${sysctls(pool)!.netIpv4IpLocalPortRangeMax}: lower it`,
    source: "kernel.org/doc/html/latest/networking/ip-sysctl.html, ip_local_port_range",
  },
  {
    when: (pool) =>
      (sysctls(pool)?.netIpv4IpLocalPortRangeMin === undefined) !==
      (sysctls(pool)?.netIpv4IpLocalPortRangeMax === undefined),
    message: () =>
      "linuxOsConfig.sysctlConfig has one of netIpv4IpLocalPortRangeMin and netIpv4IpLocalPortRangeMax: write both or none",
    source: AZURERM_POOL,
  },
  {
    when: ({ upgradeSettings }) => (upgradeSettings?.drainTimeoutInMinutes ?? 0) > LONGEST_DRAIN,
    message: ({ upgradeSettings }) =>
      `upgradeSettings.drainTimeoutInMinutes ${upgradeSettings!.drainTimeoutInMinutes} is more than a day: write ${LONGEST_DRAIN} or less`,
    source: "learn.microsoft.com/rest/api/aks/agent-pools/create-or-update, drainTimeoutInMinutes",
  },
];
