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
const KATA_HANDLER = "kata";

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
}

export interface KataRuntimeClassProps extends KataRuntimeClassOptions {
  readonly cluster: IAksCluster;
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
  /** The Kubernetes resource, for all that the construct does not offer. */
  readonly resource: HclSafeManifest | RuntimeClassV1;

  constructor(scope: Construct, id: string, props: KataRuntimeClassProps) {
    super(scope, id);
    const { cluster, name = id, podMemory, scheduling = true } = props;
    this.runtimeClassName = name;
    if (isUnresolved(podMemory)) {
      throw mistake(
        this,
        "podMemory is known only to Terraform: write a plain quantity such as 1Gi, which picks the overhead",
      );
    }
    check(this, RUNTIME_CLASS_RULES, { name, podMemory });

    if (podMemory === undefined && !scheduling) {
      this.resource = new RuntimeClassV1(this, "Default", { metadata: { name }, handler: KATA_HANDLER });
      return;
    }
    this.resource = new HclSafeManifest(this, "Default", {
      manifest: {
        apiVersion: "node.k8s.io/v1",
        kind: "RuntimeClass",
        metadata: { name },
        handler: KATA_HANDLER,
        ...(podMemory !== undefined && { overhead: { podFixed: { memory: PodOverhead.ofPod(podMemory) } } }),
        ...(scheduling && {
          scheduling: {
            nodeSelector: { [cluster.podSandboxing.nodeLabel]: "true" },
            tolerations: Lazy.anyValue({ produce: () => tolerationsOf(cluster) }),
          },
        }),
      },
    });
  }
}

/** Pools may be added after the class, so this is asked at synth. */
function tolerationsOf({ kataNodePools }: IAksCluster): object[] | undefined {
  if (!kataNodePools.some((pool) => pool.dedicated)) return undefined;
  const { key, value, effect } = KataNodePool.DEDICATED_TAINT;
  return [{ key, operator: "Equal", value, effect }];
}
