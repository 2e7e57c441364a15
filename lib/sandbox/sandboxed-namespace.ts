import { DefaultServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/default-service-account-v1";
import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import {
  NetworkPolicyV1,
  NetworkPolicyV1Spec,
  NetworkPolicyV1SpecEgress,
  NetworkPolicyV1SpecIngress,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check } from "../check";
import { NAMESPACE_RULES, OPENING_RULES } from "../rules";
import { cidrContains, METADATA_ADDRESS } from "./cidr";
import type { KataRuntimeClass } from "./kata-runtime-class";
import { CLASS_ANNOTATION, POLICY_LABEL, SandboxPolicy } from "./sandbox-policy";

/** Traffic that a sandboxed namespace may have in spite of the default: with other namespaces, or to addresses. */
export interface NetworkOpening {
  /** Addresses to reach, as in `10.0.0.0/16`. Traffic to a namespace needs none. */
  readonly cidr?: string;
  /** The other namespace, by name. */
  readonly namespace?: string;
  /** @default - all ports */
  readonly ports?: readonly number[];
  /** @default TCP */
  readonly protocol?: "TCP" | "UDP" | "SCTP";
}

export interface SandboxedNamespaceOptions {
  /** @default - the construct's id */
  readonly name?: string;
  /** The one runtime class that the namespace's pods have to use. @default - any of the stack */
  readonly runtimeClass?: string;
  /** Memory limit, and request, of a container that has none. @default 128Mi */
  readonly containerMemory?: string;
  /** CPU limit, and request, of a container that has none. @default 250m */
  readonly containerCpu?: string;
  /** What all pods together may have, as in `{ "limits.memory": "16Gi", pods: "20" }`. @default - no quota */
  readonly quota?: { readonly [resource: string]: string };
  /** What pods may reach beside DNS. @default - nothing */
  readonly egress?: readonly NetworkOpening[];
  /** Who may reach the pods. @default - nobody */
  readonly ingress?: readonly NetworkOpening[];
}

export interface SandboxedNamespaceProps extends SandboxedNamespaceOptions {
  /** The policy of the stack, which is there before the namespace is. */
  readonly policy: SandboxPolicy;
  /** The class of that name in the stack, if `runtimeClass` is given and known. */
  readonly knownRuntimeClass?: KataRuntimeClass;
  /** The cluster's engine for network policies. */
  readonly networkPolicy?: string;
  /** Names of the stack's other namespaces. */
  readonly namesInUse: readonly string[];
}

/**
 * A namespace for untrusted work: only sandboxed pods, under Pod Security `restricted`, with limits and no network.
 *
 * @throws if the name, a quantity, a CIDR or the runtime class cannot work
 */
export class SandboxedNamespace extends Construct {
  readonly name: string;
  readonly runtimeClass?: string;
  /** The Kubernetes resource, for all that the construct does not offer. */
  readonly resource: NamespaceV1;
  /** All that has to be there before a pod is started. */
  readonly parts: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: SandboxedNamespaceProps) {
    super(scope, id);
    const { name = id, containerMemory: memory = "128Mi", containerCpu: cpu = "250m" } = props;
    this.name = name;
    this.runtimeClass = props.runtimeClass;
    check(this, NAMESPACE_RULES, {
      ...props,
      name,
      containerMemory: memory,
      containerCpu: cpu,
      podMemory: props.knownRuntimeClass?.podMemory,
      isKnownRuntimeClass: props.knownRuntimeClass !== undefined,
    });
    for (const opening of props.egress ?? []) check(this, OPENING_RULES, { ...opening, direction: "egress" });
    for (const opening of props.ingress ?? []) check(this, OPENING_RULES, { ...opening, direction: "ingress" });

    this.resource = new NamespaceV1(this, "Default", {
      dependsOn: [props.policy.binding],
      metadata: {
        name,
        labels: {
          "pod-security.kubernetes.io/enforce": "restricted",
          "pod-security.kubernetes.io/audit": "restricted",
          "pod-security.kubernetes.io/warn": "restricted",
          [POLICY_LABEL]: props.policy.name,
        },
        annotations: props.runtimeClass === undefined ? undefined : { [CLASS_ANNOTATION]: props.runtimeClass },
      },
    });
    const inNamespace = (partName: string) => ({
      metadata: { name: partName, namespace: name },
      dependsOn: [this.resource],
    });
    const networkPolicy = (partName: string, spec: Omit<NetworkPolicyV1Spec, "podSelector">) =>
      new NetworkPolicyV1(this, partName, { ...inNamespace(partName), spec: { podSelector: {}, ...spec } });
    const { quota, egress = [], ingress = [] } = props;
    const limits = { memory, cpu };
    const requestsAreLimits = { memory: "1", cpu: "1" };

    this.parts = [
      this.resource,
      new LimitRangeV1(this, "limits", {
        ...inNamespace("limits"),
        spec: {
          limit: [
            { type: "Container", default: limits, defaultRequest: limits, maxLimitRequestRatio: requestsAreLimits },
          ],
        },
      }),
      new DefaultServiceAccountV1(this, "service-account", {
        metadata: { namespace: name },
        automountServiceAccountToken: false,
        dependsOn: [this.resource],
      }),
      networkPolicy("default-deny", { policyTypes: ["Ingress", "Egress"] }),
      networkPolicy("dns", { policyTypes: ["Egress"], egress: [DNS] }),
    ];
    if (quota) this.parts.push(new ResourceQuotaV1(this, "quota", { ...inNamespace("quota"), spec: { hard: quota } }));
    if (egress.length) {
      this.parts.push(networkPolicy("egress", { policyTypes: ["Egress"], egress: egress.map(egressRule) }));
    }
    if (ingress.length) {
      this.parts.push(networkPolicy("ingress", { policyTypes: ["Ingress"], ingress: ingress.map(ingressRule) }));
    }
  }
}

/** The cluster's name servers. Source: kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution. */
const DNS: NetworkPolicyV1SpecEgress = {
  to: [{ namespaceSelector: namespaceNamed("kube-system"), podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }],
  ports: [
    { port: "53", protocol: "UDP" },
    { port: "53", protocol: "TCP" },
  ],
};

function egressRule(opening: NetworkOpening): NetworkPolicyV1SpecEgress {
  return { to: [peer(opening)], ports: ports(opening) };
}

function ingressRule(opening: NetworkOpening): NetworkPolicyV1SpecIngress {
  return { from: [peer(opening)], ports: ports(opening) };
}

function peer({ cidr, namespace }: NetworkOpening) {
  if (namespace !== undefined) return { namespaceSelector: namespaceNamed(namespace) };
  return { ipBlock: { cidr, except: cidrContains(cidr!, METADATA_ADDRESS) ? [`${METADATA_ADDRESS}/32`] : undefined } };
}

function ports({ ports, protocol = "TCP" }: NetworkOpening) {
  return ports?.map((port) => ({ port: String(port), protocol }));
}

function namespaceNamed(name: string) {
  return { matchLabels: { "kubernetes.io/metadata.name": name } };
}
