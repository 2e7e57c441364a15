import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Stack, writeStacks } from "./reviews";
import { PROJECT } from "./synth";

/**
 * A folder for each change that teams make, with its review.
 *
 * `base` has one output, which stays as it is whatever the constructs write one day. `change.json` says in merge
 * patches (RFC 7396) how the output before the change differs from it, if it does, and how the change makes the one
 * after it; stacks that are `null` are not there.
 */
export const GOLDEN_REVIEWS = join(PROJECT, "__tests__/golden/reviews");

export const REVIEW_CASES = readdirSync(GOLDEN_REVIEWS).filter((name) => name !== "base");

type Json = { readonly [name: string]: unknown };

/** Writes the two outputs of a case into a folder, and returns their folders. */
export function writeCase(name: string, folder: string): readonly [string, string] {
  const [before, after] = sidesOf(join(GOLDEN_REVIEWS, name));
  return [writeStacks(join(folder, "before"), before), writeStacks(join(folder, "after"), after)];
}

function sidesOf(folder: string): readonly { readonly [stack: string]: Stack }[] {
  if (existsSync(join(folder, "before.tf")))
    return ["before", "after"].map((side) => ({ cluster: readFileSync(join(folder, `${side}.tf`), "utf8") }));
  const [cluster, sandbox] = ["cluster", "sandbox"].map((stack) => read(join(GOLDEN_REVIEWS, `base/${stack}.tf.json`)));
  const change = read(join(folder, "change.json"));
  const before = patched({ cluster, sandbox }, change.before ?? {});
  return [before, patched(before, change.after)] as { readonly [stack: string]: Stack }[];
}

function read(file: string): Json {
  return JSON.parse(readFileSync(file, "utf8"));
}

function patched(value: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const own = isObject(value) ? value : {};
  const names = [...new Set([...Object.keys(own), ...Object.keys(patch)])].filter((name) => patch[name] !== null);
  return Object.fromEntries(names.map((name) => [name, name in patch ? patched(own[name], patch[name]) : own[name]]));
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
