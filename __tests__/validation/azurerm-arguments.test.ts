import { PodSandboxing, AzurermVersion, AksClusterProps } from "../../lib";
import { azurermArguments } from "../../lib/azurerm-arguments";
import { aksArguments } from "../../lib/provider-schemas";
import { aksCluster } from "../support/clusters";
import { clusterOf, defaultNodePoolOf, kataPoolOf, nodePoolOf } from "../support/mistakes";

type Mistake = [make: () => unknown, message: string];

describe("an argument that azurerm demands of a block", () => {
  test.each<Mistake>([
    [
      () => clusterOf({ networkProfile: {} }),
      "networkProfile.networkPlugin is missing (got undefined): write azure, kubenet or none [cluster/aks]",
    ],
    [() => clusterOf({ identity: {} }), "identity.type is missing (got undefined): write a string [cluster/aks]"],
    [
      () => clusterOf({ omsAgent: { logAnalyticsWorkspaceId: undefined } }),
      "omsAgent.logAnalyticsWorkspaceId is missing (got undefined): write a string [cluster/aks]",
    ],
    [
      () => clusterOf({ omsAgent: { logAnalyticsWorkspaceId: "" } }),
      "omsAgent.logAnalyticsWorkspaceId is empty: write a string [cluster/aks]",
    ],
    [
      () => clusterOf({ linuxProfile: { adminUsername: "me" } }),
      "linuxProfile.sshKey is missing (got undefined): write an object with keyData [cluster/aks]",
    ],
    [
      () => clusterOf({ linuxProfile: { adminUsername: "me", sshKey: { keyData: null } } }),
      "linuxProfile.sshKey.keyData is missing (got null): write a string [cluster/aks]",
    ],
    [
      () => clusterOf({ maintenanceWindow: { notAllowed: [{ start: "2026-12-24T00:00:00Z" }] } }),
      "maintenanceWindow.notAllowed[0].end is missing (got undefined): write a string [cluster/aks]",
    ],
    [
      () => clusterOf({ servicePrincipal: { clientId: "id" } }),
      "servicePrincipal.clientSecret is missing (got undefined): write a string [cluster/aks]",
    ],
    [
      () => defaultNodePoolOf({ upgradeSettings: {} }),
      "defaultNodePool.upgradeSettings.maxSurge is missing (got undefined): write a string [cluster/aks]",
    ],
  ])("%#", (make, message) => {
    expect(make).toThrow(message);
  });

  test("is that of the major in use", () => {
    const windowsProfile: AksClusterProps["windowsProfile"] = { adminUsername: "me" } as never;
    expect(() => clusterOf({ windowsProfile })).toThrow("windowsProfile.adminPassword is missing (got undefined)");
    expect(aksCluster({ podSandboxing: PodSandboxing.PREVIEW, windowsProfile }).windows_profile).toEqual({
      admin_username: "me",
    });
  });
});

describe("a value that azurerm does not take", () => {
  test.each<Mistake>([
    [
      () => nodePoolOf({ mode: "system" }),
      'mode "system" is not known to azurerm 4: write System or User [cluster/aks/apps]',
    ],
    [
      () => kataPoolOf({ priority: "spot" }),
      'priority "spot" is not known to azurerm 4: write Regular or Spot [cluster/aks/kata]',
    ],
    [
      () => nodePoolOf({ osSku: "CBLMariner" }),
      'osSku "CBLMariner" is not known to azurerm 4: write AzureLinux, AzureLinux3, Ubuntu, Ubuntu2204, Ubuntu2404, Windows2019 or Windows2022 [cluster/aks/apps]',
    ],
    [
      () => clusterOf({ networkProfile: { networkPlugin: "azure", networkPolicy: "none" } }),
      'networkProfile.networkPolicy "none" is not known to azurerm 4: write calico, azure or cilium [cluster/aks]',
    ],
    [
      () => clusterOf({ networkProfile: { networkPlugin: "azure", networkPolicy: "" } }),
      'networkProfile.networkPolicy "" is not known to azurerm 4: write calico, azure or cilium [cluster/aks]',
    ],
    [
      () => clusterOf({ networkProfile: { networkPlugin: "azure", ipVersions: ["IPv4", "IPv5"] } }),
      'networkProfile.ipVersions "IPv5" is not known to azurerm 4: write IPv4 or IPv6 [cluster/aks]',
    ],
    [
      () => clusterOf({ maintenanceWindow: { allowed: [{ day: "Mon", hours: [1] }] } }),
      'maintenanceWindow.allowed[0].day "Mon" is not known to azurerm 4: write Sunday, Monday, Tuesday, Wednesday, Thursday, Friday or Saturday [cluster/aks]',
    ],
    [
      () => clusterOf({ skuTier: "Paid" }),
      'skuTier "Paid" is not known to azurerm 4: write Free, Standard or Premium [cluster/aks]',
    ],
    [
      () => defaultNodePoolOf({ osDiskType: "Local" }),
      'defaultNodePool.osDiskType "Local" is not known to azurerm 4: write Ephemeral or Managed [cluster/aks]',
    ],
    [
      () => clusterOf({ podSandboxing: PodSandboxing.PREVIEW, automaticUpgradeChannel: "none" }),
      'automaticUpgradeChannel "none" is not known to azurerm 3: write patch, rapid, stable or node-image [cluster/aks]',
    ],
    [
      () => clusterOf({ podSandboxing: PodSandboxing.GA.on(AzurermVersion.V5), nodeOsUpgradeChannel: "Image" }),
      'nodeOsUpgradeChannel "Image" is not known to azurerm 5: write NodeImage, None, SecurityPatch or Unmanaged [cluster/aks]',
    ],
  ])("%#", (make, message) => {
    expect(make).toThrow(message);
  });
});

describe("a number that azurerm does not take", () => {
  test.each<Mistake>([
    [
      () => nodePoolOf({ osDiskSizeGb: 0 }),
      "osDiskSizeGb 0 is out of range: use a number from 1 on [cluster/aks/apps]",
    ],
    [
      () => kataPoolOf({ linuxOsConfig: { sysctlConfig: { vmMaxMapCount: 1 } } }),
      "linuxOsConfig.sysctlConfig.vmMaxMapCount 1 is out of range: use a number from 65530 to 262144 [cluster/aks/kata]",
    ],
    [
      () => defaultNodePoolOf({ linuxOsConfig: { sysctlConfig: { vmSwappiness: 101 } } }),
      "defaultNodePool.linuxOsConfig.sysctlConfig.vmSwappiness 101 is out of range: use a number from 0 to 100 [cluster/aks]",
    ],
    [
      () => clusterOf({ maintenanceWindow: { allowed: [{ day: "Monday", hours: [1, 24] }] } }),
      "maintenanceWindow.allowed[0].hours 24 is out of range: use a number from 0 to 23 [cluster/aks]",
    ],
    [() => clusterOf({ imageCleanerIntervalHours: NaN }), "imageCleanerIntervalHours NaN is out of range"],
  ])("%#", (make, message) => {
    expect(make).toThrow(message);
  });

  test("is next to one that it takes", () => {
    expect(() => nodePoolOf({ linuxOsConfig: { sysctlConfig: { vmMaxMapCount: 65530 } } })).not.toThrow();
    expect(() => nodePoolOf({ linuxOsConfig: { sysctlConfig: { vmMaxMapCount: 262144 } } })).not.toThrow();
  });
});

test.each([AzurermVersion.V3, AzurermVersion.V4, AzurermVersion.V5])(
  "azurerm $major has all closed sets of values",
  (azurerm) => {
    for (const [type, facts] of Object.entries(aksArguments().resources)) {
      const schema = azurermArguments(type, azurerm);
      const closed = Object.entries(facts).filter(([, { [VERSIONS[azurerm.major]]: fact }]) => fact?.values);
      expect(closed.length).toBeGreaterThan(10);
      for (const [path, { [VERSIONS[azurerm.major]]: fact }] of closed) {
        expect([path, schema.valuesOf(inNamesOfBindings(path))]).toEqual([path, fact.values]);
      }
    }
  },
);

const VERSIONS: { readonly [major: number]: string } = { 3: "3.116.0", 4: "4.81.0", 5: "5.2.0" };

/** Names of closed sets that a major renamed. */
function inNamesOfBindings(path: string): string[] {
  const renamed: { readonly [path: string]: string } = {
    automatic_channel_upgrade: "automatic_upgrade_channel",
    node_os_channel_upgrade: "node_os_upgrade_channel",
  };
  return (renamed[path] ?? path).split(".");
}
