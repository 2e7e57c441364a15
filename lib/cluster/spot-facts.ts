/** Label and taint that AKS itself puts on the nodes of Spot pools. Source: learn.microsoft.com/azure/aks/spot-node-pool. */
export const SPOT_LABEL = { key: "kubernetes.azure.com/scalesetpriority", value: "spot" } as const;
export const SPOT_TAINT = { ...SPOT_LABEL, effect: "NoSchedule" } as const;
