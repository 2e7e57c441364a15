import { notesOn, cluster } from "../../support/changes";
import { reviewOf, Stack, stackOf } from "../../support/reviews";

test("a cluster that another stack seeks by a local value is the one", async () => {
  const sandbox = stackOf(
    {},
    { data: { azurerm_kubernetes_cluster: { c: { name: "${local.c}" } } }, locals: { c: "aks" } },
  );
  const { notes } = await reviewOf(
    { cluster: cluster({}), sandbox },
    { cluster: cluster({ dns_prefix: "b" }), sandbox },
  );
  expect(notes).toContainEqual(
    expect.stringContaining("all that is made through `data.azurerm_kubernetes_cluster.c` in `sandbox`"),
  );
});

test("a resource group that goes takes with it what other stacks have in it", async () => {
  const group = stackOf({ azurerm_resource_group: { g: { name: "group", location: "eastus" } } });
  const identity = (resource_group_name: string) => ({ name: "i", location: "eastus", resource_group_name });
  const inGroup = (...names: string[]) =>
    stackOf({
      azurerm_user_assigned_identity: Object.fromEntries(names.map((name, i) => [`i${i}`, identity(name)])),
    });
  const lost = async (stack: Stack) =>
    (await reviewOf({ group, stack }, { group: stackOf({}), stack })).notes.filter((note) => note.includes("takes"));
  expect(await lost(inGroup("group"))).toEqual([
    "resource group `azurerm_resource_group.g` in `group`: it takes `azurerm_user_assigned_identity.i0` in `stack` with it, whatever is said here",
  ]);
  expect(await lost(inGroup("group", "other", "group"))).toEqual([
    "resource group `azurerm_resource_group.g` in `group`: it takes `azurerm_user_assigned_identity.i0` in `stack` and `azurerm_user_assigned_identity.i2` in `stack` with it, whatever is said here",
  ]);
  expect(await lost(inGroup("other"))).toEqual([]);
  const odd = stackOf({ azurerm_user_assigned_identity: { "$&": identity("group") } });
  expect(await lost(odd)).toContainEqual(expect.stringContaining("it takes `azurerm_user_assigned_identity.$&` in"));
});

test("what comes with a namespace that is replaced is not lost", async () => {
  const inNamespace = (name: string, maps: object) =>
    stackOf({ kubernetes_namespace_v1: { n: { metadata: { name } } }, kubernetes_config_map_v1: maps as never });
  const after = inNamespace("m", { m: { metadata: { name: "m", namespace: "n" } } });
  expect(await notesOn(inNamespace("n", {}), after)).toEqual([]);
});

test("a cluster that is replaced takes with it what another stack made in it", async () => {
  const sandbox = stackOf(
    {},
    { data: { azurerm_kubernetes_cluster: { c: { name: "aks", resource_group_name: "group" } } } },
  );
  const { notes } = await reviewOf(
    { cluster: cluster({}), sandbox },
    { cluster: cluster({ dns_prefix: "b" }), sandbox },
  );
  expect(notes).toEqual([
    "cluster `azurerm_kubernetes_cluster.aks` in `cluster`: it takes all that is made through `data.azurerm_kubernetes_cluster.c` in `sandbox` with it, whatever is said here: deploy that stack again afterwards",
  ]);
  const gone = "it takes all that is made through `data.azurerm_kubernetes_cluster.c` in `sandbox` with it";
  for (const after of [stackOf({}), cluster({ name: "other" })])
    expect((await reviewOf({ cluster: cluster({}), sandbox }, { cluster: after, sandbox })).notes).toContainEqual(
      expect.stringContaining(gone),
    );
});
