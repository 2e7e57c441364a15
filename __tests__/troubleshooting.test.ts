import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { clusterOf } from "./support/mistakes";
import { PROJECT } from "./support/synth";

/** Sentences that are put together of parts. */
const PROVOKED: { readonly [sentence: string]: () => unknown } = {
  'prop "…" is not known: did you mean …?': () => clusterOf({ kuberntesVersion: "1.36" }),
  "name is missing (got undefined): write a string": () => clusterOf({ name: undefined }),
  'resource group name "…" is not valid': () => clusterOf({ resourceGroup: { name: "a b", location: "eastus" } }),
  'vnetSubnetId "…" is not a resource id': () => {
    clusterOf({}).addNodePool("apps", { vmSize: "Standard_D4s_v5", nodeCount: 1, vnetSubnetId: "nodes" });
  },
};

/** The page's sections on sentences of this project, each with its first column. */
const page = readFileSync(join(PROJECT, "docs/troubleshooting.md"), "utf8");
const sections = [
  "When the app is synthesised",
  "What a job of the isolation check says:",
  "When a change is reviewed",
];
const sentences = sections
  .map((heading) => page.split(heading)[1].split(/\n(?:## |What a job)/)[0])
  .flatMap((section) => [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, sentence]) => sentence))
  .concat("pods of this namespace need a kernel of their own");

/** The code with joined strings, in which values are `…`. */
const code = readdirSync(join(PROJECT, "lib"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(join(PROJECT, "lib", file), "utf8"))
  .join("\n")
  .replace(/["`] \+\s+["`]/g, "")
  .replace(/\$\{[^}]*\}|\$[A-Z_]+/g, "…")
  .replaceAll("\\", "");

test.each(sentences)("the project says: %s", (sentence) => {
  const provoke = PROVOKED[sentence];
  if (provoke) expect(provoke).toThrow(new RegExp(sentence.replace(/[()?.]/g, "\\$&").replaceAll("…", ".*")));
  else expect(code.includes(sentence) ? sentence : "no such sentence").toBe(sentence); // the code is long
});
