import { DataTerraformRemoteState, TerraformBackend, TerraformRemoteState } from "cdktf";
import { Construct } from "constructs";

export interface HcpTerraformWorkspace {
  readonly organization: string;
  readonly workspace: string;
  readonly project?: string;
  readonly hostname?: string;
}

/** The `cloud` block. `CloudBackend` of cdktf 0.21 runs Terraform when it is synthesised. */
export class HcpTerraformBackend extends TerraformBackend {
  constructor(
    scope: Construct,
    private readonly config: HcpTerraformWorkspace,
  ) {
    super(scope, "backend", "cloud");
  }

  override toTerraform() {
    const { organization, hostname, workspace, project } = this.config;
    return { terraform: { cloud: { organization, hostname, workspaces: { name: workspace, project } } } };
  }

  override toMetadata() {
    return {
      ...super.toMetadata(),
      cloud: (this.config.hostname ?? "app.terraform.io") === "app.terraform.io" ? "tfc" : "tfe",
    };
  }

  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    const { organization, hostname, workspace } = this.config;
    return new DataTerraformRemoteState(scope, name, { organization, hostname, workspaces: { name: workspace } });
  }
}
