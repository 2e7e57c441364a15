import { bytes } from "../../validation/quantity";
import type { Value } from "../model/value";

/** Bytes in a Kubernetes quantity of memory such as `512Mi`, or nothing if it is none. */
export function bytesOf(quantity: Value): number | undefined {
  return typeof quantity === "string" || typeof quantity === "number" ? bytes(String(quantity)) : undefined;
}
