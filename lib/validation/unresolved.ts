import { Token } from "cdktf";

/** Returns whether a value is a token, or has an expression in it that only Terraform can evaluate. */
export function isUnresolved(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === "string" && value.includes("${"));
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
