import { createHash } from "node:crypto";
import { isUnresolved } from "../validation/unresolved";

/** Most characters of a job's name. Source: kubernetes.io/docs/concepts/workloads/controllers/job. */
const LONGEST = 63;

/** Returns a name that a job can have; what is left out of the parts is kept as a hash. */
export function jobName(...parts: readonly (string | undefined)[]): string {
  const whole = parts.filter((part) => part !== undefined).join("-");
  if (isUnresolved(whole)) return whole;
  const name = whole.toLowerCase().replace(/[^a-z0-9-]+/g, "-");
  if (name === whole && name.length <= LONGEST) return name;
  const hash = createHash("sha256").update(whole).digest("hex").slice(0, 8);
  return `${name.slice(0, LONGEST - 1 - hash.length)}-${hash}`;
}
