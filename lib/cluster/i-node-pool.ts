import { IConstruct } from "constructs";

/** A node pool of a cluster. */
export interface INodePool extends IConstruct {
  /** Name of the pool as it was written. */
  readonly nodePoolName: string;
}

/** A node pool whose kata runtime gives each sandboxed pod a kernel of its own. */
export interface IKataNodePool extends INodePool {
  /** True if only sandboxed pods run on the pool. */
  readonly dedicated: boolean;
  /** True if the pool can have no node. */
  readonly canBeEmpty: boolean;
  /** Taints of the pool's nodes as they were written, that of dedicated pools included; none that are known after apply. */
  readonly nodeTaints: readonly string[];
  /** Adds a label to the pool's nodes. */
  addNodeLabel(key: string, value: string): void;
}
