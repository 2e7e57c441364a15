import { AzurermBackend, LocalBackend, TerraformBackend, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { HcpTerraformBackend } from "./cdktf/hcp-terraform-backend";
import {
  AZURE_STORAGE,
  AzureStorageOptions,
  HCP_TERRAFORM,
  HcpTerraformOptions,
  REFUSED_OF_AZURE_STORAGE,
} from "./state-backend-options";
import { checkOptions } from "./validation/props";
import { shown } from "./validation/prop-types";
import { errorAtApp, pathOf, validationError } from "./validation/validation-error";

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
   * @throws if a name is missing or malformed, or an option is not known
   */
  static azureStorage(options: AzureStorageOptions): StateBackend {
    checkOptions("StateBackend.azureStorage", options, AZURE_STORAGE, { refused: REFUSED_OF_AZURE_STORAGE });
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
   * @throws if a name is missing or malformed, or an option is not known
   */
  static hcpTerraform(options: HcpTerraformOptions): StateBackend {
    checkOptions("StateBackend.hcpTerraform", options, HCP_TERRAFORM);
    const { workspacePrefix = "", ...config } = options;
    return new StateBackend(
      (stack) => new HcpTerraformBackend(stack, { ...config, workspace: workspacePrefix + stack.node.id }),
    );
  }

  /**
   * Any other backend of cdktf, made for each stack: `(stack) => new S3Backend(stack, { …, key: stack.node.id })`.
   * Each stack needs a place of its own.
   *
   * @throws if it is no function
   */
  static of(create: (stack: TerraformStack) => TerraformBackend): StateBackend {
    if (typeof create !== "function")
      throw errorAtApp(
        `StateBackend.of got ${shown(create)}: write a function such as (stack) => new S3Backend(stack, { … })`,
      );
    return new StateBackend(create);
  }

  /**
   * Returns the backend of a stack: the one that is declared in it, or else the given one, which is then added.
   *
   * @throws if another stack of the app has the same state
   * @internal
   */
  static ensureFor(stack: TerraformStack, byDefault: () => StateBackend): TerraformBackend {
    const declared = backendIn(stack);
    const backend = declared ?? byDefault().create(stack);
    checkOwnState(stack, backend);
    return backend;
  }

  private constructor(private readonly create: (stack: TerraformStack) => TerraformBackend) {}

  /**
   * Writes the backend into the stack.
   *
   * @throws if the stack has one already, or none afterwards
   */
  addTo(stack: TerraformStack): void {
    if (backendIn(stack) !== undefined)
      throw validationError(
        stack,
        "the stack has a backend already: keep one of stateBackend, addTo and the one made in it",
      );
    this.create(stack);
    if (backendIn(stack) === undefined)
      throw validationError(
        stack,
        "the function of StateBackend.of made no backend in the stack: write new S3Backend(stack, { … }) or another one",
      );
  }
}

function backendIn(stack: TerraformStack): TerraformBackend | undefined {
  return stack.node.findAll().find(TerraformBackend.isBackend) as TerraformBackend | undefined;
}

/** The stacks of each app by their states. */
const states = new WeakMap<IConstruct, Map<string, TerraformStack>>();

/** Holds a stack to a state of its own: with that of another one, each apply would destroy what the other one made. */
function checkOwnState(stack: TerraformStack, backend: TerraformBackend): void {
  const ofApp = states.get(stack.node.root) ?? new Map<string, TerraformStack>();
  states.set(stack.node.root, ofApp);
  const state = JSON.stringify(backend.toTerraform());
  const other = ofApp.get(state);
  if (other !== undefined && other !== stack)
    throw validationError(
      stack,
      `stack "${pathOf(other)}" has the same state, so that each deployment would destroy the other stack's resources: give each a key of its own`,
    );
  ofApp.set(state, stack);
}
