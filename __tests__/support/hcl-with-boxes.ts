import { hclOf, NestedBlocks, TerraformJson } from "../../lib/cdktf/hcl-writer";

const BOX: NestedBlocks = { box: { lid: {} } };

/** Returns the HCL of a configuration whose resources may have a `box` with a `lid`. */
export function hclWithBoxes(document: TerraformJson): string {
  return hclOf(document, () => BOX);
}

/** Returns the lines in the block `resource "thing" "a"`. */
export function hclInResource(body: object): string {
  const text = hclWithBoxes({ resource: { thing: { a: body } } });
  return text === 'resource "thing" "a" {}\n' ? "" : text.split("\n").slice(1, -2).join("\n");
}
