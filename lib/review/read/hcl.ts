import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { StackFile } from "./synth-output";

/** Blocks as lists, below their labels. */
type Json = Record<string, unknown>;

/**
 * Parses HCL files, keyed by file.
 *
 * The parser is Terraform's own, compiled to WebAssembly, and slow with large files; so files are cut into their
 * top-level blocks, blocks that several files have are parsed once, and many blocks on two threads.
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

  const pieces = [...groups.values()].flatMap(({ files, blocks }) => textsOf(blocks).map((text) => ({ files, text })));
  const parsed = new Map<string, Json>(files.map(({ file }) => [file, {}]));
  const parts = await parseTexts(pieces.map(({ text }) => text));
  parts.forEach((part, i) => pieces[i].files.forEach((file) => merge(parsed.get(file)!, part)));
  return parsed;
}

const BLOCKS_AT_ONCE = 100;

function textsOf(blocks: readonly string[]): string[] {
  const texts: string[] = [];
  for (let i = 0; i < blocks.length; i += BLOCKS_AT_ONCE) texts.push(blocks.slice(i, i + BLOCKS_AT_ONCE).join("\n"));
  return texts;
}

/** As many texts as a second thread takes to pay for its start. */
const TEXTS_FOR_TWO = 10;

async function parseTexts(texts: readonly string[]): Promise<Json[]> {
  if (texts.length < TEXTS_FOR_TWO) return parseHere(texts);
  const half = texts.length >> 1;
  return (await Promise.all([parseInWorker(texts.slice(0, half)), parseHere(texts.slice(half))])).flat();
}

async function parseHere(texts: readonly string[]): Promise<Json[]> {
  const { parse } = await import("@cdktf/hcl2json");
  const parts: Json[] = [];
  for (const text of texts) parts.push(await parse("cdk.tf", text));
  return parts;
}

/** What `parseHere` does; a string, as a worker cannot read TypeScript. */
const WORKER = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { parse } = require(workerData.parser);
  (async () => {
    const parts = [];
    for (const text of workerData.texts) parts.push(await parse("cdk.tf", text));
    parentPort.postMessage(parts);
  })();
`;

async function parseInWorker(texts: readonly string[]): Promise<Json[]> {
  const worker = new Worker(WORKER, {
    eval: true,
    execArgv: [],
    workerData: { texts, parser: require.resolve("@cdktf/hcl2json") },
  });
  try {
    const [parts] = await once(worker, "message");
    return parts;
  } finally {
    await worker.terminate();
  }
}

function topLevelBlocks(hcl: string): string[] {
  return hcl.split(/\n(?=(?:resource|data|provider|output|variable|module|locals|moved|import|removed) (?:"|\{))/);
}

/** Lists of blocks are joined; the labels of blocks are levels of objects above them. */
function merge(whole: Json, part: Json): void {
  for (const [name, value] of Object.entries(part)) {
    if (Array.isArray(value)) whole[name] = [...((whole[name] ?? []) as unknown[]), ...value];
    else if (typeof value === "object" && value !== null) merge((whole[name] ??= {}) as Json, value as Json);
    else whole[name] = value;
  }
}
