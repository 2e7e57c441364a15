import { notesOn, cluster, pool, defaultPool, waiting } from "../../support/changes";
import { Stack, stackOf } from "../../support/reviews";

describe("what is refused", () => {
  test("what is wrong in several ways, for each", async () => {
    const counts = defaultPool({ vm_size: "a", node_count: 5, min_count: 1, max_count: 3 });
    expect(await notesOn(cluster({}), counts)).toEqual([
      expect.stringContaining("`default_node_pool.node_count` 5 is more than `default_node_pool.max_count` 3"),
      expect.stringContaining(
        "`default_node_pool.min_count` and `default_node_pool.max_count` (got 1 and 3) are for autoscaled pools",
      ),
      expect.stringContaining('VM size "a" is malformed'),
    ]);
  });

  test.each<{ name: string; after: Stack; refused: string }>([
    {
      name: "more blocks than one",
      after: pool({ node_count: 2, timeouts: [{ create: "1h" }, { create: "2h" }] }),
      refused: "`timeouts`: it takes at most 1 block",
    },
    {
      name: "no block where one is needed",
      after: cluster({ default_node_pool: [] }),
      refused: "`default_node_pool`: it takes at least 1 block",
    },
    {
      name: "a list in a list",
      after: pool({ node_taints: [["a"]] }),
      refused: '`node_taints`: it takes a value of type ["list","string"]',
    },
    {
      name: "a list in a map",
      after: pool({ tags: { a: ["b"] } }),
      refused: '`tags`: it takes a value of type ["map","string"]',
    },
    { name: "too little of an object", after: waiting({}), refused: "`wait_for`: it takes a value of type" },
    {
      name: "too much of an object",
      after: waiting({ fields: {}, a: "b" }),
      refused: "`wait_for`: it takes a value of type",
    },
  ])("$name", async ({ after, refused }) => {
    expect(await notesOn(stackOf({}), after)).toContainEqual(
      expect.stringContaining(`in \`s\`: the provider refuses ${refused}`),
    );
  });

  test("not what was wrong before of what does not change, though what it refers to does", async () => {
    const around = (kubernetes_version: string) =>
      stackOf({
        azurerm_kubernetes_cluster: { aks: { name: "aks", kubernetes_version } },
        azurerm_kubernetes_cluster_node_pool: {
          p: { name: "p", kubernetes_cluster_id: "${azurerm_kubernetes_cluster.aks.id}", nonsense: true },
        },
      });
    const notes = await notesOn(around("1.33"), around("1.34"));
    expect(notes.filter((note) => note.includes("nonsense"))).toEqual([]);
  });

  test.each<{ name: string; after: Stack }>([
    {
      name: "blocks that Terraform makes",
      after: cluster({ default_node_pool: null, dynamic: { default_node_pool: { content: {} } } }),
    },
    { name: "a number for a text", after: cluster({ default_node_pool: { name: "a" }, kubernetes_version: 1.34 }) },
    {
      name: "what Terraform runs beside a resource",
      after: pool({ provisioner: { "local-exec": { command: "a" } }, connection: { host: "b" } }),
    },
  ])("not $name by their schema", async ({ after }) => {
    expect((await notesOn(stackOf({}), after)).filter((note) => note.includes("the provider refuses"))).toEqual([]);
  });

  test("a resource that is a text", async () => {
    expect(await notesOn(stackOf({}), stackOf({ azurerm_resource_group: { g: "text" as never } }))).toContainEqual(
      "resource group `azurerm_resource_group.g` in `s`: the provider refuses `location`: it takes a value, it is required",
    );
  });

  test("what several of its blocks have is told once", async () => {
    const policy = (spec: object) => stackOf({ kubernetes_network_policy_v1: { p: { metadata: {}, spec } } });
    const rules = [{ ip_block: "a" }, { ip_block: "b" }].map((peer) => ({ from: [peer] }));
    const open = policy({ policy_types: ["Ingress"], pod_selector: {}, ingress: rules });
    expect((await notesOn(stackOf({}), open)).filter((note) => note.includes("the provider refuses"))).toEqual([
      "network policy `kubernetes_network_policy_v1.p` in `s`: the provider refuses `spec.ingress.from.ip_block`: it takes a block",
    ]);
  });

  test("what stands in a list of resources", async () => {
    const { resource, ...rest } = pool({ os_sku: "CBLMariner" }) as { resource: object };
    expect(await notesOn(pool({}), { ...rest, resource: [resource] })).toEqual([
      expect.stringContaining("the provider refuses `os_sku`"),
    ]);
  });

  test("what does not change, by another version of the provider", async () => {
    const preview = { os_sku: "CBLMariner", workload_runtime: "KataMshvVmIsolation" };
    const notes = await notesOn(pool(preview, 3), pool(preview, 4));
    for (const argument of ["os_sku", "workload_runtime"])
      expect(notes).toContainEqual(expect.stringContaining(`the provider refuses \`${argument}\``));
  });

  test("nothing of what goes well", async () => {
    const rotating = { temporary_name_for_rotation: "kata2" };
    expect(await notesOn(pool(rotating), pool({ ...rotating, max_pods: 50 }))).toEqual([]);
    expect(await notesOn(pool({}, 3), pool({ max_pods: 50 }, 3))).toEqual([]); // replaced, not rotated
    const counted = { auto_scaling_enabled: true, min_count: 1, max_count: 3 };
    expect(await notesOn(pool({}), pool(counted))).toEqual([]);
    expect(await notesOn(cluster({ kubernetes_version: "1.33" }), cluster({ kubernetes_version: "1.34" }))).toEqual([]);
  });
});
