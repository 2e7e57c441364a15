import { clusterWith, testRefusals } from "../../support/refusals";

const profile = (autoScalerProfile: object) => clusterWith({ autoScalerProfile });

testRefusals([
  [
    profile({ scaleDownUnneeded: "600" }),
    'autoScalerProfile.scaleDownUnneeded "600" is no number of minutes: write one such as 10m [cluster/aks]',
    profile({ scaleDownUnneeded: "10m", scanInterval: "10s" }),
  ],
  [
    profile({ scaleDownUtilizationThreshold: "50%" }),
    'autoScalerProfile.scaleDownUtilizationThreshold "50%" is no share of a node: write one from 0 to 1, such as 0.5 [cluster/aks]',
    profile({ scaleDownUtilizationThreshold: "0.5" }),
  ],
  [
    profile({ scaleDownUtilizationThreshold: "1.1" }),
    '"1.1" is no share',
    profile({ scaleDownUtilizationThreshold: "1" }),
  ],
]);
