import { RuntimeClassV1 } from "@cdktf/provider-kubernetes/lib/runtime-class-v1";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { check, isUnresolved, mistake } from "../check";
import { IAksCluster } from "../cluster/aks-cluster";
import { KataNodePool } from "../cluster/node-pool";
import { RUNTIME_CLASS_RULES } from "../rules";
import { HclSafeManifest } from "./manifest";
import { PodOverhead } from "./pod-overhead";

/** The handler of kata pods in containerd, in all releases. Source: Azure/AgentBaker, containerd configuration templates. */
export const KATA_HANDLER = "kata";

/** Label in which AKS writes the name of a node's pool. Source: MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md. */
const POOL_LABEL = "kubernetes.azure.com/agentpool";

export interface KataRuntimeClassOptions {
  /**
   * What pods write as `runtimeClassName`. AKS's own names are refused.
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
  readonly nodePools?: readonly KataNodePool[];
}

export interface KataRuntimeClassProps extends KataRuntimeClassOptions {
  readonly cluster: IAksCluster;
  /** Names of the stack's other classes. */
  readonly namesInUse?: readonly string[];
}

/**
 * A RuntimeClass whose pods each get a micro VM with a kernel of their own.
 *
 * It is a `kubernetes_manifest`, because `kubernetes_runtime_class_v1` has neither overhead nor scheduling; a class
 * that wants neither is a `kubernetes_runtime_class_v1`, which needs no API server at plan.
 *
 * @throws if the name is malformed or AKS's own, or podMemory is no quantity or outside Microsoft's table
 */
export class KataRuntimeClass extends Construct {
  /** What pods write as `runtimeClassName`. */
  readonly runtimeClassName: string;
  /** Largest memory limit of the class's pods, if it is sized. */
  readonly podMemory?: string;
  /** The Kubernetes resource, for all that the construct does not offer. */
  readonly resource: HclSafeManifest | RuntimeClassV1;

  constructor(scope: Construct, id: string, props: KataRuntimeClassProps) {
    super(scope, id);
    const { cluster, name = id, podMemory, cpuOverhead, nodePools, scheduling = true } = props;
    this.runtimeClassName = name;
    this.podMemory = podMemory;
    if (isUnresolved(podMemory)) {
      throw mistake(
        this,
        "podMemory is known only to Terraform: write a plain quantity such as 1Gi, which picks the overhead",
      );
    }
    check(this, RUNTIME_CLASS_RULES, {
      name,
      podMemory,
      cpuOverhead,
      namesInUse: props.namesInUse ?? [],
      foreignPools: (nodePools ?? [])
        .filter((pool) => !cluster.kataNodePools.includes(pool))
        .map(({ node }) => node.path),
    });

    const podFixed = {
      ...(podMemory !== undefined && { memory: PodOverhead.ofPod(podMemory) }),
      ...(cpuOverhead !== undefined && { cpu: cpuOverhead }),
    };
    if (Object.keys(podFixed).length === 0 && !scheduling) {
      this.resource = new RuntimeClassV1(this, "Default", { metadata: { name }, handler: KATA_HANDLER });
      return;
    }
    this.resource = new HclSafeManifest(this, "Default", {
      manifest: {
        apiVersion: "node.k8s.io/v1",
        kind: "RuntimeClass",
        metadata: { name },
        handler: KATA_HANDLER,
        ...(Object.keys(podFixed).length > 0 && { overhead: { podFixed } }),
        ...(scheduling && {
          scheduling: {
            nodeSelector: { [cluster.podSandboxing.nodeLabel]: "true", ...selectorOf(name, nodePools) },
            tolerations: Lazy.anyValue({ produce: () => tolerationsOf(nodePools ?? cluster.kataNodePools) }),
          },
        }),
      },
    });
  }
}

/** A node has one value for a label, so several pools are told from others by a label of the class. */
function selectorOf(className: string, nodePools: readonly KataNodePool[] = []): { [label: string]: string } {
  if (nodePools.length === 0) return {};
  if (nodePools.length === 1) return { [POOL_LABEL]: nodePools[0].resource.nameInput! };
  const label = { [`pod-sandboxing/${className}`]: "true" };
  for (const { resource } of nodePools) resource.nodeLabels = { ...resource.nodeLabelsInput, ...label };
  return label;
}

/** Pools may be added after the class, so this is asked at synth. */
function tolerationsOf(nodePools: readonly KataNodePool[]): object[] | undefined {
  if (!nodePools.some((pool) => pool.dedicated)) return undefined;
  const { key, value, effect } = KataNodePool.DEDICATED_TAINT;
  return [{ key, operator: "Equal", value, effect }];
}
