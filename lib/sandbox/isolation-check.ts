import { DataKubernetesNodes } from "@cdktf/provider-kubernetes/lib/data-kubernetes-nodes";
import { Construct } from "constructs";
import type { IAksCluster } from "../cluster/i-aks-cluster";
import { PlainResource } from "../plain-resource";
import { check } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { checkProps, object, PropSpecs, required, string } from "../validation/props";
import type { IKataRuntimeClass } from "./i-kata-runtime-class";
import { ISOLATION_CHECK_RULES } from "./rules/isolation-check-rules";
import { Sandbox } from "./sandbox";
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
  readonly runtimeClass: IKataRuntimeClass;
  /** An image with `sh` and `uname`. @default mcr.microsoft.com/cbl-mariner/busybox:2.0 */
  readonly image?: string;
}

const PROPS: PropSpecs<IsolationCheckOptions> = {
  namespace: required(object("what addNamespace returned")),
  runtimeClass: required(object("what addRuntimeClass returned")),
  image: string(),
};

/**
 * A job that fails the deployment if a sandboxed pod runs on a kernel of the nodes, or if there is no node to compare with.
 *
 * It runs again when the nodes' kernels change.
 *
 * @throws if the namespace does not admit the class
 */
export class IsolationCheck extends Construct {
  /** The Kubernetes resource, for all that the construct does not offer. */
  readonly resource: PlainResource;

  constructor(scope: Construct, id: string, options: IsolationCheckOptions) {
    super(freeScope(scope, id, "isolation check"), id);
    checkProps(this, options, PROPS);
    const { cluster } = Sandbox.of(this);
    const { namespace, runtimeClass, image = IMAGE } = options;
    check(this, ISOLATION_CHECK_RULES, {
      name: id,
      runtimeClass: runtimeClass.runtimeClassName,
      namespaceRuntimeClass: namespace.runtimeClass?.runtimeClassName,
    });
    const { nodeLabel } = cluster.podSandboxing;
    const nodes = new DataKubernetesNodes(this, "nodes", { metadata: { labels: { [nodeLabel]: "true" } } });
    const limits = { memory: "128Mi", cpu: "250m" };

    this.resource = new PlainResource(this, "Default", {
      provider: "kubernetes",
      type: "kubernetes_job_v1",
      maps: ["limits", "requests"],
      dependsOn: [...namespace.parts, runtimeClass.resource],
      content: () => ({
        metadata: { name: id, namespace: namespace.name },
        wait_for_completion: true,
        timeouts: { create: "10m", update: "10m" },
        spec: {
          backoff_limit: 0,
          template: {
            metadata: {},
            spec: {
              runtime_class_name: runtimeClass.runtimeClassName,
              restart_policy: "Never",
              automount_service_account_token: false,
              security_context: {
                run_as_non_root: true,
                run_as_user: "65534",
                seccomp_profile: { type: "RuntimeDefault" },
              },
              container: [
                {
                  name: "compare-kernels",
                  image,
                  command: ["/bin/sh", "-c", ISOLATION_SCRIPT],
                  env: [
                    { name: "NODE_KERNELS", value: kernelsOf(nodes) },
                    { name: "EMPTY_POOLS", value: poolsThatMayBeEmpty(cluster) },
                    { name: "NODE_LABEL", value: nodeLabel },
                  ],
                  resources: { limits, requests: limits },
                  security_context: {
                    run_as_non_root: true,
                    allow_privilege_escalation: false,
                    read_only_root_filesystem: true,
                    capabilities: { drop: ["ALL"] },
                  },
                },
              ],
            },
          },
        },
      }),
    });
  }
}

function kernelsOf({ friendlyUniqueId }: DataKubernetesNodes): string {
  const nodes = `data.kubernetes_nodes.${friendlyUniqueId}.nodes`;
  return `\${join(" ", [for n in ${nodes} : n.status[0].node_info[0].kernel_version])}`;
}

/** Names of the kata pools that can have no node. */
function poolsThatMayBeEmpty({ kataNodePools }: IAksCluster): string {
  return kataNodePools
    .filter(({ canBeEmpty }) => canBeEmpty)
    .map(({ nodePoolName }) => nodePoolName)
    .join(", ");
}
