import { Construct } from "constructs";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as lib from "../../lib";

const INDEX = readFileSync(join(__dirname, "../../lib/index.ts"), "utf8");

/** Returns the names of the constructs that somebody can make of what a folder of `lib/` exports. */
export function exportedConstructs(folder: string): string[] {
  const exported = [...INDEX.matchAll(/export \{([^}]*)\} from "\.\/(\w+)\//g)]
    .filter(([, , of]) => of === folder)
    .flatMap(([, names]) => names.split(",").map((name) => name.trim()));
  return exported.filter((name) => isConstruct((lib as { readonly [name: string]: unknown })[name]));
}

function isConstruct(value: unknown): boolean {
  return typeof value === "function" && value.prototype instanceof Construct && !value.name.endsWith("Base");
}
