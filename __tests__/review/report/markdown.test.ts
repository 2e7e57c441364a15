import { clusterWith, reviewOf, stackOf } from "../../support/reviews";

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
  expect(markdown).toMatch(/and \d+ more/);
  expect(markdown).toMatch(/```mermaid\nflowchart LR\n[^]*```\n$/);
});

test("values are kept in their cells and their code", async () => {
  const tagged = (a: string) => stackOf(clusterWith({ tags: { a } }));
  const markdown = (await reviewOf({ s: tagged("x|y") }, { s: tagged("`code`\n</details> | <b>") })).toMarkdown();
  const [row] = markdown.split("\n").filter((line) => line.startsWith("| update | cluster `aks`"));
  expect(row).toContain("`tags.a` `x\\|y` → `` `code` </details> \\| <b> ``");
  expect(row.replaceAll("\\|", "").split("|")).toHaveLength(5);
});

test("a long value is told as changed where its start is the same", async () => {
  const tagged = (end: string) => stackOf(clusterWith({ tags: { a: `${"x".repeat(300)}${end}` } }));
  const { changes } = await reviewOf({ s: tagged("old") }, { s: tagged("new") });
  const markdown = (await reviewOf({ s: tagged("old") }, { s: tagged("new") })).toMarkdown();
  expect(markdown).toContain("| `tags.a` changes |");
  expect(changes[0].arguments[0].after).toHaveLength(303);
});

test("nothing that is written anywhere starts a line of its own, or speaks to anybody", async () => {
  const forged = "x\n\n# Forged\n\n| @team |\n```";
  const { azurerm_kubernetes_cluster: clusters, azurerm_kubernetes_cluster_node_pool: pools } = clusterWith(
    { tags: { [forged]: "a" }, kubernetes_version: `1.34${forged}` },
    { name: forged, os_sku: forged },
  );
  const after = stackOf({
    azurerm_kubernetes_cluster: clusters,
    azurerm_kubernetes_cluster_node_pool: { [`kata${forged}`]: pools.kata },
    kubernetes_manifest: { m: { manifest: { kind: "RuntimeClass", handler: forged, [forged]: forged } } },
  });
  const before = stackOf({
    ...clusterWith({ kubernetes_version: "1.35" }),
    kubernetes_manifest: { m: { manifest: { kind: "RuntimeClass", handler: "kata" } } },
  });
  const markdown = (await reviewOf({ s: before }, { s: after })).toMarkdown();
  expect(markdown.match(/^#.*/gm)).toEqual([
    "## What this change does to the cluster",
    "### Warnings",
    "### After the change",
  ]);
  const outsideOfCode = markdown.replaceAll(/```mermaid[^]*?\n```/g, "").replaceAll(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, "");
  expect(outsideOfCode).not.toMatch(/@team|Forged/);
});

test("the name of a stack is code, too", async () => {
  const stack = stackOf(clusterWith({ dns_prefix: "b" }));
  const result = await reviewOf({ "@team": stackOf(clusterWith()) }, { "@team": stack });
  expect(result.toMarkdown().replace(/```mermaid[^]*/, "")).not.toMatch(/(?<!`)@team/);
});

test("a backslash before a pipe does not end a cell", async () => {
  const tagged = (a: string) => stackOf(clusterWith({ tags: { a } }));
  const markdown = (await reviewOf({ s: tagged("x") }, { s: tagged("a\\|b\\\\|c") })).toMarkdown();
  const [row] = markdown.split("\n").filter((line) => line.startsWith("| update | cluster `aks`"));
  expect(row.replaceAll(/\\./g, "").split("|")).toHaveLength(5);
});

test("long names leave room for the rest", async () => {
  const named = (name: string) => stackOf(clusterWith({ name }, { name }));
  const markdown = (await reviewOf({ s: named("a") }, { s: named("b".repeat(30_000)) })).toMarkdown();
  expect(Buffer.byteLength(markdown)).toBeLessThan(65_000);
});

test("many things in a namespace are counted", async () => {
  const stack = (metadata: object) =>
    stackOf({
      kubernetes_namespace_v1: { n: { metadata } },
      kubernetes_config_map_v1: Object.fromEntries(
        Array.from({ length: 300 }, (_, i) => [`m${i}`, { metadata: { name: `m${i}`, namespace: "n" } }]),
      ),
    });
  const { notes } = await reviewOf({ s: stack({ name: "n" }) }, { s: stack({ name: "o" }) });
  expect(notes).toEqual([expect.stringMatching(/ and 2\d\d more with it/)]);
});

test("a change of triggers alone is one", async () => {
  const data = (triggers_replace: string) => stackOf({ terraform_data: { t: { triggers_replace } } });
  const { summary } = await reviewOf({ s: data("a") }, { s: data("b") });
  expect(summary).toBe("Replaces 1 trigger.");
});

test("a row has the first arguments of many", async () => {
  const tagged = (value: string) =>
    stackOf(clusterWith({ tags: Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`t${i}`, value])) }));
  const markdown = (await reviewOf({ s: tagged("a") }, { s: tagged("b") })).toMarkdown();
  const [row] = markdown.split("\n").filter((line) => line.startsWith("| update | cluster `aks`"));
  expect(row).toMatch(/`tags\.t\d+` `a` → `b`<br>and \d+ more \|/);
  expect(Buffer.byteLength(row)).toBeLessThan(1_500);
});

test("an address with line ends is told in one line", async () => {
  const data = (id: string) => stackOf({ terraform_data: { [`${id}\n# Forged`]: { input: "a" } } });
  const markdown = (await reviewOf({ s: data("a") }, { s: data("b") })).toMarkdown();
  expect(markdown).toContain("`terraform_data.a # Forged` is now");
  expect(markdown).not.toMatch(/^\s*# Forged/m);
});

test.each<{ name: string; before: object; after: object; says: string }>([
  {
    name: "is replaced",
    before: { dns_prefix: "a" },
    after: { dns_prefix: "b" },
    says: "`kubernetes_cluster_id` changes with `azurerm_kubernetes_cluster.aks.id`",
  },
  {
    name: "is updated",
    before: { tags: { a: "b" } },
    after: { tags: { a: "c" } },
    says: "`tags.a` changes with `azurerm_kubernetes_cluster.aks.tags.a`",
  },
])("a value of a resource that $name says so", async ({ before, after, says }) => {
  const referring = (cluster: object) =>
    stackOf(clusterWith(cluster, { tags: { a: "${azurerm_kubernetes_cluster.aks.tags.a}" } }));
  expect((await reviewOf({ s: referring(before) }, { s: referring(after) })).toMarkdown()).toContain(says);
});

test("an empty text is seen", async () => {
  const tagged = (a: string) => stackOf(clusterWith({ tags: { a } }));
  const markdown = (await reviewOf({ s: tagged("") }, { s: tagged("a") })).toMarkdown();
  expect(markdown).toContain('`tags.a` `""` → `a`');
});

test("a secret is told to come and go", async () => {
  const extension = (config: object) =>
    stackOf({ azurerm_kubernetes_cluster_extension: { e: { name: "e", ...config } } });
  const secret = { configuration_protected_settings: { a: "b" } };
  const path = "`configuration_protected_settings`";
  const come = await reviewOf({ s: extension({}) }, { s: extension(secret) });
  expect(come.toMarkdown()).toContain(`${path} nothing → \`(sensitive)\``);
  const gone = await reviewOf({ s: extension(secret) }, { s: extension({}) });
  expect(gone.toMarkdown()).toContain(`${path} \`(sensitive)\` → nothing`);
});

describe("the summary", () => {
  const summaryOf = async (before: object, after: object) =>
    (await reviewOf({ s: stackOf(before as never) }, { s: stackOf(after as never) })).summary;
  const manifest = (manifest: object) => ({ kubernetes_manifest: { m: { manifest } } });
  const map = (config: object) => ({ kubernetes_config_map_v1: { m: config } });

  test.each<[string, string]>([
    ["RuntimeClass", "runtime class"],
    ["Namespace", "namespace"],
    ["NetworkPolicy", "network policy"],
    ["ValidatingAdmissionPolicy", "admission policy"],
    ["ValidatingAdmissionPolicyBinding", "policy binding"],
  ])("has a word for a %s in a manifest", async (kind, noun) => {
    expect(await summaryOf({}, manifest({ kind }))).toBe(`Creates 1 ${noun}; nothing is destroyed.`);
  });

  test("names several kinds after one", async () => {
    const { kata } = clusterWith().azurerm_kubernetes_cluster_node_pool;
    const pools = (stays: object, more: object) => ({ azurerm_kubernetes_cluster_node_pool: { stays, ...more } });
    const quota = (pods: string) => ({ kubernetes_resource_quota_v1: { q: { spec: { hard: { pods } } } } });
    expect(
      await summaryOf(
        { ...pools(kata, { goes: kata }), ...quota("1") },
        { ...pools({ ...kata, node_count: 2 }, {}), ...quota("2") },
      ),
    ).toBe("Destroys 1 node pool; updates 1 node pool and 1 quota.");
  });

  test("says that nothing is destroyed only if nothing is", async () => {
    const named = (name: string, data: object = {}) => map({ metadata: { name }, data });
    expect(await summaryOf(named("a"), named("a", { a: "b" }))).toBe("Updates 1 config map; nothing is destroyed.");
    expect(await summaryOf(named("a"), named("b"))).toBe("Replaces 1 config map.");
  });
});

test("what a runtime class is missed for", async () => {
  const before = stackOf({ kubernetes_manifest: { m: { manifest: { kind: "RuntimeClass" } } } });
  const { changes } = await reviewOf({ s: before }, { s: stackOf({}) });
  expect(changes[0].why).toBe("new pods that name it are refused without it, and pods that run stay");
});
