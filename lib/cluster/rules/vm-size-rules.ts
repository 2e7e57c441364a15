import type { Rule } from "../../validation/rule";
import type { NodePoolArguments } from "./node-pool-arguments";

const VM_SIZE_NAMES = "learn.microsoft.com/azure/virtual-machines/vm-naming-conventions";

/** Family, cores, constrained cores, features, accelerators, version: `Standard_NC24ads_A100_v4`. */
const VM_SIZE = /^(Standard|Basic)_[A-Z]+\d+(-\d+)?[a-z]*(_[A-Za-z0-9]+)*$/i;

/** The newest version of any family in November 2026. */
const NEWEST = 7;

/** Names of VM sizes that do not exist. */
export const VM_SIZE_RULES: readonly Rule<NodePoolArguments>[] = [
  {
    when: ({ vmSize }) => vmSize !== undefined && !VM_SIZE.test(vmSize),
    message: ({ vmSize }) =>
      `VM size "${vmSize}" is malformed: write family, cores and version as in ${VM_SIZE.test(`Standard_${vmSize}`) ? `Standard_${vmSize}` : "Standard_D4s_v5"}`,
    source: VM_SIZE_NAMES,
  },
  {
    when: ({ vmSize }) => vmSize !== undefined && versionOf(vmSize) > NEWEST,
    message: ({ vmSize }) =>
      `VM size "${vmSize}" is not known (no family has a version ${versionOf(vmSize!)}): write one that exists, such as Standard_D4s_v5`,
    source: VM_SIZE_NAMES,
    warns: true,
  },
];

function versionOf(vmSize: string): number {
  return Number(/_v(\d+)(_|$)/i.exec(vmSize)?.[1] ?? 0);
}
