/** Namespaces of the cluster itself, which no policy and no sandboxed namespace may touch. Source: learn.microsoft.com/azure/aks/faq. */
export const SYSTEM_NAMESPACES: readonly string[] = [
  "aks-command",
  "aks-istio-egress",
  "aks-istio-ingress",
  "aks-istio-system",
  "app-routing-system",
  "calico-apiserver",
  "calico-system",
  "default",
  "gatekeeper-system",
  "kube-node-lease",
  "kube-public",
  "kube-system",
  "tigera-operator",
];
