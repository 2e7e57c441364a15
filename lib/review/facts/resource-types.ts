import { factsIn } from "../../provider-schemas";
import { at, Values } from "../model/value";

/** The types that the review has rules of its own for, as azurerm and kubernetes call them. */
export const CLUSTER = "azurerm_kubernetes_cluster";
export const NODE_POOL = "azurerm_kubernetes_cluster_node_pool";
export const RESOURCE_GROUP = "azurerm_resource_group";
export const MANIFEST = "kubernetes_manifest";

/** Workload runtimes that give pods a kernel of their own, in any release; a test holds them to what constructs write. */
export const KATA_RUNTIMES: readonly unknown[] = ["KataMshvVmIsolation", "KataVmIsolation"];
/** Labels of the namespaces that a policy holds, and of the nodes of a pool, with its name; held in the same way. */
export const POLICY_LABEL = "pod-sandboxing/policy";
export const POOL_LABEL = "kubernetes.azure.com/agentpool";

/** One row of `schemas/resource-types.json`, which says what each means. */
export interface ResourceType extends Partial<Record<"kind" | "lost" | "replaced" | "rotated" | "created", string>> {
  readonly noun: string;
  readonly plural: string;
  readonly rotates?: ResourceType;
  readonly box?: readonly string[];
  readonly isContainer?: boolean;
  readonly isBookkeeping?: boolean;
}

/** The row of all that the project has no name for. */
export const RESOURCE: ResourceType = { noun: "resource", plural: "resources" };

/** The row of a resource, whose kind a manifest tells itself. */
export function resourceType(type: string, values: Values): ResourceType {
  const { types } = factsIn<{ types: { readonly [type: string]: ResourceType } }>("resource-types.json");
  if (type !== MANIFEST) return types[type] ?? RESOURCE;
  const kind = at(values, "manifest", "kind");
  return Object.values(types).find((row) => row.kind !== undefined && row.kind === kind) ?? RESOURCE;
}
