import { TerraformDataSource, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { BlockSchema, providerSchema } from "../provider-schemas";
import type { NestedBlocks, SchemaBlocks, TerraformJson } from "./hcl-writer";

type Kind = Parameters<SchemaBlocks>[0];

/**
 * Tells the blocks of a stack from arguments: by the schema of the provider that it requires or, where there is none, by
 * the marks that the bindings' classes have for cdktf's own HCL. What neither says is an argument.
 */
export function schemaBlocksOf(stack: TerraformStack, document: TerraformJson): SchemaBlocks {
  const known = new Map<string, NestedBlocks>();
  return (kind, type) => {
    const key = `${kind}.${type}`;
    let blocks = known.get(key);
    if (blocks === undefined) {
      const schema = blockSchema(document, kind, type);
      blocks = schema ? blocksOfSchema(schema) : markedBlocks(stack, kind, type);
      known.set(key, blocks);
    }
    return blocks;
  };
}

interface Requirements {
  readonly required_providers?: { readonly [provider: string]: string | { readonly version?: string } };
}

function blockSchema(document: TerraformJson, kind: Kind, type: string): BlockSchema | undefined {
  const provider = type.split("_")[0];
  const required = (document.terraform as Requirements | undefined)?.required_providers?.[provider];
  const constraint = typeof required === "string" ? required : required?.version;
  const schema = providerSchema(provider, constraint ?? ">= 0");
  if (kind === "provider") return schema?.provider_schema;
  return (kind === "data" ? schema?.data_source_schemas : schema?.resource_schemas)?.[type];
}

function blocksOfSchema({ block_types = {} }: BlockSchema): NestedBlocks {
  return Object.fromEntries(Object.entries(block_types).map(([name, { block }]) => [name, blocksOfSchema(block)]));
}

/**
 * Returns the blocks that all constructs of a type mark, as each marks only what it was given. Most resources have
 * a block `timeouts`.
 */
function markedBlocks(stack: TerraformStack, kind: Kind, type: string): NestedBlocks {
  const marks: Marks = kind === "provider" ? {} : { timeouts: {} };
  for (const construct of stack.node.findAll()) {
    if (isOf(construct, kind, type) && construct.cdktfStack === stack) addMarks(marks, attributesOf(construct));
  }
  return marks;
}

interface Marks {
  [name: string]: Marks;
}

type MarkedConstruct = TerraformResource | TerraformDataSource | TerraformProvider;

function isOf(construct: IConstruct, kind: Kind, type: string): construct is MarkedConstruct {
  return isOfKind(construct, kind) && construct.terraformResourceType === type;
}

function isOfKind(construct: IConstruct, kind: Kind): construct is MarkedConstruct {
  if (kind === "provider") return TerraformProvider.isTerraformProvider(construct);
  if (kind === "data") return TerraformDataSource.isTerraformDataSource(construct);
  return TerraformResource.isTerraformResource(construct);
}

/** The method is protected, as only cdktf's own HCL should need it. */
function attributesOf(construct: MarkedConstruct): unknown {
  return (construct as unknown as { synthesizeHclAttributes(): unknown }).synthesizeHclAttributes();
}

interface MarkedAttribute {
  readonly value?: unknown;
  readonly isBlock?: boolean;
}

function addMarks(marks: Marks, attributes: unknown): void {
  if (typeof attributes !== "object" || attributes === null) return;
  for (const [name, attribute] of Object.entries(attributes as { [name: string]: MarkedAttribute | undefined })) {
    if (!attribute?.isBlock) continue;
    marks[name] ??= {};
    for (const block of [attribute.value].flat()) addMarks(marks[name], block);
  }
}
