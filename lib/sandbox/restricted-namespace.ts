import { DefaultServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/default-service-account-v1";
import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { NetworkPolicyV1, NetworkPolicyV1Spec } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { dependable, Fn, ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { canonicalQuantity } from "../validation/canonical-quantity";
import { DEFAULT_DENY, POD_COUNT } from "./policy/default-deny-rules";
import type { SandboxPolicy } from "./policy/sandbox-policy";

/** Prefix of the labels that Pod Security reads. Source: kubernetes.io/docs/concepts/security/pod-security-admission. */
export const POD_SECURITY_PREFIX = "pod-security.kubernetes.io/";

/** Level of Pod Security that all namespaces of a sandbox stack have. */
export const POD_SECURITY_LEVEL = "restricted";

/** Limits of a container that has none, and the ceiling of its ephemeral storage. */
export interface ContainerLimits {
  /** Limit and request. */
  readonly memory: string;
  /** Limit and request. */
  readonly cpu: string;
  /** Limit only: a VM takes files of the node as they are written. */
  readonly ephemeralStorage: string;
  readonly maxEphemeralStorage: string;
}

/** Limits of containers where nothing is said. */
export const CONTAINER_LIMITS: ContainerLimits = {
  memory: "128Mi",
  cpu: "250m",
  ephemeralStorage: "1Gi",
  maxEphemeralStorage: "8Gi",
};

/** More than a cluster can have, so that the quota only counts. Source: kubernetes.io/docs/setup/best-practices/cluster-large. */
const MOST_PODS = "1M";

type StringMap = { readonly [name: string]: string };

export interface RestrictedNamespaceProps {
  readonly name: string;
  readonly policy: SandboxPolicy;
  readonly limits: ContainerLimits;
  readonly labels?: StringMap;
  readonly annotations?: StringMap;
  /** Longest time in seconds that a pod takes to end, for which the deletion of the namespace waits. */
  readonly gracePeriodSeconds?: number;
  /** True if the network stays closed while there are pods, whoever deletes network policies. */
  readonly closedWhilePodsRun?: boolean;
}

/**
 * The resources that every namespace of a sandbox stack has: the namespace under the policies and Pod Security
 * `restricted`, limits of containers, a service account without a token, and no network.
 */
export class RestrictedNamespace {
  readonly resource: NamespaceV1;
  /** All that has to be there before a pod is created. */
  readonly parts: ITerraformDependable[];

  /** The last to be created and the first to be deleted, so that a refusal to delete it keeps all else. */
  private readonly defaultDeny: NetworkPolicyV1;
  private readonly createdAfter = new Set<ITerraformDependable>();

  constructor(
    private readonly scope: Construct,
    private readonly props: RestrictedNamespaceProps,
  ) {
    const { name, policy, limits, labels, annotations, gracePeriodSeconds = 300, closedWhilePodsRun } = props;
    this.resource = new NamespaceV1(scope, "Default", {
      metadata: {
        name,
        labels: merged(labels, {
          ...Object.fromEntries(
            ["enforce", "audit", "warn"].map((mode) => [POD_SECURITY_PREFIX + mode, POD_SECURITY_LEVEL]),
          ),
          [`${POD_SECURITY_PREFIX}enforce-version`]: "latest",
          ...policy.namespaceLabels,
        }),
        annotations,
      },
      timeouts: { delete: `${10 + Math.ceil(gracePeriodSeconds / 60)}m` },
    });
    this.createAfter(policy.parts);
    const ofVm = { memory: canonicalQuantity(limits.memory), cpu: canonicalQuantity(limits.cpu) };
    this.parts = [
      this.resource,
      new LimitRangeV1(scope, "limits", {
        ...this.part("limits"),
        spec: {
          limit: [
            {
              type: "Container",
              default: { ...ofVm, "ephemeral-storage": canonicalQuantity(limits.ephemeralStorage) },
              defaultRequest: { ...ofVm, "ephemeral-storage": "0" },
              max: { "ephemeral-storage": canonicalQuantity(limits.maxEphemeralStorage) },
            },
          ],
        },
      }),
      new DefaultServiceAccountV1(scope, "service-account", {
        metadata: { namespace: name },
        automountServiceAccountToken: false,
        dependsOn: [this.resource],
      }),
    ];
    if (closedWhilePodsRun) this.parts.push(this.podCount());
    this.defaultDeny = this.networkPolicy(DEFAULT_DENY, { policyTypes: ["Ingress", "Egress"] }, this.parts);
    this.parts.push(this.defaultDeny);
  }

  /** Adds something that has to be there before a pod is created, and is deleted only after `default-deny`. */
  addPart(part: ITerraformDependable): void {
    this.parts.push(part);
    this.defaultDeny.dependsOn = [...(this.defaultDeny.dependsOn ?? []), dependable(part)];
  }

  /** Adds a network policy for all pods. */
  addNetworkPolicy(name: string, spec: Omit<NetworkPolicyV1Spec, "podSelector">): void {
    this.addPart(this.networkPolicy(name, spec));
  }

  /** Makes the namespace depend on something, beside what it depends on already. */
  createAfter(parts: readonly ITerraformDependable[]): void {
    const added = parts.filter((part) => !this.createdAfter.has(part));
    for (const part of added) this.createdAfter.add(part);
    this.resource.dependsOn = [...(this.resource.dependsOn ?? []), ...added.map(dependable)];
  }

  /** Returns the name and the dependency of something in the namespace. */
  part(name: string) {
    return { metadata: { name, namespace: this.props.name }, dependsOn: [this.resource] };
  }

  /** The quota that the policy of `default-deny` asks whether there are pods. */
  private podCount(): ResourceQuotaV1 {
    return new ResourceQuotaV1(this.scope, POD_COUNT, { ...this.part(POD_COUNT), spec: { hard: { pods: MOST_PODS } } });
  }

  private networkPolicy(
    name: string,
    spec: Omit<NetworkPolicyV1Spec, "podSelector">,
    after: readonly ITerraformDependable[] = [this.resource],
  ): NetworkPolicyV1 {
    const { metadata } = this.part(name);
    return new NetworkPolicyV1(this.scope, name, {
      metadata: { ...metadata, labels: this.props.policy.namespaceLabels },
      dependsOn: [...after],
      spec: { podSelector: {}, ...spec },
    });
  }
}

/** Returns two maps as one, also where the first is known only after apply. */
export function merged(some: StringMap | undefined, own: StringMap): { [name: string]: string } {
  return Token.isUnresolved(some) ? Token.asStringMap(Fn.merge([some, own])) : { ...some, ...own };
}
