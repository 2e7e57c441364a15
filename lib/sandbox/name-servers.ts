import { NetworkPolicyV1SpecEgress } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { namespaceNamed } from "./network-opening";

/** A name server that AKS runs on each node, which no pod selector can match. Source: learn.microsoft.com/azure/aks/dns-concepts. */
const LOCAL_DNS = ["169.254.10.10", "169.254.10.11"];

/** Traffic to the cluster's name servers. Source: kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution. */
export const DNS: NetworkPolicyV1SpecEgress = {
  to: [
    { namespaceSelector: namespaceNamed("kube-system"), podSelector: { matchLabels: { "k8s-app": "kube-dns" } } },
    ...LOCAL_DNS.map((address) => ({ ipBlock: { cidr: `${address}/32` } })),
  ],
  ports: [
    { port: "53", protocol: "UDP" },
    { port: "53", protocol: "TCP" },
  ],
};
