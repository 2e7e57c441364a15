import { DataAzurermKubernetesCluster } from "@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { isUnresolved, mistake } from "../check";
import { IAksCluster } from "../cluster/aks-cluster";
import { ClusterStack } from "../cluster/cluster-stack";
import { withBareExpressions } from "../hcl";
import { StateBackend } from "../state-backend";
import { IsolationCheck, IsolationCheckOptions } from "./isolation-check";
import { KataRuntimeClass, KataRuntimeClassOptions } from "./kata-runtime-class";
import { SandboxPolicy } from "./sandbox-policy";
import { SandboxedNamespace, SandboxedNamespaceOptions } from "./sandboxed-namespace";

export interface SandboxStackProps {
  /** The cluster to set up. Its name and its resource group's have to be plain strings. */
  readonly cluster: IAksCluster;
  /** @default - the cluster stack's */
  readonly stateBackend?: StateBackend;
  /** @default - the cluster stack's */
  readonly subscriptionId?: string;
  /**
   * Whether pods of sandboxed namespaces may use the class that AKS creates.
   *
   * @default false
   */
  readonly allowBuiltInRuntimeClass?: boolean;
}

/**
 * A stack for what a cluster's Kubernetes API is told, deployed after the cluster.
 *
 * Nothing is handed over from the cluster stack but plain strings, as a provider cannot be configured from a cluster
 * that the same apply creates.
 *
 * @throws if the cluster's name is known only to Terraform
 */
export class SandboxStack extends TerraformStack {
  readonly cluster: IAksCluster;
  private readonly runtimeClasses: KataRuntimeClass[] = [];
  private readonly namespaces: SandboxedNamespace[] = [];
  private policy?: SandboxPolicy;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SandboxStackProps,
  ) {
    super(scope, id);
    const { cluster } = props;
    const clusterStack = TerraformStack.of(cluster);
    const defaults = clusterStack instanceof ClusterStack ? clusterStack : undefined;
    const subscriptionId = props.subscriptionId ?? defaults?.subscriptionId;
    this.cluster = cluster;

    this.requirePlain("cluster name", cluster.clusterName);
    this.requirePlain("resource group name", cluster.resourceGroupName);
    this.addDependency(clusterStack);
    (props.stateBackend ?? defaults?.stateBackend ?? StateBackend.LOCAL).addTo(this);

    this.addOverride("terraform.required_providers.kubernetes", { source: "hashicorp/kubernetes", version: "~> 2.38" });
    new KubernetesProvider(
      this,
      "kubernetes",
      cluster.access.providerConfig(cluster.clusterName, () => this.readCluster(subscriptionId).kubeConfig.get(0)),
    );
  }

  /** Adds a runtime class for pods with a kernel of their own. */
  addRuntimeClass(id: string, options: KataRuntimeClassOptions = {}): KataRuntimeClass {
    const namesInUse = this.runtimeClasses.map(({ runtimeClassName }) => runtimeClassName);
    const runtimeClass = new KataRuntimeClass(this, id, { ...options, cluster: this.cluster, namesInUse });
    this.runtimeClasses.push(runtimeClass);
    return runtimeClass;
  }

  /** Adds a namespace for untrusted work, and with the first one the policy that keeps other pods out of them. */
  addNamespace(id: string, options: SandboxedNamespaceOptions = {}): SandboxedNamespace {
    this.policy ??= new SandboxPolicy(this, "policy", {
      name: this.node.id,
      podSandboxing: this.cluster.podSandboxing,
      kubernetesVersion: this.cluster.kubernetesVersion,
      allowBuiltInRuntimeClass: this.props.allowBuiltInRuntimeClass ?? false,
      runtimeClasses: () => this.runtimeClasses,
      namespacesNameClasses: () => this.namespaces.some((namespace) => namespace.runtimeClass !== undefined),
    });
    const namespace = new SandboxedNamespace(this, id, {
      ...options,
      policy: this.policy,
      knownRuntimeClass: this.runtimeClasses.find(({ runtimeClassName }) => runtimeClassName === options.runtimeClass),
      networkPolicy: this.cluster.networkPolicy,
      namesInUse: this.namespaces.map(({ name }) => name),
    });
    this.namespaces.push(namespace);
    return namespace;
  }

  /** Adds a job that proves, in every deployment that changes it, that sandboxed pods have a kernel of their own. */
  addIsolationCheck(id: string, options: IsolationCheckOptions): IsolationCheck {
    return new IsolationCheck(this, id, { ...options, cluster: this.cluster });
  }

  override toHclTerraform() {
    const { hcl, metadata } = super.toHclTerraform();
    return { hcl: withBareExpressions(hcl), metadata };
  }

  private readCluster(subscriptionId: string | undefined): DataAzurermKubernetesCluster {
    this.cluster.podSandboxing.azurermVersion.pinFor(this);
    new AzurermProvider(this, "azurerm", { features: [{}], subscriptionId });
    return new DataAzurermKubernetesCluster(this, "cluster", {
      name: this.cluster.clusterName,
      resourceGroupName: this.cluster.resourceGroupName,
    });
  }

  private requirePlain(what: string, name: string): void {
    if (!isUnresolved(name)) return;
    throw mistake(
      this,
      `the ${what} of "${this.cluster.node.path}" is known only to Terraform: write it as a plain string, ` +
        "because the sandbox stack finds the cluster by its name",
    );
  }
}
