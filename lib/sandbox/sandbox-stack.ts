import { DataAzurermKubernetesCluster } from "@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster";
import { AzurermProvider, AzurermProviderConfig } from "@cdktf/provider-azurerm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { TerraformBackend, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { IAksCluster } from "../cluster/i-aks-cluster";
import { checkAzurermProvider } from "../cluster/azurerm-provider";
import { ClusterStack } from "../cluster/cluster-stack";
import { backendLike } from "../copied-backend";
import { hclOfStack } from "../cdktf/hcl-of-stack";
import { prepareQuickly, synthesizerFor, writeQuickly } from "../cdktf/quick-stack";
import { StateBackend } from "../state-backend";
import { freeScope } from "../validation/free-scope";
import { checkLogicalIds } from "../validation/logical-ids";
import { boolean, checkProps, literal, object, PropSpecs, required } from "../validation/props";
import { isUnresolved } from "../validation/unresolved";
import { validationError } from "../validation/validation-error";
import { CopiedAzurermProvider } from "./copied-azurerm-provider";
import { HiddenScope } from "./hidden-scope";
import { IsolationCheck, IsolationCheckOptions } from "./isolation-check";
import { KataRuntimeClass, KataRuntimeClassOptions } from "./kata-runtime-class";
import { prepareSandbox } from "./prepare-sandbox";
import { Sandbox } from "./sandbox";
import { SandboxedNamespace, SandboxedNamespaceOptions } from "./sandboxed-namespace";

/** Versions of the Kubernetes provider that the stack was applied with. */
const KUBERNETES_PROVIDER = ">= 2.38.0, < 4.0.0";

/** Props of a sandbox stack: its cluster, and how Terraform reads that. */
export interface SandboxStackProps {
  /**
   * The cluster to set up.
   *
   * @throws if its name or its resource group's is known only after apply, or it is of another App
   */
  readonly cluster: IAksCluster;
  /**
   * Place of the state. A backend that is declared in the stack itself serves as well.
   *
   * @default - that of the cluster's stack, with a state of its own beside it
   */
  readonly stateBackend?: StateBackend;
  /**
   * Configuration of the azurerm provider that reads the cluster.
   *
   * @default - that of the cluster's provider
   */
  readonly azurermProvider?: Omit<AzurermProviderConfig, "alias">;
  /**
   * Lets pods of sandboxed namespaces use the class that AKS creates.
   *
   * @default false
   */
  readonly allowBuiltInRuntimeClass?: boolean;
}

const PROPS: PropSpecs<SandboxStackProps> = {
  cluster: required(object("an AksCluster", { member: "kataNodePools" })),
  stateBackend: object("a StateBackend", { member: "addTo" }),
  azurermProvider: object("an object such as { features: [{}], subscriptionId }"),
  allowBuiltInRuntimeClass: literal(boolean()),
};

/**
 * A stack for what a cluster's Kubernetes API is told, deployed after the cluster.
 *
 * Nothing is handed over from the cluster's stack but plain strings, as a provider cannot be configured from a cluster
 * that the same apply creates.
 *
 * @example
 * ```ts
 * const sandboxStack = new SandboxStack(app, "pods", { cluster });
 * sandboxStack.addRuntimeClass("kata-small", { podMemory: "1Gi" });
 * ```
 * @throws if a prop is not known or missing, or the cluster's name is known only after apply
 */
export class SandboxStack extends TerraformStack {
  /** The cluster that the stack sets up. */
  readonly cluster: IAksCluster;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SandboxStackProps,
  ) {
    super(freeScope(scope, id, "stack"), id);
    this.synthesizer = synthesizerFor(this);
    checkProps(this, props, PROPS);
    const { cluster, stateBackend, azurermProvider, allowBuiltInRuntimeClass = false } = props;
    if (azurermProvider) checkAzurermProvider(this, azurermProvider, "azurermProvider");
    this.cluster = cluster;
    new Sandbox(this, cluster, allowBuiltInRuntimeClass, () => this.addAzurermProvider());

    this.requirePlain("cluster name", cluster.clusterName);
    this.requirePlain("resource group name", cluster.resourceGroupName);
    this.dependOnCluster();
    stateBackend?.addTo(this);

    this.addOverride("terraform.required_providers.kubernetes", {
      source: "hashicorp/kubernetes",
      version: KUBERNETES_PROVIDER,
    });
    new KubernetesProvider(
      this,
      "kubernetes",
      cluster.access.providerConfig(cluster.clusterName, () => this.readCluster().kubeConfig.get(0)),
    );
  }

  /** Adds a runtime class for pods with a kernel of their own. */
  addRuntimeClass(id: string, options: KataRuntimeClassOptions = {}): KataRuntimeClass {
    return new KataRuntimeClass(this, id, options);
  }

  /** Adds a namespace for untrusted work, and with the first one the policy that keeps other pods out of them. */
  addNamespace(id: string, options: SandboxedNamespaceOptions = {}): SandboxedNamespace {
    return new SandboxedNamespace(HiddenScope.below(this), id, options);
  }

  /** Adds jobs that prove, before tenants' namespaces are created, that sandboxed pods have a kernel of their own. */
  addIsolationCheck(id: string, options: IsolationCheckOptions = {}): IsolationCheck {
    return new IsolationCheck(HiddenScope.below(HiddenScope.below(this)), id, options);
  }

  override ensureBackendExists(): TerraformBackend {
    return StateBackend.ensureFor(this, () => this.stateBackendOfCluster());
  }

  /** Runs before any stack is written, when everything is declared. */
  override prepareStack(): void {
    const sandbox = Sandbox.of(this);
    sandbox.addDedicatedPoolPolicy();
    prepareSandbox(sandbox);
    checkLogicalIds(this);
    prepareQuickly(this, () => super.prepareStack());
  }

  override toTerraform() {
    return writeQuickly(this, () => super.toTerraform());
  }

  override toHclTerraform() {
    return hclOfStack(this);
  }

  private stateBackendOfCluster(): StateBackend {
    const stack = TerraformStack.of(this.cluster);
    return (stack instanceof ClusterStack && stack.stateBackend) || backendLike(stack);
  }

  private dependOnCluster(): void {
    if (this.cluster.node.root !== this.node.root)
      throw validationError(
        this,
        `the cluster "${this.cluster.node.path}" is in another App: declare both stacks in one App, or use AksCluster.fromExisting`,
      );
    this.addDependency(TerraformStack.of(this.cluster));
  }

  private readCluster(): DataAzurermKubernetesCluster {
    const { cluster } = this;
    this.addAzurermProvider();
    return new DataAzurermKubernetesCluster(this, "cluster", {
      name: cluster.clusterName,
      resourceGroupName: cluster.resourceGroupName,
    });
  }

  private addAzurermProvider(): void {
    const { cluster, props } = this;
    if (this.node.tryFindChild("azurerm")) return;
    cluster.podSandboxing.azurermVersion.pinFor(this);
    if (props.azurermProvider) new AzurermProvider(this, "azurerm", props.azurermProvider);
    else new CopiedAzurermProvider(this, "azurerm", cluster);
  }

  private requirePlain(what: string, name: string): void {
    if (!isUnresolved(name)) return;
    throw validationError(
      this,
      `the ${what} of "${this.cluster.node.path}" is known only after apply: write it as a plain string, ` +
        "because the sandbox stack finds the cluster by its name",
    );
  }
}
