import { createHash } from "node:crypto";
import { withAddresses } from "../model/reference";
import type { Block, Stack } from "../model/stack";
import { stable, Value } from "../model/value";
import type { StackPlan } from "../plan/plan";
import { code } from "./text";

/** More blocks than this do not fit into a comment. */
const MOST_BLOCKS = 25;

/** Resources that have another address and are the same otherwise, with the blocks that tell Terraform so. */
export function moveNotes({ name, before, after, resources }: StackPlan): string[] {
  if (!before || !after) return [];
  const gone = resources.flatMap(({ verdict, before, after }) =>
    verdict === "destroy" && !after ? [before!.block] : [],
  );
  const come = resources.flatMap(({ verdict, before, after }) =>
    verdict === "create" && !before ? [after!.block] : [],
  );
  const pairs = pairsOf(fingerprints(gone, before.stack, after.stack), fingerprints(come, after.stack, before.stack));
  // To move what a pool is replaced for and not the pool saves nothing.
  const isMeant = (from: string) => {
    const triggered = [...before.stack.blocks.values()].filter(({ meta }) =>
      meta.replaceTriggeredBy.some(({ address }) => address === from),
    );
    return triggered.length === 0 || triggered.some(({ address }) => pairs.some(([other]) => other === address));
  };
  const moved = pairs.filter(([from]) => isMeant(from));
  if (moved.length === 0) return [];
  const oneLine = (address: string) => address.replaceAll(/\s+/g, " "); // anything could follow in a comment
  const blocks = moved
    .slice(0, MOST_BLOCKS)
    .map(([from, to]) => `  moved {\n    from = ${oneLine(from)}\n    to   = ${oneLine(to)}\n  }`);
  const things = moved.length === 1 ? `${code(moved[0][0])} has` : `${moved.length} resources have`;
  const more = moved.length > MOST_BLOCKS ? `\n\n  and ${moved.length - MOST_BLOCKS} more` : "";
  return [
    `in stack ${code(name)} ${things} another address and ${moved.length === 1 ? "is" : "are"} the same otherwise; Terraform destroys and creates what has moved unless it is told, with these blocks or cdktf's \`moveFromId\`:\n\n  \`\`\`hcl\n${blocks.join("\n")}\n  \`\`\`${more}`,
  ];
}

/** Old and new addresses with the same fingerprint, in the order of the alphabet where several have it. */
function pairsOf(gone: ReadonlyMap<string, string>, come: ReadonlyMap<string, string>): [string, string][] {
  const free = new Map<string, string[]>();
  for (const [address, fingerprint] of come) free.set(fingerprint, [...(free.get(fingerprint) ?? []), address]);
  return [...gone].flatMap(([from, fingerprint]): [string, string][] => {
    const to = free.get(fingerprint)?.shift();
    return to === undefined ? [] : [[from, to]];
  });
}

/** Fingerprints by address, in which what they refer to counts by its own fingerprint if it moves, too. */
function fingerprints(blocks: readonly Block[], own: Stack, other: Stack): Map<string, string> {
  const known = new Map<string, string>();
  const ofAddress = (address: string): string => {
    const target = own.blocks.get(address);
    return target && !other.blocks.has(address) ? fingerprintOf(target) : address;
  };
  const fingerprintOf = ({ address, type, body, meta }: Block): string => {
    if (known.has(address)) return known.get(address)!;
    known.set(address, address); // for what refers to itself
    const text = withAddresses(JSON.stringify(plain([type, body, meta as unknown as Value])), ofAddress);
    known.set(address, createHash("sha256").update(text).digest("hex"));
    return known.get(address)!;
  };
  return new Map(blocks.map((block) => [block.address, fingerprintOf(block)]));
}

/** A value whose names are in order, and whose blocks are not in lists of one, as HCL has them. */
function plain(value: Value): Value {
  const unwrapped = (_: string, inside: Value) => (Array.isArray(inside) && inside.length === 1 ? inside[0] : inside);
  return JSON.parse(stable(value), unwrapped);
}
