import { TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";
import { pathOf, validationError } from "./validation-error";

/**
 * Holds the resources and data sources of a stack to addresses of their own. cdktf writes two of one address as one.
 *
 * @throws if two have one address
 */
export function checkLogicalIds(stack: TerraformStack): void {
  const known = new Map<string, TerraformResource | TerraformDataSource>();
  for (const element of stack.node.findAll()) {
    const isResource = TerraformResource.isTerraformResource(element);
    if (!isResource && !TerraformDataSource.isTerraformDataSource(element)) continue;
    const address = `${isResource ? "" : "data."}${element.terraformResourceType}.${element.friendlyUniqueId}`;
    const other = known.get(address);
    if (other !== undefined)
      throw validationError(
        element,
        `"${pathOf(other)}" and "${pathOf(element)}" have the same address ${address}: give one of them another id`,
      );
    known.set(address, element);
  }
}
