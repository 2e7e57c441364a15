// Makes schemas/<provider>-<version>.json anew from the provider itself: npm run schemas -- azurerm 5.2.0 [type …]
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AttributeSchema, BlockSchema, NestedBlockSchema, ProviderSchema } from "../lib/provider-schemas";
import { init, terraform } from "./terraform";

const SCHEMAS = process.env.SCHEMAS_FOLDER ?? join(__dirname, "../schemas");

interface RawBlock {
  readonly attributes?: { readonly [name: string]: AttributeSchema };
  readonly block_types?: { readonly [name: string]: Omit<NestedBlockSchema, "block"> & { readonly block: RawBlock } };
}

interface RawSchemas {
  readonly provider_schemas: {
    readonly [source: string]: {
      readonly provider: { readonly block: RawBlock };
      readonly resource_schemas?: { readonly [type: string]: { readonly block: RawBlock } };
      readonly data_source_schemas?: { readonly [type: string]: { readonly block: RawBlock } };
    };
  };
}

const [provider, version, ...moreTypes] = process.argv.slice(2);

try {
  if (!provider || !version) throw new Error("no provider and version are given: write them, as in azurerm 5.2.0");
  writeFileSync(join(SCHEMAS, `${provider}-${version}.json`), `${JSON.stringify(schemaOf(provider, version))}\n`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function schemaOf(name: string, version: string): ProviderSchema {
  const source = `hashicorp/${name}`;
  const raw = rawSchemas({ terraform: { required_providers: { [name]: { source, version } } } });
  const schemas = Object.values(raw.provider_schemas)[0];
  const known = readdirSync(SCHEMAS)
    .filter((file) => file.startsWith(`${name}-`) && /\d+\.\d+\.\d+\.json$/.test(file))
    .map((file): ProviderSchema => JSON.parse(readFileSync(join(SCHEMAS, file), "utf8")));
  const wanted = (kind: "resource_schemas" | "data_source_schemas") => {
    const types = new Set([...known.flatMap((schema) => Object.keys(schema[kind])), ...moreTypes]);
    const blocks = Object.entries(schemas[kind] ?? {}).filter(([type]) => types.has(type));
    return Object.fromEntries(blocks.map(([type, { block }]) => [type, slim(block)]));
  };
  return {
    data_source_schemas: wanted("data_source_schemas"),
    provider: source,
    provider_schema: slim(schemas.provider.block),
    resource_schemas: wanted("resource_schemas"),
    version,
  };
}

function rawSchemas(configuration: object): RawSchemas {
  const folder = mkdtempSync(join(tmpdir(), "schemas-"));
  try {
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(configuration));
    init(folder);
    return JSON.parse(terraform(folder, "providers", "schema", "-json").output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A block without its descriptions, its keys in the order of the alphabet as in all of the file. */
function slim({ attributes, block_types }: RawBlock): BlockSchema {
  return {
    attributes:
      attributes &&
      // Attributes with attributes in them have no type.
      mapValues(attributes, ({ computed, deprecated, optional, required, sensitive, type = "dynamic" }) => ({
        computed,
        deprecated,
        optional,
        required,
        sensitive,
        type,
      })),
    block_types:
      block_types &&
      mapValues(block_types, ({ block, max_items, min_items, nesting_mode }) => ({
        block: slim(block),
        max_items,
        min_items,
        nesting_mode,
      })),
  };
}

function mapValues<From, To>(
  values: { readonly [name: string]: From },
  map: (value: From) => To,
): { [name: string]: To } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}
