import * as bindings from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { Construct } from "constructs";
import { azurermArguments } from "../azurerm-arguments";
import { withoutStackTraces } from "../cdktf/stack-traces";
import { withTriggers } from "../cdktf/lifecycle";
import { boundArguments } from "../validation/bindings";
import { check, Rule } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { givenProps } from "../validation/given-props";
import { META_ARGUMENTS } from "../validation/meta-arguments";
import { any, checkProps, PropSpec, required, string } from "../validation/props";
import { validationError } from "../validation/validation-error";
import { adoptedId } from "./adopted-id";
import { VersionedKubernetesClusterNodePool } from "./aks-resources";
import { declaredNodePools } from "./declared-node-pools";
import { CLUSTER, type IAksCluster } from "./i-aks-cluster";
import type { INodePool } from "./i-node-pool";
import { ignoring, movedInPool } from "./moved-by-azure";
import { temporaryNameFor, UPGRADE_SETTINGS } from "./node-pool-defaults";
import type { NodePoolOptions } from "./node-pool-options";
import { poolRuntime } from "./pool-runtime";
import { REFUSED_PROPS } from "./refused-props";
import type { ClusterArguments } from "./rules/cluster-arguments";
import { argumentsForPools } from "./rules/node-pool-arguments";
import { NODE_POOL_RULES, NodePoolRuleInput } from "./rules/node-pool-rules";
import { withSpotDefaults } from "./spot";

/** Runtime of pods where nothing is said. Source: Azure/azure-rest-api-specs, CommonModels.tsp, WorkloadRuntime. */
const DEFAULT_RUNTIME = "OCIContainer";

/** Options of a node pool, and its cluster. */
export interface NodePoolProps extends NodePoolOptions {
  /** The cluster that the pool is of. */
  readonly cluster: IAksCluster;
}

/** A kind of node pool: props, refusals and rules that set it apart. */
export interface NodePoolKind<Props extends NodePoolProps = NodePoolProps> {
  /** Props beside the arguments of azurerm. */
  readonly specs: { readonly [name: string]: PropSpec };
  /** Arguments of azurerm that do not go with the kind, each with the reason. */
  readonly refused: { readonly [argument: string]: string };
  readonly rules: readonly Rule<NodePoolRuleInput>[];
  /** Returns props in which the arguments of azurerm stand for those of the kind. */
  configOf(props: Props): NodePoolProps;
  readonly workloadRuntime: (cluster: IAksCluster) => string | undefined;
}

/** A node pool of any kind. */
export abstract class NodePoolBase extends Construct implements INodePool {
  /** The azurerm resource, for all that the construct does not offer. */
  readonly resource: KubernetesClusterNodePool;
  readonly nodePoolName: string;

  /** @internal */
  constructor(scope: Construct, id: string, props: NodePoolProps, kind: NodePoolKind) {
    super(freeScope(scope, id, "node pool"), id);
    checkProps(this, props, kind.specs, {
      bound: boundArguments(bindings, "KubernetesClusterNodePool"),
      schema: () =>
        azurermArguments("azurerm_kubernetes_cluster_node_pool", props.cluster.podSandboxing.azurermVersion),
      refused: kind.refused,
    });
    const { cluster, name = id, adopt, ...options } = givenProps(kind.configOf(props));
    if (!cluster.isExisting && cluster.node.root !== this.node.root)
      throw validationError(
        this,
        `the cluster "${cluster.node.path}" is in another App: declare both in one App, or use AksCluster.fromExisting`,
      );
    const { names, cluster: clusterArguments } = declaredNodePools(cluster);
    const config = withSubnets(clusterArguments, withSpotDefaults(options));
    const { podSandboxing } = cluster;
    const { azurermVersion } = podSandboxing;
    const isWindows = config.osType === "Windows";
    const temporaryNameForRotation =
      config.temporaryNameForRotation ??
      (isWindows || !azurermVersion.hasNodePoolArgument("temporary_name_for_rotation")
        ? undefined
        : temporaryNameFor(name));
    this.nodePoolName = name;

    const input: NodePoolRuleInput = {
      name,
      temporaryNameForRotation,
      namesInUse: names,
      isDefault: false,
      azurermMajor: azurermVersion.major,
      cluster: clusterArguments && argumentsForPools(clusterArguments),
      podSandboxing,
      ...config, // last, as adding to a copy takes V8 longer than copying
    };
    check(this, kind.rules, input);
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
      name,
      kubernetesClusterId: cluster.clusterId,
      temporaryNameForRotation,
      workloadRuntime: kind.workloadRuntime(cluster),
      ...config,
      lifecycle: withTriggers(
        ignoring(config.lifecycle, movedInPool(config, clusterArguments?.automaticUpgradeChannel)),
        runtime.address,
      ),
    };
    const resource = withoutStackTraces(() => new VersionedKubernetesClusterNodePool(this, "Default", resourceConfig));
    resource.wantedRuntime = resourceConfig.workloadRuntime;
    resource.adoptedId = adoptedId(this, cluster, adopt, `/agentPools/${name}`);
    this.resource = resource;
  }
}

/** Props and refusals of every kind of node pool. */
const SPECS = {
  ...META_ARGUMENTS,
  cluster: CLUSTER,
  name: string(),
  vmSize: required(string()),
  adopt: any(),
};
const REFUSED = { ...REFUSED_PROPS, kubernetesClusterId: "is the cluster's: write cluster" };

/** Returns a kind of node pool with what all kinds have. */
export function nodePoolKind<Props extends NodePoolProps>(kind: NodePoolKind<Props>): NodePoolKind<Props> {
  return {
    ...kind,
    specs: { ...SPECS, ...kind.specs },
    refused: { ...REFUSED, ...kind.refused },
    rules: [...NODE_POOL_RULES, ...kind.rules],
  };
}

type Subnets = Pick<NodePoolOptions, "vnetSubnetId" | "podSubnetId">;

/**
 * Returns options with the subnets of the default node pool: AKS puts a pool there that names none, and the next plan
 * would replace it.
 */
function withSubnets<Options extends Subnets>(cluster: ClusterArguments | undefined, options: Options): Options {
  const { vnetSubnetId, podSubnetId } = cluster?.defaultNodePool ?? {};
  if (!vnetSubnetId && !podSubnetId) return options;
  return { ...(vnetSubnetId && { vnetSubnetId }), ...(podSubnetId && { podSubnetId }), ...options };
}
