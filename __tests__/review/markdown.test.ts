import { clusterWith, reviewOf, stackOf } from "../support/reviews";

/** A stack of many clusters with a pool each. */
function clusters(count: number, prefix: string, vm_size: string) {
  const { azurerm_kubernetes_cluster, azurerm_kubernetes_cluster_node_pool } = clusterWith({}, { vm_size });
  const copies = (resource: object, of: (i: number) => string) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [of(i), resource]));
  return stackOf({
    azurerm_kubernetes_cluster: copies(azurerm_kubernetes_cluster.aks, (i) => `${prefix}${i}`),
    azurerm_kubernetes_cluster_node_pool: copies(azurerm_kubernetes_cluster_node_pool.kata, (i) => `${prefix}${i}`),
  });
}

test.each([
  ["are changed", clusters(1000, "aks", "a"), clusters(1000, "aks", "b")],
  ["have other addresses", clusters(1000, "aks", "a"), clusters(1000, "k8s", "a")],
  ["are gone", clusters(1000, "aks", "a"), stackOf({})],
])("the review of 1000 clusters that %s fits into a comment, whole", async (_, before, after) => {
  const markdown = (await reviewOf({ s: before }, { s: after })).toMarkdown();
  expect(Buffer.byteLength(markdown)).toBeLessThan(65_000);
  expect(markdown.match(/^ *```/gm)!.length % 2).toBe(0);
  expect(markdown).toMatch(/<details>[^]*<\/details>/);
  expect(markdown).toMatch(/and \d+ more/);
  expect(markdown).toMatch(/```mermaid\nflowchart LR\n[^]*```\n$/);
});

test("values are kept in their cells and their code", async () => {
  const tagged = (a: string) => stackOf(clusterWith({ tags: { a } }));
  const markdown = (await reviewOf({ s: tagged("x|y") }, { s: tagged("`code`\n</details> | <b>") })).toMarkdown();
  const [row] = markdown.split("\n").filter((line) => line.startsWith("| `azurerm_kubernetes_cluster.aks`"));
  expect(row).toContain("`tags.a` `x\\|y` → `` `code` </details> \\| <b> ``");
  expect(row.replaceAll("\\|", "").split("|")).toHaveLength(6);
});

test("long values are cut around what differs", async () => {
  const tagged = (end: string) => stackOf(clusterWith({ tags: { a: `${"x".repeat(300)}${end}` } }));
  const { changes } = await reviewOf({ s: tagged("old") }, { s: tagged("new") });
  const markdown = (await reviewOf({ s: tagged("old") }, { s: tagged("new") })).toMarkdown();
  expect(markdown).toContain(`\`…${"x".repeat(20)}old\` → \`…${"x".repeat(20)}new\``);
  expect(changes[0].arguments[0].after).toHaveLength(303);
});
