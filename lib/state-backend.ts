import { AzurermBackend, AzurermBackendConfig, LocalBackend, TerraformBackend, TerraformStack } from "cdktf";
import { HcpTerraformBackend } from "./cdktf/hcp-terraform-backend";

/** State in a container of an Azure Storage account. The names are those of Terraform's azurerm backend. */
export interface AzureStorageOptions extends Omit<
  AzurermBackendConfig,
  "key" | "accessKey" | "sasToken" | "clientSecret" | "clientCertificatePassword"
> {
  /**
   * Put before the name of the stack in the key of its blob, so that projects can share a container.
   *
   * @default - none, as in `cluster.tfstate`
   */
  readonly keyPrefix?: string;
}

/** State in workspaces of HCP Terraform, one for each stack. */
export interface HcpTerraformOptions {
  /** Organization in HCP Terraform. */
  readonly organization: string;
  /**
   * Put before the name of the stack in the name of its workspace.
   *
   * @default - none, as in `cluster`
   */
  readonly workspacePrefix?: string;
  /**
   * Project that the workspaces are in.
   *
   * @default - the organization's default project
   */
  readonly project?: string;
  /**
   * Host of HCP Terraform or of Terraform Enterprise.
   *
   * @default app.terraform.io
   */
  readonly hostname?: string;
}

/**
 * The place where Terraform keeps the state of a stack.
 *
 * @example
 * ```ts
 * new ClusterStack(app, "azure", { stateBackend: StateBackend.hcpTerraform({ organization: "my-organization" }) });
 * ```
 */
export class StateBackend {
  /**
   * A file `terraform.<stack>.tfstate` in the project's folder.
   *
   * Its path is relative to the folder that a stack is synthesised into, two levels below the output folder, so that
   * it is the same on every machine; the output folder has to lie in the project's folder.
   */
  static readonly LOCAL = new StateBackend(
    (stack) => new LocalBackend(stack, { path: `../../../terraform.${stack.node.id}.tfstate` }),
  );

  /**
   * A blob for each stack, read and written as whoever is logged in to Entra ID.
   *
   * @see https://developer.hashicorp.com/terraform/language/backend/azurerm
   */
  static azureStorage(options: AzureStorageOptions): StateBackend {
    const { keyPrefix = "", ...config } = options;
    return new StateBackend(
      (stack) =>
        new AzurermBackend(stack, { useAzureadAuth: true, ...config, key: `${keyPrefix}${stack.node.id}.tfstate` }),
    );
  }

  /**
   * A workspace for each stack. Its runs need a login to Azure: give the workspace credentials or local execution.
   *
   * @see https://developer.hashicorp.com/terraform/language/block/terraform#cloud
   */
  static hcpTerraform(options: HcpTerraformOptions): StateBackend {
    const { workspacePrefix = "", ...config } = options;
    return new StateBackend(
      (stack) => new HcpTerraformBackend(stack, { ...config, workspace: workspacePrefix + stack.node.id }),
    );
  }

  /**
   * Any other backend of cdktf, made for each stack: `(stack) => new S3Backend(stack, { …, key: stack.node.id })`.
   * Each stack needs a place of its own.
   */
  static of(create: (stack: TerraformStack) => TerraformBackend): StateBackend {
    return new StateBackend(create);
  }

  /**
   * Returns the backend of a stack: the one that is declared in it, or else the given one, which is then added.
   *
   * @internal
   */
  static ensureFor(stack: TerraformStack, byDefault: () => StateBackend): TerraformBackend {
    const declared = stack.node.findAll().find(TerraformBackend.isBackend) as TerraformBackend | undefined;
    return declared ?? byDefault().create(stack);
  }

  private constructor(private readonly create: (stack: TerraformStack) => TerraformBackend) {}

  /** Writes the backend into the stack. */
  addTo(stack: TerraformStack): void {
    this.create(stack);
  }
}
