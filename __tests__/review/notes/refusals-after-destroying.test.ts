import { cluster, notesOn } from "../../support/changes";

const zone = (private_dns_zone_id: string | undefined, more: object = {}) =>
  cluster({ private_cluster_enabled: true, private_dns_zone_id, ...more });
const named = (dns_prefix_private_cluster: string, more: object = {}) =>
  zone("System", { dns_prefix: null, dns_prefix_private_cluster, ...more });

test.each<{ name: string; before: object; after: object; note: string }>([
  {
    name: "a private DNS prefix without a zone of one's own",
    before: zone("System"),
    after: named("b"),
    note: "is for private clusters with a DNS zone of your own",
  },
  {
    name: "a zone that a system-assigned identity cannot write in",
    before: zone("System"),
    after: zone("/subscriptions/s/zone"),
    note: "`private_dns_zone_id` of your own needs an identity that may write to the zone",
  },
  {
    name: "the same where the zone is a reference",
    before: zone("System"),
    after: zone("${azurerm_private_dns_zone.z.id}"),
    note: "azurerm refuses a `private_dns_zone_id` of yours with an `identity` that is SystemAssigned",
  },
  {
    name: "the same where a data source has the zone",
    before: zone("System"),
    after: zone("${data.azurerm_private_dns_zone.z.id}", { dns_prefix: "b" }),
    note: "azurerm refuses a `private_dns_zone_id` of yours with an `identity` that is SystemAssigned",
  },
])("$name is refused", async ({ before, after, note }) => {
  const notes = await notesOn(before, after);
  expect(notes).toContainEqual(expect.stringContaining(note));
});

test("what is refused when the old one is gone is told so", async () => {
  const notes = await notesOn(zone("System"), zone("System", { dns_prefix: "b", cost_analysis_enabled: true }));
  expect(notes).toEqual([
    expect.stringMatching(/`sku_tier` Standard or Premium \(the old one may be destroyed by then\)$/),
  ]);
  expect(await notesOn(zone("System"), zone("System", { cost_analysis_enabled: true }))).toEqual([
    expect.stringMatching(/`sku_tier` Standard or Premium$/),
  ]);
});

test("what is refused at plan destroys nothing", async () => {
  const both = { dns_prefix: "b", dns_prefix_private_cluster: "c" };
  expect(await notesOn(zone("System"), zone("System", both))).toContainEqual(
    expect.stringMatching(/`dns_prefix` and `dns_prefix_private_cluster` exclude each other: keep one$/),
  );
});
