import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Review, review, ReviewedChange } from "../../lib/review";

/** Content of a stack's file: a JSON configuration, or the text of an HCL one. */
export type Stack = object | string;

/** Writes stacks as cdktf would. */
export function writeStacks(folder: string, stacks: { readonly [name: string]: Stack }): string {
  mkdirSync(join(folder, "stacks"), { recursive: true });
  for (const [name, stack] of Object.entries(stacks)) {
    mkdirSync(join(folder, "stacks", name), { recursive: true });
    const [file, text] = typeof stack === "string" ? ["cdk.tf", stack] : ["cdk.tf.json", JSON.stringify(stack)];
    writeFileSync(join(folder, "stacks", name, file), text);
  }
  return folder;
}

/** Reviews two sets of stacks. */
export async function reviewOf(
  before: { readonly [name: string]: Stack },
  after: { readonly [name: string]: Stack },
): Promise<Review> {
  const folder = mkdtempSync(join(tmpdir(), "review-"));
  try {
    return await review(writeStacks(join(folder, "before"), before), writeStacks(join(folder, "after"), after));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Resources = { readonly [type: string]: { readonly [id: string]: object } };

/** Constraints by major of azurerm. */
export const AZURERM = { 3: ">= 3.105.0, < 4.0.0", 4: ">= 4.78.0, < 5.0.0", 5: ">= 5.0.0, < 6.0.0" } as const;

/** A stack of resources on a major of azurerm. */
export function stackOf(resource: Resources, more: object = {}, azurerm: keyof typeof AZURERM = 4): object {
  const required_providers = {
    azurerm: { source: "hashicorp/azurerm", version: AZURERM[azurerm] },
    kubernetes: { source: "hashicorp/kubernetes", version: "~> 2.38" },
  };
  return { terraform: { required_providers, backend: { local: { path: "state" } } }, resource, ...more };
}

/** A cluster with a node pool, less than Azure wants and enough to compare. */
export function clusterWith(cluster: object = {}, pool: object = {}): Resources {
  return {
    azurerm_kubernetes_cluster: {
      aks: {
        name: "aks",
        location: "eastus",
        resource_group_name: "group",
        dns_prefix: "aks",
        identity: { type: "SystemAssigned" },
        default_node_pool: { name: "default", vm_size: "Standard_D2s_v5", temporary_name_for_rotation: "tmp" },
        ...cluster,
      },
    },
    azurerm_kubernetes_cluster_node_pool: {
      kata: {
        name: "kata",
        kubernetes_cluster_id: "${azurerm_kubernetes_cluster.aks.id}",
        vm_size: "Standard_D4s_v5",
        ...pool,
      },
    },
  };
}

/** The changes by address. */
export function byAddress({ changes }: Review): { readonly [address: string]: ReviewedChange } {
  return Object.fromEntries(changes.map((change) => [change.address, change]));
}

/** Verdicts by address. */
export function verdictsOf(result: Review): { readonly [address: string]: string } {
  return Object.fromEntries(result.changes.map(({ address, verdict }) => [address, verdict]));
}
