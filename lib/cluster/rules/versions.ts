import coerce from "semver/functions/coerce";
import lt from "semver/functions/lt";

/** Returns whether a text is a version of Kubernetes, such as `1.34` or `1.34.2`. */
export function isVersion(text: string): boolean {
  return /^\d+\.\d+(\.\d+)?$/.test(text);
}

/** Returns whether the first version is older than the second; `1.34` is as new as `1.34.2`. */
export function isOlder(version: string | undefined, than: string | undefined): boolean {
  if (version === undefined || than === undefined || !isVersion(version) || !isVersion(than)) return false;
  const numbers = Math.min(version.split(".").length, than.split(".").length);
  const asPrecise = (text: string) => coerce(text.split(".").slice(0, numbers).join("."))!;
  return lt(asPrecise(version), asPrecise(than));
}
