import type { Rule } from "../../validation/rule";
import type { ClusterArguments } from "./cluster-arguments";

const AUTO_SCALER = "learn.microsoft.com/rest/api/aks/managed-clusters/create-or-update, autoScalerProfile";

/** Times that AKS takes in minutes only. */
const MINUTES = [
  "maxNodeProvisioningTime",
  "scaleDownDelayAfterAdd",
  "scaleDownDelayAfterFailure",
  "scaleDownUnneeded",
  "scaleDownUnready",
] as const;

/** Profiles of the cluster autoscaler that AKS refuses. */
export const AUTO_SCALER_RULES: readonly Rule<ClusterArguments>[] = [
  ...MINUTES.map((name): Rule<ClusterArguments> => ({
    when: ({ autoScalerProfile: profile }) => !/^\d+m$/.test(profile?.[name] || "10m"),
    message: ({ autoScalerProfile: profile }) =>
      `autoScalerProfile.${name} "${profile![name]}" is no number of minutes: write one such as 10m`,
    source: AUTO_SCALER,
  })),
  {
    when: ({ autoScalerProfile: profile }) => !isShare(profile?.scaleDownUtilizationThreshold || "0.5"),
    message: ({ autoScalerProfile: profile }) =>
      `autoScalerProfile.scaleDownUtilizationThreshold "${profile!.scaleDownUtilizationThreshold}" is no share of a node: write one from 0 to 1, such as 0.5`,
    source: AUTO_SCALER,
  },
];

function isShare(text: string): boolean {
  return /^\d*\.?\d+$/.test(text) && Number(text) <= 1;
}
