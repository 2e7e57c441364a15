import { CLUSTER, POOL, verdicts } from "../../support/changes";
import { clusterWith, stackOf } from "../../support/reviews";

describe("references into what is written", () => {
  const named = (pool: object, tag: string) =>
    stackOf({
      ...clusterWith({
        default_node_pool: { name: "default", vm_size: "a", temporary_name_for_rotation: "tmp", ...pool },
      }),
      terraform_data: { t: { triggers_replace: { tag } } },
    });

  test("are not moved by what stands beside", async () => {
    const tag = "${azurerm_kubernetes_cluster.aks.default_node_pool[0].vm_size}";
    expect(await verdicts(named({ node_count: 1 }, tag), named({ node_count: 2 }, tag))).toMatchObject({
      "terraform_data.t": "none",
    });
    expect(await verdicts(named({}, tag), named({ vm_size: "b" }, tag))).toMatchObject({
      "terraform_data.t": "replace",
    });
  });

  test("are none where they are escaped", async () => {
    const [one, other] = ["$${azurerm_kubernetes_cluster.aks.id}", "$${azurerm_kubernetes_cluster.aks.name}"];
    expect(await verdicts(named({}, one), named({}, other))).toMatchObject({ "terraform_data.t": "replace" });
    expect(await verdicts(named({}, "%%{ if a }"), named({}, "%%{ if b }"))).toMatchObject({
      "terraform_data.t": "replace",
    });
  });
});

describe("expressions whose text stays", () => {
  const triggered = (on: unknown, resources: object, more: object = {}) =>
    stackOf({ ...resources, terraform_data: { t: { triggers_replace: on } } }, more);
  const maintained = (...days: string[]) => ({
    maintenance_window: { allowed: days.map((day) => ({ day, hours: [1] })) },
  });
  const T = { "terraform_data.t": "replace" };
  const namespace = (labels: object) => ({ kubernetes_namespace_v1: { n: { metadata: { name: "n", labels } } } });
  const manifest = (manifest: object) => ({ kubernetes_manifest: { m: { manifest } } });
  const output = "${terraform_data.a.output.k}";

  test.each<{ name: string; before: object; after: object }>([
    {
      name: "a name with dots in quotes",
      before: triggered('${kubernetes_namespace_v1.n.metadata[0].labels["a.b/c"]}', namespace({ "a.b/c": "d" })),
      after: triggered('${kubernetes_namespace_v1.n.metadata[0].labels["a.b/c"]}', namespace({ "a.b/c": "e" })),
    },
    {
      name: "a part of an output",
      before: stackOf({ terraform_data: { a: { input: { k: "a" } }, t: { triggers_replace: output } } }),
      after: stackOf({ terraform_data: { a: { input: { k: "b" } }, t: { triggers_replace: output } } }),
    },
    {
      name: "an object in the cluster",
      before: triggered("${kubernetes_manifest.m.object.spec.a}", manifest({ spec: { a: "b" } })),
      after: triggered("${kubernetes_manifest.m.object.spec.a}", manifest({ spec: { a: "c" } })),
    },
    {
      name: "an argument that is taken away",
      before: triggered("${upper(azurerm_kubernetes_cluster.aks.sku_tier)}", clusterWith({ sku_tier: "Standard" })),
      after: triggered("${upper(azurerm_kubernetes_cluster.aks.sku_tier)}", clusterWith()),
    },
    {
      name: "a whole resource",
      before: triggered("${azurerm_kubernetes_cluster.aks}", clusterWith()),
      after: triggered("${azurerm_kubernetes_cluster.aks}", clusterWith({ tags: { a: "b" } })),
    },
    {
      name: "a key of a variable",
      before: triggered("${var.pool.size}", {}, { variable: { pool: { default: { size: "a", count: 1 } } } }),
      after: triggered("${var.pool.size}", {}, { variable: { pool: { default: { size: "b", count: 1 } } } }),
    },
    {
      name: "a variable in a list",
      before: triggered("${upper(var.a)}", {}, { variable: [{ a: { default: "a" } }] }),
      after: triggered("${upper(var.a)}", {}, { variable: [{ a: { default: "b" } }] }),
    },
  ])("$name is another one", async ({ before, after }) => {
    expect(await verdicts(before, after)).toMatchObject(T);
    expect(await verdicts(before, before)).toMatchObject({ "terraform_data.t": "none" });
  });

  test.each<{ name: string; before: object; after: object; attribute: string }>([
    {
      name: "that the provider keeps when it is taken away",
      before: clusterWith({ default_node_pool: { name: "default", vm_size: "a", node_count: 2 } }),
      after: clusterWith({ default_node_pool: { name: "default", vm_size: "a" } }),
      attribute: "default_node_pool[0].node_count",
    },
    {
      name: "that says its default",
      before: clusterWith(),
      after: clusterWith({ sku_tier: "Free" }),
      attribute: "sku_tier",
    },
  ])("an argument $name is not", async ({ before, after, attribute }) => {
    const on = `\${azurerm_kubernetes_cluster.aks.${attribute}}`;
    expect(await verdicts(triggered(on, before), triggered(on, after))).toMatchObject({ "terraform_data.t": "none" });
  });

  test("an argument that is written for the first time", async () => {
    const on = "${azurerm_kubernetes_cluster_node_pool.kata.node_count}";
    const after = clusterWith({}, { node_count: 3 });
    expect(await verdicts(triggered(on, clusterWith()), triggered(on, after))).toMatchObject(T);
  });

  test("an argument in the names of an older azurerm", async () => {
    const on = "${azurerm_kubernetes_cluster_node_pool.kata.enable_auto_scaling}";
    const scaled = (enable_auto_scaling: boolean) =>
      stackOf({ ...clusterWith({}, { enable_auto_scaling }), terraform_data: { t: { triggers_replace: on } } }, {}, 3);
    expect(await verdicts(scaled(true), scaled(false))).toMatchObject(T);
    const within = "${azurerm_kubernetes_cluster.aks.default_node_pool[0].enable_auto_scaling}";
    const inside = (enable_auto_scaling: boolean) => {
      const pool = { default_node_pool: { name: "default", vm_size: "a", enable_auto_scaling } };
      return stackOf({ ...clusterWith(pool), terraform_data: { t: { triggers_replace: within } } }, {}, 3);
    };
    expect(await verdicts(inside(true), inside(false))).toMatchObject(T);
  });

  test.each<{ name: string; before: object; after: object }>([
    {
      name: "another key of a variable",
      before: triggered("${var.pool.size}", {}, { variable: { pool: { default: { size: "a", count: 1 } } } }),
      after: triggered("${var.pool.size}", {}, { variable: { pool: { default: { size: "a", count: 2 } } } }),
    },
    {
      name: "another key of a local value",
      before: triggered("${local.pool.size}", {}, { locals: { pool: { size: "a", count: 1 } } }),
      after: triggered("${local.pool.size}", {}, { locals: { pool: { size: "a", count: 2 } } }),
    },
    {
      name: "an ignored argument",
      before: triggered(
        "${azurerm_kubernetes_cluster_node_pool.kata.node_count}",
        clusterWith({}, { node_count: 1, lifecycle: { ignore_changes: ["node_count"] } }),
      ),
      after: triggered(
        "${azurerm_kubernetes_cluster_node_pool.kata.node_count}",
        clusterWith({}, { node_count: 2, lifecycle: { ignore_changes: ["node_count"] } }),
      ),
    },
    {
      name: "a set in another order",
      before: triggered(
        "${azurerm_kubernetes_cluster.aks.maintenance_window}",
        clusterWith(maintained("Monday", "Sunday")),
      ),
      after: triggered(
        "${azurerm_kubernetes_cluster.aks.maintenance_window}",
        clusterWith(maintained("Sunday", "Monday")),
      ),
    },
    {
      name: "what only reads like a variable",
      before: triggered(["${local.a}", "var.b"], {}, { locals: { a: "x" }, variable: { b: { default: 1 } } }),
      after: triggered(["${local.a}", "var.b"], {}, { locals: { a: "x" }, variable: { b: { default: 2 } } }),
    },
    {
      name: "a part of a local value that is called like a resource",
      before: triggered("${upper(local.azurerm_kubernetes_cluster.aks)}", clusterWith()),
      after: triggered("${upper(local.azurerm_kubernetes_cluster.aks)}", clusterWith({ tags: { a: "b" } })),
    },
    {
      name: "a part of an output that is called like a variable",
      before: triggered("${terraform_data.a.output.var.b}", {}, { variable: { b: { default: 1 } } }),
      after: triggered("${terraform_data.a.output.var.b}", {}, { variable: { b: { default: 2 } } }),
    },
  ])("$name is not", async ({ before, after }) => {
    expect(await verdicts(before, after)).toMatchObject({ "terraform_data.t": "none" });
  });

  test("a key of a local value that only Terraform knows may be another one", async () => {
    const merged = (size: string) =>
      triggered("${local.pool.size}", {}, { locals: { pool: `\${merge({ size = "${size}" })}` } });
    expect(await verdicts(merged("a"), merged("b"))).toMatchObject({ "terraform_data.t": "unknown" });
    expect(await verdicts(merged("a"), merged("a"))).toMatchObject({ "terraform_data.t": "none" });
  });

  test("a region and a role", async () => {
    const variable = (value: string) => ({ variable: { v: { default: value } } });
    const group = { azurerm_resource_group: { g: { name: "g", location: "${var.v}" } } };
    expect(await verdicts(stackOf(group, variable("eastus")), stackOf(group, variable("westeurope")))).toEqual({
      "azurerm_resource_group.g": "replace",
    });
    const role = { azurerm_role_assignment: { r: { role_definition_name: "${var.v}" } } };
    expect(await verdicts(stackOf(role, variable("Reader")), stackOf(role, variable("Owner")))).toEqual({
      "azurerm_role_assignment.r": "replace",
    });
  });

  test("a set of blocks", async () => {
    const maintained = (day: string) =>
      stackOf(clusterWith({ maintenance_window: { allowed: [{ day: "${var.day}", hours: [1] }] } }), {
        variable: { day: { default: day } },
      });
    expect(await verdicts(maintained("Monday"), maintained("Sunday"))).toMatchObject({ [CLUSTER]: "update" });
    expect(await verdicts(maintained("Monday"), maintained("Monday"))).toMatchObject({ [CLUSTER]: "none" });
  });

  test("a module, and a data source of any name", async () => {
    const inSubnet = (vnet_subnet_id: string, more: object) => stackOf(clusterWith({}, { vnet_subnet_id }), more);
    const module = (version: string) =>
      inSubnet("${module.net.subnet}", { module: { net: { source: "net", version } } });
    expect(await verdicts(module("1"), module("2"))).toMatchObject({ "module.net": "unknown", [POOL]: "unknown" });
    expect(await verdicts(module("1"), module("1"))).toMatchObject({ "module.net": "none", [POOL]: "none" });
    const data = (url: string) => inSubnet("${data.http.ip.body}", { data: { http: { ip: { url } } } });
    expect(await verdicts(data("a"), data("b"))).toMatchObject({ [POOL]: "unknown" });
  });
});

test("references in a long chain are followed to its end", async () => {
  const chain = (end: string) =>
    stackOf({
      terraform_data: Object.fromEntries(
        Array.from({ length: 1200 }, (_, i) => [
          `t${i}`,
          { input: i < 1199 ? `\${terraform_data.t${i + 1}.output}` : end },
        ]),
      ),
    });
  expect(new Set(Object.values(await verdicts(chain("a"), chain("b"))))).toEqual(new Set(["update"]));
});
