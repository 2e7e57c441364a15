import { Token } from "cdktf";

/**
 * Returns whether a value is a token, or has an expression in it that only Terraform can evaluate. It is asked of every
 * value of every construct, and cdktf is slow to see that one is plain.
 */
export function isUnresolved(value: unknown): boolean {
  if (typeof value === "string") return value.includes("${");
  if (typeof value === "number") return Math.abs(value) > Number.MAX_SAFE_INTEGER && Token.isUnresolved(value);
  return typeof value === "object" && value !== null && mayBeToken(value) && Token.isUnresolved(value);
}

/** Tokens are the one item of a list, a key of a map, or have `resolve`. */
function mayBeToken(value: object): boolean {
  if (Array.isArray(value)) return value.length === 1;
  if ("resolve" in value) return true;
  for (const key in value) if (key.includes("{")) return true;
  return false;
}

/** Type that a value known after apply stands in for; a value with `resolve` may be all of them. */
export type TokenKind = "string" | "number" | "list" | "map" | "value";

/** Returns what a value stands in for, if it is known after apply. */
export function tokenKind(value: unknown): TokenKind | undefined {
  if (!isUnresolved(value)) return undefined;
  if (typeof value === "string") return "string";
  if (typeof value === "number") return "number";
  if (Array.isArray(value)) return "list";
  return typeof (value as { readonly resolve?: unknown }).resolve === "function" ? "value" : "map";
}

/** Returns whether items or keys were added to a list or map that is known after apply, of which cdktf makes no expression. */
export function isExtendedToken(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.length > 1 && value.some((item) => isUnresolved([item]));
  return tokenKind(value) === "map" && Object.keys(value).length > 1;
}
