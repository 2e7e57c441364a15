import { isCidr, METADATA_ADDRESS } from "../../cidr";
import { Rule } from "../../validation/check";
import { DNS_LABEL } from "../../validation/names";

/** What is known of an opening in a namespace's network when it is declared. */
export interface NetworkOpeningRuleInput {
  readonly direction: "egress" | "ingress";
  readonly cidr?: string;
  readonly namespace?: string;
  readonly ports?: readonly number[];
}

export const NETWORK_OPENING_RULES: readonly Rule<NetworkOpeningRuleInput>[] = [
  {
    when: ({ cidr }) => cidr !== undefined && !isCidr(cidr),
    message: ({ cidr }) => `"${cidr}" is not a CIDR: write one such as 10.0.0.0/16`,
    source: "kubernetes.io/docs/concepts/services-networking/network-policies",
  },
  {
    when: ({ cidr }) => cidr !== undefined && cidr === `${METADATA_ADDRESS}/32`,
    message: ({ cidr }) =>
      `"${cidr}" is the instance metadata address, which gives away the node's identity: leave it closed`,
    source: "learn.microsoft.com/azure/virtual-machines/instance-metadata-service",
  },
  {
    when: ({ namespace }) => namespace !== undefined && !DNS_LABEL.test(namespace),
    message: ({ namespace }) =>
      `namespace "${namespace}" of an opening is not a valid name: write the name of a namespace`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/names",
  },
  {
    when: ({ ports = [] }) => ports.some((port) => !Number.isInteger(port) || port < 1 || port > 65535),
    message: ({ ports = [] }) => `ports ${ports.join(", ")} are out of range: use whole numbers from 1 to 65535`,
    source: "kubernetes.io/docs/concepts/services-networking/network-policies",
  },
];
