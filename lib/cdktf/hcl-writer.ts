import { BACKEND_BLOCKS, BlockShape, DYNAMIC, TOP_LEVEL } from "./hcl-meta-arguments";
import { literalString } from "./hcl-template";
import { NotClosedError } from "./hcl-tokens";
import { Argument, argumentLines, hclValue, isGiven } from "./hcl-value";

/** A configuration in Terraform's JSON syntax. */
export interface TerraformJson {
  readonly [block: string]: unknown;
}

/** The blocks that a block may have in it, by name; everything else is an argument. */
export interface NestedBlocks {
  readonly [name: string]: NestedBlocks;
}

/** Returns the blocks of a type of resource or data source, or of a provider. */
export type SchemaBlocks = (kind: "resource" | "data" | "provider", type: string) => NestedBlocks;

/**
 * Writes a configuration in HCL that says what its JSON says, formatted as `terraform fmt` does it.
 *
 * @throws if a string has an expression that is not closed
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function hclOf(document: TerraformJson, schemaBlocks: SchemaBlocks): string {
  const paragraphs = new Writer(schemaBlocks).paragraphs(document, { blocks: TOP_LEVEL, last: ORDER }, 0, undefined);
  return paragraphs.map((text) => `${text}\n`).join("\n");
}

const ORDER = Object.keys(TOP_LEVEL);
const NONE: NestedBlocks = {};

class Writer {
  constructor(private readonly schemaBlocks: SchemaBlocks) {}

  /**
   * Writes what is in a block: arguments that belong together, and blocks.
   *
   * @param nested the blocks of a provider's schema; undefined where there can be none
   */
  paragraphs(body: object, shape: BlockShape, indent: number, nested: NestedBlocks | undefined): string[] {
    const { first = [], last = [] } = shape;
    const firstArguments: Argument[] = [];
    const args: Argument[] = [];
    const blocks: string[] = [];
    const atTheEnd: string[][] = last.map(() => []);
    for (const [name, value] of Object.entries(body)) {
      if (name === "//" || !isGiven(value)) continue;
      const inTheEnd = atTheEnd[last.indexOf(name)];
      const block = blockShape(name, shape, nested);
      if (block !== undefined && isBlocks(value)) {
        (inTheEnd ?? blocks).push(...this.blocks(name, value, block, indent, nested));
        continue;
      }
      const reading = ownValue(shape.readings, name) ?? shape.reading ?? "template";
      const argument = { name, value: hclValue(value, reading, indent) };
      if (inTheEnd) inTheEnd.push(argumentLines([argument], indent));
      else (first.includes(name) ? firstArguments : args).push(argument);
    }
    return [argumentLines(firstArguments, indent), argumentLines(args, indent), ...blocks, ...atTheEnd.flat()].filter(
      (text) => text !== "",
    );
  }

  private blocks(
    name: string,
    value: unknown,
    shape: BlockShape,
    indent: number,
    siblings: NestedBlocks | undefined,
  ): string[] {
    const margin = " ".repeat(indent);
    return labelled(value, shape.labels ?? 0).map(({ labels, body }) => {
      const head = margin + [name, ...labels.map(literalString)].join(" ");
      const nested = this.nestedBlocks(name, shape, labels[0], siblings);
      const write = () => this.paragraphs(body, shape, indent + 2, nested);
      const inside = indent === 0 ? inBlock([name, ...labels].join("."), write) : write();
      return inside.length === 0 ? `${head} {}` : `${head} {\n${inside.join("\n\n")}\n${margin}}`;
    });
  }

  private nestedBlocks(
    name: string,
    { schema }: BlockShape,
    label: string,
    siblings: NestedBlocks | undefined,
  ): NestedBlocks | undefined {
    if (schema === "backend") return ownValue(BACKEND_BLOCKS, label) ?? NONE;
    if (schema !== undefined) return this.schemaBlocks(schema, label);
    return name === "dynamic" ? { content: ownValue(siblings, label) ?? NONE } : ownValue(siblings, name);
  }
}

/** Writes what is in a block, whose address errors name. */
function inBlock<Written>(address: string, write: () => Written): Written {
  try {
    return write();
  } catch (error) {
    throw error instanceof NotClosedError ? new Error(`${error.message} [${address}]`) : error;
  }
}

/** Returns the shape of a block of a name; nothing if the name is an argument. */
function blockShape(name: string, shape: BlockShape, nested: NestedBlocks | undefined): BlockShape | undefined {
  const known = ownValue(shape.blocks, name);
  if (known !== undefined || nested === undefined) return known;
  if (name === "dynamic") return DYNAMIC;
  return Object.hasOwn(nested, name) ? { reading: shape.reading } : undefined;
}

/** Objects, as no other value can be a block. */
function isBlocks(value: unknown): boolean {
  return Array.isArray(value) ? value.every((item) => typeof item === "object") : typeof value === "object";
}

interface LabelledBody {
  readonly labels: readonly string[];
  readonly body: object;
}

/** The blocks that a value stands for: an object is one, a list are several, and each label is an object around them. */
function labelled(value: unknown, labels: number): LabelledBody[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap((item) => labelled(item ?? (labels === 0 ? {} : null), labels));
  if (labels === 0) return [{ labels: [], body: value }];
  return Object.entries(value).flatMap(([label, inside]) =>
    labelled(inside, labels - 1).map((inner) => ({ ...inner, labels: [label, ...inner.labels] })),
  );
}

function ownValue<Value>(values: { readonly [name: string]: Value } | undefined, name: string): Value | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}
