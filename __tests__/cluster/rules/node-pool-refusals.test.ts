import { AksClusterProps, KataNodePoolOptions, NodePoolOptions, PodSandboxing } from "../../../lib";
import { KATA_POOL } from "../../support/clusters";
import { Unchecked } from "../../support/mistakes";
import { idOf } from "../../support/ids";
import { clusterWith as cluster, poolWith as pool, Refusal, testRefusals } from "../../support/refusals";

const PREFIX = idOf("Microsoft.Network/publicIPPrefixes", "prefix");

const windows = (options: Partial<NodePoolOptions>) => () =>
  cluster({})().addNodePool("win", { ...KATA_POOL, osType: "Windows", ...options });
const kata =
  (options: Partial<KataNodePoolOptions>, props: Unchecked<AksClusterProps> = {}) =>
  () =>
    cluster(props)().addKataNodePool("kata", { ...KATA_POOL, ...options });

const DEFAULT_POOL = { name: "default", vmSize: "Standard_D2s_v5" };
const spot = { priority: "Spot" };

const REFUSALS: { readonly [subject: string]: readonly Refusal[] } = {
  "node pools": [
    [
      kata({}, { roleBasedAccessControlEnabled: false }),
      "roleBasedAccessControlEnabled false of the cluster gives sandboxed pods all rights in it, so that no sandbox holds them: remove it",
      pool({}, { roleBasedAccessControlEnabled: false }),
    ],
    [
      pool({ maxPods: 5 }),
      "maxPods 5 is out of range: use a whole number from 10 to 250 [cluster/aks/apps]",
      pool({ maxPods: 10 }),
    ],
    [pool({ maxPods: 251 }), "maxPods 251 is out of range", pool({ maxPods: 250 })],
    [
      pool({ vmSize: "D4s_v5" }),
      'VM size "D4s_v5" is malformed: write family, cores and version as in Standard_D4s_v5 [cluster/aks/apps]',
      pool({ vmSize: "standard_d4s_v5" }),
    ],
    [
      pool({ vmSize: "Standard D4s v5" }),
      'VM size "Standard D4s v5" is malformed: write family, cores and version as in Standard_D4s_v5 [cluster/aks/apps]',
      pool({ vmSize: "Standard_NC40ads_H100_v5" }),
    ],
    [
      pool({ nodeLabels: { "a b": "c" } }),
      'node label "a b" is not valid: use up to 63 letters, digits, hyphens, underscores and dots with a letter or digit at both ends, after a prefix such as example.com/ or without [cluster/aks/apps]',
      pool({ nodeLabels: { "example.com/a_b.c": "" } }),
    ],
    [
      pool({ nodeLabels: { a: "b", c: "d e" } }),
      'value "d e" of node label "c" is not valid: use up to 63 letters, digits, hyphens, underscores and dots with a letter or digit at both ends [cluster/aks/apps]',
      pool({ nodeLabels: { a: "b", c: "d.e" } }),
    ],
    [
      pool({ nodeLabels: { "kubernetes.azure.com/scalesetpriority": "spot" } }),
      'node label "kubernetes.azure.com/scalesetpriority" is under kubernetes.azure.com/, which AKS keeps for itself: use another prefix [cluster/aks/apps]',
      pool({ ...spot, nodeLabels: { "kubernetes.azure.com/scalesetpriority": "spot" } }),
    ],
    [
      pool({ nodePublicIpPrefixId: PREFIX }),
      "nodePublicIpPrefixId needs nodePublicIpEnabled true: add it, or remove the prefix [cluster/aks/apps]",
      pool({ nodePublicIpPrefixId: PREFIX, nodePublicIpEnabled: true }),
    ],
    [
      kata({ nodeNetworkProfile: { allowedHostPorts: [{ portStart: 90, portEnd: 80 }] } }),
      "nodeNetworkProfile.allowedHostPorts begins at 90 and ends at 80: write the lower one first [cluster/aks/kata]",
      kata({ nodeNetworkProfile: { allowedHostPorts: [{ portStart: 80, portEnd: 80 }] } }),
    ],
  ],
  "operating systems": [
    [
      pool({ osSku: "Windows2022" }),
      "osSku Windows2022 does not go with osType Linux: write osType Windows [cluster/aks/apps]",
      windows({ osSku: "Windows2022" }),
    ],
    [
      windows({ osSku: "Ubuntu" }),
      "osSku Ubuntu does not go with osType Windows: write Windows2022, or remove it [cluster/aks/win]",
      pool({ osSku: "Ubuntu" }),
    ],
    [
      windows({ mode: "System" }),
      "mode System does not go with osType Windows: write mode User [cluster/aks/win]",
      windows({ mode: "User" }),
    ],
    [
      windows({ linuxOsConfig: { swapFileSizeMb: 1 } }),
      "linuxOsConfig does not go with osType Windows: remove it [cluster/aks/win]",
      pool({ linuxOsConfig: { swapFileSizeMb: 1 } }),
    ],
    [
      windows({ name: "windows" }),
      'node pool name "windows" is too long for Windows: use 6 characters at most [cluster/aks/win]',
      windows({ name: "window" }),
    ],
    [
      windows({ temporaryNameForRotation: "windows" }),
      'temporaryNameForRotation "windows" is too long for Windows: use 6 characters at most [cluster/aks/win]',
      windows({ temporaryNameForRotation: "wintmp" }),
    ],
    [
      pool({ osSku: "AzureLinux3" }, { kubernetesVersion: "1.37" }),
      "osSku AzureLinux3 ends before Kubernetes 1.37 (got 1.37): write AzureLinux [cluster/aks/apps]",
      pool({ osSku: "AzureLinux3" }, { kubernetesVersion: "1.36.4" }),
    ],
    [
      pool({ orchestratorVersion: "1.37" }, { kubernetesVersion: "1.36.1" }),
      'orchestratorVersion "1.37" is newer than kubernetesVersion "1.36.1" of the cluster: upgrade the cluster first [cluster/aks/apps]',
      pool({ orchestratorVersion: "1.36" }, { kubernetesVersion: "1.36.1" }),
    ],
    [
      pool({ orchestratorVersion: "1.36.2" }, { kubernetesVersion: "1.36.1" }),
      'orchestratorVersion "1.36.2" is newer than kubernetesVersion "1.36.1" of the cluster',
      pool({ orchestratorVersion: "1.36.2" }, { kubernetesVersion: "1.36.1", automaticUpgradeChannel: "patch" }),
    ],
    [
      cluster({ kubernetesVersion: "1.37", defaultNodePool: { ...DEFAULT_POOL, osSku: "AzureLinux3" } }),
      "osSku AzureLinux3 ends before Kubernetes 1.37 (got 1.37): write AzureLinux [cluster/aks]",
      cluster({ kubernetesVersion: "1.36", defaultNodePool: { ...DEFAULT_POOL, osSku: "AzureLinux3" } }),
    ],
  ],
  priorities: [
    [
      pool({ ...spot, mode: "System" }),
      "mode System does not go with priority Spot, whose nodes Azure takes away: write mode User [cluster/aks/apps]",
      pool({ ...spot, mode: "User" }),
    ],
    [
      pool({ evictionPolicy: "Delete" }),
      "evictionPolicy Delete is for Spot pools: remove it, or write priority Spot [cluster/aks/apps]",
      pool({ ...spot, evictionPolicy: "Deallocate" }),
    ],
    [
      pool({ spotMaxPrice: 0.5 }),
      "spotMaxPrice 0.5 is for Spot pools: remove it, or write priority Spot [cluster/aks/apps]",
      pool({ spotMaxPrice: -1 }),
    ],
    [
      pool({ ...spot, spotMaxPrice: 0 }),
      "spotMaxPrice 0 is no price: write US dollars an hour, or -1 for the price of a regular node [cluster/aks/apps]",
      pool({ ...spot, spotMaxPrice: 0.00001 }),
    ],
    [
      pool({ ...spot, upgradeSettings: { maxSurge: "1" } }),
      "upgradeSettings.maxSurge and maxUnavailable do not go with priority Spot: remove them [cluster/aks/apps]",
      pool({ ...spot, upgradeSettings: { drainTimeoutInMinutes: 5 } }),
    ],
    [
      pool({ upgradeSettings: { maxSurge: "1", maxUnavailable: "1" } }),
      "upgradeSettings.maxSurge and maxUnavailable exclude each other: keep one [cluster/aks/apps]",
      pool({ upgradeSettings: { maxUnavailable: "1" } }),
    ],
    [
      pool({ upgradeSettings: { drainTimeoutInMinutes: 5 } }),
      'upgradeSettings says neither maxSurge nor maxUnavailable: write one, such as maxSurge "10%" [cluster/aks/apps]',
      pool({ upgradeSettings: { drainTimeoutInMinutes: 5, maxSurge: "10%" } }),
    ],
    [
      pool({ upgradeSettings: { drainTimeoutInMinutes: 5 } }, { podSandboxing: PodSandboxing.PREVIEW }),
      "upgradeSettings.maxSurge is missing (got undefined): write a string [cluster/aks/apps]",
      pool({ upgradeSettings: { drainTimeoutInMinutes: 5, maxSurge: "1" } }, { podSandboxing: PodSandboxing.PREVIEW }),
    ],
  ],
};

describe.each(Object.keys(REFUSALS))("%s", (subject) => {
  testRefusals(REFUSALS[subject]);
});
