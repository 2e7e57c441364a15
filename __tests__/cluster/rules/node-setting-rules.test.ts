import { poolWith as pool, testRefusals } from "../../support/refusals";

const ports = (netIpv4IpLocalPortRangeMin?: number, netIpv4IpLocalPortRangeMax?: number) =>
  pool({ linuxOsConfig: { sysctlConfig: { netIpv4IpLocalPortRangeMin, netIpv4IpLocalPortRangeMax } } });
const drain = (drainTimeoutInMinutes: number) => pool({ upgradeSettings: { maxSurge: "10%", drainTimeoutInMinutes } });

testRefusals([
  [
    pool({ kubeletConfig: { imageGcHighThreshold: 50, imageGcLowThreshold: 80 } }),
    "kubeletConfig.imageGcHighThreshold 50 is not above imageGcLowThreshold 80: raise the former [cluster/aks/apps]",
    pool({ kubeletConfig: { imageGcHighThreshold: 81, imageGcLowThreshold: 80 } }),
  ],
  [
    pool({ kubeletConfig: { imageGcHighThreshold: 80 } }),
    "kubeletConfig.imageGcHighThreshold 80 is not above imageGcLowThreshold 80: raise the former [cluster/aks/apps]",
    pool({ kubeletConfig: { imageGcLowThreshold: 84 } }),
  ],
  [
    ports(60000, 32768),
    "linuxOsConfig.sysctlConfig.netIpv4IpLocalPortRangeMin 60000 is more than netIpv4IpLocalPortRangeMax 32768: lower it [cluster/aks/apps]",
    ports(32768, 60000),
  ],
  [
    ports(32768),
    "linuxOsConfig.sysctlConfig has one of netIpv4IpLocalPortRangeMin and netIpv4IpLocalPortRangeMax: write both or none [cluster/aks/apps]",
    ports(32768, 32768),
  ],
  [
    ports(undefined, 60000),
    "linuxOsConfig.sysctlConfig has one of netIpv4IpLocalPortRangeMin and netIpv4IpLocalPortRangeMax: write both or none [cluster/aks/apps]",
    ports(),
  ],
  [
    drain(1441),
    "upgradeSettings.drainTimeoutInMinutes 1441 is more than a day: write 1440 or less [cluster/aks/apps]",
    drain(1440),
  ],
  [
    pool({ upgradeSettings: { maxSurge: "101%" } }),
    'upgradeSettings.maxSurge "101%" is no number of nodes: write one such as 1 or 10% [cluster/aks/apps]',
    pool({ upgradeSettings: { maxSurge: "100%" } }),
  ],
]);
