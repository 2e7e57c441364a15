import {
  KubernetesClusterNodePool,
  KubernetesClusterNodePoolConfig,
} from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { check } from "../check";
import { withoutCreationStacks } from "../creation-stacks";
import { withTriggers } from "../lifecycle";
import { KATA_NODE_POOL_RULES, NODE_POOL_RULES } from "../rules";
import type { AksCluster } from "./aks-cluster";
import { VersionedKubernetesClusterNodePool } from "./aks-resources";
import { DEDICATED_TAINT, taintText, temporaryNameFor, UPGRADE_SETTINGS } from "./node-pool-defaults";
import { poolRuntime } from "./pool-runtime";

/** What AKS runs pods with where nothing is said. Source: Azure/azure-rest-api-specs, CommonModels.tsp, WorkloadRuntime. */
const DEFAULT_RUNTIME = "OCIContainer";

/** All that azurerm knows of a node pool, less what the construct sets itself. */
export interface NodePoolOptions extends Omit<
  KubernetesClusterNodePoolConfig,
  "name" | "kubernetesClusterId" | "osSku" | "vmSize" | "workloadRuntime"
> {
  /**
   * 1 to 12 lowercase letters and digits with a letter first.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /** Size of the nodes, such as `Standard_D4s_v3`. */
  readonly vmSize: string;
}

export interface NodePoolProps extends NodePoolOptions {
  readonly cluster: AksCluster;
}

/**
 * A node pool without kata, on the release's OS SKU. Pods of any runtime class of AKS's own run here but those of kata.
 *
 * @throws if a name, count, label, taint or version cannot work
 */
export class NodePool extends Construct {
  /** The azurerm resource, for all that the construct does not offer. */
  readonly resource: KubernetesClusterNodePool;

  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    const { cluster, name = id, ...config } = props;
    const { podSandboxing } = cluster;
    const { azurermVersion } = podSandboxing;
    const isWindows = config.osType === "Windows";
    const temporaryNameForRotation =
      config.temporaryNameForRotation ??
      (isWindows || !azurermVersion.hasNodePoolArgument("temporary_name_for_rotation")
        ? undefined
        : temporaryNameFor(name));

    check(this, NODE_POOL_RULES, {
      ...config,
      name,
      temporaryNameForRotation,
      namesInUse: cluster.nodePoolNames,
      fewestNodes: config.mode === "System" ? 1 : 0,
      nodeCountIsFixed: false,
      podSandboxing,
    });
    cluster.nodePoolNames.push(name, ...(temporaryNameForRotation ? [temporaryNameForRotation] : []));

    azurermVersion.pinFor(this);
    const runtime = poolRuntime(this, "runtime", () => ({
      os_sku: this.resource.osSkuInput,
      workload_runtime: this.resource.workloadRuntimeInput ?? DEFAULT_RUNTIME,
    }));
    const resourceConfig: KubernetesClusterNodePoolConfig = {
      provider: cluster.resource.provider,
      upgradeSettings: config.priority === "Spot" ? undefined : UPGRADE_SETTINGS,
      ...config,
      name,
      kubernetesClusterId: cluster.clusterId,
      osSku: isWindows ? undefined : podSandboxing.osSku,
      temporaryNameForRotation,
      lifecycle: withTriggers(config.lifecycle, runtime.address),
    };
    this.resource = withoutCreationStacks(
      () => new VersionedKubernetesClusterNodePool(this, "Default", resourceConfig),
    );
  }
}

/** All that azurerm knows of a node pool, less what the construct sets itself. */
export interface KataNodePoolOptions extends Omit<NodePoolOptions, "osType" | "windowsProfile" | "fipsEnabled"> {
  /**
   * Whether only kata pods run here: a taint that the sandbox classes tolerate keeps all others out.
   *
   * @default false
   */
  readonly dedicated?: boolean;
}

export interface KataNodePoolProps extends KataNodePoolOptions {
  readonly cluster: AksCluster;
}

/**
 * A node pool whose kata runtime gives each pod of a sandbox class a micro VM with a kernel of its own.
 *
 * @see https://learn.microsoft.com/azure/aks/use-pod-sandboxing
 * @throws if the VM size is known to lack nested virtualization, and where a NodePool does
 */
export class KataNodePool extends NodePool {
  /** The taint of dedicated pools, in Kubernetes' own terms. */
  static readonly DEDICATED_TAINT = DEDICATED_TAINT;

  readonly dedicated: boolean;

  constructor(scope: Construct, id: string, props: KataNodePoolProps) {
    const { dedicated = false, ...config } = props;
    super(scope, id, dedicated ? { ...config, nodeTaints: withDedicatedTaint(config.nodeTaints) } : config);
    check(this, KATA_NODE_POOL_RULES, config);
    this.dedicated = dedicated;
    this.resource.workloadRuntime = props.cluster.podSandboxing.workloadRuntime;
    props.cluster.kataNodePools.push(this);
  }
}

function withDedicatedTaint(taints: string[] = []): string[] {
  const taint = taintText(DEDICATED_TAINT);
  return Token.isUnresolved(taints) ? Fn.concat([taints, [taint]]) : [...taints, taint];
}
