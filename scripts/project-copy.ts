import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

const PROJECT = resolve(__dirname, "..");
const LEFT_OUT = [".git", "node_modules", "dist", "cdktf.out", "cdktf.out.hcl"];

/** Copies the project without what is installed or made into a temporary folder. */
export function projectCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), "copy-"));
  cpSync(PROJECT, folder, { recursive: true, filter: (path) => !LEFT_OUT.includes(basename(path)) });
  return folder;
}
