import type { StackFile } from "./synth-output";

/** Blocks as lists, below their labels. */
type Json = Record<string, unknown>;

/**
 * Parses HCL files, keyed by file. The parser is Terraform's own, in WebAssembly, and slow: blocks that differ in quoted
 * texts and references only are parsed once.
 *
 * @throws if a file is not HCL
 */
export async function parseHcl(files: readonly StackFile[]): Promise<Map<string, Json>> {
  const parsed = new Map<string, Json>();
  if (files.length === 0) return parsed;
  const { parse } = await import("@cdktf/hcl2json");
  const forms = new Map<string, string>();

  const parseBlock = async (block: string): Promise<Json> => {
    const { form, parts } = formOf(block);
    if (!forms.has(form)) forms.set(form, JSON.stringify(await parse("cdk.tf", form)));
    const json = forms.get(form)!;
    return JSON.parse(parts.length === 0 ? json : json.replaceAll(/__(\d+)__/g, (_, i) => parts[i]));
  };
  const parseBlocks = async (hcl: string): Promise<Json> => {
    const whole: Json = {};
    for (const block of topLevelBlocks(hcl)) merge(whole, await parseBlock(block));
    return whole;
  };
  for (const { file, text } of files) {
    // A mistake, or a here document with lines that look like the start of a block: the whole file tells.
    const whole = parseBlocks(text).catch(() => parse("cdk.tf", text));
    parsed.set(
      file,
      await whole.catch((error: Error) => {
        throw new Error(`"${file}" is not HCL (${error.message.trim().split("\n")[0]}): synthesise again`);
      }),
    );
  }
  return parsed;
}

/** Templates, escapes, here documents, comments and what looks like a placeholder: a quote in them may be none. */
const UNUSUAL = /[\\\t]|[$%]\{|<<|#|\/[/*]|__\d+__/;
const TEXT_OR_REFERENCE = /(")([^"\n]*)"|\b[a-z_]\w*(?:\.\w[\w-]*)+/g;

/** A block with placeholders, and what they stand for. */
function formOf(block: string): { readonly form: string; readonly parts: readonly string[] } {
  const parts: string[] = [];
  const placeholder = (whole: string, quote = "", text = whole) => `${quote}__${parts.push(text) - 1}__${quote}`;
  return { form: UNUSUAL.test(block) ? block : block.replaceAll(TEXT_OR_REFERENCE, placeholder), parts };
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
