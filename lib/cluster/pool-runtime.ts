import { TerraformResource } from "cdktf";
import { Construct } from "constructs";

/** The runtime of a node pool's pods, in azurerm's words. */
export interface Runtime {
  readonly os_sku?: string;
  readonly workload_runtime: string;
}

/**
 * `terraform_data` that is replaced when the runtime of a node pool changes, and takes the pool with it.
 *
 * azurerm plans a changed `workload_runtime` as an update in place, of which AKS promises nothing for nodes that exist.
 * (cdktf's own class for `terraform_data` runs Terraform when it is synthesised.)
 */
export class PoolRuntime extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly runtime: () => Runtime,
  ) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      terraformGeneratorMetadata: { providerName: "terraform" },
    });
  }

  /** The reference as `replace_triggered_by` wants it. */
  get address(): string {
    return `${this.terraformResourceType}.${this.friendlyUniqueId}`;
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { triggers_replace: this.runtime() };
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    return { triggers_replace: { value: this.runtime(), isBlock: false, type: "any", storageClassType: "any" } };
  }
}
