// Writes the TypeScript of README, docs/, CONTRIBUTING.md and doc comments into .snippets/, where `npm run check` compiles it.
import * as cdktf from "cdktf";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as library from "../lib";

const PROJECT = join(__dirname, "..");
const FOLDER = join(PROJECT, ".snippets");
const PAGES = ["README.md", "CONTRIBUTING.md", ...readdirSync(join(PROJECT, "docs")).map((page) => `docs/${page}`)];

/** Names that a snippet may use without saying where they are from, by module. */
const KNOWN: { readonly [module: string]: readonly string[] } = {
  "../lib": Object.keys(library),
  "@cdktf/provider-azurerm/lib/resource-group": ["ResourceGroup"],
  cdktf: Object.keys(cdktf),
};

/** Values that a snippet may use without declaring them. */
const DECLARED = {
  app: 'import("cdktf").App',
  cluster: 'import("../lib").AksCluster',
  sandbox: 'import("../lib").SandboxStack',
  untrusted: 'import("../lib").SandboxedNamespace',
};

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER);
for (const page of PAGES.filter((page) => page.endsWith(".md") && existsSync(join(PROJECT, page)))) {
  const text = readFileSync(join(PROJECT, page), "utf8");
  [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].forEach(([, snippet], i) => {
    writeFileSync(join(FOLDER, `${basename(page, ".md")}-${i + 1}.ts`), asModule(snippet));
  });
}
for (const file of readdirSync(join(PROJECT, "lib"), { recursive: true, encoding: "utf8" }).filter(isSource)) {
  const text = readFileSync(join(PROJECT, "lib", file), "utf8");
  [...text.matchAll(/^ \* @example\n \* ```ts\n((?: \*.*\n)*?) \* ```$/gm)].forEach(([, lines], i) => {
    writeFileSync(join(FOLDER, `lib-${basename(file, ".ts")}-${i + 1}.ts`), asModule(lines.replace(/^ \* ?/gm, "")));
  });
}

function isSource(file: string): boolean {
  return file.endsWith(".ts");
}

/** A snippet as a module: imports first, the rest in a block of its own. */
function asModule(snippet: string): string {
  const lines = snippet.split("\n");
  const imports = lines.filter((line) => line.startsWith("import "));
  const rest = lines.filter((line) => !line.startsWith("import ")).join("\n");
  const mentions = (text: string, name: string) => new RegExp(`(?<!\\w|(?<!\\.\\.)\\.)${name}\\b`).test(text);
  const used = (name: string) => mentions(rest, name) && !mentions(imports.join("\n"), name);
  return [
    ...imports.map((line) => line.replace("cdktf-aks-pod-sandboxing/review", "../lib/review")),
    ...Object.entries(KNOWN).map(([module, names]) => `import { ${names.filter(used).join(", ")} } from "${module}";`),
    ...Object.entries(DECLARED).map(([name, type]) => `declare const ${name}: ${type};`),
    `{\n${rest}}`,
    "export {};\n",
  ]
    .join("\n")
    .replaceAll('"cdktf-aks-pod-sandboxing"', '"../lib"');
}
