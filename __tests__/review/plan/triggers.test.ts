import { POOL, verdicts } from "../../support/changes";
import { clusterWith, stackOf } from "../../support/reviews";

describe("triggers", () => {
  const triggeredBy = (trigger: string, cluster: object = {}, more: object = {}) =>
    stackOf({ ...clusterWith(cluster, { lifecycle: { replace_triggered_by: [trigger] } }), ...more });
  const data = (config: object) => ({ terraform_data: { t: config } });
  const chained = (input: string) => ({
    terraform_data: { t: { input }, u: { lifecycle: { replace_triggered_by: ["terraform_data.t"] } } },
  });

  test.each<{ name: string; before: object; after: object; verdict: string }>([
    {
      name: "by an id that stays",
      before: triggeredBy("azurerm_kubernetes_cluster.aks.id"),
      after: triggeredBy("azurerm_kubernetes_cluster.aks.id", { tags: { a: "b" } }),
      verdict: "none",
    },
    {
      name: "by a name that stays",
      before: triggeredBy("azurerm_kubernetes_cluster.aks.name", { kubernetes_cluster_id: "x" }),
      after: triggeredBy("azurerm_kubernetes_cluster.aks.name", { kubernetes_cluster_id: "x", tags: { a: "b" } }),
      verdict: "none",
    },
    {
      name: "by what is gone",
      before: triggeredBy("terraform_data.t", {}, data({})),
      after: triggeredBy("terraform_data.t"),
      verdict: "none",
    },
    {
      name: "by what is triggered itself",
      before: triggeredBy("terraform_data.u", {}, chained("a")),
      after: triggeredBy("terraform_data.u", {}, chained("b")),
      verdict: "replace",
    },
    {
      name: "by an update",
      before: triggeredBy("terraform_data.t", {}, data({ input: "a" })),
      after: triggeredBy("terraform_data.t", {}, data({ input: "b" })),
      verdict: "replace",
    },
    {
      name: "by an update that may be none",
      before: triggeredBy("terraform_data.t", {}, data({ input: "a" })),
      after: triggeredBy("terraform_data.t", {}, data({ input: "${var.a}" })),
      verdict: "unknown",
    },
  ])("$name", async ({ before, after, verdict }) => {
    expect(await verdicts(before, after)).toMatchObject({ [POOL]: verdict });
  });
});

test("a resource group that is replaced for what is in it takes it along", async () => {
  const stack = (dns_prefix: string) =>
    stackOf({
      ...clusterWith({ dns_prefix, resource_group_name: "rg" }),
      azurerm_resource_group: {
        group: { name: "rg", location: "eastus", lifecycle: { replace_triggered_by: [POOL] } },
      },
    });
  expect(await verdicts(stack("a"), stack("b"))).toEqual({
    "azurerm_kubernetes_cluster.aks": "replace",
    "azurerm_resource_group.group": "replace",
    [POOL]: "replace",
  });
});
