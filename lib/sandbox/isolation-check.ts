import { DataKubernetesNodes } from "@cdktf/provider-kubernetes/lib/data-kubernetes-nodes";
import { JobV1 } from "@cdktf/provider-kubernetes/lib/job-v1";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { IAksCluster } from "../cluster/aks-cluster";
import type { KataRuntimeClass } from "./kata-runtime-class";
import type { SandboxedNamespace } from "./sandboxed-namespace";

/** Source: Azure/AgentBaker, e2e/validators_kata.go, which compares kernels with the same image. */
const IMAGE = "mcr.microsoft.com/cbl-mariner/busybox:2.0";

/**
 * Compares the pod's kernel with those of the nodes: they have to differ, whatever they are.
 *
 * It is one line without the braces of shell parameters, because Terraform and its HCL writer in cdktf have their own
 * meaning for both.
 */
export const ISOLATION_SCRIPT = [
  "kernel=$(uname -r);",
  'if [ -z "$NODE_KERNELS" ] && [ -n "$EMPTY_POOLS" ]; then',
  'echo "FAILED: there was no kata node to compare with, because node pool $EMPTY_POOLS may be scaled to zero: scale it up and deploy again"; exit 1; fi;',
  'if [ -z "$NODE_KERNELS" ]; then',
  'echo "FAILED: no node has the label $NODE_LABEL: add a kata node pool and deploy again"; exit 1; fi;',
  'for node in $NODE_KERNELS; do if [ "$kernel" = "$node" ]; then',
  'echo "FAILED: this pod runs on kernel $kernel, which is a kernel of the nodes: it is not sandboxed"; exit 1; fi; done;',
  'echo "OK: this pod runs on kernel $kernel, the kata nodes on $NODE_KERNELS"',
].join(" ");

export interface IsolationCheckOptions {
  /** Where the job runs. */
  readonly namespace: SandboxedNamespace;
  /** The class that is put to the test. */
  readonly runtimeClass: KataRuntimeClass;
  /** An image with `sh` and `uname`. @default mcr.microsoft.com/cbl-mariner/busybox:2.0 */
  readonly image?: string;
}

export interface IsolationCheckProps extends IsolationCheckOptions {
  readonly cluster: IAksCluster;
}

/**
 * A job that fails the deployment if a sandboxed pod runs on a kernel of the nodes, or if there is no node to compare with.
 *
 * It runs again when the nodes' kernels change.
 */
export class IsolationCheck extends Construct {
  /** The Kubernetes resource, for all that the construct does not offer. */
  readonly resource: JobV1;

  constructor(scope: Construct, id: string, props: IsolationCheckProps) {
    super(scope, id);
    const { cluster, namespace, runtimeClass, image = IMAGE } = props;
    const { nodeLabel } = cluster.podSandboxing;
    const nodes = new DataKubernetesNodes(this, "nodes", { metadata: { labels: { [nodeLabel]: "true" } } });
    const limits = { memory: "128Mi", cpu: "250m" };

    this.resource = new JobV1(this, "Default", {
      metadata: { name: id, namespace: namespace.name },
      waitForCompletion: true,
      timeouts: { create: "10m", update: "10m" },
      dependsOn: [...namespace.parts, runtimeClass.resource],
      spec: {
        backoffLimit: 0,
        template: {
          metadata: {},
          spec: {
            runtimeClassName: runtimeClass.runtimeClassName,
            restartPolicy: "Never",
            automountServiceAccountToken: false,
            securityContext: { runAsNonRoot: true, runAsUser: "65534", seccompProfile: { type: "RuntimeDefault" } },
            container: [
              {
                name: "compare-kernels",
                image,
                command: ["/bin/sh", "-c", ISOLATION_SCRIPT],
                env: [
                  {
                    name: "NODE_KERNELS",
                    value: `\${join(" ", [for n in data.kubernetes_nodes.${nodes.friendlyUniqueId}.nodes : n.status[0].node_info[0].kernel_version])}`,
                  },
                  { name: "EMPTY_POOLS", value: Lazy.stringValue({ produce: () => poolsThatMayBeEmpty(cluster) }) },
                  { name: "NODE_LABEL", value: nodeLabel },
                ],
                resources: { limits, requests: limits },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ["ALL"] },
                },
              },
            ],
          },
        },
      },
    });
  }
}

/** Names of the kata pools that can have no node. */
function poolsThatMayBeEmpty({ kataNodePools }: IAksCluster): string {
  return kataNodePools
    .filter(({ resource }) => resource.minCountInput === 0 || resource.nodeCountInput === 0)
    .map(({ resource }) => resource.nameInput)
    .join(", ");
}
