import { createHash } from "node:crypto";
import type { StackConfiguration } from "../configuration";
import type { Declaration } from "../declaration";
import { withAddresses } from "../expressions";
import { stable } from "../json";
import type { StackPlan } from "../plan";
import { code } from "../text";

/** More blocks than this do not fit into a comment. */
const MOST_BLOCKS = 25;

/** Resources that have another address and are the same otherwise, with the blocks that tell Terraform so. */
export function movedNotes(plan: StackPlan): string[] {
  const { name, before, after } = plan;
  if (!before || !after) return [];
  const resources = plan.resources();
  const gone = resources.flatMap(({ verdict, before, after }) => (verdict === "destroy" && !after ? [before!] : []));
  const come = resources.flatMap(({ verdict, before, after }) => (verdict === "create" && !before ? [after!] : []));
  const moved = pairs(fingerprints(gone, before, after), fingerprints(come, after, before));
  if (moved.length === 0) return [];
  const blocks = moved
    .slice(0, MOST_BLOCKS)
    .map(([from, to]) => `    moved {\n      from = ${inOneLine(from)}\n      to   = ${inOneLine(to)}\n    }`);
  const things = moved.length === 1 ? `${code(moved[0][0])} has` : `${moved.length} resources have`;
  return [
    `in stack ${code(name)} ${things} another address and ${moved.length === 1 ? "is" : "are"} the same otherwise; ` +
      "Terraform destroys and creates what has moved unless it is told, with these blocks or cdktf's `moveFromId`:\n\n" +
      `  \`\`\`hcl\n${blocks.join("\n").replaceAll(/^ {2}/gm, "")}\n  \`\`\`${moved.length > MOST_BLOCKS ? `\n\n  and ${moved.length - MOST_BLOCKS} more` : ""}`,
  ];
}

/** An address without line ends, after which anything could stand in a comment. */
function inOneLine(address: string): string {
  return address.replaceAll(/\s+/g, " ");
}

/** Old and new addresses with the same fingerprint, in the order of the alphabet where several have it. */
function pairs(gone: ReadonlyMap<string, string>, come: ReadonlyMap<string, string>): [string, string][] {
  const free = new Map<string, string[]>();
  for (const [address, fingerprint] of come) free.set(fingerprint, [...(free.get(fingerprint) ?? []), address]);
  return [...gone].flatMap(([from, fingerprint]): [string, string][] => {
    const to = free.get(fingerprint)?.shift();
    return to === undefined ? [] : [[from, to]];
  });
}

/** Fingerprints of resources by address, in which what they refer to counts by its own fingerprint if it moves, too. */
function fingerprints(
  resources: readonly Declaration[],
  own: StackConfiguration,
  other: StackConfiguration,
): Map<string, string> {
  const known = new Map<string, string>();
  const fingerprintOf = (declaration: Declaration): string => {
    const { address, type, values, meta } = declaration;
    if (known.has(address)) return known.get(address)!;
    known.set(address, address); // for what refers to itself
    const text = withAddresses(stable({ type, values, meta }), (referred) => {
      const target = own.declarations.get(referred);
      return target && !other.declarations.has(referred) ? fingerprintOf(target) : referred;
    });
    known.set(address, createHash("sha256").update(text).digest("hex"));
    return known.get(address)!;
  };
  return new Map(resources.map((declaration) => [declaration.address, fingerprintOf(declaration)]));
}
