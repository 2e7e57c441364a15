import { pathInNamesOf } from "./azurerm-names";
import type { AzurermVersion } from "./azurerm-version";
import { aksArguments, ArgumentFacts, BlockSchema, providerSchema } from "./provider-schemas";
import type { ArgumentSchema } from "./validation/argument-error";

/**
 * Returns the facts that an azurerm major states of the arguments of an AKS resource, by their paths in the bindings. The
 * schemas are read when they are first asked.
 */
export function azurermArguments(resourceType: string, azurerm: AzurermVersion): ArgumentSchema {
  const key = `${azurerm.major} ${resourceType}`;
  const known = schemas.get(key) ?? new AzurermArguments(resourceType, azurerm);
  schemas.set(key, known);
  return known;
}

/** Source: hashicorp/terraform-provider-azurerm v4.81.0, website/docs/r/kubernetes_cluster.html.markdown, gmsa. */
const MAY_BE_EMPTY = ["windows_profile.gmsa.dns_server", "windows_profile.gmsa.root_domain"];

const schemas = new Map<string, ArgumentSchema>();

class AzurermArguments implements ArgumentSchema {
  readonly provider: string;
  private readonly facts = new Map<string, ArgumentFacts | undefined>();

  constructor(
    private readonly resourceType: string,
    private readonly azurerm: AzurermVersion,
  ) {
    this.provider = `azurerm ${azurerm.major}`;
  }

  isRequired(path: readonly string[]): boolean {
    const written = this.asWritten(path);
    const name = written.pop()!;
    const block = written.reduce<BlockSchema | undefined>(
      (inside, block) => inside?.block_types?.[block]?.block,
      this.schema().resource_schemas[this.resourceType],
    );
    return block?.attributes?.[name]?.required === true || (block?.block_types?.[name]?.min_items ?? 0) > 0;
  }

  mayBeEmpty(path: readonly string[]): boolean {
    return MAY_BE_EMPTY.includes(path.join("."));
  }

  valuesOf(path: readonly string[]) {
    return this.factsOf(path)?.values;
  }

  rangeOf(path: readonly string[]) {
    return this.factsOf(path)?.range;
  }

  /** Facts are asked for each argument of each construct, so they are looked up once. */
  private factsOf(path: readonly string[]): ArgumentFacts | undefined {
    const key = path.join(".");
    if (!this.facts.has(key)) this.facts.set(key, this.lookUp(this.asWritten(path).join(".")));
    return this.facts.get(key);
  }

  private lookUp(written: string): ArgumentFacts | undefined {
    const { resources } = aksArguments();
    // what the table says of sysctls it says once, of node pools
    const ofPool = written.startsWith("default_node_pool.") ? written.slice("default_node_pool.".length) : "";
    const facts = resources[this.resourceType][written] ?? resources.azurerm_kubernetes_cluster_node_pool[ofPool];
    return facts?.[this.schema().version];
  }

  private asWritten(path: readonly string[]): string[] {
    return pathInNamesOf(this.azurerm.names, this.resourceType, path);
  }

  private schema() {
    return providerSchema("azurerm", this.azurerm.range)!;
  }
}
