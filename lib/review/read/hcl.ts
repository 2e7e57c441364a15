type Json = { [name: string]: unknown };

/** A parser of HCL, Terraform's own in WebAssembly, and slow: blocks that differ in texts and references are parsed once. */
export function hclParser(): (hcl: string) => Promise<Json> {
  const forms = new Map<string, string>();
  return async (hcl) => {
    const { parse } = await import("@cdktf/hcl2json");
    const whole: Json = {};
    try {
      for (const block of hcl.split(BETWEEN_BLOCKS)) {
        const parts: string[] = [];
        const placeholder = (all: string, quote = "", text = all) => `${quote}__${parts.push(text) - 1}__${quote}`;
        const form = UNUSUAL.test(block) ? block : block.replaceAll(TEXT_OR_REFERENCE, placeholder);
        if (!forms.has(form)) forms.set(form, JSON.stringify(await parse("cdk.tf", form)));
        merge(whole, JSON.parse(forms.get(form)!.replaceAll(/__(\d+)__/g, (text, i) => parts[i] ?? text)));
      }
      return whole;
    } catch {
      // A mistake, or a here document with lines that look like the start of a block: the whole text tells.
      return parse("cdk.tf", hcl);
    }
  };
}

const BETWEEN_BLOCKS = /\n(?=(?:resource|data|provider|output|variable|module|locals|moved|import|removed) (?:"|\{))/;
/** Templates, escapes, here documents, comments and what looks like a placeholder: a quote in them may be none. */
const UNUSUAL = /[\\\t]|[$%]\{|<<|#|\/[/*]|__\d+__/;
const TEXT_OR_REFERENCE = /(")([^"\n]*)"|\b[a-z_]\w*(?:\.\w[\w-]*)+/g;

/** Lists of blocks are joined; the labels of blocks are levels of objects above them. */
function merge(whole: Json, part: Json): void {
  for (const [name, value] of Object.entries(part)) {
    if (Array.isArray(value)) whole[name] = [...((whole[name] ?? []) as unknown[]), ...value];
    else if (value instanceof Object) merge((whole[name] ??= {}) as Json, value as Json);
    else whole[name] = value;
  }
}
