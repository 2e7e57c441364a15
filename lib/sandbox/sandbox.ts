import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import type { IAksCluster } from "../cluster/i-aks-cluster";
import { validationError } from "../validation/validation-error";
import type { IKataRuntimeClass } from "./i-kata-runtime-class";
import { DedicatedPoolPolicy } from "./policy/dedicated-pool-policy";
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
  private ownDedicatedPoolPolicy?: DedicatedPoolPolicy;

  constructor(
    private readonly stack: TerraformStack,
    readonly cluster: IAksCluster,
    private readonly allowBuiltInRuntimeClass: boolean,
  ) {
    sandboxes.set(stack, this);
    sandboxesOf(cluster).push(this);
  }

  /** The policy of the stack, which is there from the first namespace on. */
  get policy(): SandboxPolicy {
    this.ownPolicy ??= new SandboxPolicy(this.stack, "policy", {
      name: this.stack.node.id,
      podSandboxing: this.cluster.podSandboxing,
      kubernetesVersion: this.cluster.kubernetesVersion,
      allowBuiltInRuntimeClass: this.allowBuiltInRuntimeClass,
      runtimeClasses: () => this.runtimeClasses,
    });
    return this.ownPolicy;
  }

  /** Adds, at synth, the policy of the cluster's dedicated pools if it has any. */
  addDedicatedPoolPolicy(): void {
    const { cluster, stack } = this;
    if (this.ownDedicatedPoolPolicy || !cluster.kataNodePools.some(({ dedicated }) => dedicated)) return;
    this.ownDedicatedPoolPolicy = new DedicatedPoolPolicy(stack, "dedicated-pool-policy", {
      name: `${stack.node.id}-dedicated-pools`,
      kubernetesVersion: cluster.kubernetesVersion,
      runtimeClasses: () => sandboxesOf(cluster).flatMap(({ runtimeClasses }) => runtimeClasses),
    });
  }
}

const sandboxes = new WeakMap<TerraformStack, Sandbox>();

/** All sandboxes of a cluster, as the classes of each may run on the cluster's pools. */
const byCluster = new WeakMap<IAksCluster, Sandbox[]>();

function sandboxesOf(cluster: IAksCluster): Sandbox[] {
  const known = byCluster.get(cluster) ?? [];
  byCluster.set(cluster, known);
  return known;
}
