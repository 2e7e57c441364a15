import { BlockList, isIP } from "node:net";

/** Where a pod could fetch the node's credentials. Source: learn.microsoft.com/azure/virtual-machines/instance-metadata-service. */
export const METADATA_ADDRESS = "169.254.169.254";

/** Whether a text is a block of IPv4 or IPv6 addresses, as in `10.0.0.0/16`. */
export function isCidr(text: string): boolean {
  const [address, prefix, ...rest] = text.split("/");
  const version = isIP(address);
  return (
    version !== 0 && rest.length === 0 && /^\d{1,3}$/.test(prefix ?? "") && Number(prefix) <= (version === 4 ? 32 : 128)
  );
}

/** Whether a block of addresses has an IPv4 address in it. */
export function cidrContains(cidr: string, address: string): boolean {
  const [network, prefix] = cidr.split("/");
  if (isIP(network) !== 4) return false;
  const block = new BlockList();
  block.addSubnet(network, Number(prefix), "ipv4");
  return block.check(address, "ipv4");
}
