import type { Rule } from "../../validation/rule";
import type { NodePoolArguments } from "./node-pool-arguments";

/** Size of the disk of a node, in GiB. */
const DISK = { least: 30, most: 2048 };

const ZONES = ["1", "2", "3"];

/** Disks and zones of node pools that AKS refuses. */
export const POOL_DISK_RULES: readonly Rule<NodePoolArguments>[] = [
  {
    when: ({ osDiskSizeGb: size }) => size !== undefined && (size > DISK.most || (size !== 0 && size < DISK.least)),
    message: ({ osDiskSizeGb }) =>
      `osDiskSizeGb ${osDiskSizeGb} is out of range: use a whole number from ${DISK.least} to ${DISK.most}`,
    source:
      "learn.microsoft.com/cli/azure/aks/nodepool, --node-osdisk-size; Azure/azure-rest-api-specs, ContainerServiceOSDisk",
  },
  {
    when: ({ zones = [] }) => zones.some((zone) => !ZONES.includes(zone)),
    message: ({ zones = [] }) =>
      `zones ${JSON.stringify(zones)} has one that no region has: write those of ["1", "2", "3"] that the region has`,
    source: "learn.microsoft.com/azure/aks/availability-zones",
    warns: true,
  },
];
