import { withAddresses } from "../model/reference";
import type { Block, Stack } from "../model/stack";
import { stable, Value } from "../model/value";
import type { StackPlan } from "../plan/plan";
import { code, Notes } from "./text";

/** More blocks than this do not fit into a comment. */
const MOST_BLOCKS = 25;

/** A note on resources that have another address and are the same otherwise, with the blocks that tell Terraform so. */
export function moveNotes({ before, after, resources }: StackPlan): Notes {
  if (!before || !after) return [];
  const gone = resources.flatMap(({ verdict, before, after }) =>
    verdict === "destroy" && before && !after ? [before.block] : [],
  );
  const come = resources.flatMap(({ verdict, before, after }) =>
    verdict === "create" && after && !before ? [after.block] : [],
  );
  const free = come.map((block) => ({ to: block.address, content: contentOf(block, after.stack, before.stack) }));
  const pairs = gone.flatMap((block) => {
    const content = contentOf(block, before.stack, after.stack);
    const i = free.findIndex((other) => other.content === content);
    return i < 0 ? [] : [{ from: block.address, to: free.splice(i, 1)[0].to }];
  });
  // To move what a pool is replaced for and not the pool saves nothing.
  const isMoved = ({ address }: Block) => pairs.some(({ from }) => from === address);
  const moved = pairs.filter(({ from }) => {
    const triggered = gone.filter((block) => block.replaceTriggeredBy.some(({ address }) => address === from));
    return triggered.length === 0 || triggered.some(isMoved);
  });
  if (moved.length === 0) return [];
  const oneLine = (address: string) => address.replaceAll(/\s+/g, " "); // anything could follow in a comment
  const blocks = moved
    .slice(0, MOST_BLOCKS)
    .map(({ from, to }) => `  moved {\n    from = ${oneLine(from)}\n    to   = ${oneLine(to)}\n  }`);
  const things = moved.length === 1 ? `${code(moved[0].from)} has` : `${moved.length} resources have`;
  const more = moved.length > MOST_BLOCKS ? `\n\n  and ${moved.length - MOST_BLOCKS} more` : "";
  return [
    `${things} another address and ${moved.length === 1 ? "is" : "are"} the same otherwise; Terraform destroys and creates what has moved unless it is told, with these blocks or cdktf's \`moveFromId\`:\n\n  \`\`\`hcl\n${blocks.join("\n")}\n  \`\`\`${more}`,
  ];
}

/** A block without its address, in which what it refers to counts by its own content if it moves, too. */
function contentOf({ address, ...block }: Block, own: Stack, other: Stack, passed: readonly string[] = []): string {
  const path = [...passed, address];
  // HCL has blocks in lists of one.
  const unwrapped = (_: string, inside: Value) => (Array.isArray(inside) && inside.length === 1 ? inside[0] : inside);
  const text = JSON.stringify(JSON.parse(stable(block as unknown as Value), unwrapped));
  return withAddresses(text, (at) => {
    const target = own.blocks.get(at);
    return target && !other.blocks.has(at) && !path.includes(at) ? contentOf(target, own, other, path) : at;
  });
}
