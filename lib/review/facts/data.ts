import { readFileSync } from "node:fs";
import { join } from "node:path";

const files = new Map<string, unknown>();

/** The content of a file of facts in `schemas/`. */
export function factsIn<Content>(file: string): Content {
  if (!files.has(file)) files.set(file, JSON.parse(readFileSync(join(__dirname, "../../../schemas", file), "utf8")));
  return files.get(file) as Content;
}
