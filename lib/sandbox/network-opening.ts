import {
  NetworkPolicyV1SpecEgress,
  NetworkPolicyV1SpecIngress,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { Tokenization } from "cdktf";
import { IConstruct } from "constructs";
import { cidrContains, CLOSED_ADDRESSES } from "../cidr";
import { check } from "../validation/check";
import { checkProps, list, literal, number, object, PropSpecs, required, string } from "../validation/props";
import { validationError } from "../validation/validation-error";
import { NetworkPeer } from "./network-peer";
import { NETWORK_OPENING_RULES } from "./rules/network-opening-rules";

/** Traffic that a sandboxed namespace may have in spite of the default. */
export interface NetworkOpening {
  /** The other end: `NetworkPeer.cidr("10.0.0.0/16")` or `NetworkPeer.namespace("gateway")`. */
  readonly peer: NetworkPeer;
  /**
   * Ports, from 1 to 65535.
   *
   * @default - all ports
   * @throws if there is none, or one out of range
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies
   */
  readonly ports?: readonly number[];
  /**
   * Protocol of the ports.
   *
   * @default TCP
   * @throws if there are no ports
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies
   */
  readonly protocol?: "TCP" | "UDP" | "SCTP";
}

const PROPS: PropSpecs<NetworkOpening> = {
  peer: required(object("NetworkPeer.cidr or NetworkPeer.namespace")),
  ports: literal(list(number(), { what: "a list of ports" })),
  protocol: literal({ ...string(), what: "TCP, UDP or SCTP" }),
};

const PEER = {
  cidr: required(
    literal({ ...string(), what: "a plain CIDR such as 10.0.0.0/16, so that closed addresses are excepted from it" }),
  ),
  namespace: required({ ...string(), what: "the name of a namespace" }),
};

/**
 * Holds openings of a namespace to their rules.
 *
 * @throws if a CIDR, namespace, port or protocol cannot work, or an opening is of a closed address
 */
export function checkOpenings(
  construct: IConstruct,
  direction: "egress" | "ingress",
  openings: readonly NetworkOpening[],
): void {
  for (const opening of openings) {
    if (opening instanceof NetworkPeer)
      throw validationError(construct, `${direction} has a NetworkPeer in place of an opening: write { peer: … }`);
    checkProps(construct, opening, PROPS, { inside: direction });
    const { peer, ports, protocol } = opening;
    if (!(peer instanceof NetworkPeer))
      throw validationError(
        construct,
        `${direction}.peer is no NetworkPeer: write NetworkPeer.cidr or NetworkPeer.namespace`,
      );
    const { kind, value } = peer;
    checkProps(construct, { [kind]: value }, { [kind]: PEER[kind] }, { inside: direction });
    check(construct, NETWORK_OPENING_RULES, { direction, ports, protocol, [kind]: value });
  }
}

/** The rule of a network policy that lets traffic out. */
export function egressRule(opening: NetworkOpening): NetworkPolicyV1SpecEgress {
  return { to: [peerOf(opening)], ports: portsOf(opening) };
}

/** The rule of a network policy that lets traffic in. */
export function ingressRule(opening: NetworkOpening): NetworkPolicyV1SpecIngress {
  return { from: [peerOf(opening)], ports: portsOf(opening) };
}

/** A selector of the namespace with a name. */
export function namespaceNamed(name: string) {
  return { matchLabels: { "kubernetes.io/metadata.name": name } };
}

function peerOf({ peer: { kind, value } }: NetworkOpening) {
  if (kind === "namespace") return { namespaceSelector: namespaceNamed(value) };
  const closed = CLOSED_ADDRESSES.map(({ address }) => address).filter((address) => cidrContains(value, address));
  return { ipBlock: { cidr: value, except: closed.length > 0 ? closed.map((address) => `${address}/32`) : undefined } };
}

function portsOf({ ports, protocol = "TCP" }: NetworkOpening) {
  return ports?.map((port) => ({ port: Tokenization.stringifyNumber(port), protocol }));
}
