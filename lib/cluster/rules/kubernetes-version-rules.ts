import type { PodSandboxing } from "../../pod-sandboxing";
import type { Rule } from "../../validation/rule";
import { isFarBeyond, NEWEST } from "./kubernetes-releases";
import { isOlder, isVersion } from "./versions";

/** Rules for a Kubernetes version, of a cluster or of a node pool. */
export function kubernetesVersionRules<Input extends { readonly podSandboxing: PodSandboxing }>(
  argument: string,
  versionOf: (input: Input) => string | undefined,
): Rule<Input>[] {
  const isBefore = (input: Input, minimum: string | undefined) => isOlder(versionOf(input), minimum);
  return [
    {
      when: (input) => !isVersion(versionOf(input) ?? "1.0"),
      message: (input) => `${argument} "${versionOf(input)}" is not a version: write one such as 1.34 or 1.34.2`,
      source: "learn.microsoft.com/azure/aks/supported-kubernetes-versions",
    },
    {
      when: (input) => isBefore(input, input.podSandboxing.minimumKubernetesVersion),
      message: (input) =>
        `${argument} "${versionOf(input)}" is too old for PodSandboxing.${input.podSandboxing.name}: ` +
        `use ${input.podSandboxing.minimumKubernetesVersion} or later`,
      source: "MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md",
    },
    {
      when: (input) => isBefore(input, input.podSandboxing.imagesFromKubernetesVersion),
      message: (input) =>
        `${argument} "${versionOf(input)}" has only node images that Azure removed on 2026-03-31: ` +
        `use ${input.podSandboxing.imagesFromKubernetesVersion} or later`,
      source: "MicrosoftDocs/azure-aks-docs, articles/aks/upgrade-os-version.md",
      warns: true,
    },
    {
      when: (input) => isFarBeyond(versionOf(input)),
      message: (input) =>
        `${argument} "${versionOf(input)}" is far beyond ${NEWEST.version}, the newest that was known when this library was released: use one that az aks get-versions prints`,
      source: "Azure/AKS, release 2026-10-25",
      warns: true,
    },
  ];
}
