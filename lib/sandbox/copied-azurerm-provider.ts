import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { Construct } from "constructs";
import { azurermProviderOf } from "../cluster/azurerm-provider-of";
import type { IAksCluster } from "../cluster/i-aks-cluster";
import { isUnresolved } from "../validation/unresolved";
import { validationError } from "../validation/validation-error";

type Attributes = { [name: string]: unknown };

/** An azurerm provider with the configuration of the one that a cluster has in another stack. */
export class CopiedAzurermProvider extends AzurermProvider {
  constructor(
    scope: Construct,
    id: string,
    private readonly cluster: IAksCluster,
  ) {
    super(scope, id, { features: [{}] });
  }

  protected override synthesizeAttributes(): Attributes {
    const original = azurermProviderOf(this.cluster);
    if (original === undefined) return super.synthesizeAttributes();
    const [attributes]: Attributes[] = original.toTerraform().provider.azurerm;
    const unresolved = Object.keys(attributes).find((name) => hasUnresolved(attributes[name]));
    if (unresolved !== undefined)
      throw validationError(
        this,
        `${unresolved} of the cluster's azurerm provider is known only after apply, in another stack: ` +
          "give the sandbox stack an azurermProvider",
      );
    return { ...attributes, alias: undefined };
  }
}

function hasUnresolved(value: unknown): boolean {
  if (isUnresolved(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnresolved);
}
