import { notesOn, pool } from "../../support/changes";
import { Stack } from "../../support/reviews";

describe("what is refused", () => {
  const KATA = { workload_runtime: "KataVmIsolation" };
  test.each<{ name: string; before: Stack; after: Stack; note: string }>([
    {
      name: "a rotation without a temporary name",
      before: pool({}),
      after: pool({ max_pods: 50 }),
      note: "azurerm refuses at apply to rotate the pool: write `temporary_name_for_rotation`",
    },
    {
      name: "autoscaling without counts",
      before: pool({}),
      after: pool({ auto_scaling_enabled: true }),
      note: "azurerm or AKS refuses it: an autoscaled pool needs `min_count` and `max_count`",
    },
    {
      name: "counts without autoscaling",
      before: pool({}),
      after: pool({ min_count: 1 }),
      note: "azurerm or AKS refuses it: `min_count` and `max_count` (got",
    },
    {
      name: "surge of Spot pools",
      before: pool({}),
      after: pool({ priority: "Spot", upgrade_settings: { max_surge: "10%" } }),
      note: "azurerm or AKS refuses it: `upgrade_settings.max_surge` and `max_unavailable` do not go with priority Spot",
    },
    {
      name: "kata on a VM size without nested virtualization",
      before: pool(KATA),
      after: pool({ ...KATA, vm_size: "Standard_B2s" }),
      note: 'azurerm or AKS refuses it: VM size "Standard_B2s" cannot run kata pods (B sizes have no nested virtualization)',
    },
    {
      name: "kata with FIPS",
      before: pool(KATA),
      after: pool({ ...KATA, fips_enabled: true }),
      note: "azurerm or AKS refuses it: `fips_enabled` true does not go with kata pods",
    },
    {
      name: "kata on Ubuntu",
      before: pool({ ...KATA, os_sku: "AzureLinux" }),
      after: pool({ ...KATA, os_sku: "Ubuntu" }),
      note: "AKS refuses kata pods on `Ubuntu`",
    },
    {
      name: "a value that the version lacks",
      before: pool({}),
      after: pool({ os_sku: "CBLMariner" }),
      note: "the provider refuses `os_sku`: it takes one of AzureLinux, AzureLinux3, Ubuntu, Ubuntu2204, Ubuntu2404, Windows2019, Windows2022, not `CBLMariner`",
    },
    {
      name: "an argument that the version lacks",
      before: pool({}),
      after: pool({ enable_auto_scaling: true }),
      note: "the provider refuses `enable_auto_scaling`: it takes no such argument",
    },
    {
      name: "more nodes at least than at most",
      before: pool({}),
      after: pool({ auto_scaling_enabled: true, min_count: 3, max_count: 2 }),
      note: "azurerm or AKS refuses it: `min_count` 3 is more than `max_count` 2",
    },
    {
      name: "a pool's name",
      before: pool({}),
      after: pool({ name: "Kata-1" }),
      note: "azurerm refuses `Kata-1` as the name of a pool",
    },
    {
      name: "upgrade settings that say nothing",
      before: pool({}),
      after: pool({ upgrade_settings: { node_soak_duration_in_minutes: 1 } }),
      note: "azurerm or AKS refuses it: `upgrade_settings` says neither `max_surge` nor `max_unavailable`",
    },
    {
      name: "a rotation that may be",
      before: pool({ max_pods: 30 }),
      after: pool({ max_pods: "${var.pods}" }),
      note: "azurerm refuses at apply to rotate the pool: write `temporary_name_for_rotation`",
    },
    {
      name: "autoscaling without one of the counts",
      before: pool({}),
      after: pool({ auto_scaling_enabled: true, min_count: 1 }),
      note: "azurerm or AKS refuses it: an autoscaled pool needs `min_count` and `max_count`",
    },
    {
      name: "a count at most without autoscaling",
      before: pool({}),
      after: pool({ max_count: 1 }),
      note: "azurerm or AKS refuses it: `min_count` and `max_count` (got",
    },
    {
      name: "unavailable nodes of Spot pools",
      before: pool({}),
      after: pool({ priority: "Spot", upgrade_settings: { max_unavailable: "1" } }),
      note: "azurerm or AKS refuses it: `upgrade_settings.max_surge` and `max_unavailable` do not go with priority Spot",
    },
    {
      name: "kata on Windows",
      before: pool({ ...KATA, os_sku: "AzureLinux" }),
      after: pool({ ...KATA, os_sku: "Windows2022" }),
      note: "AKS refuses kata pods on `Windows2022`",
    },
    {
      name: "what Spot pools have only",
      before: pool({}),
      after: pool({ eviction_policy: "Delete" }),
      note: "azurerm or AKS refuses it: `eviction_policy` Delete is for Spot pools",
    },
    {
      name: "a price that Spot pools have only",
      before: pool({}),
      after: pool({ spot_max_price: 0.5 }),
      note: "azurerm or AKS refuses it: `spot_max_price` 0.5 is for Spot pools",
    },
    {
      name: "Linux settings of Windows",
      before: pool({}),
      after: pool({ os_type: "Windows", linux_os_config: { swap_file_size_mb: 1 } }),
      note: "azurerm or AKS refuses it: `linux_os_config` does not go with `os_type` Windows",
    },
    {
      name: "a temporary name that is none",
      before: pool({}),
      after: pool({ temporary_name_for_rotation: "Tmp" }),
      note: "azurerm refuses `Tmp` as the name of a pool",
    },
    {
      name: "a temporary name that is taken",
      before: pool({}),
      after: pool({ temporary_name_for_rotation: "kata" }),
      note: "azurerm cannot rotate pool `kata` through a pool of the same name",
    },
  ])("$name", async ({ before, after, note }) => {
    expect(await notesOn(before, after)).toContainEqual(expect.stringContaining(`: ${note}`));
    expect((await notesOn(before, before)).filter((text) => text.includes(note))).toEqual([]);
  });

  test.each<{ name: string; before: Stack; after: Stack }>([
    { name: "a rotation of what is replaced", before: pool({}), after: pool({ max_pods: 50, priority: "Spot" }) },
    {
      name: "what only Terraform knows",
      before: pool({}),
      after: pool({ eviction_policy: "Delete", priority: "${var.priority}" }),
    },
    {
      name: "as few nodes at least as at most",
      before: pool({}),
      after: pool({ auto_scaling_enabled: true, min_count: 2, max_count: 2 }),
    },
    { name: "any price", before: pool({}), after: pool({ spot_max_price: -1, node_count: 2 }) },
    {
      name: "upgrade settings that say nothing on azurerm 3",
      before: pool({}, 3),
      after: pool({ upgrade_settings: { node_soak_duration_in_minutes: 1 } }, 3),
    },
    {
      name: "Linux settings of Linux",
      before: pool({}),
      after: pool({ temporary_name_for_rotation: "tmp", linux_os_config: { swap_file_size_mb: 1 } }),
    },
    { name: "a name that only Terraform knows", before: pool({}), after: pool({ name: "${var.name}" }) },
    {
      name: "a rotation that is ignored",
      before: pool({ vm_size: "a" }),
      after: pool({ vm_size: "${var.a}", node_count: 3, lifecycle: { ignore_changes: ["vm_size"] } }),
    },
    {
      name: "kata on a VM size that only Terraform knows",
      before: pool(KATA),
      after: pool({ ...KATA, temporary_name_for_rotation: "tmp", vm_size: "Standard_B2${var.s}" }),
    },
    {
      name: "what stays as it is",
      before: pool({ eviction_policy: "Delete" }),
      after: pool({ eviction_policy: "Delete" }),
    },
  ])("not $name", async ({ before, after }) => {
    const refused = /(azurerm|AKS|Kubernetes) (refuses|wants|takes|cannot)/;
    expect((await notesOn(before, after)).filter((note) => refused.test(note))).toEqual([]);
  });
});
