import * as bindings from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { Construct } from "constructs";
import { withoutCreationStacks } from "../cdktf/creation-stacks";
import { withTriggers } from "../cdktf/lifecycle";
import { boundArguments } from "../validation/bindings";
import { check } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { checkProps, META_ARGUMENTS, object, required, string } from "../validation/props";
import { VersionedKubernetesClusterNodePool } from "./aks-resources";
import { declaredNodePools } from "./declared-node-pools";
import type { IAksCluster } from "./i-aks-cluster";
import type { INodePool } from "./i-node-pool";
import { temporaryNameFor, UPGRADE_SETTINGS } from "./node-pool-defaults";
import type { NodePoolOptions } from "./node-pool-options";
import { poolRuntime } from "./pool-runtime";
import { NODE_POOL_RULES } from "./rules/node-pool-rules";

/** Runtime of pods where nothing is said. Source: Azure/azure-rest-api-specs, CommonModels.tsp, WorkloadRuntime. */
const DEFAULT_RUNTIME = "OCIContainer";

/** Arguments that the construct sets itself. */
const SET_BY_CONSTRUCT = ["id", "kubernetesClusterId", "workloadRuntime"];

export interface NodePoolProps extends NodePoolOptions {
  readonly cluster: IAksCluster;
}

/**
 * A node pool without kata. Pods of any runtime class of AKS's own run here but those of kata.
 *
 * @throws if a prop is not known or missing, or a name, count, label, taint or version cannot work
 */
export class NodePool extends Construct implements INodePool {
  /** The azurerm resource, for all that the construct does not offer. */
  readonly resource: KubernetesClusterNodePool;
  readonly nodePoolName: string;

  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(freeScope(scope, id, "node pool"), id);
    checkProps(
      this,
      props,
      { ...META_ARGUMENTS, cluster: required(object("an AksCluster")), name: string(), vmSize: required(string()) },
      { bound: boundArguments(bindings, "KubernetesClusterNodePool", SET_BY_CONSTRUCT) },
    );
    const { cluster, name = id, ...config } = props;
    const { podSandboxing } = cluster;
    const { azurermVersion } = podSandboxing;
    const isWindows = config.osType === "Windows";
    const temporaryNameForRotation =
      config.temporaryNameForRotation ??
      (isWindows || !azurermVersion.hasNodePoolArgument("temporary_name_for_rotation")
        ? undefined
        : temporaryNameFor(name));
    this.nodePoolName = name;

    const { names } = declaredNodePools(cluster);
    check(this, NODE_POOL_RULES, {
      ...config,
      name,
      temporaryNameForRotation,
      namesInUse: names,
      fewestNodes: config.mode === "System" ? 1 : 0,
      nodeCountIsFixed: false,
      podSandboxing,
    });
    names.push(name, ...(temporaryNameForRotation ? [temporaryNameForRotation] : []));

    azurermVersion.pinFor(this);
    const runtime = poolRuntime(this, "runtime", () => ({
      os_sku: this.resource.osSkuInput,
      workload_runtime: this.resource.workloadRuntimeInput ?? DEFAULT_RUNTIME,
    }));
    const resourceConfig = {
      osSku: isWindows ? undefined : podSandboxing.osSku,
      provider: cluster.provider,
      upgradeSettings: config.priority === "Spot" ? undefined : UPGRADE_SETTINGS,
      ...config,
      name,
      kubernetesClusterId: cluster.clusterId,
      temporaryNameForRotation,
      lifecycle: withTriggers(config.lifecycle, runtime.address),
    };
    this.resource = withoutCreationStacks(
      () => new VersionedKubernetesClusterNodePool(this, "Default", resourceConfig),
    );
  }
}
