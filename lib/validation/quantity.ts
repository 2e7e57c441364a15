import { memoryParser } from "k8s-resource-parser";

/** Returns the bytes in a Kubernetes quantity of memory such as `512Mi`, or nothing if it is none. */
export function bytes(quantity: string): number | undefined {
  try {
    return memoryParser(quantity);
  } catch {
    return undefined;
  }
}

/** Less is no memory of a container, but a forgotten unit: `256` and `256m` are bytes. */
export const LEAST_MEMORY = 2 ** 20;

/** More is no number of CPUs, but a unit of memory. */
export const MOST_CPUS = 10_000;

/** Returns whether a quantity is as large as `least` or larger. */
export function isPositive(quantity: string, least: number): boolean {
  const value = bytes(quantity);
  return value !== undefined && value >= least;
}
