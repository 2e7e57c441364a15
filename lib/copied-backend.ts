import { TerraformBackend, TerraformRemoteState, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { extname, isAbsolute } from "node:path";
import { StateBackend } from "./state-backend";
import { validationError } from "./validation/validation-error";

type Config = Readonly<Record<string, unknown>>;

/** Names a stack's own state beside that of another stack, by the backend's name in Terraform. */
const OWN_STATE: { readonly [backend: string]: (config: Config, stackId: string) => Config } = {
  local: (config, stackId) => ({ ...config, path: beside(String(config.path), stackId) }),
  azurerm: (config, stackId) => ({ ...config, key: beside(String(config.key), stackId) }),
  s3: (config, stackId) => ({ ...config, key: beside(String(config.key), stackId) }),
  gcs: (config, stackId) => ({ ...config, prefix: `${config.prefix ?? ""}${stackId}/` }),
};

/**
 * Returns the backend of another stack for a new one, with a state of its own beside the other's.
 *
 * @throws if it is not known how the backend names its state
 */
export function backendLike(other: TerraformStack): StateBackend {
  const original = other.node.findAll().find(TerraformBackend.isBackend) as TerraformBackend | undefined;
  if (original === undefined) return StateBackend.LOCAL;
  const written: { readonly backend?: Readonly<Record<string, Config>> } = original.toTerraform().terraform;
  const [name, config] = Object.entries(written.backend ?? {})[0] ?? ["cloud"];
  // cdktf's own default, whose path is that of a machine
  if (name === "local" && isAbsolute(String(config?.path))) return StateBackend.LOCAL;
  const withOwnState = OWN_STATE[name];
  if (config === undefined || withOwnState === undefined)
    throw validationError(
      other,
      `the backend "${name}" of stack "${other.node.id}" cannot be taken over: give the sandbox stack a stateBackend`,
    );
  return StateBackend.of((stack) => new CopiedBackend(stack, name, withOwnState(config, stack.node.id)));
}

/** `aks.tfstate` becomes `aks.sandbox.tfstate`. */
function beside(name: string, stackId: string): string {
  const extension = extname(name);
  return `${name.slice(0, name.length - extension.length)}.${stackId}${extension}`;
}

/** A backend with the configuration of another one. */
class CopiedBackend extends TerraformBackend {
  constructor(
    scope: Construct,
    name: string,
    private readonly config: Config,
  ) {
    super(scope, "backend", name);
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { ...this.config };
  }

  override getRemoteStateDataSource(scope: Construct, id: string): TerraformRemoteState {
    return new CopiedRemoteState(scope, id, this.name, { ...this.config });
  }
}

class CopiedRemoteState extends TerraformRemoteState {}
