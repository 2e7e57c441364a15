import { CLOSED_ADDRESSES, fromFirstAddress, isCidr, isIpv4InIpv6 } from "../../cidr";
import { Rule } from "../../validation/check";
import { DNS_LABEL } from "../../validation/names";

/** Input of the rules for an opening in a namespace's network. */
export interface NetworkOpeningRuleInput {
  readonly direction: "egress" | "ingress";
  readonly cidr?: string;
  readonly namespace?: string;
  readonly ports?: readonly number[];
  readonly protocol?: string;
}

const NETWORK_POLICIES = "kubernetes.io/docs/concepts/services-networking/network-policies";

const PROTOCOLS = ["TCP", "UDP", "SCTP"];

export const NETWORK_OPENING_RULES: readonly Rule<NetworkOpeningRuleInput>[] = [
  {
    when: ({ cidr }) => cidr !== undefined && !isCidr(cidr),
    message: ({ cidr }) => `"${cidr}" is not a CIDR: write one such as 10.0.0.0/16`,
    source: NETWORK_POLICIES,
  },
  {
    when: ({ cidr }) => cidr !== undefined && isIpv4InIpv6(cidr),
    message: ({ cidr }) => `"${cidr}" is IPv4 in IPv6, from which no address can be excepted: write it as IPv4`,
    source: "RFC 4291, section 2.5.5.2",
  },
  {
    when: ({ cidr }) => cidr !== undefined && fromFirstAddress(cidr) !== undefined,
    message: ({ cidr }) => `"${cidr}" does not begin with its first address: write ${fromFirstAddress(cidr!)}`,
    source: "kubernetes, pkg/apis/networking/validation/validation.go, ValidateIPBlock, and warnings of 1.33",
    warns: true,
  },
  ...CLOSED_ADDRESSES.map(({ address, what, source }): Rule<NetworkOpeningRuleInput> => ({
    when: ({ cidr }) => cidr === `${address}/32`,
    message: ({ cidr }) => `"${cidr}" is ${what}: leave it closed`,
    source,
  })),
  {
    when: ({ namespace }) => namespace !== undefined && !DNS_LABEL.test(namespace),
    message: ({ namespace }) =>
      `namespace "${namespace}" of an opening is not a valid name: write the name of a namespace`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/names",
  },
  {
    when: ({ ports }) => ports?.length === 0,
    message: ({ direction }) => `${direction}.ports is empty, which opens all ports: write ports or leave them out`,
    source: NETWORK_POLICIES,
  },
  {
    when: ({ ports, protocol }) => protocol !== undefined && ports === undefined,
    message: ({ direction, protocol }) =>
      `${direction}.protocol "${protocol}" has no ports, and without them all protocols are open: add ports`,
    source: NETWORK_POLICIES,
  },
  {
    when: ({ protocol }) => protocol !== undefined && !PROTOCOLS.includes(protocol),
    message: ({ direction, protocol }) => `${direction}.protocol "${protocol}" is not known: write TCP, UDP or SCTP`,
    source: NETWORK_POLICIES,
  },
  {
    when: ({ ports = [] }) => ports.some((port) => !Number.isInteger(port) || port < 1 || port > 65535),
    message: ({ ports = [] }) => `ports ${ports.join(", ")} are out of range: use whole numbers from 1 to 65535`,
    source: NETWORK_POLICIES,
  },
];
