import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Box, MermaidBrowser } from "../support/browser";
import { PROJECT } from "../support/synth";

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
