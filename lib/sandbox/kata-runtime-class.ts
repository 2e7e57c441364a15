import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { RuntimeClassV1 } from "@cdktf/provider-kubernetes/lib/runtime-class-v1";
import { Lazy, Token } from "cdktf";
import { Construct } from "constructs";
import type { IKataNodePool } from "../cluster/i-node-pool";
import { canonicalQuantity } from "../validation/canonical-quantity";
import { check } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { boolean, checkProps, list, literal, map, object, PropSpecs, string, text } from "../validation/props";
import { isUnresolved } from "../validation/unresolved";
import { validationError } from "../validation/validation-error";
import type { IKataRuntimeClass } from "./i-kata-runtime-class";
import { PodOverhead } from "./pod-overhead";
import { POOL_LABEL } from "./pool-label";
import { RUNTIME_CLASS_RULES } from "./rules/runtime-class-rules";
import { Sandbox } from "./sandbox";
import { checkTolerations, isSameToleration, Toleration, tolerationsOf } from "./toleration";

/** The handler of kata pods in containerd, in all releases. Source: Azure/AgentBaker, containerd configuration templates. */
export const KATA_HANDLER = "kata";

/** Options of a runtime class: the size of its pods, and the nodes that they run on. */
export interface KataRuntimeClassOptions {
  /**
   * Name that pods write as `runtimeClassName`.
   *
   * @default - the construct's id
   * @throws if it is malformed, in use or one of AKS's own
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names
   */
  readonly name?: string;
  /**
   * Annotations of the RuntimeClass.
   *
   * @default - none
   * @throws if a key is malformed
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations
   */
  readonly annotations?: { readonly [name: string]: string };
  /**
   * Largest memory limit of the class's pods, as a Kubernetes quantity from 128Mi to 128Gi.
   *
   * It picks the overhead that the scheduler adds for the host's side of a pod's VM.
   *
   * @default - no overhead, and no policy holds the memory of the class's pods
   * @throws if it is no quantity or outside of that
   * @see https://learn.microsoft.com/azure/aks/considerations-pod-sandboxing
   */
  readonly podMemory?: string;
  /**
   * Sends the pods of the class to the kata node pools, by a node selector and tolerations.
   *
   * @default true
   * @throws if it is false and there are nodePools or tolerations
   * @see https://kubernetes.io/docs/concepts/containers/runtime-class
   */
  readonly scheduling?: boolean;
  /**
   * CPU that the scheduler adds for the host's side of a pod's VM, as a Kubernetes quantity such as 250m.
   *
   * @default - none
   * @throws if it is no quantity
   * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity
   */
  readonly cpuOverhead?: string;
  /**
   * The kata node pools that the class's pods run on.
   *
   * One is selected by AKS's own label; several get a label of the class, which is added to the pools.
   *
   * @default - all of the cluster
   * @throws if there is none, or one of another cluster
   * @see https://kubernetes.io/docs/concepts/containers/runtime-class
   */
  readonly nodePools?: readonly IKataNodePool[];
  /**
   * Tolerations of the class's pods beside those of all taints that the app gives the node pools.
   *
   * They are for taints that are known only after apply or are on pools of an existing cluster.
   *
   * @default - none
   * @throws if Kubernetes would refuse one, or scheduling is false
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration
   */
  readonly tolerations?: readonly Toleration[];
}

const PROPS: PropSpecs<KataRuntimeClassOptions> = {
  name: string(),
  annotations: map(text()),
  podMemory: literal({ ...string(), what: "a plain quantity such as 1Gi, which picks the overhead" }),
  scheduling: literal(boolean()),
  cpuOverhead: string(),
  nodePools: literal(
    list(object("what addKataNodePool returned", { member: "nodePoolName" }), {
      what: "a list of what addKataNodePool returned",
    }),
  ),
  tolerations: literal(list(object(), { what: 'a list such as [{ key: "team", value: "a" }]' })),
};

/**
 * A RuntimeClass whose pods each get a micro VM with a kernel of their own.
 *
 * It is a `kubernetes_manifest`, because `kubernetes_runtime_class_v1` has neither overhead nor scheduling; a class
 * that wants neither is a `kubernetes_runtime_class_v1`, which needs no API server at plan.
 *
 * @example
 * ```ts
 * sandbox.addRuntimeClass("kata-large", { podMemory: "8Gi", cpuOverhead: "250m" });
 * ```
 * @throws if the name is malformed or AKS's own, podMemory is no quantity or outside Microsoft's table, or the stack's
 * cluster has none of the node pools
 */
export class KataRuntimeClass extends Construct implements IKataRuntimeClass {
  /** Name that pods write as `runtimeClassName`. */
  readonly runtimeClassName: string;
  /** Largest memory limit of the class's pods, if it is sized. */
  readonly podMemory?: string;
  /** The Kubernetes resource, for all that the construct does not offer. */
  readonly resource: Manifest | RuntimeClassV1;

  private readonly chosenPools?: readonly IKataNodePool[];
  private readonly sandbox: Sandbox;

  constructor(scope: Construct, id: string, options: KataRuntimeClassOptions = {}) {
    super(freeScope(scope, id, "runtime class"), id);
    checkProps(this, options, PROPS);
    this.sandbox = Sandbox.of(this);
    const { cluster, runtimeClasses, runtimeClassNames } = this.sandbox;
    const { annotations, podMemory, cpuOverhead, nodePools, scheduling = true, tolerations = [] } = options;
    const name = Token.asString(options.name ?? id);
    this.runtimeClassName = name;
    this.podMemory = podMemory;
    this.chosenPools = nodePools;
    checkTolerations(this, tolerations);
    check(this, RUNTIME_CLASS_RULES, {
      name,
      podMemory,
      cpuOverhead,
      scheduling,
      annotations,
      nodePools: nodePools?.length,
      tolerations: tolerations.length,
      namesInUse: runtimeClassNames,
      foreignPools: (nodePools ?? [])
        .filter((pool) => !cluster.kataNodePools.includes(pool))
        .map(({ node }) => node.path),
      poolNamedTwice: nodePools?.find((pool, i) => nodePools.indexOf(pool) < i)?.node.path,
      poolsWithoutName: (nodePools?.length === 1 ? nodePools : [])
        .filter((pool) => isUnresolved(pool.nodePoolName))
        .map(({ node }) => node.path),
    });
    if (isUnresolved(name) && (nodePools ?? []).length > 1)
      throw validationError(this, "name is known only after apply, and labels several node pools: write a plain name");
    runtimeClasses.push(this);

    const metadata = { name, ...(annotations && { annotations }) };
    const podFixed = {
      ...(podMemory !== undefined && { memory: PodOverhead.ofPod(podMemory) }),
      ...(cpuOverhead !== undefined && { cpu: canonicalQuantity(cpuOverhead) }),
    };
    if (Object.keys(podFixed).length === 0 && !scheduling) {
      this.resource = new RuntimeClassV1(this, "Default", { metadata, handler: KATA_HANDLER });
      return;
    }
    this.resource = new Manifest(this, "Default", {
      manifest: {
        apiVersion: "node.k8s.io/v1",
        kind: "RuntimeClass",
        metadata,
        handler: KATA_HANDLER,
        ...(Object.keys(podFixed).length > 0 && { overhead: { podFixed } }),
        ...(scheduling && {
          scheduling: {
            nodeSelector: { [cluster.podSandboxing.nodeLabel]: "true", ...selectorOf(name, nodePools) },
            tolerations: Lazy.anyValue({ produce: () => this.allTolerations(tolerations) }),
          },
        }),
      },
      fieldManager: { forceConflicts: true },
    });
  }

  get nodePools(): readonly IKataNodePool[] {
    return this.chosenPools ?? this.sandbox.cluster.kataNodePools;
  }

  /** Pools may be added after the class, so this is asked at synth. */
  private allTolerations(own: readonly Toleration[]): readonly Toleration[] | undefined {
    const ofTaints = tolerationsOf(this.nodePools).filter(
      (toleration) => !own.some((other) => isSameToleration(other, toleration)),
    );
    const all = [...ofTaints, ...own];
    return all.length > 0 ? all : undefined;
  }
}

/** A node has one value for a label, so several pools are told from others by a label of the class. */
function selectorOf(className: string, nodePools: readonly IKataNodePool[] = []): { [label: string]: string } {
  if (nodePools.length === 0) return {};
  if (nodePools.length === 1) return { [POOL_LABEL]: nodePools[0].nodePoolName };
  const label = `pod-sandboxing/${className}`;
  for (const pool of nodePools) pool.addNodeLabel(label, "true");
  return { [label]: "true" };
}
