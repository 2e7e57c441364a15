import { Construct } from "constructs";
import { PlainResource } from "../cdktf/plain-resource";

/** The runtime of a node pool's pods, in azurerm's words. */
export type Runtime = {
  readonly os_sku?: string;
  readonly workload_runtime: string;
};

/**
 * `terraform_data` that is replaced when the runtime of a node pool changes, and takes the pool with it.
 *
 * azurerm plans a changed `workload_runtime` as an update in place, of which AKS promises nothing for nodes that exist.
 */
export function poolRuntime(scope: Construct, id: string, runtime: () => Runtime): PlainResource {
  return new PlainResource(scope, id, {
    provider: "terraform",
    type: "terraform_data",
    content: () => ({ triggers_replace: runtime() }),
  });
}
