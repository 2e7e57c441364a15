import { BlockList, isIP } from "node:net";

/** Returns whether a range such as `10.0.0.0/16` has an address in it. */
export function rangeContains(range: string, address: string): boolean {
  const [network, prefix] = range.split("/");
  const version = isIP(network);
  if (version === 0 || version !== isIP(address)) return false;
  const block = new BlockList();
  const family = version === 4 ? "ipv4" : "ipv6";
  block.addSubnet(network, Number(prefix), family);
  return block.check(address, family);
}

/** Returns whether two ranges have an address in common: then the larger one has the first address of the other. */
export function rangesOverlap(one: string, other: string): boolean {
  return rangeContains(one, other.split("/")[0]) || rangeContains(other, one.split("/")[0]);
}
