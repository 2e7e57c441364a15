import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { RuntimeClassV1 } from "@cdktf/provider-kubernetes/lib/runtime-class-v1";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import type { IKataNodePool } from "../cluster/i-node-pool";
import { DEDICATED_TAINT } from "../cluster/node-pool-defaults";
import { check } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { boolean, checkProps, list, PropSpecs, string } from "../validation/props";
import { isUnresolved } from "../validation/unresolved";
import { validationError } from "../validation/validation-error";
import type { IKataRuntimeClass } from "./i-kata-runtime-class";
import { PodOverhead } from "./pod-overhead";
import { RUNTIME_CLASS_RULES } from "./rules/runtime-class-rules";
import { Sandbox } from "./sandbox";

/** The handler of kata pods in containerd, in all releases. Source: Azure/AgentBaker, containerd configuration templates. */
export const KATA_HANDLER = "kata";

/** Label in which AKS writes the name of a node's pool. Source: MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md. */
const POOL_LABEL = "kubernetes.azure.com/agentpool";

export interface KataRuntimeClassOptions {
  /**
   * Name that pods write as `runtimeClassName`. AKS's own names are refused.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Largest memory limit of the class's pods, as a Kubernetes quantity from 128Mi to 128Gi. It picks the overhead that
   * the scheduler adds for the host's side of a pod's VM.
   *
   * @default - no overhead
   * @see https://learn.microsoft.com/azure/aks/considerations-pod-sandboxing
   */
  readonly podMemory?: string;
  /**
   * Whether the class sends its pods to the kata node pools: a node selector, and tolerations of dedicated pools.
   *
   * @default true
   */
  readonly scheduling?: boolean;
  /**
   * CPU that the scheduler adds for the host's side of a pod's VM, as a Kubernetes quantity.
   *
   * @default - none
   */
  readonly cpuOverhead?: string;
  /**
   * The kata node pools that the class's pods run on. One is selected by AKS's own label; several get a label of the
   * class, which is added to the pools.
   *
   * @default - all of the cluster
   */
  readonly nodePools?: readonly IKataNodePool[];
}

const PROPS: PropSpecs<KataRuntimeClassOptions> = {
  name: string(),
  podMemory: string(),
  scheduling: boolean(),
  cpuOverhead: string(),
  nodePools: list(),
};

/**
 * A RuntimeClass whose pods each get a micro VM with a kernel of their own.
 *
 * It is a `kubernetes_manifest`, because `kubernetes_runtime_class_v1` has neither overhead nor scheduling; a class
 * that wants neither is a `kubernetes_runtime_class_v1`, which needs no API server at plan.
 *
 * @throws if the name is malformed or AKS's own, or podMemory is no quantity or outside Microsoft's table
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
    const { cluster, runtimeClasses } = this.sandbox;
    const { name = id, podMemory, cpuOverhead, nodePools, scheduling = true } = options;
    this.runtimeClassName = name;
    this.podMemory = podMemory;
    this.chosenPools = nodePools;
    if (isUnresolved(podMemory)) {
      throw validationError(
        this,
        "podMemory is known only after apply: write a plain quantity such as 1Gi, which picks the overhead",
      );
    }
    check(this, RUNTIME_CLASS_RULES, {
      name,
      podMemory,
      cpuOverhead,
      namesInUse: runtimeClasses.map(({ runtimeClassName }) => runtimeClassName),
      foreignPools: (nodePools ?? [])
        .filter((pool) => !cluster.kataNodePools.includes(pool))
        .map(({ node }) => node.path),
    });
    runtimeClasses.push(this);

    const podFixed = {
      ...(podMemory !== undefined && { memory: PodOverhead.ofPod(podMemory) }),
      ...(cpuOverhead !== undefined && { cpu: cpuOverhead }),
    };
    if (Object.keys(podFixed).length === 0 && !scheduling) {
      this.resource = new RuntimeClassV1(this, "Default", { metadata: { name }, handler: KATA_HANDLER });
      return;
    }
    this.resource = new Manifest(this, "Default", {
      manifest: {
        apiVersion: "node.k8s.io/v1",
        kind: "RuntimeClass",
        metadata: { name },
        handler: KATA_HANDLER,
        ...(Object.keys(podFixed).length > 0 && { overhead: { podFixed } }),
        ...(scheduling && {
          scheduling: {
            nodeSelector: { [cluster.podSandboxing.nodeLabel]: "true", ...selectorOf(name, nodePools) },
            tolerations: Lazy.anyValue({ produce: () => tolerationsOf(this.nodePools) }),
          },
        }),
      },
    });
  }

  get nodePools(): readonly IKataNodePool[] {
    return this.chosenPools ?? this.sandbox.cluster.kataNodePools;
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

/** Pools may be added after the class, so this is asked at synth. */
function tolerationsOf(nodePools: readonly IKataNodePool[]): object[] | undefined {
  if (!nodePools.some((pool) => pool.dedicated)) return undefined;
  const { key, value, effect } = DEDICATED_TAINT;
  return [{ key, operator: "Equal", value, effect }];
}
