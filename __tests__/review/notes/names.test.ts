import { argumentsOf } from "../../../lib/review/facts/arguments";
import { inNamesOf } from "../../../lib/review/notes/rules";

const cluster = (constraint: string) => argumentsOf("resource", "azurerm_kubernetes_cluster", constraint);

test.each([
  { name: "an argument", says: "skuTier Standard goes", written: "`sku_tier` Standard goes" },
  { name: "one in a block", says: "networkProfile.podCidr is", written: "`network_profile.pod_cidr` is" },
  { name: "one of pools alone", says: "evictionPolicy Delete", written: "`eviction_policy` Delete" },
  { name: "a value", says: 'node label "osType" is', written: 'node label "osType" is' },
  { name: "nothing", says: "maxCount (got undefined)", written: "`default_node_pool.max_count` (got nothing)" },
  { name: "other words", says: "kubernetes.io is of AKS", written: "kubernetes.io is of AKS" },
])("$name is told as a configuration writes it", ({ says, written }) => {
  expect(inNamesOf(cluster("~> 4.0"), says)).toBe(written);
});

test("the names are those of the version of azurerm", () => {
  expect(inNamesOf(cluster("~> 3.100"), "add autoScalingEnabled true")).toBe(
    "add `default_node_pool.enable_auto_scaling` true",
  );
});
