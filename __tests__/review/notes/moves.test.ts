import { notesOn, cluster, pool, ofPools } from "../../support/changes";
import { clusterWith, Stack, stackOf } from "../../support/reviews";

describe("addresses", () => {
  test("what has another address and is the same otherwise may move", async () => {
    const named = (id: string, pool: string) => ({
      azurerm_kubernetes_cluster: { [id]: clusterWith().azurerm_kubernetes_cluster.aks },
      azurerm_kubernetes_cluster_node_pool: {
        [pool]: {
          ...clusterWith().azurerm_kubernetes_cluster_node_pool.kata,
          kubernetes_cluster_id: `\${azurerm_kubernetes_cluster.${id}.id}`,
        },
      },
    });
    const [note] = await notesOn(stackOf(named("aks", "kata")), stackOf(named("main", "sandbox")));
    expect(note).toBe(
      "stack `s`: Terraform destroys and creates what only has another address, unless `moved` blocks or cdktf's `moveFromId` tell it so: " +
        "`azurerm_kubernetes_cluster.aks` is now `azurerm_kubernetes_cluster.main` and " +
        "`azurerm_kubernetes_cluster_node_pool.kata` is now `azurerm_kubernetes_cluster_node_pool.sandbox`",
    );
  });

  test("what a pool is replaced for moves with the pool or not at all", async () => {
    const pools = (id: string, node_count: number) =>
      stackOf({
        azurerm_kubernetes_cluster_node_pool: {
          [id]: { name: "kata", node_count, lifecycle: { replace_triggered_by: [`terraform_data.${id}`] } },
        },
        terraform_data: { [id]: { triggers_replace: "a" } },
      });
    expect(await notesOn(pools("a", 1), pools("b", 2))).not.toContainEqual(expect.stringContaining(" is now "));
    const [note] = (await notesOn(pools("a", 1), pools("b", 1))).filter((text) => text.includes(" is now "));
    expect(note.match(/ is now /g)).toHaveLength(2);
  });

  test("what changes, too, is no move", async () => {
    const { azurerm_kubernetes_cluster_node_pool: pools, ...rest } = clusterWith();
    const renamed = { ...rest, azurerm_kubernetes_cluster_node_pool: { sandbox: { ...pools.kata, node_count: 3 } } };
    expect(await notesOn(stackOf(clusterWith()), stackOf(renamed))).toEqual([]);
  });

  test("what stays with fewer instances is no move", async () => {
    const counted = (a: number, b: number) => {
      const { kata } = clusterWith().azurerm_kubernetes_cluster_node_pool;
      return stackOf({ azurerm_kubernetes_cluster_node_pool: { a: { ...kata, count: a }, b: { ...kata, count: b } } });
    };
    expect(await notesOn(counted(2, 1), counted(1, 2))).toEqual([]);
  });

  test.each<{ name: string; before: Stack; after: Stack }>([
    { name: "more instances", before: ofPools({ a: { count: 1 } }), after: ofPools({ b: { count: 2 } }) },
    {
      name: "what fewer instances leave",
      before: ofPools({ a: { count: 2 } }),
      after: ofPools({ a: { count: 1 }, b: { count: 2 } }),
    },
    {
      name: "what more instances add",
      before: ofPools({ a: { count: 1 }, b: { count: 2 } }),
      after: ofPools({ a: { count: 2 } }),
    },
  ])("$name are no move", async ({ before, after }) => {
    expect(await notesOn(before, after)).toEqual([]);
  });

  test("what refers to something that changes where it is may move", async () => {
    const pools = (id: string, tags: object) => {
      const { azurerm_kubernetes_cluster, azurerm_kubernetes_cluster_node_pool } = clusterWith({ tags });
      return stackOf({
        azurerm_kubernetes_cluster,
        azurerm_kubernetes_cluster_node_pool: { [id]: azurerm_kubernetes_cluster_node_pool.kata },
      });
    };
    expect(await notesOn(pools("kata", {}), pools("sandbox", { a: "b" }))).toEqual([
      expect.stringContaining(
        "`azurerm_kubernetes_cluster_node_pool.kata` is now `azurerm_kubernetes_cluster_node_pool.sandbox`",
      ),
    ]);
  });

  test("what refers to itself in circles is no move", async () => {
    const circle = (a: string, b: string) =>
      stackOf({
        terraform_data: { [a]: { input: `\${terraform_data.${b}.id}` }, [b]: { input: `\${terraform_data.${a}.id}` } },
      });
    expect(await notesOn(circle("a", "b"), circle("c", "d"))).toEqual([]);
  });

  test("what is written in another language may move", async () => {
    const hcl = `
      terraform {
        required_providers {
          azurerm = { source = "hashicorp/azurerm", version = ">= 4.78.0, < 5.0.0" }
        }
        backend "local" { path = "state" }
      }
      resource "azurerm_kubernetes_cluster_node_pool" "b" {
        name                  = "kata"
        kubernetes_cluster_id = "c"
        depends_on            = [terraform_data.t]
      }`;
    const [note] = await notesOn(ofPools({ a: { depends_on: ["terraform_data.t"] } }), hcl);
    expect(note).toContain("`azurerm_kubernetes_cluster_node_pool.a` is now");
  });

  test("each of several that are the same moves once", async () => {
    const [note] = await notesOn(ofPools({ a: {}, b: {} }), ofPools({ c: {} }));
    expect(note).toContain("`azurerm_kubernetes_cluster_node_pool.a` is now");
  });

  test("more moves than fit are counted", async () => {
    const many = (prefix: string) =>
      ofPools(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${prefix}${i}`, { node_count: i }])));
    const [note] = await notesOn(many("a"), many("b"));
    const told = note.match(/ is now /g)!.length;
    expect(told).toBeLessThan(60);
    expect(note).toMatch(new RegExp(` and ${60 - told} more$`));
  });

  test("what was protected", async () => {
    const guarded = { lifecycle: { prevent_destroy: true } };
    expect(await notesOn(cluster(guarded), cluster({}))).toEqual([
      "cluster `azurerm_kubernetes_cluster.aks` in `s`: it loses its `prevent_destroy`: from now on a plan may destroy it",
    ]);
    expect(await notesOn(cluster(guarded), stackOf({}))).toContainEqual(
      "cluster `azurerm_kubernetes_cluster.aks` in `s`: `prevent_destroy` goes with it: nothing stops Terraform from destroying it",
    );
    expect(await notesOn(cluster({ lifecycle: { prevent_destroy: "true" } }), cluster({}))).toHaveLength(1);
    const refused = (address: string) =>
      `cluster \`${address}\` in \`s\`: it has \`prevent_destroy\`, so Terraform refuses the whole plan of its stack`;
    expect(await notesOn(cluster(guarded), cluster({ ...guarded, dns_prefix: "b" }))).toContainEqual(
      refused("azurerm_kubernetes_cluster.aks"),
    );
    expect(await notesOn(pool({ ...guarded, count: 2 }), pool({ ...guarded, count: 3 }))).toEqual([]);
  });
});
