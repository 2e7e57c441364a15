import { Rule } from "../../validation/check";
import { kataVmSize } from "../kata-vm-size";
import type { NodePoolRuleInput } from "./node-pool-rules";

const VM_SIZES = "lib/cluster/kata-vm-size.ts, which names its own";

export const KATA_NODE_POOL_RULES: readonly Rule<NodePoolRuleInput>[] = [
  {
    when: ({ vmSize }) => kataVmSize(vmSize).verdict === "reject",
    message: ({ vmSize }) =>
      `VM size "${vmSize}" cannot run kata pods (${kataVmSize(vmSize).why}): use one such as Standard_D4s_v3`,
    source: VM_SIZES,
  },
  {
    when: ({ vmSize }) => kataVmSize(vmSize).verdict === "warn",
    message: ({ vmSize }) =>
      `VM size "${vmSize}" may not run kata pods (${kataVmSize(vmSize).why}): if AKS refuses it, use one such as Standard_D4s_v3`,
    source: VM_SIZES,
    warns: true,
  },
  {
    when: ({ fipsEnabled }) => fipsEnabled === true,
    message: () => "fipsEnabled true does not go with kata pods, for which AKS has no FIPS image: leave it out",
    source: "MicrosoftDocs/azure-aks-docs, articles/aks/node-images.md; Azure/AKS CHANGELOG.md, 2026-06-19",
  },
];
