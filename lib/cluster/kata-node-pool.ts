import { Construct } from "constructs";
import { check } from "../validation/check";
import { shown } from "../validation/prop-types";
import { boolean, literal } from "../validation/props";
import { isUnresolved } from "../validation/unresolved";
import { validationError } from "../validation/validation-error";
import { declaredNodePools } from "./declared-node-pools";
import type { IAksCluster } from "./i-aks-cluster";
import type { IKataNodePool } from "./i-node-pool";
import { withItem, withEntry } from "./joined";
import { NodePoolBase, nodePoolKind } from "./node-pool-base";
import { DEDICATED_TAINT, taintText } from "./node-pool-defaults";
import type { KataNodePoolOptions } from "./node-pool-options";
import { KATA_NODE_POOL_RULES } from "./rules/kata-node-pool-rules";
import { LABEL_RULES } from "./rules/label-rules";

/** Options of a kata node pool, and its cluster. */
export interface KataNodePoolProps extends KataNodePoolOptions {
  /** The cluster that the pool is of. */
  readonly cluster: IAksCluster;
}

const LINUX_ONLY = "is not taken, because kata pods run on the Linux of their release only: remove it";

const KATA = nodePoolKind<KataNodePoolProps>({
  specs: { dedicated: literal(boolean()) },
  refused: {
    osSku: LINUX_ONLY,
    osType: LINUX_ONLY,
    windowsProfile: LINUX_ONLY,
    workloadRuntime: "is that of the release: remove it",
  },
  rules: KATA_NODE_POOL_RULES,
  configOf: ({ dedicated, ...config }) =>
    dedicated ? { ...config, nodeTaints: withItem(config.nodeTaints ?? [], taintText(DEDICATED_TAINT)) } : config,
  workloadRuntime: ({ podSandboxing }) => podSandboxing.workloadRuntime,
});

/**
 * A node pool whose kata runtime gives each pod of a sandbox class a micro VM with a kernel of its own.
 *
 * @example
 * ```ts
 * cluster.addKataNodePool("untrusted", {
 *   vmSize: "Standard_D8s_v5",
 *   dedicated: true,
 *   autoScalingEnabled: true,
 *   minCount: 1,
 *   maxCount: 10,
 * });
 * ```
 * @see https://learn.microsoft.com/azure/aks/use-pod-sandboxing
 * @throws if the VM size is known to lack nested virtualization, and where a NodePool does
 */
export class KataNodePool extends NodePoolBase implements IKataNodePool {
  /** Taint of dedicated pools, in Kubernetes' own terms. */
  static readonly DEDICATED_TAINT = DEDICATED_TAINT;

  readonly dedicated: boolean;

  constructor(scope: Construct, id: string, props: KataNodePoolProps) {
    super(scope, id, props, KATA);
    this.dedicated = props.dedicated ?? false;
    declaredNodePools(props.cluster).kata.push(this);
  }

  get canBeEmpty(): boolean {
    return this.resource.minCountInput === 0 || this.resource.nodeCountInput === 0;
  }

  get nodeTaints(): readonly string[] {
    const taints = this.resource.nodeTaintsInput ?? [];
    return isUnresolved(taints) ? [] : taints.filter((taint) => !isUnresolved(taint));
  }

  /**
   * Adds a label to the pool's nodes.
   *
   * @throws if it is not valid, or has another value already
   */
  addNodeLabel(key: string, value: string): void {
    if (typeof value !== "string")
      throw validationError(this, `value of node label "${key}" is ${shown(value)}: write a string`);
    const { nodeLabelsInput } = this.resource;
    const given = isUnresolved(nodeLabelsInput) ? undefined : nodeLabelsInput?.[key];
    if (given !== undefined && given !== value)
      throw validationError(this, `node label "${key}" is "${given}" already: write another label`);
    check(this, LABEL_RULES, { nodeLabels: { [key]: value } });
    this.resource.nodeLabels = withEntry(this.resource.nodeLabelsInput ?? {}, key, value);
  }
}
