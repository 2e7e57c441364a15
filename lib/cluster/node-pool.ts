import { Construct } from "constructs";
import type { IAksCluster } from "./i-aks-cluster";
import { NodePoolBase, nodePoolKind } from "./node-pool-base";
import type { NodePoolOptions } from "./node-pool-options";

export interface NodePoolProps extends NodePoolOptions {
  readonly cluster: IAksCluster;
}

const WITHOUT_KATA = nodePoolKind<NodePoolProps>({
  specs: {},
  refused: { workloadRuntime: "is that of plain pods: remove it, or use addKataNodePool for kata pods" },
  rules: [],
  configOf: (props) => props,
  workloadRuntime: () => undefined,
});

/**
 * A node pool without kata. Pods of any runtime class of AKS's own run here but those of kata.
 *
 * @throws if a prop is not known or missing, or a name, count, label, taint or version cannot work
 */
export class NodePool extends NodePoolBase<NodePoolProps> {
  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id, props, WITHOUT_KATA);
  }
}
