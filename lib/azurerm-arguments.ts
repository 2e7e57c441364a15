import { pathInNamesOf } from "./azurerm-names";
import type { AzurermVersion } from "./azurerm-version";
import { aksArguments, BlockSchema, providerSchema } from "./provider-schemas";
import type { ArgumentSchema } from "./validation/argument-mistake";

/**
 * Returns what an azurerm major says of the arguments of an AKS resource, by their paths in the bindings. The schemas
 * are read when they are first asked.
 */
export function azurermArguments(resourceType: string, azurerm: AzurermVersion): ArgumentSchema {
  const schema = () => providerSchema("azurerm", azurerm.range)!;
  const factsOf = (path: readonly string[]) => {
    const written = pathInNamesOf(azurerm.names, resourceType, path).join(".");
    const ofPool = written.startsWith("default_node_pool.") ? written.slice("default_node_pool.".length) : "";
    const { resources } = aksArguments();
    // what the table says of sysctls it says once, of node pools
    const facts = resources[resourceType][written] ?? resources.azurerm_kubernetes_cluster_node_pool[ofPool];
    return facts?.[schema().version];
  };
  return {
    provider: `azurerm ${azurerm.major}`,
    isRequired(path) {
      const written = pathInNamesOf(azurerm.names, resourceType, path);
      const name = written.pop()!;
      const block = written.reduce<BlockSchema | undefined>(
        (inside, block) => inside?.block_types?.[block]?.block,
        schema().resource_schemas[resourceType],
      );
      return block?.attributes?.[name]?.required === true || (block?.block_types?.[name]?.min_items ?? 0) > 0;
    },
    valuesOf: (path) => factsOf(path)?.values,
    rangeOf: (path) => factsOf(path)?.range,
  };
}
