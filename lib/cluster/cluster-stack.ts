import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { withBareExpressions } from "../hcl";
import { StateBackend } from "../state-backend";

export interface ClusterStackProps {
  /**
   * Subscription that the clusters are in.
   *
   * @default - the environment variable ARM_SUBSCRIPTION_ID; azurerm 3 also takes the default of `az account`
   */
  readonly subscriptionId?: string;
  /** @default StateBackend.LOCAL */
  readonly stateBackend?: StateBackend;
}

/** A stack for what Azure Resource Manager is told: clusters and their node pools. */
export class ClusterStack extends TerraformStack {
  readonly subscriptionId?: string;
  readonly stateBackend: StateBackend;

  constructor(scope: Construct, id: string, props: ClusterStackProps = {}) {
    super(scope, id);
    this.subscriptionId = props.subscriptionId;
    this.stateBackend = props.stateBackend ?? StateBackend.LOCAL;
    this.stateBackend.addTo(this);
    new AzurermProvider(this, "azurerm", { features: [{}], subscriptionId: props.subscriptionId });
  }

  override toHclTerraform() {
    const { hcl, metadata } = super.toHclTerraform();
    return { hcl: withBareExpressions(hcl), metadata };
  }
}
