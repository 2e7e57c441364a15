import { ITerraformDependable, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import type { IAksCluster } from "../cluster/i-aks-cluster";
import { isUnresolved } from "../validation/unresolved";
import { validationError } from "../validation/validation-error";
import type { DeclaredNamespace } from "./declared-namespace";
import type { IKataRuntimeClass } from "./i-kata-runtime-class";
import { DedicatedPoolPolicy } from "./policy/dedicated-pool-policy";
import { SandboxPolicy } from "./policy/sandbox-policy";

/** An isolation check as the rest of its sandbox stack knows it. */
export interface DeclaredCheck extends IConstruct {
  /**
   * Makes the jobs, once all classes and pools are declared, and returns them.
   *
   * @internal
   */
  addJobs(): readonly ITerraformDependable[];
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
  readonly checks: DeclaredCheck[] = [];
  private readonly ownNamespaceNames: string[] = [];
  private readonly ofCluster: readonly Sandbox[];
  private ownPolicy?: SandboxPolicy;
  private ownDedicatedPoolPolicy?: DedicatedPoolPolicy;

  constructor(
    private readonly stack: TerraformStack,
    readonly cluster: IAksCluster,
    readonly allowBuiltInRuntimeClass: boolean,
    /** Adds the azurerm provider that reads the cluster's names in Azure, unless it is there. */
    readonly addAzurermProvider: () => void,
  ) {
    sandboxes.set(stack, this);
    this.ofCluster = sandboxesOf(cluster, this);
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

  /** Names of the classes that all sandbox stacks of the cluster have, as far as they are known. */
  get runtimeClassNames(): readonly string[] {
    return this.ofCluster
      .flatMap(({ runtimeClasses }) => runtimeClasses)
      .map(({ runtimeClassName }) => runtimeClassName)
      .filter((name) => !isUnresolved(name));
  }

  /** Names of the namespaces that all sandbox stacks of the cluster have, those of checks included, as far as they are known. */
  get namespaceNames(): readonly string[] {
    return this.ofCluster.flatMap(({ ownNamespaceNames }) => ownNamespaceNames).filter((name) => !isUnresolved(name));
  }

  /** Adds a tenant's namespace. */
  addNamespace(namespace: DeclaredNamespace): void {
    this.namespaces.push(namespace);
    this.ownNamespaceNames.push(namespace.name);
  }

  /** Adds an isolation check with the name of its namespace. */
  addCheck(check: DeclaredCheck, namespaceName: string): void {
    this.checks.push(check);
    this.ownNamespaceNames.push(namespaceName);
  }

  /** Adds, at synth, the policy of the cluster's dedicated pools if it has any. */
  addDedicatedPoolPolicy(): void {
    const { cluster, stack } = this;
    const dedicatedPools = () => cluster.kataNodePools.filter(({ dedicated }) => dedicated);
    if (this.ownDedicatedPoolPolicy || dedicatedPools().length === 0) return;
    this.ownDedicatedPoolPolicy = new DedicatedPoolPolicy(stack, "dedicated-pool-policy", {
      name: `${stack.node.id}-dedicated-pools`,
      kubernetesVersion: cluster.kubernetesVersion,
      runtimeClasses: () => this.ofCluster.flatMap(({ runtimeClasses }) => runtimeClasses),
      nodePools: dedicatedPools,
    });
  }
}

const sandboxes = new WeakMap<TerraformStack, Sandbox>();

const ofClusters = new WeakMap<IAksCluster, Sandbox[]>();

/** Returns all sandboxes of a cluster, a new one and later ones included. */
function sandboxesOf(cluster: IAksCluster, added: Sandbox): readonly Sandbox[] {
  const ofCluster = ofClusters.get(cluster) ?? [];
  ofClusters.set(cluster, ofCluster);
  ofCluster.push(added);
  return ofCluster;
}
