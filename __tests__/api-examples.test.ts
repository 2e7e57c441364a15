import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { transformSync } from "@swc/core";
import * as cdktf from "cdktf";
import { Construct } from "constructs";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as library from "../lib";
import { EXPORTED } from "./support/declarations";
import { PROJECT, StackFiles, synthesise } from "./support/synth";

const GOLDEN = join(__dirname, "golden/api");

/** The examples of doc comments, but for those that import something else. */
const EXAMPLES = [...EXPORTED.values()]
  .flatMap(({ name, tags: { example = [] } }) => example.map((text) => ({ name, text })))
  .map(({ name, text }) => ({ name, code: /^```ts\n([\s\S]*)\n```$/.exec(text.trim())![1] }))
  .filter(({ code }) => !code.startsWith("import "));

test.each(EXAMPLES)("the example of $name is synthesised to what its page shows", ({ name, code }) => {
  const before = synthesise((app) => void thoseThatAreThere(app, code), "hcl");
  const after = synthesise((app) => run(code, { app, ...thoseThatAreThere(app, code) }), "hcl");
  const output = blocksAdded(before, after);
  expect(output).not.toContain(PROJECT);
  expect(output).toMatchFile(join(GOLDEN, `${name}.tf`));
});

test("every construct has an example", () => {
  const constructs = Object.values(library).filter(
    (value) => (value as { prototype?: unknown }).prototype instanceof Construct,
  );
  const without = constructs
    .map((value) => (value as { name: string }).name)
    .filter((name) => !EXAMPLES.some((example) => example.name === name));
  expect(without).toEqual(["ClusterBase", "NodePoolBase"]); // which nobody makes
});

test("no output is left over", () => {
  expect(readdirSync(GOLDEN).sort()).toEqual(EXAMPLES.map(({ name }) => `${name}.tf`).sort());
});

/** The cluster and the sandbox stack with a namespace that an example takes for granted. */
function thoseThatAreThere(app: cdktf.App, code: string) {
  if (!/\b(cluster|sandbox|untrusted)\./.test(code) && !code.includes("{ cluster }")) return {};
  const azure = new library.ClusterStack(app, "cluster");
  const cluster = new library.AksCluster(azure, "aks", {
    podSandboxing: library.PodSandboxing.GA,
    name: "myAKSCluster",
    resourceGroup: { name: "myResourceGroup", location: "eastus" },
    defaultNodePool: { name: "default", vmSize: "Standard_D4s_v5", nodeCount: 2 },
    oidcIssuerEnabled: true,
    workloadIdentityEnabled: true,
    azurePolicyEnabled: true,
  });
  cluster.addKataNodePool("kata", { vmSize: "Standard_D4s_v5", nodeCount: 1 });
  if (!/\b(sandbox|untrusted)\./.test(code)) return { cluster };
  const sandbox = new library.SandboxStack(app, "sandbox", { cluster });
  sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
  const untrusted = sandbox.addNamespace("untrusted");
  return { cluster, sandbox, untrusted };
}

function run(code: string, values: object): void {
  const scope = { ...cdktf, ...library, ResourceGroup, ...values };
  const { code: script } = transformSync(code, {
    swcrc: false,
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
  });
  new Function(...Object.keys(scope), script)(...Object.values(scope));
}

/** The top-level blocks that an example adds, by stack. */
function blocksAdded(before: StackFiles, after: StackFiles): string {
  return Object.entries(after)
    .map(
      ([stack, text]) =>
        [stack, blocksOf(text).filter((block) => !(before[stack] ?? "").includes(block.head))] as const,
    )
    .filter(([, blocks]) => blocks.length > 0)
    .map(([stack, blocks]) => [`# stack ${stack}\n`, ...blocks.map(({ text }) => text)].join("\n"))
    .join("\n");
}

function blocksOf(text: string) {
  return [...text.matchAll(/^(\w[^\n]*\{)\n[\s\S]*?^\}\n/gm)].map(([text, head]) => ({ text, head }));
}
