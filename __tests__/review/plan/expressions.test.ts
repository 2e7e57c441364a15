import { CLUSTER, POOL, poolChange, verdicts } from "../../support/changes";
import { clusterWith, stackOf } from "../../support/reviews";

describe("expressions", () => {
  test("that are the same are the same", async () => {
    expect(await poolChange({ vm_size: "${var.size}" }, { vm_size: "${var.size}" })).toMatchObject({ verdict: "none" });
  });

  test("that differ are known only at apply", async () => {
    expect(await poolChange({}, { vm_size: "${var.size}" })).toMatchObject({
      verdict: "unknown",
      arguments: [{ path: "vm_size", before: "Standard_D4s_v5", after: "${var.size}", effect: "unknown" }],
      why: expect.stringMatching(/^if it differs, it is rotated; a temporary pool/),
    });
    expect(await poolChange({}, { vm_size: "${var.size}", priority: "${var.priority}" })).toMatchObject({
      verdict: "unknown",
      why: expect.stringContaining("if it differs, it is replaced"),
    });
    expect(await poolChange({ vm_size: "a" }, { vm_size: "%{ if var.a }b%{ endif }" })).toMatchObject({
      verdict: "unknown",
    });
  });

  test("are shown as they are written, and what is not written is not shown", async () => {
    const after = "${azurerm_kubernetes_cluster.aks.name}-${var.a}";
    expect(await poolChange({ tags: { a: "x" } }, { tags: { a: after } })).toMatchObject({
      arguments: [{ path: "tags.a", before: "x", after }],
    });
    expect(await poolChange({}, { os_disk_type: "Ephemeral" })).toMatchObject({
      arguments: [{ path: "os_disk_type", before: null, after: "Ephemeral" }],
    });
  });

  test("that name what another resource takes of its own map are known only at apply", async () => {
    const pools = (vm_size: string) => {
      const { kata } = clusterWith(
        {},
        { for_each: { a: { size: "b" } }, vm_size },
      ).azurerm_kubernetes_cluster_node_pool;
      const other = { ...kata, for_each: { a: { size: "c" } }, vm_size: "${each.value.size}" };
      return stackOf({ ...clusterWith(), azurerm_kubernetes_cluster_node_pool: { kata, other } });
    };
    const reference = '${azurerm_kubernetes_cluster_node_pool.other["a"].vm_size}';
    expect(await verdicts(pools("${each.value.size}"), pools(reference))).toMatchObject({ [POOL]: "unknown" });
  });

  test("that name what is ignored, or what a data source has, are known only at apply", async () => {
    const named = (triggers_replace: unknown) =>
      stackOf(
        {
          ...clusterWith({}, { node_count: 1, lifecycle: { ignore_changes: ["node_count"] } }),
          terraform_data: { t: { triggers_replace } },
        },
        { data: { azurerm_subnet: { s: { name: "s" } } } },
      );
    const T = { "terraform_data.t": "unknown" };
    expect(await verdicts(named(1), named("${azurerm_kubernetes_cluster_node_pool.kata.node_count}"))).toMatchObject(T);
    expect(await verdicts(named("s"), named("${data.azurerm_subnet.s.name}"))).toMatchObject(T);
  });

  test("that differ change in place what cannot change otherwise", async () => {
    expect(await poolChange({ node_count: 1 }, { node_count: "${var.count}" })).toMatchObject({
      verdict: "update",
      arguments: [{ effect: "unknown" }],
    });
  });

  test("that name what the stack says are what it says", async () => {
    const named = (resource_group_name: string) =>
      stackOf({
        azurerm_resource_group: { group: { name: "group", location: "eastus" } },
        ...clusterWith({ resource_group_name }),
      });
    expect(await verdicts(named("group"), named("${azurerm_resource_group.group.name}"))).toMatchObject({
      [CLUSTER]: "none",
    });
  });

  test("that name what is created are new", async () => {
    const subnet = { azurerm_subnet: { s: { name: "s", resource_group_name: "g", virtual_network_name: "v" } } };
    const before = stackOf(clusterWith({}, { vnet_subnet_id: "/subscriptions/x" }));
    const after = stackOf({ ...clusterWith({}, { vnet_subnet_id: "${azurerm_subnet.s.id}" }), ...subnet });
    expect(await verdicts(before, after)).toMatchObject({ [POOL]: "rotate", "azurerm_subnet.s": "create" });
  });

  test("that name a data source which waits are new", async () => {
    const stack = (dependsOn: string[]) =>
      stackOf(
        {
          ...clusterWith({}, { vnet_subnet_id: "${data.azurerm_subnet.s.id}" }),
          terraform_data: { t: { input: dependsOn.length ? "b" : "a" } },
        },
        {
          data: {
            azurerm_subnet: {
              s: { name: "s", resource_group_name: "g", virtual_network_name: "v", depends_on: dependsOn },
            },
          },
        },
      );
    expect(await verdicts(stack([]), stack([]))).toMatchObject({ [POOL]: "none" });
    expect(await verdicts(stack([]), stack(["terraform_data.t"]))).toMatchObject({ [POOL]: "rotate" });
  });
});
