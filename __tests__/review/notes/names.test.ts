import { asWritten } from "../../../lib/review/notes/names";

test.each([
  { name: "an argument", says: "skuTier Standard goes", written: "`sku_tier` Standard goes" },
  { name: "one in a block", says: "networkProfile.podCidr is", written: "`network_profile.pod_cidr` is" },
  { name: "one of pools alone", says: "evictionPolicy Delete", written: "`eviction_policy` Delete" },
  { name: "a value", says: 'node label "osType" is', written: 'node label "osType" is' },
  { name: "nothing", says: "maxCount (got undefined)", written: "`max_count` (got nothing)" },
  { name: "other words", says: "kubernetes.io is of AKS", written: "kubernetes.io is of AKS" },
])("$name is told as a configuration writes it", ({ says, written }) => {
  expect(asWritten(says, "~> 4.0")).toBe(written);
});

test("the names are those of the version of azurerm", () => {
  expect(asWritten("add autoScalingEnabled true", "~> 3.100")).toBe("add `enable_auto_scaling` true");
});
