import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { canonicalQuantity } from "../validation/canonical-quantity";
import { check } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import {
  any,
  boolean,
  checkProps,
  list,
  literal,
  map,
  number,
  object,
  PropSpecs,
  string,
  text,
} from "../validation/props";
import type { IKataRuntimeClass } from "./i-kata-runtime-class";
import { DNS } from "./name-servers";
import { checkOpenings, egressRule, ingressRule, NetworkOpening } from "./network-opening";
import type { NamespacePolicyOptions } from "./policy/namespace-policy-options";
import { CONTAINER_LIMITS, merged, RestrictedNamespace } from "./restricted-namespace";
import { NAMESPACE_RULES } from "./rules/namespace-rules";
import { Sandbox } from "./sandbox";
import { ServiceAccount, ServiceAccountOptions } from "./service-account";

/** Options of a namespace for untrusted work: what its pods may have, and whom they may reach. */
export interface SandboxedNamespaceOptions extends NamespacePolicyOptions {
  /**
   * Name of the namespace: 1 to 63 lowercase letters, digits and hyphens.
   *
   * @default - the construct's id
   * @throws if it is malformed, in use or one of the cluster's own
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names
   */
  readonly name?: string;
  /**
   * Labels beside those that Pod Security and the policies read.
   *
   * @default - none
   * @throws if one is malformed, or set by the construct
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels
   */
  readonly labels?: { readonly [name: string]: string };
  /**
   * Annotations beside those that the policies read.
   *
   * @default - none
   * @throws if a key is malformed, or set by the construct
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations
   */
  readonly annotations?: { readonly [name: string]: string };
  /**
   * Memory limit, and request, of a container that has none, as a Kubernetes quantity.
   *
   * @default 128Mi
   * @throws if it is no quantity, or more than the pods of every admitted class may have
   * @see https://kubernetes.io/docs/concepts/policy/limit-range
   */
  readonly containerMemory?: string;
  /**
   * CPU limit, and request, of a container that has none, as a Kubernetes quantity.
   *
   * @default 250m
   * @throws if it is no quantity
   * @see https://kubernetes.io/docs/concepts/policy/limit-range
   */
  readonly containerCpu?: string;
  /**
   * Limit of a container that has none for its files on the node, as a Kubernetes quantity.
   *
   * @default 1Gi
   * @throws if it is no quantity, or more than maxContainerEphemeralStorage
   * @see https://kubernetes.io/docs/concepts/policy/limit-range
   */
  readonly containerEphemeralStorage?: string;
  /**
   * Most that a container may have for its files on the node, as a Kubernetes quantity.
   *
   * @default 8Gi
   * @throws if it is no quantity
   * @see https://kubernetes.io/docs/concepts/policy/limit-range
   */
  readonly maxContainerEphemeralStorage?: string;
  /**
   * Limits of all pods together, in Kubernetes quantities as in `{ "limits.memory": "16Gi", pods: "20" }`; `false`
   * for no quota.
   *
   * @default - SandboxedNamespace.QUOTA
   * @throws if it is empty, or a value is no quantity
   * @see https://kubernetes.io/docs/concepts/policy/resource-quotas
   */
  readonly quota?: { readonly [resource: string]: string } | false;
  /**
   * Traffic from the pods, beside that to DNS.
   *
   * @default - nothing
   * @throws if an opening cannot work
   */
  readonly egress?: readonly NetworkOpening[];
  /**
   * Traffic to the pods.
   *
   * @default - nobody
   * @throws if an opening cannot work
   */
  readonly ingress?: readonly NetworkOpening[];
}

const RUNTIME_CLASS = object("what addRuntimeClass returned", { member: "runtimeClassName" });

const QUOTA = { ...map(string()), what: 'an object such as { pods: "20" }, or false for no quota' };

const PROPS: PropSpecs<SandboxedNamespaceOptions> = {
  name: string(),
  labels: map(text()),
  annotations: map(text()),
  runtimeClass: RUNTIME_CLASS,
  defaultRuntimeClass: RUNTIME_CLASS,
  serviceTypes: literal(list(literal(string()), { what: 'a list such as ["LoadBalancer"]' })),
  tenantNetworkPolicies: literal(boolean()),
  maxTerminationGracePeriodSeconds: literal({ ...number(), what: "a number of seconds" }),
  containerMemory: string(),
  containerCpu: string(),
  containerEphemeralStorage: string(),
  maxContainerEphemeralStorage: string(),
  quota: any(),
  egress: literal(list(object("an object with peer"), { what: "a list of openings" })),
  ingress: literal(list(object("an object with peer"), { what: "a list of openings" })),
};

/**
 * A namespace for untrusted work: only sandboxed pods, under Pod Security `restricted`, with limits and no network.
 *
 * Access of its users, such as a RoleBinding, should depend on `parts`, so that nobody creates a pod before they
 * are there. While its pods run, Terraform alone cannot destroy it, because it would delete network policies before pods:
 * use `npm run destroy`, or delete it in Kubernetes first.
 *
 * @example
 * ```ts
 * sandbox.addNamespace("tenant", {
 *   containerMemory: "256Mi",
 *   quota: { pods: "20", "limits.memory": "16Gi" },
 *   egress: [{ peer: NetworkPeer.cidr("10.0.0.0/16"), ports: [443] }],
 *   ingress: [{ peer: NetworkPeer.namespace("gateway") }],
 * });
 * ```
 * @throws if the name, a quantity, a label, an opening or the runtime class cannot work
 */
export class SandboxedNamespace extends Construct {
  /** Quota where nothing is said. */
  static readonly QUOTA: { readonly [resource: string]: string } = {
    pods: "50",
    "limits.cpu": "16",
    "limits.memory": "32Gi",
    "limits.ephemeral-storage": "64Gi",
  };

  /** Name of the namespace. */
  readonly name: string;
  /** The one runtime class that the namespace's pods have to use, if there is one. */
  readonly runtimeClass?: IKataRuntimeClass;
  /** Memory limit of a container that has none, as a Kubernetes quantity. */
  readonly containerMemory: string;
  /** The Kubernetes resource, for all that the construct does not offer. */
  readonly resource: NamespaceV1;
  private readonly namespace: RestrictedNamespace;

  constructor(scope: Construct, id: string, options: SandboxedNamespaceOptions = {}) {
    super(freeScope(scope, id, "namespace"), id);
    checkProps(this, options, PROPS);
    const { name = id, runtimeClass, labels, annotations, quota = SandboxedNamespace.QUOTA } = options;
    const { egress = [], ingress = [], maxTerminationGracePeriodSeconds } = options;
    const limits = {
      memory: options.containerMemory ?? CONTAINER_LIMITS.memory,
      cpu: options.containerCpu ?? CONTAINER_LIMITS.cpu,
      ephemeralStorage: options.containerEphemeralStorage ?? CONTAINER_LIMITS.ephemeralStorage,
      maxEphemeralStorage: options.maxContainerEphemeralStorage ?? CONTAINER_LIMITS.maxEphemeralStorage,
    };
    const sandbox = Sandbox.of(this);
    this.name = name;
    this.runtimeClass = runtimeClass;
    this.containerMemory = limits.memory;
    if (quota !== false) checkProps(this, { quota }, { quota: QUOTA });
    check(this, NAMESPACE_RULES, {
      name,
      labels,
      annotations,
      quota: quota === false ? undefined : quota,
      runtimeClass: runtimeClass?.runtimeClassName,
      foreignRuntimeClass: [runtimeClass, options.defaultRuntimeClass].find(
        (named) => named !== undefined && !sandbox.runtimeClasses.includes(named),
      ),
      containerMemory: limits.memory,
      containerCpu: limits.cpu,
      containerEphemeralStorage: limits.ephemeralStorage,
      maxContainerEphemeralStorage: limits.maxEphemeralStorage,
      podMemory: runtimeClass?.podMemory,
      networkPolicy: sandbox.cluster.networkPolicy,
      isExistingCluster: sandbox.cluster.isExisting,
      namesInUse: sandbox.namespaceNames,
    });
    checkOpenings(this, "egress", egress);
    checkOpenings(this, "ingress", ingress);
    sandbox.addNamespace(this);

    const { policy } = sandbox;
    const ofPolicy = policy.namespaceAnnotations(this, options);
    const namespace = new RestrictedNamespace(this, {
      name,
      policy,
      limits,
      labels,
      annotations: annotations || ofPolicy ? merged(annotations, ofPolicy ?? {}) : undefined,
      gracePeriodSeconds: maxTerminationGracePeriodSeconds,
      closedWhilePodsRun: true,
    });
    this.namespace = namespace;
    this.resource = namespace.resource;
    namespace.addNetworkPolicy("dns", { policyTypes: ["Egress"], egress: [DNS] });
    if (quota !== false) {
      const hard = Token.isUnresolved(quota) ? quota : mapValues(quota, canonicalQuantity);
      namespace.addPart(new ResourceQuotaV1(this, "quota", { ...namespace.part("quota"), spec: { hard } }));
    }
    if (egress.length)
      namespace.addNetworkPolicy("egress", { policyTypes: ["Egress"], egress: egress.map(egressRule) });
    if (ingress.length)
      namespace.addNetworkPolicy("ingress", { policyTypes: ["Ingress"], ingress: ingress.map(ingressRule) });
  }

  /** All that has to be there before a pod is created. */
  get parts(): ITerraformDependable[] {
    return [...this.namespace.parts];
  }

  /** Adds a service account whose pods have an identity in Entra ID. */
  addServiceAccount(id: string, options: ServiceAccountOptions): ServiceAccount {
    const account = new ServiceAccount(this, id, { ...options, namespace: this });
    this.namespace.addPart(account.resource);
    return account;
  }

  /** @internal */
  createAfter(parts: readonly ITerraformDependable[]): void {
    this.namespace.createAfter(parts);
  }
}

function mapValues(some: { readonly [name: string]: string }, change: (value: string) => string) {
  return Object.fromEntries(Object.entries(some).map(([name, value]) => [name, change(value)]));
}
