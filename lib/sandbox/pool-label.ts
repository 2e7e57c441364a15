/** Label in which AKS writes the name of a node's pool. Source: MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md. */
export const POOL_LABEL = "kubernetes.azure.com/agentpool";
