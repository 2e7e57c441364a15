import { BlockSchema, providerSchema } from "../../lib/provider-schemas";

/** Blocks that HCL text has as arguments (`name = [{ … }]`), which the parser does not tell from blocks. */
export function blocksAsArguments(hcl: string, required: { readonly [provider: string]: string }): string[] {
  const failures: string[] = [];
  const open: string[] = [];
  let schema: BlockSchema | undefined;
  let address = "";
  for (const line of hcl.split("\n").map((text) => text.trim())) {
    const [, kind, type, id] = /^(resource|data) "(\w+)" "([^"]+)" \{$/.exec(line) ?? [];
    const [, argument] = /^(\w+) += /.exec(line) ?? [];
    if (kind) {
      const provider = providerSchema(type.split("_")[0], required[type.split("_")[0]] ?? "no version");
      schema = (kind === "data" ? provider?.data_source_schemas : provider?.resource_schemas)?.[type];
      address = `${type}.${id}`;
      open.length = 0;
    } else if (argument && blockAt(schema, open)?.block_types?.[argument]) {
      failures.push(`${address}: ${[...open, argument].join(".")}: expected a block instead of an argument`);
    }
    if (!kind && /[{[]$/.test(line)) open.push(argument ? "=" : line.split(" ")[0]);
    if (/^[}\]]/.test(line)) open.pop();
  }
  return failures;
}

function blockAt(schema: BlockSchema | undefined, path: readonly string[]): BlockSchema | undefined {
  return path.reduce((block, name) => block?.block_types?.[name]?.block, schema);
}
