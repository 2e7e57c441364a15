import coerce from "semver/functions/coerce";
import lt from "semver/functions/lt";

/** Returns whether a text is a version of Kubernetes, such as `1.34` or `1.34.2`. */
export function isVersion(text: string): boolean {
  return /^\d+\.\d+(\.\d+)?$/.test(text);
}

/**
 * Returns whether the first version is older than the second; `1.34` is as new as `1.34.2`.
 *
 * @param minors how many minor versions it may be behind
 */
export function isOlder(version: string | undefined, than: string | undefined, minors?: number): boolean {
  if (version === undefined || than === undefined || !isVersion(version) || !isVersion(than)) return false;
  if (minors !== undefined) return minorOf(than) - minorOf(version) > minors;
  const numbers = Math.min(version.split(".").length, than.split(".").length);
  const asPrecise = (text: string) => coerce(text.split(".").slice(0, numbers).join("."))!;
  return lt(asPrecise(version), asPrecise(than));
}

function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}
