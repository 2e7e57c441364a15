import { TerraformStack } from "cdktf";
import { hclOf, TerraformJson } from "./hcl-writer";
import { schemaBlocksOf } from "./nested-blocks";

/** A stack in HCL, as `TerraformStack.toHclTerraform()` returns it. */
export interface StackHcl {
  /** The text of the stack. */
  readonly hcl: string;
  /** Comments of the JSON, for the CLI of cdktf. */
  readonly metadata: { readonly [name: string]: unknown };
}

/**
 * Writes a stack in HCL that says what its JSON says, overrides included. cdktf 0.21 writes HCL from what it was told of
 * each construct instead: overrides are lost, strings are read as something else, blocks become arguments.
 *
 * @example
 * ```ts
 * class MyStack extends TerraformStack {
 *   override toHclTerraform() {
 *     return hclOfStack(this);
 *   }
 * }
 * StateBackend.LOCAL.addTo(new MyStack(app, "mine"));
 * ```
 */
export function hclOfStack(stack: TerraformStack): StackHcl {
  const document: TerraformJson = stack.toTerraform();
  return { hcl: hclOf(document, schemaBlocksOf(stack, document)), metadata: metadataOf(document) };
}

/** The comments of a stack and its elements, and the settings of Terraform, in the places that JSON has them. */
function metadataOf(document: TerraformJson): StackHcl["metadata"] {
  const metadata: { [name: string]: unknown } = { "//": document["//"], terraform: document.terraform };
  for (const [kind, labels] of [
    ["resource", 2],
    ["data", 2],
    ["module", 1],
  ] as const) {
    if (document[kind] !== undefined) metadata[kind] = commentsOf(document[kind], labels);
  }
  return metadata;
}

function commentsOf(block: unknown, labels: number): unknown {
  if (labels === 0) return { "//": (block as TerraformJson)["//"] };
  return Object.fromEntries(
    Object.entries(block as TerraformJson).map(([label, inside]) => [label, commentsOf(inside, labels - 1)]),
  );
}
