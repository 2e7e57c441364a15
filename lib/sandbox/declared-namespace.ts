import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { ITerraformDependable } from "cdktf";
import { IConstruct } from "constructs";
import type { IKataRuntimeClass } from "./i-kata-runtime-class";

/** A sandboxed namespace as the rest of its sandbox stack knows it. */
export interface DeclaredNamespace extends IConstruct {
  readonly name: string;
  readonly runtimeClass?: IKataRuntimeClass;
  /** Memory limit of a container that has none. */
  readonly containerMemory: string;
  readonly resource: NamespaceV1;
  /**
   * Makes the namespace depend on something.
   *
   * @internal
   */
  createAfter(parts: readonly ITerraformDependable[]): void;
}
