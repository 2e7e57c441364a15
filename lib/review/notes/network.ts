import { at, listOf, stable, Values } from "../model/value";
import { enumerated, inOneLine, Notes } from "./text";

/** Notes on the ways that a network policy leaves open, and did not before. */
export function openingNotes(before: Values, after: Values): Notes {
  const old = waysOf(before);
  return [...waysOf(after)].map(
    ([rule, says]) =>
      !old.has(rule) && `it may let through what was shut out, with a rule that it did not have: ${says}`,
  );
}

/** Words for all that a new network policy leaves open. */
export function letThroughBy(policy: Values): string {
  const ways = [...waysOf(policy).values()];
  return ways.length === 0 ? "it lets nothing through" : `it lets traffic ${enumerated(ways)}`;
}

/** Words for the ways that a policy leaves open, by direction and rule. */
function waysOf({ spec }: Values): Map<string, string> {
  const waysIn = (direction: string, peer: string, words: string) =>
    listOf(at(spec, direction)).map((rule): [string, string] => {
      const peers = listOf(at(rule, peer)).map((one) => at(one, "ipBlock", "cidr"));
      const names = peers.map((cidr) => (cidr === undefined ? "some pods of the cluster" : inOneLine(cidr)));
      const ports = listOf(at(rule, "ports")).map((port) => inOneLine(at(port, "port") ?? "all"));
      const on = ports.length === 0 ? "" : ` on port ${enumerated([...new Set(ports)])}`;
      return [direction + stable(rule), `${words} ${enumerated([...new Set(names)]) || "everywhere"}${on}`];
    });
  return new Map([...waysIn("ingress", "from", "in from"), ...waysIn("egress", "to", "out to")]);
}
