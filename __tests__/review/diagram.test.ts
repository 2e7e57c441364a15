import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterDiagram } from "../../lib";
import { Box, MermaidBrowser } from "../support/browser";
import { clusterWith, reviewOf, stackOf, writeStacks } from "../support/reviews";
import { PROJECT, runApp } from "../support/synth";

const REVIEWS = join(PROJECT, "__tests__/golden/reviews");

let browser: MermaidBrowser;

beforeAll(async () => {
  browser = await MermaidBrowser.start();
}, 120_000);
afterAll(() => browser?.stop());

test.each(readdirSync(REVIEWS))("the diagram of %s is drawn by Mermaid", async (name) => {
  const text = diagramIn(readFileSync(join(REVIEWS, name, "review.md"), "utf8"));
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
  expect(nodes.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^kata node poolkata1 × Standard_D4s_v3/));
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
  expect(nodes.at(-1)!.text).toContain("and 395 more, most of them unchanged");
});

test("a text that is no diagram is refused", async () => {
  await expect(browser.draw("flowchart LR\n  a -->\n")).rejects.toThrow(/Parse error/);
});

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
