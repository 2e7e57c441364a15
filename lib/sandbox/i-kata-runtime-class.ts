import { ITerraformDependable } from "cdktf";
import { IConstruct } from "constructs";
import type { IKataNodePool } from "../cluster/i-node-pool";

/** A runtime class whose pods each get a kernel of their own. */
export interface IKataRuntimeClass extends IConstruct {
  /** Name that pods write as `runtimeClassName`. */
  readonly runtimeClassName: string;
  /** Largest memory of the class's pods, as a Kubernetes quantity, if it is sized. */
  readonly podMemory?: string;
  /** Node pools that the class's pods run on. */
  readonly nodePools: readonly IKataNodePool[];
  /** The Kubernetes resource, to depend on. */
  readonly resource: ITerraformDependable;
}
