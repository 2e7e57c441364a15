import type { Declaration } from "./declaration";
import { CLUSTER, MANIFEST, NAMESPACE, NODE_POOL, RESOURCE_GROUP, RUNTIME_CLASS } from "./resource-types";
import type { Verdict } from "./verdict";

/** How people speak of a kind of resource, and what they lose with it. */
export interface Kind {
  readonly noun: string;
  readonly plural: string;
  /** What goes away when it is replaced or destroyed. */
  readonly lost?: string;
  /** What follows when it is replaced. */
  readonly replaced?: string;
  /** Whether what goes away does not come back with the new one. */
  readonly isContainer?: boolean;
  /** What is left out of summaries. */
  readonly isBookkeeping?: boolean;
}

/** What the project has no name for. */
export const RESOURCE: Kind = { noun: "resource", plural: "resources" };

/** Also what the default pool of a cluster is. */
export const POOL: Kind = {
  noun: "node pool",
  plural: "node pools",
  lost: "its nodes and the pods on them go away",
};

const KINDS: { readonly [type: string]: Kind } = {
  [CLUSTER]: {
    noun: "cluster",
    plural: "clusters",
    lost: "its node pools, its address and all that runs in it go away",
    isContainer: true,
  },
  [NODE_POOL]: POOL,
  [RESOURCE_GROUP]: {
    noun: "resource group",
    plural: "resource groups",
    lost: "everything in it goes away",
    isContainer: true,
  },
  [NAMESPACE]: {
    noun: "namespace",
    plural: "namespaces",
    lost: "everything in it goes away",
    isContainer: true,
  },
  [RUNTIME_CLASS]: {
    noun: "runtime class",
    plural: "runtime classes",
    lost: "new pods that name it are refused without it, and pods that run stay",
  },
  kubernetes_job_v1: { noun: "job", plural: "jobs", replaced: "it runs again" },
  kubernetes_network_policy_v1: { noun: "network policy", plural: "network policies" },
  kubernetes_resource_quota_v1: { noun: "quota", plural: "quotas" },
  kubernetes_limit_range_v1: { noun: "limit range", plural: "limit ranges" },
  kubernetes_default_service_account_v1: { noun: "service account", plural: "service accounts" },
  terraform_data: { noun: "trigger", plural: "triggers", isBookkeeping: true },
};

/** By the kind of the object in a manifest. */
const KINDS_OF_MANIFESTS: { readonly [kind: string]: Kind } = {
  RuntimeClass: KINDS[RUNTIME_CLASS],
  Namespace: KINDS[NAMESPACE],
  NetworkPolicy: KINDS.kubernetes_network_policy_v1,
  ValidatingAdmissionPolicy: { noun: "admission policy", plural: "admission policies" },
  ValidatingAdmissionPolicyBinding: { noun: "policy binding", plural: "policy bindings" },
};

/** The kind of a resource, which a manifest tells itself. */
export function kindOf({ type, values }: Declaration): Kind {
  if (type === MANIFEST) return KINDS_OF_MANIFESTS[values.manifest?.kind] ?? RESOURCE;
  return KINDS[type] ?? RESOURCE;
}

/** Who carries out a change. */
export function actorOf(type: string): string {
  return type.startsWith("azurerm_") ? "azurerm" : "Terraform";
}

/** Source: hashicorp/terraform-provider-azurerm v4.81.0, kubernetes_cluster_node_pool_resource.go: no cordon, no drain. */
const ROTATION =
  "it makes a temporary pool, deletes this one without draining its nodes and makes it anew, which a plan calls an update";

/** What a verdict means for a resource, in words. */
export function meaningOf(verdict: Verdict, resource: Declaration): string {
  const { noun, lost, replaced } = kindOf(resource);
  const loss = lost ? `; ${lost}` : "";
  const actor = actorOf(resource.type);
  switch (verdict) {
    case "destroy":
      return `${actor} destroys the ${noun}${loss}`;
    case "replace":
      return `${actor} replaces the ${noun}${loss}${replaced ? `; ${replaced}` : ""}`;
    case "rotate": {
      const pool = resource.type === CLUSTER ? "default node pool" : "pool";
      return `azurerm rotates the ${pool}: ${ROTATION}`;
    }
    case "unknown":
      return "changes; effect not known to this review";
    case "update":
      return "changed in place";
    case "create":
      return `${actor} creates the ${noun}`;
    case "none":
      return "nothing happens";
  }
}
