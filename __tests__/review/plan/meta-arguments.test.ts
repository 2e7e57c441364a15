import { CLUSTER, POOL, poolChange, clusterChange, verdicts } from "../../support/changes";
import { byAddress, clusterWith, reviewOf, stackOf, verdictsOf } from "../../support/reviews";

describe("what Terraform is told of resources", () => {
  test("changes that are ignored are none", async () => {
    const ignoring = (paths: unknown, pool: object) => ({ ...pool, lifecycle: { ignore_changes: paths } });
    const change = await poolChange(
      { vm_size: "a", tags: { a: "b" } },
      ignoring(["vm_size", "tags"], { vm_size: "b", tags: { a: "c" } }),
    );
    expect(change).toMatchObject({ verdict: "none", arguments: [{ effect: "none" }, { effect: "none" }] });
    expect(await poolChange({ vm_size: "a" }, ignoring("all", { vm_size: "b" }))).toMatchObject({ verdict: "none" });
    const tagged = (a: string) => ({ tags: { a, "b/c": a } });
    const tags = await poolChange(tagged("x"), ignoring(['tags["a"]', 'tags["b/c"]'], tagged("y")));
    expect(tags).toMatchObject({ verdict: "none" });
    const count = { name: "default", vm_size: "Standard_D2s_v5", temporary_name_for_rotation: "tmp", node_count: 2 };
    expect(
      await clusterChange(
        {},
        { default_node_pool: count, lifecycle: { ignore_changes: ["default_node_pool[0].node_count"] } },
      ),
    ).toMatchObject({ verdict: "none" });
  });

  test("what has moved is compared with where it was", async () => {
    const { azurerm_kubernetes_cluster_node_pool: pools, ...rest } = clusterWith();
    const renamed = { ...rest, azurerm_kubernetes_cluster_node_pool: { sandbox: { ...pools.kata, node_count: 3 } } };
    const moved = [{ from: POOL, to: "azurerm_kubernetes_cluster_node_pool.sandbox" }];
    expect(await verdicts(stackOf(clusterWith()), stackOf(renamed, { moved }))).toEqual({
      [CLUSTER]: "none",
      "azurerm_kubernetes_cluster_node_pool.sandbox": "update",
    });
  });

  test("a moved block that has done its work is passed over, and several lead on", async () => {
    const { azurerm_kubernetes_cluster_node_pool: pools, ...rest } = clusterWith();
    const at = (id: string, moved: object[], pool: object = {}) =>
      stackOf({ ...rest, azurerm_kubernetes_cluster_node_pool: { [id]: { ...pools.kata, ...pool } } }, { moved });
    const from = (old: string, next: string) => ({
      from: `azurerm_kubernetes_cluster_node_pool.${old}`,
      to: `azurerm_kubernetes_cluster_node_pool.${next}`,
    });
    const done = [from("old", "kata")];
    expect(await verdicts(at("kata", done), at("kata", done, { name: "other" }))).toMatchObject({ [POOL]: "replace" });
    expect(await verdicts(at("a", []), at("kata", [from("a", "b"), from("b", "kata")]))).toEqual({
      [CLUSTER]: "none",
      [POOL]: "none",
    });
    const circle = [from("a", "b"), from("b", "kata"), from("kata", "b")];
    expect(await verdicts(at("a", []), at("kata", circle))).toEqual({ [CLUSTER]: "none", [POOL]: "none" });
  });

  test("a moved block to what is there already leads nowhere", async () => {
    const a = { "terraform_data.a": "destroy", "terraform_data.b": "none" };
    const [one, other] = [{ input: "1" }, { input: "2" }];
    const moved = [{ from: "terraform_data.a", to: "terraform_data.b" }];
    expect(
      await verdicts(
        stackOf({ terraform_data: { a: one, b: other } }),
        stackOf({ terraform_data: { b: other } }, { moved }),
      ),
    ).toEqual(a);
  });

  test("paths that are ignored are not those that begin alike, and may be written in other ways", async () => {
    const tagged = (ab: string) => ({ tags: { ab }, lifecycle: { ignore_changes: ['tags["a"]'] } });
    expect(await poolChange(tagged("x"), tagged("y"))).toMatchObject({ verdict: "update" });
    const counted = (node_count: number) => ({
      default_node_pool: { name: "default", vm_size: "a", node_count },
      lifecycle: { ignore_changes: ["default_node_pool.0.node_count"] },
    });
    expect(await clusterChange(counted(1), counted(2))).toMatchObject({ verdict: "none" });
    const plane = (ebpf_data_plane: string) => ({
      network_profile: { network_plugin: "azure", ebpf_data_plane },
      lifecycle: { ignore_changes: ["network_profile[0].ebpf_data_plane"] },
    });
    expect(await clusterChange(plane("azure"), plane("cilium"), 3)).toMatchObject({ verdict: "none" });
    const hcl = (count: number) => `
      resource "azurerm_kubernetes_cluster_node_pool" "kata" {
        node_count = ${count}
        lifecycle { ignore_changes = [node_count] }
      }`;
    const result = await reviewOf({ s: hcl(1) }, { s: hcl(2) });
    expect(verdictsOf(result)).toEqual({ [POOL]: "none" });
  });

  test("what is forgotten stays, and what is imported is known after apply", async () => {
    const { azurerm_kubernetes_cluster_node_pool: pools, ...rest } = clusterWith();
    const removed = (destroy: boolean) => ({ removed: [{ from: POOL, lifecycle: { destroy } }] });
    const forgotten = await reviewOf({ s: stackOf(clusterWith()) }, { s: stackOf({}, removed(false)) });
    expect(byAddress(forgotten)).toMatchObject({
      [CLUSTER]: { verdict: "destroy" },
      [POOL]: { verdict: "none", why: "Terraform forgets it, and it stays" },
    });
    expect(await verdicts(stackOf(clusterWith()), stackOf(rest, removed(true)))).toMatchObject({ [POOL]: "destroy" });
    expect(await verdicts(stackOf(clusterWith()), stackOf(rest))).toMatchObject({ [POOL]: "destroy" });
    const imported = [{ to: POOL, id: "/subscriptions/x" }];
    const after = stackOf({ ...rest, azurerm_kubernetes_cluster_node_pool: pools }, { import: imported });
    expect(byAddress(await reviewOf({ s: stackOf(rest) }, { s: after }))[POOL]).toMatchObject({
      verdict: "unknown",
      why: "it is imported: what differs from it is known after apply",
    });
  });

  test("a provider or a number of instances that changes is not known", async () => {
    expect(await poolChange({}, { provider: "azurerm.other" })).toMatchObject({
      verdict: "unknown",
      arguments: [{ path: "provider", before: null, after: "azurerm.other" }],
    });
    expect(await poolChange({}, { count: "${var.count}" })).toMatchObject({ verdict: "unknown" });
  });
});
