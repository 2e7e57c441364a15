import { CLUSTER, POOL, verdicts } from "../../support/changes";
import { byAddress, clusterWith, reviewOf, stackOf } from "../../support/reviews";

describe("consequences", () => {
  test("a replaced cluster replaces its pools", async () => {
    const result = await verdicts(stackOf(clusterWith()), stackOf(clusterWith({ dns_prefix: "pods" })));
    expect(result).toEqual({ [CLUSTER]: "replace", [POOL]: "replace" });
  });

  test("a replaced resource group replaces all that is in it", async () => {
    const group = (location: string, name: string) => ({
      azurerm_resource_group: { group: { name: "group", location } },
      ...clusterWith({ resource_group_name: name }),
      azurerm_user_assigned_identity: { id: { name: "id", location: "eastus", resource_group_name: "group" } },
    });
    for (const name of [
      "group",
      "${azurerm_resource_group.group.name}",
      "${lower(azurerm_resource_group.group.name)}",
    ]) {
      expect(await verdicts(stackOf(group("eastus", name)), stackOf(group("westus", name)))).toEqual({
        "azurerm_resource_group.group": "replace",
        [CLUSTER]: "replace",
        [POOL]: "replace",
        "azurerm_user_assigned_identity.id": "replace",
      });
    }
  });

  test("a resource group that goes away or is replaced at another address replaces what stays in it", async () => {
    const inGroup = (groups: object, more: object = {}) =>
      stackOf({ azurerm_resource_group: groups as never, ...clusterWith() }, { locals: { name: "group" }, ...more });
    const group = (location: string) => ({ name: "${local.name}", location });
    expect(await verdicts(inGroup({ group: group("eastus") }), inGroup({}))).toMatchObject({ [CLUSTER]: "replace" });
    const moved = [{ from: "azurerm_resource_group.group", to: "azurerm_resource_group.main" }];
    const unchanged = inGroup({ main: group("eastus") }, { moved });
    expect(await verdicts(inGroup({ group: group("eastus") }), unchanged)).toMatchObject({ [CLUSTER]: "none" });
    const after = inGroup({ main: group("westus") }, { moved });
    expect(await verdicts(inGroup({ group: group("eastus") }), after)).toMatchObject({
      "azurerm_resource_group.main": "replace",
      [CLUSTER]: "replace",
    });
  });

  test("what is named like a resource group is none", async () => {
    const named = (location: string) =>
      stackOf({
        ...clusterWith(),
        azurerm_user_assigned_identity: { i: { name: "group", location, resource_group_name: "other" } },
      });
    expect(await verdicts(named("eastus"), named("westus"))).toMatchObject({
      "azurerm_user_assigned_identity.i": "replace",
      [CLUSTER]: "none",
    });
  });

  test("a resource group that is replaced is a surer cause than a trigger", async () => {
    const triggered = (location: string, input: string) =>
      stackOf({
        azurerm_resource_group: { group: { name: "group", location } },
        ...clusterWith({ lifecycle: { replace_triggered_by: ["terraform_data.t"] } }),
        terraform_data: { t: { input } },
      });
    const result = await reviewOf({ s: triggered("eastus", "a") }, { s: triggered("westus", "${var.a}") });
    expect(byAddress(result)[CLUSTER]).toMatchObject({
      verdict: "replace",
      why: expect.stringContaining("`azurerm_resource_group.group` goes away, and everything in it with it"),
    });
  });

  test("a trigger replaces, except when it is new", async () => {
    const triggered = (value?: string) =>
      stackOf({
        ...clusterWith({}, { lifecycle: { replace_triggered_by: ["terraform_data.t"] } }),
        ...(value && { terraform_data: { t: { triggers_replace: { value } } } }),
      });
    expect(await verdicts(triggered("a"), triggered("b"))).toMatchObject({
      "terraform_data.t": "replace",
      [POOL]: "replace",
    });
    expect(await verdicts(triggered(), triggered("b"))).toMatchObject({ "terraform_data.t": "create", [POOL]: "none" });
  });

  test("a trigger by what is computed from what changes replaces", async () => {
    const triggered = (input: string) =>
      stackOf({
        ...clusterWith({}, { lifecycle: { replace_triggered_by: ["terraform_data.t.output"] } }),
        terraform_data: { t: { input } },
      });
    expect(await verdicts(triggered("a"), triggered("b"))).toMatchObject({ [POOL]: "replace" });
    expect(await verdicts(triggered("a"), triggered("a"))).toMatchObject({ [POOL]: "none" });
  });

  test("a trigger that may change may replace", async () => {
    const triggered = (value: string) =>
      stackOf({
        ...clusterWith({}, { lifecycle: { replace_triggered_by: ["terraform_data.t"] } }),
        terraform_data: { t: { triggers_replace: value } },
      });
    expect(await verdicts(triggered("a"), triggered("${var.a}"))).toMatchObject({
      "terraform_data.t": "unknown",
      [POOL]: "unknown",
    });
    const result = await reviewOf({ s: triggered("a") }, { s: triggered("${var.a}") });
    expect(byAddress(result)[POOL].why).toMatch(/^if `terraform_data.t` changes, it is replaced; its nodes/);
  });

  test("what azurerm computes anew is another value", async () => {
    const issued = (oidc_issuer_enabled: boolean) =>
      stackOf({
        ...clusterWith({ oidc_issuer_enabled }),
        terraform_data: { t: { triggers_replace: "${azurerm_kubernetes_cluster.aks.oidc_issuer_url}" } },
      });
    expect(await verdicts(issued(false), issued(true))).toMatchObject({
      [CLUSTER]: "update",
      "terraform_data.t": "replace",
    });
  });

  test("a config map that was immutable is replaced for its data", async () => {
    const map = (immutable: boolean, data: object) =>
      stackOf({ kubernetes_config_map_v1: { m: { metadata: { name: "m" }, immutable, data } } });
    expect(await verdicts(map(true, { a: "b" }), map(true, { a: "c" }))).toEqual({
      "kubernetes_config_map_v1.m": "replace",
    });
    expect(await verdicts(map(false, { a: "b" }), map(true, { a: "c" }))).toEqual({
      "kubernetes_config_map_v1.m": "update",
    });
  });

  test("what is updated gives no new id", async () => {
    expect(await verdicts(stackOf(clusterWith()), stackOf(clusterWith({ tags: { a: "b" } })))).toEqual({
      [CLUSTER]: "update",
      [POOL]: "none",
    });
  });
});
