import { AzurermProvider, AzurermProviderConfig } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformBackend, TerraformElement, TerraformOutput, TerraformStack } from "cdktf";
import { Construct, IConstruct, Node } from "constructs";
import { hclOfStack } from "../cdktf/hcl-of-stack";
import { logicalId } from "../cdktf/logical-id";
import { prepareQuickly, synthesizerFor, writeQuickly } from "../cdktf/quick-stack";
import { StateBackend } from "../state-backend";
import { freeScope } from "../validation/free-scope";
import { checkLogicalIds } from "../validation/logical-ids";
import { object } from "../validation/props";
import { validationError } from "../validation/validation-error";
import { checkAzurermProvider } from "./azurerm-provider";

/** The configuration of the stack's azurerm provider, and where its state lies. */
export interface ClusterStackProps extends Omit<AzurermProviderConfig, "alias" | "features"> {
  /**
   * Subscription of the clusters.
   *
   * @default - the environment variable ARM_SUBSCRIPTION_ID; azurerm 3 also takes the default of `az account`
   */
  readonly subscriptionId?: string;
  /**
   * Features of the azurerm provider.
   *
   * @default - azurerm's own
   */
  readonly features?: AzurermProviderConfig["features"];
  /**
   * Place of the state. A backend that is declared in the stack itself serves as well.
   *
   * @default StateBackend.LOCAL
   */
  readonly stateBackend?: StateBackend;
}

/**
 * A stack for what Azure Resource Manager is told: clusters and their node pools.
 *
 * @example
 * ```ts
 * new ClusterStack(app, "cluster", {
 *   subscriptionId: "00000000-0000-0000-0000-000000000000",
 *   stateBackend: StateBackend.azureStorage({ storageAccountName: "myaccount", containerName: "state" }),
 * });
 * ```
 * @throws if a prop is not known or has another type
 */
export class ClusterStack extends TerraformStack {
  /** Place of the state, where it was said. */
  readonly stateBackend?: StateBackend;

  constructor(scope: Construct, id: string, props: ClusterStackProps = {}) {
    super(freeScope(scope, id, "stack"), id);
    this.synthesizer = synthesizerFor(this);
    checkAzurermProvider(this, props, undefined, { stateBackend: object("a StateBackend", { member: "addTo" }) });
    const { stateBackend, features = [{}], ...config } = props;
    this.stateBackend = stateBackend;
    stateBackend?.addTo(this);
    new AzurermProvider(this, "azurerm", { ...config, features });
  }

  /**
   * Writes the outputs of a cluster, under names that begin with its id.
   *
   * @throws if they are there, as ids such as `a.b` and `ab` are one in an address
   * @internal
   */
  addClusterOutputs(cluster: IConstruct & { readonly fqdn: string; readonly getCredentials: string }): void {
    const id = this.getLogicalId(cluster.node);
    if (this.node.tryFindChild(`${id}_get_credentials`) !== undefined)
      throw validationError(cluster, `there are already outputs of a cluster "${id}": give the cluster another id`);
    new TerraformOutput(this, `${id}_control_plane_fqdn`, { value: cluster.fqdn });
    new TerraformOutput(this, `${id}_get_credentials`, { value: cluster.getCredentials });
  }

  override ensureBackendExists(): TerraformBackend {
    return StateBackend.ensureFor(this, () => StateBackend.LOCAL);
  }

  /** @internal */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    return logicalId(this, element, () => super.allocateLogicalId(element));
  }

  override prepareStack(): void {
    checkLogicalIds(this);
    prepareQuickly(this, () => super.prepareStack());
  }

  override toTerraform() {
    return writeQuickly(this, () => super.toTerraform());
  }

  override toHclTerraform() {
    return hclOfStack(this);
  }
}
