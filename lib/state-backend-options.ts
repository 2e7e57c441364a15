import type { AzurermBackendConfig } from "cdktf";
import { boolean, literal, PropSpec, PropSpecs, required, string, text } from "./validation/props";

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

/** Terraform reads a backend before it evaluates anything. */
const name = (what: string, matches: RegExp) => literal({ ...string(), what, matches });
const plain = literal(string());
const flag = literal(boolean());

/** Source: learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules, Microsoft.Storage. */
const ACCOUNT = name("3 to 24 lowercase letters and digits, such as mystate", /^[a-z0-9]{3,24}$/);
const CONTAINER = name(
  "3 to 63 lowercase letters, digits and single hyphens, such as tfstate",
  /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/,
);

/** The options of a state in Azure Storage. */
export const AZURE_STORAGE: PropSpecs<AzureStorageOptions> = {
  storageAccountName: required(ACCOUNT),
  containerName: required(CONTAINER),
  keyPrefix: literal(text()),
  resourceGroupName: plain,
  subscriptionId: plain,
  tenantId: plain,
  clientId: plain,
  environment: plain,
  endpoint: plain,
  metadataHost: plain,
  msiEndpoint: plain,
  clientCertificatePath: plain,
  oidcRequestUrl: plain,
  oidcRequestToken: plain,
  oidcToken: plain,
  oidcTokenFilePath: plain,
  snapshot: flag,
  useMsi: flag,
  useMicrosoftGraph: flag,
  useOidc: flag,
  useAzureadAuth: flag,
};

const secret = (variable: string) =>
  `is a secret, which would be written into the output: set the environment variable ${variable}`;

/** Options of the backend that are not taken. Source: developer.hashicorp.com/terraform/language/backend/azurerm. */
export const REFUSED_OF_AZURE_STORAGE = {
  key: "is made of the stack's name, so that no two stacks have the same: write keyPrefix",
  accessKey: secret("ARM_ACCESS_KEY"),
  sasToken: secret("ARM_SAS_TOKEN"),
  clientSecret: secret("ARM_CLIENT_SECRET"),
  clientCertificatePassword: secret("ARM_CLIENT_CERTIFICATE_PASSWORD"),
};

/** Source: developer.hashicorp.com/terraform/cloud-docs/workspaces/create, workspace names. */
const PREFIX: PropSpec = {
  ...literal(text()),
  what: "letters, digits, hyphens and underscores, such as team-",
  matches: /^[\w-]{0,80}$/,
};

/** The options of a state in HCP Terraform. */
export const HCP_TERRAFORM: PropSpecs<HcpTerraformOptions> = {
  organization: required(name("the name of an organization: letters, digits, hyphens and underscores", /^[\w-]+$/)),
  workspacePrefix: PREFIX,
  project: plain,
  hostname: name("a host name without https://, such as app.terraform.io", /^[\w.-]+(:\d+)?$/),
};
