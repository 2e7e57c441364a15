import type { Block, Stack } from "../model/stack";

/** A resource on both sides of a change, or on one of them, by its address after it. */
export interface Pair {
  readonly address: string;
  readonly before?: Block;
  readonly after?: Block;
}

/** The resources and modules of two sides, in the order of their addresses. */
export function pairsOf(
  before: Stack | undefined,
  after: Stack | undefined,
  newAddressOf: (address: string) => string,
): Pair[] {
  const old = new Map(managedIn(before).map((block) => [newAddressOf(block.address), block]));
  const next = new Map(managedIn(after).map((block) => [block.address, block]));
  const addresses = [...new Set([...old.keys(), ...next.keys()])].sort();
  return addresses.map((address) => ({ address, before: old.get(address), after: next.get(address) }));
}

export function managedIn(stack: Stack | undefined): Block[] {
  return [...(stack?.blocks.values() ?? [])].filter(({ kind }) => kind !== "data");
}

/**
 * Where the `moved` blocks lead from an address; one that has done its work leads to what is there already, and is
 * passed over.
 */
export function newAddress(before: Stack | undefined, after: Stack | undefined, address: string): string {
  const passed = new Set([address]);
  let at = address;
  for (;;) {
    const next = after?.moved.get(at);
    if (next === undefined || passed.has(next) || before?.blocks.has(next)) return at;
    passed.add(next);
    at = next;
  }
}
