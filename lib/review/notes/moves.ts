import { withAddresses } from "../model/reference";
import { stable, Value } from "../model/value";
import type { StackPlan } from "../plan/plan";
import type { Block } from "../stack/block";
import { code, Notes, within } from "./text";

/** A note on resources that have another address and are the same otherwise, with the blocks that tell Terraform so. */
export function moveNotes({ before: old, after: next, resources }: StackPlan): Notes {
  if (!old || !next) return [];
  const gone = resources.flatMap(({ before, after, verdict }) => (verdict === "destroy" && !after ? [before!] : []));
  const come = resources.flatMap(({ before, after, verdict }) => (verdict === "create" && !before ? [after!] : []));
  const free = come.map((block) => ({ to: block.address, content: contentOf(block, new Map()) }));
  const moves = new Map<string, string>();
  // What refers to something that has moved is found in the next round.
  for (let found = -1; found < moves.size;) {
    found = moves.size;
    for (const block of gone.filter(({ address }) => !moves.has(address))) {
      const content = contentOf(block, moves);
      const i = free.findIndex((other) => other.content === content);
      if (i >= 0) moves.set(block.address, free.splice(i, 1)[0].to);
    }
  }
  // To move what a pool is replaced for and not the pool saves nothing.
  const moved = [...moves].filter(([from]) => {
    const replaced = gone.filter(({ replaceTriggeredBy }) =>
      replaceTriggeredBy.some(({ address }) => address === from),
    );
    return replaced.length === 0 || replaced.some(({ address }) => moves.has(address));
  });
  if (moved.length === 0) return [];
  const things = moved.length === 1 ? `${code(moved[0][0])} has` : `${moved.length} resources have`;
  const inOneLine = (address: string) => address.replaceAll(/\s+/g, " "); // anything could follow in a comment
  const blocks = moved.map(([from, to]) => `moved {\n  from = ${inOneLine(from)}\n  to   = ${inOneLine(to)}\n}`);
  const hcl = within(3000, blocks, (left) => `# and ${left} more`)
    .join("\n")
    .replaceAll(/^/gm, "  ");
  return [
    `${things} another address and ${moved.length === 1 ? "is" : "are"} the same otherwise; Terraform destroys and creates what has moved unless it is told, with these blocks or cdktf's \`moveFromId\`:\n\n  \`\`\`hcl\n${hcl}\n  \`\`\``,
  ];
}

/** A block without its address, in which what it refers to has its new address. */
function contentOf(block: Block, moves: Map<string, string>): string {
  const content = { ...block, body: block.written, address: undefined, table: block.table.version, known: undefined };
  return withAddresses(stable(content as unknown as Value), (address) => moves.get(address) ?? address);
}
