import { App } from "cdktf";
import { AksClusterProps, NodePoolOptions } from "../../lib";
import { KATA_POOL } from "./clusters";
import { clusterOf, ENTRA_ONLY, stackIn, Unchecked } from "./mistakes";

/** A combination that azurerm or AKS refuses, what is said, and the nearest one that passes. */
export type Refusal = readonly [build: () => unknown, message: string, passes: () => unknown];

/** A function that makes a cluster of which no rule warns otherwise. */
export const clusterWith = (props: Unchecked<AksClusterProps>) => () =>
  clusterOf({ ...ENTRA_ONLY, ...props }, stackIn(new App()));

/** A function that adds a node pool to such a cluster. */
export const poolWith =
  (options: Partial<NodePoolOptions>, props: Unchecked<AksClusterProps> = {}) =>
  () =>
    clusterWith(props)().addNodePool("apps", { ...KATA_POOL, ...options });

/** Tests that each combination is refused, and that the one beside it is not. */
export function testRefusals(refusals: readonly Refusal[]): void {
  test.each(refusals)("%#: %s", (build, message, passes) => {
    expect(build).toThrow(message);
    expect(passes).not.toThrow();
  });
}
