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
import { cidrContains, METADATA_ADDRESS } from "../cidr";
import { check } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { checkProps, list, map, object, PropSpecs, required, string } from "../validation/props";
import type { IKataRuntimeClass } from "./i-kata-runtime-class";
import { NetworkPeer } from "./network-peer";
import { NAMESPACE_RULES } from "./rules/namespace-rules";
import { NETWORK_OPENING_RULES } from "./rules/network-opening-rules";
import { Sandbox } from "./sandbox";
import { CLASS_ANNOTATION, POLICY_LABEL } from "./policy/sandbox-policy";

/** Traffic that a sandboxed namespace may have in spite of the default. */
export interface NetworkOpening {
  /** The other end: `NetworkPeer.cidr("10.0.0.0/16")` or `NetworkPeer.namespace("gateway")`. */
  readonly peer: NetworkPeer;
  /** @default - all ports */
  readonly ports?: readonly number[];
  /** @default TCP */
  readonly protocol?: "TCP" | "UDP" | "SCTP";
}

export interface SandboxedNamespaceOptions {
  /** @default - the construct's id */
  readonly name?: string;
  /** The one runtime class that the namespace's pods have to use. @default - any of the stack */
  readonly runtimeClass?: IKataRuntimeClass;
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

const PROPS: PropSpecs<SandboxedNamespaceOptions> = {
  name: string(),
  runtimeClass: object("what addRuntimeClass returned"),
  containerMemory: string(),
  containerCpu: string(),
  quota: map(),
  egress: list(),
  ingress: list(),
};

/**
 * A namespace for untrusted work: only sandboxed pods, under Pod Security `restricted`, with limits and no network.
 *
 * @throws if the name, a quantity, a CIDR or the runtime class cannot work
 */
export class SandboxedNamespace extends Construct {
  readonly name: string;
  /** The one runtime class that the namespace's pods have to use, if there is one. */
  readonly runtimeClass?: IKataRuntimeClass;
  /** The Kubernetes resource, for all that the construct does not offer. */
  readonly resource: NamespaceV1;
  /** All that has to be there before a pod is started. */
  readonly parts: ITerraformDependable[];

  constructor(scope: Construct, id: string, options: SandboxedNamespaceOptions = {}) {
    super(freeScope(scope, id, "namespace"), id);
    checkProps(this, options, PROPS);
    const sandbox = Sandbox.of(this);
    const { policy } = sandbox;
    const { name = id, runtimeClass, containerMemory: memory = "128Mi", containerCpu: cpu = "250m" } = options;
    this.name = name;
    this.runtimeClass = runtimeClass;
    check(this, NAMESPACE_RULES, {
      ...options,
      name,
      runtimeClass: runtimeClass?.runtimeClassName,
      isKnownRuntimeClass: runtimeClass === undefined || sandbox.runtimeClasses.includes(runtimeClass),
      containerMemory: memory,
      containerCpu: cpu,
      podMemory: runtimeClass?.podMemory,
      networkPolicy: sandbox.cluster.networkPolicy,
      namesInUse: sandbox.namespaces.map((namespace) => namespace.name),
    });
    sandbox.namespaces.push(this);
    for (const opening of options.egress ?? []) this.checkOpening(opening, "egress");
    for (const opening of options.ingress ?? []) this.checkOpening(opening, "ingress");

    this.resource = new NamespaceV1(this, "Default", {
      dependsOn: [policy.binding],
      metadata: {
        name,
        labels: {
          "pod-security.kubernetes.io/enforce": "restricted",
          "pod-security.kubernetes.io/audit": "restricted",
          "pod-security.kubernetes.io/warn": "restricted",
          [POLICY_LABEL]: policy.name,
        },
        annotations: runtimeClass && { [CLASS_ANNOTATION]: runtimeClass.runtimeClassName },
      },
    });
    const inNamespace = (partName: string) => ({
      metadata: { name: partName, namespace: name },
      dependsOn: [this.resource],
    });
    const networkPolicy = (partName: string, spec: Omit<NetworkPolicyV1Spec, "podSelector">) =>
      new NetworkPolicyV1(this, partName, { ...inNamespace(partName), spec: { podSelector: {}, ...spec } });
    const { quota, egress = [], ingress = [] } = options;
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

  private checkOpening(opening: NetworkOpening, direction: "egress" | "ingress"): void {
    checkProps(this, opening, OPENING_PROPS, { inside: direction });
    check(this, NETWORK_OPENING_RULES, { ...opening, direction, [opening.peer.kind]: opening.peer.value });
  }
}

const OPENING_PROPS: PropSpecs<NetworkOpening> = {
  peer: required(object("NetworkPeer.cidr or NetworkPeer.namespace")),
  ports: list(),
  protocol: string(),
};

/** The cluster's name servers. Source: kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution. */
const DNS: NetworkPolicyV1SpecEgress = {
  to: [{ namespaceSelector: namespaceNamed("kube-system"), podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }],
  ports: [
    { port: "53", protocol: "UDP" },
    { port: "53", protocol: "TCP" },
  ],
};

function egressRule(opening: NetworkOpening): NetworkPolicyV1SpecEgress {
  return { to: [peerOf(opening)], ports: ports(opening) };
}

function ingressRule(opening: NetworkOpening): NetworkPolicyV1SpecIngress {
  return { from: [peerOf(opening)], ports: ports(opening) };
}

function peerOf({ peer: { kind, value } }: NetworkOpening) {
  if (kind === "namespace") return { namespaceSelector: namespaceNamed(value) };
  return {
    ipBlock: { cidr: value, except: cidrContains(value, METADATA_ADDRESS) ? [`${METADATA_ADDRESS}/32`] : undefined },
  };
}

function ports({ ports, protocol = "TCP" }: NetworkOpening) {
  return ports?.map((port) => ({ port: String(port), protocol }));
}

function namespaceNamed(name: string) {
  return { matchLabels: { "kubernetes.io/metadata.name": name } };
}
