import { DataKubernetesNodes } from "@cdktf/provider-kubernetes/lib/data-kubernetes-nodes";
import { ITerraformDependable, TerraformCount, Token } from "cdktf";
import { Construct } from "constructs";
import type { IKataNodePool } from "../cluster/i-node-pool";
import { PlainResource } from "../cdktf/plain-resource";
import type { IKataRuntimeClass } from "./i-kata-runtime-class";
import { ISOLATION_SCRIPT } from "./isolation-script";
import { jobName } from "./job-name";
import { POOL_LABEL } from "./pool-label";
import { tolerationsOf } from "./toleration";

/** Index of the variable with the kernels of the nodes, which `ignore_changes` needs. */
const NODE_KERNELS = 0;

export interface IsolationJobProps {
  readonly namespace: string;
  readonly runtimeClass: IKataRuntimeClass;
  /** The pool whose nodes are put to the test, or nothing for all nodes of the release. */
  readonly nodePool?: IKataNodePool;
  /** Label of the release's nodes. */
  readonly nodeLabel: string;
  /** The nodes that the pod can run on. */
  readonly nodes: DataKubernetesNodes;
  readonly image: string;
  readonly dependsOn: ITerraformDependable[];
}

/**
 * A job whose pod, of one class and on one pool, fails the deployment if its kernel is that of its node.
 *
 * A change of the nodes' kernels forces its replacement, their number does not.
 */
export class IsolationJob extends PlainResource {
  constructor(scope: Construct, id: string, props: IsolationJobProps) {
    const { namespace, runtimeClass, nodePool, nodeLabel, nodes, image, dependsOn } = props;
    const allNodes = nodesExpression(nodes);
    const kernel = "n.status[0].node_info[0].kernel_version";
    const limits = { memory: "128Mi", cpu: "250m" };
    const env = [
      {
        name: "NODE_KERNELS",
        value: `\${join(" ", sort([for n in ${allNodes} : join("=", [n.metadata[0].name, ${kernel}])]))}`,
      },
      { name: "KERNELS", value: `\${join(" ", sort(distinct([for n in ${allNodes} : ${kernel}])))}` },
      { name: "NODE_NAME", value_from: { field_ref: { field_path: "spec.nodeName" } } },
    ];
    const tolerations = tolerationsOf(nodePool ? [nodePool] : []);
    super(scope, id, {
      provider: "kubernetes",
      type: "kubernetes_job_v1",
      dependsOn,
      ...whereThereAreNodes(allNodes, props),
      content: () => ({
        metadata: { name: jobName(runtimeClass.runtimeClassName, nodePool?.nodePoolName), namespace },
        wait_for_completion: true,
        timeouts: { create: "10m", update: "10m" },
        spec: {
          backoff_limit: 0,
          template: {
            metadata: {},
            spec: {
              runtime_class_name: runtimeClass.runtimeClassName,
              node_selector: { [nodeLabel]: "true", ...(nodePool && { [POOL_LABEL]: nodePool.nodePoolName }) },
              ...(tolerations.length > 0 && { toleration: tolerations }),
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
                  env,
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

/** Returns the list of nodes as an expression of Terraform. */
export function nodesExpression({ friendlyUniqueId }: DataKubernetesNodes): string {
  return `data.kubernetes_nodes.${friendlyUniqueId}.nodes`;
}

/** A pool that may be empty is proved while it has a node; any other has to have one. */
function whereThereAreNodes(allNodes: string, { nodePool, nodeLabel }: IsolationJobProps) {
  const ignoreChanges = [`spec[0].template[0].spec[0].container[0].env[${NODE_KERNELS}].value`];
  if (nodePool?.canBeEmpty)
    return {
      count: TerraformCount.of(Token.asNumber(`\${length(${allNodes}) > 0 ? 1 : 0}`)),
      lifecycle: { ignoreChanges },
    };
  const errorMessage = nodePool
    ? `node pool "${nodePool.nodePoolName}" has no node with the label ${nodeLabel}, so that isolation cannot be proved on it: scale it up and deploy again`
    : `no node has the label ${nodeLabel}, so that isolation cannot be proved: add a kata node pool and deploy again`;
  return { lifecycle: { ignoreChanges, precondition: [{ condition: `\${length(${allNodes}) > 0}`, errorMessage }] } };
}
