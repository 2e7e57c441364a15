import { Construct } from "constructs";
import { NodePoolBase, nodePoolKind, NodePoolProps } from "./node-pool-base";

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
 * @example
 * ```ts
 * cluster.addNodePool("apps", { vmSize: "Standard_D4s_v5", nodeCount: 2, zones: ["1", "2", "3"] });
 * ```
 * @throws if a prop is not known or missing, or a name, count, label, taint or version cannot work
 */
export class NodePool extends NodePoolBase {
  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id, props, WITHOUT_KATA);
  }
}
