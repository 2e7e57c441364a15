// The pages of docs/api/, written from the doc comments by TypeDoc.
import process from "node:process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Application, Converter, DeclarationReflection, ReflectionKind } from "typedoc";
import { MarkdownTheme, MarkdownThemeContext } from "typedoc-plugin-markdown";

/** The parts of the index, by the folder of lib/ that declares what is on a page. */
const PARTS = {
  cluster: "What Azure Resource Manager is told",
  sandbox: "What the Kubernetes API server is told",
  review: "What a change does: `cdktf-aks-pod-sandboxing/review`",
  "": "Facts, state and cdktf",
};

const INTRODUCTION = `# API

Written by \`npm run api\` from the doc comments of \`lib/\`. In the examples \`app\` is an App of cdktf, \`cluster\` an AksCluster,
\`sandbox\` a SandboxStack and \`untrusted\` a namespace of it; below each stands what it adds to the output, which a test
holds. Props of a cluster, a node pool or a provider that a table does not list are azurerm's arguments in camel case:
their comments come with the bindings, their units, defaults and effects stand on azurerm's page, which \`See\` names. All
props are held to their names and types when the app runs; \`Throws\` says what else is refused.
`;

/** Writes the pages of a project into a folder. */
export async function writePages(project, folder) {
  const app = await Application.bootstrapWithPlugins({
    entryPoints: [join(project, "lib/index.ts"), join(project, "lib/review/index.ts")],
    tsconfig: join(project, "tsconfig.build.json"),
    plugin: ["typedoc-plugin-markdown"],
    outputs: [{ name: "markdown", path: folder }],
    router: "module",
    readme: "none",
    theme: "pages",
    sort: ["kind", "source-order"],
    groupOrder: ["Functions", "Classes", "Variables", "Constructors", "Properties", "*"],
    excludeInternal: true,
    excludeExternals: true,
    excludePrivate: true,
    excludeProtected: true,
    skipErrorChecking: true, // the declarations are compiled already
    hidePageHeader: true,
    hidePageTitle: true,
    hideBreadcrumbs: true,
    hideGroupHeadings: true,
    parametersFormat: "none",
    expandParameters: true,
    expandObjects: true,
    interfacePropertiesFormat: "table",
    classPropertiesFormat: "table",
    tableColumnSettings: { hideInherited: true, hideModifiers: true, hideDefaults: true, hideSources: true },
    logLevel: "Warn",
  });
  app.renderer.defineTheme("pages", Pages);
  const index = [];
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project: api }) => index.push(...pagesOf(api)));
  const golden = join(project, "__tests__/golden/api");
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project: api }) => tidy(api, golden), -10000);
  await app.generateOutputs(await app.convert());
  for (const page of readdirSync(folder)) writeFileSync(join(folder, page), oneLevelUp(join(folder, page)));
  writeFileSync(join(folder, "README.md"), indexOf(index));
  if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1;
}

class Pages extends MarkdownTheme {
  getRenderContext(page) {
    const context = new MarkdownThemeContext(this, page, this.application.options);
    context.partials = { ...context.partials, signatureReturns: () => "" }; // the signature says it
    return context;
  }
}

/** Gives each file of lib/ a page, and props that of their construct; returns the pages by part of the index. */
function pagesOf(api) {
  for (const accessor of api.getReflectionsByKind(ReflectionKind.Accessor)) asProperty(accessor);
  const index = api.children.find(({ name }) => name === "index");
  const fileOf = ({ sources }) => sources[0].fullFileName;
  const pages = new Map();
  for (const child of [...index.children]) {
    const owner = child.name.replace(/(Props|Options)$/, "");
    const file = fileOf(index.children.find(({ name }) => name === owner) ?? child);
    pages.set(file, [...(pages.get(file) ?? []), child]);
  }
  for (const [file, children] of pages) {
    const { name } =
      children.find(({ kind }) => kind & (ReflectionKind.Class | ReflectionKind.Function)) ?? children[0];
    const page = new DeclarationReflection(name, ReflectionKind.Module, api);
    api.registerReflection(page, undefined, file);
    api.addChild(page);
    for (const child of children) {
      index.removeChild(child);
      child.parent = page;
      page.addChild(child);
    }
  }
  api.removeReflection(index);
  const partOf = (file) => Object.keys(PARTS).find((part) => file.includes(`/lib/${part}`));
  const entries = [...pages].map(([file, children]) => ({ part: partOf(file), ...headOf(children) }));
  return [...entries, { part: "review", name: "review", summary: "Function and types of the review." }];
}

/** The name and the first sentence of what a page is of. */
function headOf(children) {
  const head = children.find(({ kind }) => kind & (ReflectionKind.Class | ReflectionKind.Function)) ?? children[0];
  const { comment } = head.signatures?.[0] ?? head;
  const text = comment.summary
    .map(({ text }) => text)
    .join("")
    .replaceAll("\n", " ");
  return { name: head.name, summary: /^.*?\.(?= |$)/.exec(text)?.[0] ?? text };
}

/** Leaves out what is only of interest in the source, and shows what examples are synthesised to. */
function tidy(api, golden) {
  for (const reflection of Object.values(api.reflections)) {
    for (const noise of ["sources", "inheritedFrom", "overwrites", "implementationOf", "implementedTypes"])
      delete reflection[noise];
    if (reflection.name === "__namedParameters") reflection.name = "options";
    if (reflection.kind === ReflectionKind.Class) delete reflection.typeHierarchy;
    let own = reflection.typeHierarchy;
    while (own && !own.isTarget) own = own.next;
    if (own) delete own.next; // those that extend it
    for (const { tag, content } of reflection.comment?.blockTags ?? []) {
      if (tag === "@default") content.splice(0, content.length, ...defaultOf(content));
      if (tag === "@example") content.push({ kind: "text", text: outputOf(join(golden, `${reflection.name}.tf`)) });
    }
  }
}

function asProperty(accessor) {
  const { type, comment } = accessor.getSignature;
  Object.assign(accessor, { kind: ReflectionKind.Property, type, comment, getSignature: undefined });
}

/** A default in words begins with a hyphen; TypeDoc takes it for code. */
function defaultOf(content) {
  const text = content
    .map(({ text }) => text)
    .join("")
    .replace(/^```ts\n|\n```$/g, "");
  return text.startsWith("- ") ? [{ kind: "text", text: text.slice(2) }] : [{ kind: "code", text: `\`${text}\`` }];
}

function outputOf(file) {
  if (!existsSync(file)) return "";
  const hcl = readFileSync(file, "utf8");
  const addresses = [...hcl.matchAll(/^(resource|data) "(.+?)" "(.+?)"/gm)].map(([, kind, type, name]) =>
    [...(kind === "data" ? ["data"] : []), type, name].join("."),
  );
  const added =
    addresses.length > 0 ? `It adds\n\n${addresses.map((address) => `- \`${address}\``).join("\n")}\n\n` : "";
  return `\n\n${added}<details><summary>Synthesised</summary>\n\n\`\`\`hcl\n${hcl}\`\`\`\n\n</details>`;
}

/** Pages have no title of their own: that of the first construct on it becomes the title. */
function oneLevelUp(file) {
  return readFileSync(file, "utf8").replace(/^##/gm, "#");
}

function indexOf(pages) {
  const parts = Object.entries(PARTS).map(([part, title]) => {
    const lines = pages
      .filter((page) => page.part === part)
      .map(({ name, summary }) => `- [${name}](${name}.md): ${summary}`);
    return `## ${title}\n\n${lines.join("\n")}\n`;
  });
  return `${INTRODUCTION}\n${parts.join("\n")}`;
}
