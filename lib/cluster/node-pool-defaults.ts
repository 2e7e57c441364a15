import { createHash } from "node:crypto";
import { isUnresolved } from "../validation/unresolved";

/** Upgrade settings that AKS itself sets from Kubernetes 1.28 on; unwritten, every later plan would take it away. Source: azurerm issue 24020. */
export const UPGRADE_SETTINGS = { maxSurge: "10%" };

/** Keeps all but sandboxed pods out of dedicated pools. */
export const DEDICATED_TAINT = { key: "dedicated", value: "pod-sandboxing", effect: "NoSchedule" } as const;

/** A taint as azurerm writes it. */
export function taintText({ key, value, effect }: { readonly [part in keyof typeof DEDICATED_TAINT]: string }): string {
  return `${key}=${value}:${effect}`;
}

/**
 * Name of the pool that stands in while azurerm rotates a pool, which it refuses to do without one.
 *
 * A pool name has 12 characters at most; a long name is cut, and what tells it from its like is kept as a hash.
 */
export function temporaryNameFor(name: string): string | undefined {
  if (isUnresolved(name)) return undefined;
  if (name.length <= 9) return `${name}tmp`;
  return `${name.slice(0, 5)}${createHash("sha256").update(name).digest("hex").slice(0, 4)}tmp`;
}
