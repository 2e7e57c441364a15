import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterDiagram } from "../../../lib/review";
import { POLICY_LABEL } from "../../../lib/sandbox/policy/policy-names";
import { GOLDEN_REVIEWS, REVIEW_CASES } from "../../support/golden-reviews";
import { Box, MermaidBrowser } from "../../support/browser";
import { clusterWith, reviewOf, stackOf, writeStacks } from "../../support/reviews";
import { PROJECT, runApp } from "../../support/synth";

const COLOURS = { destroy: 0, replace: 0, rotate: 0, unknown: 0, update: 0, create: 0 };
const GROUP = { azurerm_resource_group: { g: { name: "g", location: "eastus" } } };

let browser: MermaidBrowser;

beforeAll(async () => {
  browser = await MermaidBrowser.start();
}, 120_000);
afterAll(() => browser?.stop());

test.each(REVIEW_CASES)("the diagram of %s is drawn by Mermaid", async (name) => {
  const text = diagramIn(readFileSync(join(GOLDEN_REVIEWS, name, "review.md"), "utf8"));
  const { nodes, clusters, edges } = await browser.draw(text);
  if (process.env.PICTURES) await browser.picture(join(process.env.PICTURES, `${name}.png`));
  expect(nodes).toHaveLength([...text.matchAll(/^ {4}n\d+\[/gm)].length);
  expect(edges).toBe([...text.matchAll(/-->/g)].length);
  expect(clusters.length).toBe([...text.matchAll(/subgraph/g)].length);
  expect(overlapsOf(nodes)).toEqual([]);
});

test("README has the diagram of main.ts, which Mermaid draws", async () => {
  const stacks = Object.entries(runApp("main.ts", "json")).map(([name, text]) => [name, JSON.parse(text)]);
  const folder = mkdtempSync(join(tmpdir(), "diagram-"));
  const text = await clusterDiagram(writeStacks(folder, Object.fromEntries(stacks)));
  rmSync(folder, { recursive: true });
  expect(diagramIn(readFileSync(join(PROJECT, "README.md"), "utf8"))).toBe(text);
  const { nodes } = await browser.draw(text);
  expect(nodes.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^node poolkata1 × Standard_D4s_v3/));
});

test("names that Mermaid would read as its own are drawn as they are", async () => {
  const name = `a "b" <c> [d] {e} |f| #g; end`;
  const folder = mkdtempSync(join(tmpdir(), "diagram-"));
  const text = await clusterDiagram(writeStacks(folder, { [name.replace("/", "")]: stackOf(clusterWith({ name })) }));
  rmSync(folder, { recursive: true });
  const { nodes, clusters } = await browser.draw(text);
  expect(nodes.map(({ text }) => text)).toContainEqual(expect.stringContaining(name));
  expect(clusters.map(({ text }) => text.trim())).toEqual([`stack ${name}`]);
});

test("of many clusters it has those that change, and says how many more there are", async () => {
  const clusters = (vm_size: string) =>
    stackOf({
      azurerm_kubernetes_cluster: Object.fromEntries(
        Array.from({ length: 200 }, (_, i) => {
          const { aks } = clusterWith({
            name: `aks${i}`,
            tags: { size: i < 5 ? vm_size : "same" },
          }).azurerm_kubernetes_cluster;
          return [`aks${i}`, aks];
        }),
      ),
    });
  const { diagram } = await reviewOf({ s: clusters("a") }, { s: clusters("b") });
  const { nodes } = await browser.draw(diagram);
  expect(nodes).toHaveLength(6);
  expect(nodes.at(-1)!.text).toBe("and 195 more");
  const { nodes: first } = await browser.draw((await reviewOf({ s: clusters("a") }, { s: clusters("a") })).diagram);
  expect(first).toHaveLength(61);
  expect(first.at(-1)!.text).toBe("and 140 more");
});

test("boxes have the colour of their verdict", async () => {
  const { diagram } = await reviewOf(
    { s: stackOf(clusterWith({}, { vm_size: "a", name: "pool" })) },
    { s: stackOf({ ...clusterWith({ tags: { a: "b" } }, { vm_size: "b", name: "pool" }), ...GROUP }) },
  );
  const { nodes } = await browser.draw(diagram);
  const colours = nodes.map(({ text, classes }) => [
    /cluster|group|node pool/.exec(text)![0],
    classes.filter((name) => name in COLOURS).join(),
  ]);
  expect(Object.fromEntries(colours)).toEqual({
    cluster: "update",
    group: "create",
    "node pool": "rotate",
  });
});

test("classes run on the pools that they select, and a namespace is held by the policy that its label names", async () => {
  const pools = (names: readonly string[]) =>
    Object.fromEntries(
      names.map((name) => [
        name,
        {
          name,
          kubernetes_cluster_id: "${azurerm_kubernetes_cluster.aks.id}",
          workload_runtime: "KataVmIsolation",
          node_labels: { size: name },
        },
      ]),
    );
  const manifest = (kind: string, name: string, more: object = {}) => ({
    manifest: { kind, metadata: { name }, ...more },
  });
  const { diagram } = await reviewOf(
    { s: stackOf({}) },
    {
      s: stackOf({
        ...clusterWith(),
        azurerm_kubernetes_cluster_node_pool: pools(["small", "large"]),
        kubernetes_manifest: {
          one: manifest("RuntimeClass", "kata-small", { scheduling: { nodeSelector: { size: "small" } } }),
          other: manifest("RuntimeClass", "kata-large", {
            scheduling: { nodeSelector: { "kubernetes.azure.com/agentpool": "large" } },
          }),
          any: manifest("RuntimeClass", "kata-any"),
          policy: manifest("ValidatingAdmissionPolicy", "sandbox", {
            spec: { validations: [{ expression: "variables.runtimeClass in ['kata-small']" }] },
          }),
        },
        kubernetes_namespace_v1: {
          held: { metadata: { name: "held", labels: { [POLICY_LABEL]: "sandbox" } } },
          free: { metadata: { name: "free", labels: { team: "sandbox" } } },
        },
      }),
    },
  );
  expect(edgesIn(diagram)).toEqual([
    "admission policy sandbox --admits--> runtime class kata-small",
    "cluster --> node pool large",
    "cluster --> node pool small",
    "namespace held --held by--> admission policy sandbox",
    "runtime class kata-large --runs on--> node pool large",
    "runtime class kata-small --runs on--> node pool small",
  ]);
});

test("a runtime class runs on pools of the cluster that its stack looks for", async () => {
  const cluster = (name: string) =>
    stackOf({
      ...clusterWith({ name }),
      azurerm_kubernetes_cluster_node_pool: {
        kata: {
          name,
          kubernetes_cluster_id: "${azurerm_kubernetes_cluster.aks.id}",
          workload_runtime: "KataVmIsolation",
        },
      },
    });
  const manifest = {
    kind: "RuntimeClass",
    metadata: { name: "kata" },
    scheduling: { nodeSelector: { "kubernetes.azure.com/kata-vm-isolation": "true" } },
  };
  const sandbox = stackOf(
    { kubernetes_manifest: { c: { manifest } } },
    { data: { azurerm_kubernetes_cluster: { aks: { name: "two" } } } },
  );
  const { diagram } = await reviewOf({ s: stackOf({}) }, { one: cluster("one"), two: cluster("two"), sandbox });
  expect(edgesIn(diagram)).toContain("runtime class kata --runs on--> node pool two");
  expect(edgesIn(diagram)).not.toContain("runtime class kata --runs on--> node pool one");
});

test("a text that is no diagram is refused", async () => {
  await expect(browser.draw("flowchart LR\n  a -->\n")).rejects.toThrow(/Parse error/);
});

/** The lines of a diagram, in the words of the boxes that they join. */
function edgesIn(diagram: string): string[] {
  const names = new Map(
    [...diagram.matchAll(/(n\d+)\["<b>(.*?)<\/b>(?:<br\/>([\w-]+))?/g)].map(([, id, what, name]) => [
      id,
      /pool|class|policy|namespace/.test(what) ? `${what} ${name}` : what,
    ]),
  );
  return [...diagram.matchAll(/(n\d+) -->(?:\|(.*?)\|)? (n\d+)/g)]
    .map(([, from, label, to]) => `${names.get(from)} ${label ? `--${label}-->` : "-->"} ${names.get(to)}`)
    .sort();
}

/** The Mermaid text in a piece of Markdown. */
function diagramIn(markdown: string): string {
  return /```mermaid\n([\s\S]*?)```/.exec(markdown)![1];
}

function overlapsOf(boxes: readonly Box[]): string[] {
  return boxes.flatMap((one, i) =>
    boxes
      .slice(i + 1)
      .filter(
        (other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom,
      )
      .map((other) => `${one.text} and ${other.text}`),
  );
}
