import { clusterChange, CLUSTER, POOL, verdicts } from "../../support/changes";
import { byAddress, clusterWith, reviewOf, stackOf } from "../../support/reviews";

test("blocks of a set that stay are not told", async () => {
  const allowed = (...days: string[]) => ({
    maintenance_window: { allowed: days.map((day) => ({ day, hours: [1] })) },
  });
  expect(await clusterChange(allowed("Friday", "Monday", "Sunday"), allowed("Monday", "Sunday"))).toMatchObject({
    verdict: "update",
    arguments: [{ path: "maintenance_window.allowed[0]", before: { day: "Friday" }, after: null }],
  });
});

test("the id of another resource is another one, though both are there", async () => {
  const { azurerm_kubernetes_cluster: clusters, azurerm_kubernetes_cluster_node_pool: pools } = clusterWith();
  const inCluster = (id: string) =>
    stackOf({
      azurerm_kubernetes_cluster: { ...clusters, other: { ...clusters.aks, name: "other" } },
      azurerm_kubernetes_cluster_node_pool: { kata: { ...pools.kata, kubernetes_cluster_id: `\${${id}.id}` } },
    });
  const other = "azurerm_kubernetes_cluster.other";
  expect(await verdicts(inCluster(CLUSTER), inCluster(other))).toMatchObject({ [POOL]: "replace", [other]: "none" });
});

test("what a resource without a schema computes may be another value when it changes", async () => {
  const stack = (display_name: string) =>
    stackOf({
      azuread_group: { team: { display_name } },
      terraform_data: { t: { triggers_replace: "${azuread_group.team.object_id}" } },
    });
  expect(await verdicts(stack("a"), stack("b"))).toMatchObject({ "terraform_data.t": "unknown" });
});

test("what azurerm 3 writes outside of a block is with what it writes in it", async () => {
  const ranges = ["10.0.0.0/8"];
  const old = { api_server_authorized_ip_ranges: ranges, api_server_access_profile: { subnet_id: "s" } };
  const next = { api_server_access_profile: { authorized_ip_ranges: ranges, subnet_id: "s" } };
  const result = await reviewOf({ s: stackOf(clusterWith(old), {}, 3) }, { s: stackOf(clusterWith(next)) });
  expect(byAddress(result)[CLUSTER].arguments.map(({ path }) => path)).toEqual(["image_cleaner_interval_hours"]);
});

test("a condition on what only Terraform knows is taken to hold", async () => {
  const map = (value: string) =>
    stackOf({ kubernetes_config_map_v1: { m: { immutable: "${var.immutable}", data: { a: value } } } });
  expect(await verdicts(map("b"), map("c"))).toEqual({ "kubernetes_config_map_v1.m": "replace" });
});

test("a resource group is planned before what only has its name, and what has none is in none", async () => {
  const stack = (location: string) =>
    stackOf({
      ...clusterWith(),
      terraform_data: { t: {} },
      azurerm_resource_group: { group: { name: "group", location }, nameless: { location } },
    });
  expect(await verdicts(stack("eastus"), stack("westus"))).toMatchObject({
    [CLUSTER]: "replace",
    "terraform_data.t": "none",
  });
});
