import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { StackFile } from "./synth-output";

/** Blocks as lists, below their labels. */
type Json = Record<string, unknown>;

/** Blocks that are parsed at once: the parser is Terraform's own, in WebAssembly, and slow with large files. */
const BLOCKS_AT_ONCE = 100;
/** As many texts as a second thread takes to pay for its start. */
const TEXTS_FOR_TWO = 10;

/**
 * Parses HCL files, keyed by file; blocks that several files have are parsed once, and many on two threads.
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
    for (const { file, text } of files) {
      const [whole] = await parseHere([text]).catch((error: Error) => {
        throw new Error(`"${file}" is not HCL (${error.message.trim().split("\n")[0]}): synthesise again`);
      });
      parsed.set(file, whole);
    }
    return parsed;
  }
}

async function parseByBlocks(files: readonly StackFile[]): Promise<Map<string, Json>> {
  const filesOfBlock = new Map<string, Set<string>>();
  for (const { file, text } of files)
    for (const block of topLevelBlocks(text)) filesOfBlock.set(block, (filesOfBlock.get(block) ?? new Set()).add(file));

  const pieces: { readonly key: string; readonly files: ReadonlySet<string>; readonly blocks: string[] }[] = [];
  for (const [block, inFiles] of filesOfBlock) {
    const key = [...inFiles].join("\n");
    const open = pieces.findLast((piece) => piece.key === key);
    if (open && open.blocks.length < BLOCKS_AT_ONCE) open.blocks.push(block);
    else pieces.push({ key, files: inFiles, blocks: [block] });
  }

  const parsed = new Map<string, Json>(files.map(({ file }) => [file, {}]));
  const texts = pieces.map(({ blocks }) => blocks.join("\n"));
  const half = texts.length < TEXTS_FOR_TWO ? 0 : texts.length >> 1;
  const parts = await Promise.all([parseInWorker(texts.slice(0, half)), parseHere(texts.slice(half))]);
  parts.flat().forEach((part, i) => pieces[i].files.forEach((file) => merge(parsed.get(file)!, part)));
  return parsed;
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
  if (texts.length === 0) return [];
  const workerData = { texts, parser: require.resolve("@cdktf/hcl2json") };
  const worker = new Worker(WORKER, { eval: true, execArgv: [], workerData });
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
