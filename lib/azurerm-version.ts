import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { AbsentArgument, DemandedArgument, NAMES_V3, NAMES_V4, ResourceNames } from "./azurerm-names";
import { validationError } from "./validation/validation-error";

/**
 * A major version of the azurerm provider: the range that the project writes for, and the names that it uses.
 *
 * The TypeScript bindings know one set of names, those of azurerm 4.55; this is where they become those of another.
 */
export class AzurermVersion {
  /** azurerm 3, whose last API version knows the preview. Before 3.105 it calls AKS APIs that are retired. */
  static readonly V3 = new AzurermVersion({
    major: 3,
    range: ">= 3.105.0, < 4.0.0", // KataMshvVmIsolation since 3.51.0 (#21176), API 2023-09-02-preview since 3.105.0
    names: NAMES_V3,
    // v3.116.0, kubernetes_cluster_resource.go: without it, Entra ID is taken for the retired kind that AKS does not manage
    demands: [
      { block: "azure_active_directory_role_based_access_control", argument: "managed", value: true, always: false },
    ],
  });

  /** azurerm 4. */
  static readonly V4 = new AzurermVersion({
    major: 4,
    range: ">= 4.78.0, < 5.0.0", // KataVmIsolation since 4.78.0 (#32579)
    names: NAMES_V4,
    demands: [],
  });

  /** azurerm 5. */
  static readonly V5 = new AzurermVersion({
    major: 5,
    range: ">= 5.0.0, < 6.0.0",
    names: NAMES_V4,
    // v5.0.0, kubernetes_cluster_resource.go: the block is required; Manual is what azurerm 3 and 4 do without it
    demands: [{ block: "node_provisioning_profile", argument: "mode", value: "Manual", always: true }],
  });

  /**
   * The major, if the project knows its names.
   *
   * @internal
   */
  static ofMajor(major: number): AzurermVersion | undefined {
    return [AzurermVersion.V3, AzurermVersion.V4, AzurermVersion.V5].find((version) => version.major === major);
  }

  /**
   * The version that a construct's stack is pinned to.
   *
   * @internal
   */
  static pinnedFor(construct: IConstruct): AzurermVersion {
    const pinned = pins.get(TerraformStack.of(construct));
    if (!pinned)
      throw validationError(construct, "the stack is not pinned to an azurerm version: declare an AksCluster in it");
    return pinned;
  }

  /** Major version, as in 4 for azurerm 4.81. */
  declare readonly major: number;
  /** Version constraint for `required_providers`. */
  declare readonly range: string;
  /** @internal */
  declare readonly names: ResourceNames;
  /** @internal */
  declare readonly demands: readonly DemandedArgument[];

  private constructor(facts: Pick<AzurermVersion, "major" | "range" | "names" | "demands">) {
    Object.assign(this, facts);
  }

  /** @internal */
  hasNodePoolArgument(argument: string): boolean {
    return !(this.names.nodePool[argument] instanceof AbsentArgument);
  }

  /**
   * Writes the provider's full source and this range into the `required_providers` of a construct's stack.
   *
   * @throws if the stack is pinned to another range
   */
  pinFor(construct: IConstruct): void {
    const stack = TerraformStack.of(construct);
    const pinned = pins.get(stack);
    if (pinned === this) return;
    if (pinned) {
      throw validationError(
        construct,
        `stack "${stack.node.id}" is pinned to azurerm "${pinned.range}" and cannot use "${this.range}" as well: ` +
          "put the clusters of each azurerm version into a stack of their own",
      );
    }
    pins.set(stack, this);
    stack.addOverride("terraform.required_providers.azurerm", { source: "hashicorp/azurerm", version: this.range });
  }
}

const pins = new WeakMap<TerraformStack, AzurermVersion>();
