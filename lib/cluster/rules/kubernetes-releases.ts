import type { PodSandboxing } from "../../pod-sandboxing";
import type { Rule } from "../../validation/rule";
import type { ClusterArguments } from "./cluster-arguments";
import { isOlder } from "./versions";

/** Oldest versions that AKS supports, as of the release of 2026-10-25. Source: Azure/AKS, releases and CHANGELOG.md. */
const OLDEST_SUPPORTED = "1.34";
const OLDEST_WITH_LTS = "1.31";

const LTS = "AKSLongTermSupport";

interface Cluster extends ClusterArguments {
  readonly podSandboxing: PodSandboxing;
}

/** Versions that AKS no longer supports; what releases say of themselves is not said again. */
export const SUPPORT_RULES: readonly Rule<Cluster>[] = [
  {
    when: ({ podSandboxing, kubernetesVersion }) =>
      podSandboxing.warning === undefined && isOlder(kubernetesVersion, OLDEST_WITH_LTS),
    message: ({ kubernetesVersion }) =>
      `Kubernetes version "${kubernetesVersion}" is out of support: use ${OLDEST_SUPPORTED} or later`,
    source: "Azure/AKS, release 2026-10-25",
    warns: true,
  },
  {
    when: ({ podSandboxing, kubernetesVersion, supportPlan }) =>
      podSandboxing.warning === undefined &&
      supportPlan !== LTS &&
      isOlder(kubernetesVersion, OLDEST_SUPPORTED) &&
      !isOlder(kubernetesVersion, OLDEST_WITH_LTS),
    message: ({ kubernetesVersion }) =>
      `Kubernetes version "${kubernetesVersion}" is supported with LTS only: use ${OLDEST_SUPPORTED} or later, or write skuTier Premium and supportPlan ${LTS}`,
    source: "Azure/AKS, release 2026-10-25; 1.33 since 2026-07-17",
    warns: true,
  },
];
