import type { PodSandboxing } from "../../pod-sandboxing";
import type { Rule } from "../../validation/rule";
import type { ClusterArguments } from "./cluster-arguments";
import { isOlder } from "./versions";

const LTS = "AKSLongTermSupport";

/** A minor version of Kubernetes that AKS supports for everybody, or for clusters with LTS. */
interface KubernetesRelease {
  readonly version: string;
  readonly support: "everybody" | "LTS";
  /** Day since when, as far as it is announced. */
  readonly since?: string;
  /** Month in which that ends, as far as it is announced. */
  readonly ends?: string;
}

/**
 * Oldest first; 1.36 is the default of new clusters. AKS upgrades clusters of what is not listed from 2027-06-01 on.
 *
 * Source: Azure/AKS, release 2026-10-25 and CHANGELOG.md.
 */
const KUBERNETES_RELEASES: readonly KubernetesRelease[] = [
  { version: "1.31", support: "LTS", ends: "2026-11" },
  { version: "1.32", support: "LTS" },
  { version: "1.33", support: "LTS", since: "2026-07-17" },
  { version: "1.34", support: "everybody", ends: "2026-11" },
  { version: "1.35", support: "everybody" },
  { version: "1.36", support: "everybody" },
  { version: "1.37", support: "everybody", since: "2026-10-25" },
];

const [OLDEST_WITH_LTS] = KUBERNETES_RELEASES;
export const NEWEST = KUBERNETES_RELEASES[KUBERNETES_RELEASES.length - 1];

/** More minors than a year brings. */
const FAR = 3;

/** Returns whether a version is of a minor that is years away, or of another major. */
export function isFarBeyond(version: string | undefined): boolean {
  const [major, minor] = NEWEST.version.split(".").map(Number);
  return isOlder(`${major}.${minor + FAR}`, version);
}
const OLDEST = KUBERNETES_RELEASES.find(({ support }) => support === "everybody")!;

interface Cluster extends ClusterArguments {
  readonly podSandboxing: PodSandboxing;
}

/** Versions that AKS no longer supports; what releases say of themselves is not said again. */
export const SUPPORT_RULES: readonly Rule<Cluster>[] = [
  {
    when: ({ podSandboxing, kubernetesVersion }) =>
      podSandboxing.warning === undefined && isOlder(kubernetesVersion, OLDEST_WITH_LTS.version),
    message: ({ kubernetesVersion }) =>
      `Kubernetes version "${kubernetesVersion}" is out of support, and AKS upgrades it by itself from 2027-06-01 on: use ${OLDEST.version} or later`,
    source: "Azure/AKS, release 2026-10-25",
    warns: true,
  },
  {
    when: ({ podSandboxing, kubernetesVersion, supportPlan }) =>
      podSandboxing.warning === undefined && supportPlan !== LTS && releaseOf(kubernetesVersion)?.support === "LTS",
    message: ({ kubernetesVersion }) =>
      `Kubernetes version "${kubernetesVersion}" is supported with LTS only${since(kubernetesVersion)}: use ${OLDEST.version} or later, or write skuTier Premium and supportPlan ${LTS}`,
    source: "Azure/AKS, release 2026-10-25",
    warns: true,
  },
];

function releaseOf(version: string | undefined): KubernetesRelease | undefined {
  return KUBERNETES_RELEASES.find((release) => version?.split(".").slice(0, 2).join(".") === release.version);
}

function since(version: string | undefined): string {
  const day = releaseOf(version)?.since;
  return day === undefined ? "" : ` since ${day}`;
}
