import { BlockList, isIP } from "node:net";

/** An address of Azure's platform that no opening of a network reaches. */
export interface ClosedAddress {
  readonly address: string;
  /** The service that answers there, and the secrets that it gives away. */
  readonly what: string;
  readonly source: string;
}

export const CLOSED_ADDRESSES: readonly ClosedAddress[] = [
  {
    address: "169.254.169.254",
    what: "the instance metadata service, which gives away the node's identity",
    source: "learn.microsoft.com/azure/virtual-machines/instance-metadata-service",
  },
  {
    address: "168.63.129.16",
    what: "Azure's WireServer, which gives away the node's configuration",
    source: "learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16",
  },
];

/** Returns whether a text is a block of IPv4 or IPv6 addresses, as in `10.0.0.0/16`. */
export function isCidr(text: string): boolean {
  const [address, prefix, ...rest] = text.split("/");
  const version = address.includes("%") ? 0 : isIP(address);
  return (
    version !== 0 && rest.length === 0 && /^\d{1,3}$/.test(prefix ?? "") && Number(prefix) <= (version === 4 ? 32 : 128)
  );
}

/** Returns whether a block of addresses has an address in it. */
export function cidrContains(cidr: string, address: string): boolean {
  const [network, prefix] = cidr.split("/");
  const version = isIP(network);
  if (version === 0 || version !== isIP(address)) return false;
  const block = new BlockList();
  const family = version === 4 ? "ipv4" : "ipv6";
  block.addSubnet(network, Number(prefix), family);
  return block.check(address, family);
}

/** Returns the block with its first address in front, `10.0.0.0/16` for `10.0.0.5/16`, if it is IPv4 with another one. */
export function fromFirstAddress(cidr: string): string | undefined {
  const [address, prefix] = cidr.split("/");
  if (isIP(address) !== 4 || !isCidr(cidr)) return undefined;
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = number - (number % 2 ** (32 - Number(prefix)));
  if (first === number) return undefined;
  return `${[24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256).join(".")}/${prefix}`;
}

/** Returns whether two blocks have an address in common: then the larger one has the first address of the other. */
export function cidrsOverlap(one: string, other: string): boolean {
  return cidrContains(one, other.split("/")[0]) || cidrContains(other, one.split("/")[0]);
}

/** Returns whether a block of addresses is written as IPv4 in IPv6 (`::ffff:…`). Source: RFC 4291 section 2.5.5.2. */
export function isIpv4InIpv6(cidr: string): boolean {
  const [network] = cidr.split("/");
  return cidrContains("::ffff:0:0/96", network);
}
