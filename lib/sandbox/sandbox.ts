import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import type { IAksCluster } from "../cluster/i-aks-cluster";
import { validationError } from "../validation/validation-error";
import type { IKataRuntimeClass } from "./i-kata-runtime-class";
import { SandboxPolicy } from "./policy/sandbox-policy";

/** A sandboxed namespace as the rest of its sandbox stack knows it. */
export interface DeclaredNamespace {
  readonly name: string;
  readonly runtimeClass?: IKataRuntimeClass;
}

/** The parts of a sandbox stack, wherever below the stack they are declared and in whichever order. */
export class Sandbox {
  /**
   * Returns the sandbox that a construct is in.
   *
   * @throws if the construct is not below a SandboxStack
   */
  static of(construct: IConstruct): Sandbox {
    const sandbox = sandboxes.get(TerraformStack.of(construct));
    if (sandbox) return sandbox;
    throw validationError(construct, "there is no SandboxStack above: declare it below a SandboxStack");
  }

  readonly runtimeClasses: IKataRuntimeClass[] = [];
  readonly namespaces: DeclaredNamespace[] = [];
  private ownPolicy?: SandboxPolicy;

  constructor(
    private readonly stack: TerraformStack,
    readonly cluster: IAksCluster,
    private readonly allowBuiltInRuntimeClass: boolean,
  ) {
    sandboxes.set(stack, this);
  }

  /** The policy of the stack, which is there from the first namespace on. */
  get policy(): SandboxPolicy {
    this.ownPolicy ??= new SandboxPolicy(this.stack, "policy", {
      name: this.stack.node.id,
      podSandboxing: this.cluster.podSandboxing,
      kubernetesVersion: this.cluster.kubernetesVersion,
      allowBuiltInRuntimeClass: this.allowBuiltInRuntimeClass,
      runtimeClasses: () => this.runtimeClasses,
      namespacesNameClasses: () => this.namespaces.some(({ runtimeClass }) => runtimeClass !== undefined),
    });
    return this.ownPolicy;
  }
}

const sandboxes = new WeakMap<TerraformStack, Sandbox>();
