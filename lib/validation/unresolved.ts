import { Token } from "cdktf";

/** Returns whether a value is a token, or has an expression in it that only Terraform can evaluate. */
export function isUnresolved(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === "string" && value.includes("${"));
}
