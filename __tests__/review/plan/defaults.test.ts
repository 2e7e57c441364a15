import { CLUSTER, poolChange, clusterChange, verdicts } from "../../support/changes";
import { clusterWith, stackOf } from "../../support/reviews";

describe("what the provider keeps when it is taken away", () => {
  test("is told and changes nothing", async () => {
    expect(await poolChange({ max_pods: 50 }, {})).toMatchObject({
      verdict: "none",
      arguments: [{ path: "max_pods", before: 50, after: null, effect: "none" }],
    });
    const network_profile = { network_plugin: "azure", load_balancer_profile: { managed_outbound_ip_count: 2 } };
    expect(await clusterChange({ network_profile }, {})).toMatchObject({
      verdict: "none",
      arguments: [{ path: "network_profile", before: network_profile, effect: "none" }],
    });
  });

  test("is not what has a default or nothing", async () => {
    expect(await poolChange({ os_disk_type: "Ephemeral" }, {})).toMatchObject({ verdict: "rotate" });
    expect(await poolChange({ zones: ["1"] }, {})).toMatchObject({ verdict: "rotate" });
  });
});

describe("what AKS has where nothing is written", () => {
  test.each<{ name: string; before: object; after: object }>([
    { name: "OS SKU", before: {}, after: { os_sku: "Ubuntu" } },
    { name: "kubelet disk", before: {}, after: { kubelet_disk_type: "OS" } },
  ])("$name", async ({ before, after }) => {
    expect(await poolChange(before, after)).toMatchObject({ verdict: "none" });
  });

  test("node provisioning, which azurerm 5 demands", async () => {
    const before = stackOf(clusterWith({ oidc_issuer_enabled: true }), {}, 4);
    const after = stackOf(
      clusterWith({ oidc_issuer_enabled: true, node_provisioning_profile: { mode: "Manual" } }),
      {},
      5,
    );
    expect((await verdicts(before, after))[CLUSTER]).toBe("none");
    const auto = stackOf(
      clusterWith({ oidc_issuer_enabled: true, node_provisioning_profile: { mode: "Auto" } }),
      {},
      5,
    );
    expect((await verdicts(before, auto))[CLUSTER]).toBe("update");
  });

  test("what the new version lacks is forgotten", async () => {
    const clusterOf = (config: object) => clusterWith({ image_cleaner_interval_hours: 48, ...config });
    const before = stackOf(clusterOf({ enable_pod_security_policy: true }), {}, 3);
    const gone = stackOf(clusterOf({}), {}, 4);
    expect((await verdicts(before, gone))[CLUSTER]).toBe("none");
  });
});

test.each<{ name: string; before: object; after: object; verdict: string }>([
  { name: "nothing", before: {}, after: {}, verdict: "none" },
  { name: "a switch that is gone", before: { internet_ingestion_enabled: false }, after: {}, verdict: "update" },
  { name: "a switch by default", before: { internet_query_enabled: true }, after: {}, verdict: "none" },
  {
    name: "a switch that has words today",
    before: { internet_ingestion_enabled: false },
    after: { internet_ingestion_access_type: "Disabled" },
    verdict: "none",
  },
  { name: "what was disabled", before: { local_authentication_disabled: true }, after: {}, verdict: "update" },
  {
    name: "what was disabled and is not enabled",
    before: { local_authentication_disabled: true },
    after: { local_authentication_enabled: false },
    verdict: "none",
  },
])("another name of another kind in azurerm 5: $name", async ({ before, after, verdict }) => {
  const workspace = (config: object, major: 4 | 5) =>
    stackOf({ azurerm_log_analytics_workspace: { w: { name: "w", location: "eastus", ...config } } }, {}, major);
  expect(await verdicts(workspace(before, 4), workspace(after, 5))).toEqual({
    "azurerm_log_analytics_workspace.w": verdict,
  });
});
