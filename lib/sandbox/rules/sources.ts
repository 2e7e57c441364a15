/** A place that several rules and policies cite. */
export const POD_SIZES = "MicrosoftDocs/azure-aks-docs, articles/aks/considerations-pod-sandboxing.md";
