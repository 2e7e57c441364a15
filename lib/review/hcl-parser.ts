import type { Json, StackFile } from "./synth-output";

/**
 * Parses HCL files, keyed by file.
 *
 * The parser is Terraform's own, compiled to WebAssembly, and slow with large files; so files are cut into their
 * top-level blocks, and blocks that several files have are parsed once.
 *
 * @throws if a file is not HCL
 */
export async function parseHcl(files: readonly StackFile[]): Promise<Map<string, Json>> {
  if (files.length === 0) return new Map();
  try {
    return await parseByBlocks(files);
  } catch {
    // A mistake, or a here document with lines that look like the start of a block: the whole file tells.
    const parsed = new Map<string, Json>();
    for (const stack of files) parsed.set(stack.file, await parseWhole(stack));
    return parsed;
  }
}

async function parseWhole({ file, text }: StackFile): Promise<Json> {
  const { parse } = await import("@cdktf/hcl2json");
  try {
    return await parse("cdk.tf", text);
  } catch (error) {
    throw new Error(`"${file}" is not HCL (${(error as Error).message.trim().split("\n")[0]}): synthesise again`);
  }
}

async function parseByBlocks(files: readonly StackFile[]): Promise<Map<string, Json>> {
  const filesOfBlock = new Map<string, Set<string>>();
  for (const { file, text } of files)
    for (const block of topLevelBlocks(text)) filesOfBlock.set(block, (filesOfBlock.get(block) ?? new Set()).add(file));

  const groups = new Map<string, { readonly files: Set<string>; readonly blocks: string[] }>();
  for (const [block, inFiles] of filesOfBlock) {
    const key = [...inFiles].join("\n");
    if (!groups.has(key)) groups.set(key, { files: inFiles, blocks: [] });
    groups.get(key)!.blocks.push(block);
  }

  const parsed = new Map<string, Json>(files.map(({ file }) => [file, {}]));
  for (const { files, blocks } of groups.values())
    for (const part of await parseBlocks(blocks)) for (const file of files) merge(parsed.get(file), part);
  return parsed;
}

const BLOCKS_AT_ONCE = 100;

async function parseBlocks(blocks: readonly string[]): Promise<Json[]> {
  const { parse } = await import("@cdktf/hcl2json");
  const parts: Json[] = [];
  for (let i = 0; i < blocks.length; i += BLOCKS_AT_ONCE)
    parts.push(await parse("cdk.tf", blocks.slice(i, i + BLOCKS_AT_ONCE).join("\n")));
  return parts;
}

function topLevelBlocks(hcl: string): string[] {
  return hcl.split(/\n(?=(?:resource|data|provider|output|variable|module|locals|moved|import|removed) (?:"|\{))/);
}

/** Lists of blocks are joined; the labels of blocks are levels of objects above them. */
function merge(whole: Json, part: Json): void {
  for (const [name, value] of Object.entries<Json>(part)) {
    if (Array.isArray(value)) whole[name] = [...(whole[name] ?? []), ...value];
    else if (typeof value === "object" && value !== null) merge((whole[name] ??= {}), value);
    else whole[name] = value;
  }
}
