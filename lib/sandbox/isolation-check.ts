import { DataKubernetesNodes } from "@cdktf/provider-kubernetes/lib/data-kubernetes-nodes";
import { ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { IKataNodePool } from "../cluster/i-node-pool";
import { PlainResource } from "../cdktf/plain-resource";
import { check } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { checkProps, list, literal, object, PropSpecs, string } from "../validation/props";
import { isUnresolved } from "../validation/unresolved";
import { DeniedPod } from "./denied-pod";
import type { IKataRuntimeClass } from "./i-kata-runtime-class";
import { IsolationJob, nodesExpression } from "./isolation-job";
import { POOL_LABEL } from "./pool-label";
import { CONTAINER_LIMITS, RestrictedNamespace } from "./restricted-namespace";
import { ISOLATION_CHECK_RULES, ISOLATION_JOB_RULES } from "./rules/isolation-check-rules";
import { Sandbox } from "./sandbox";

/** Source: Azure/AgentBaker, e2e/validators_kata.go, which compares kernels with the same image. */
const IMAGE = "mcr.microsoft.com/cbl-mariner/busybox:2.0";

/** Options of an isolation check. */
export interface IsolationCheckOptions {
  /**
   * The classes that are put to the test.
   *
   * @default - all of the stack, also those that are added later
   * @throws if there is none, or one of another stack
   */
  readonly runtimeClasses?: readonly IKataRuntimeClass[];
  /**
   * An image with `sh` and `uname`.
   *
   * @default mcr.microsoft.com/cbl-mariner/busybox:2.0
   * @throws if it is not the name of an image
   * @see https://kubernetes.io/docs/concepts/containers/images
   */
  readonly image?: string;
  /**
   * Name of the namespace that the jobs run in, which is the check's own.
   *
   * @default - the construct's id
   * @throws if it is malformed, in use or one of the cluster's own
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names
   */
  readonly name?: string;
}

const PROPS: PropSpecs<IsolationCheckOptions> = {
  runtimeClasses: literal(
    list(object("what addRuntimeClass returned", { member: "runtimeClassName" }), {
      what: "a list of what addRuntimeClass returned",
    }),
  ),
  image: string(),
  name: string(),
};

/**
 * Jobs that fail the deployment if a sandboxed pod runs on the kernel of its node: one for each class and each kata node
 * pool that the class's pods run on, in a namespace of the check's own, under the same policies as tenants' namespaces.
 *
 * Tenants' namespaces are created after it, so that nothing is opened where isolation is not proved. It runs again when
 * the nodes' kernels change. A pool that can have no node is proved while it has one.
 *
 * @example
 * ```ts
 * sandbox.addIsolationCheck("isolation");
 * ```
 * @throws if the name cannot name a namespace, or a class is not of the stack
 */
export class IsolationCheck extends Construct {
  /** Name of the namespace that the jobs run in. */
  readonly namespaceName: string;

  private readonly sandbox: Sandbox;
  private readonly namespace: RestrictedNamespace;
  private readonly image: string;
  private readonly chosenClasses?: readonly IKataRuntimeClass[];
  private proofs?: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, options: IsolationCheckOptions = {}) {
    super(freeScope(scope, id, "isolation check"), id);
    checkProps(this, options, PROPS);
    this.sandbox = Sandbox.of(this);
    const { name = id, image = IMAGE, runtimeClasses } = options;
    this.namespaceName = name;
    this.image = image;
    this.chosenClasses = runtimeClasses && [...runtimeClasses];
    check(this, ISOLATION_CHECK_RULES, {
      name,
      image,
      namesInUse: this.sandbox.namespaceNames,
      runtimeClasses: runtimeClasses?.length,
      foreignRuntimeClass: runtimeClasses?.find((runtimeClass) => !this.sandbox.runtimeClasses.includes(runtimeClass)),
      classNamedTwice: runtimeClasses?.find((runtimeClass, i) => runtimeClasses.indexOf(runtimeClass) < i),
    });
    this.sandbox.addCheck(this, name);
    this.namespace = new RestrictedNamespace(new Construct(this, "namespace"), {
      name,
      policy: this.sandbox.policy,
      limits: CONTAINER_LIMITS,
    });
  }

  /** The classes that are put to the test. */
  get runtimeClasses(): readonly IKataRuntimeClass[] {
    return [...(this.chosenClasses ?? this.sandbox.runtimeClasses)];
  }

  /** @internal */
  addJobs(): readonly ITerraformDependable[] {
    this.namespace.createAfter(this.sandbox.policy.parts);
    this.proofs ??= this.withDenial(this.runtimeClasses.flatMap((runtimeClass) => this.jobsOf(runtimeClass)));
    return this.proofs;
  }

  /** By the time that the jobs are done the policies are seen, which is proved, too. */
  private withDenial(jobs: ITerraformDependable[]): readonly ITerraformDependable[] {
    const { namespaceName: namespace, image } = this;
    return [...jobs, new DeniedPod(this, "denial", { namespace, image, dependsOn: jobs })];
  }

  private jobsOf(runtimeClass: IKataRuntimeClass): ITerraformDependable[] {
    const { nodePools } = runtimeClass;
    check(this, ISOLATION_JOB_RULES, {
      poolWithoutName: nodePools.find(({ nodePoolName }) => isUnresolved(nodePoolName))?.node.path,
    });
    const scope = new Construct(this.jobsScope(), idBelowStack(runtimeClass));
    const { nodeLabel } = this.sandbox.cluster.podSandboxing;
    const jobs = (nodePools.length > 0 ? nodePools : [undefined]).map(
      (nodePool) =>
        new IsolationJob(scope, nodePool?.nodePoolName ?? "all", {
          namespace: this.namespaceName,
          runtimeClass,
          nodePool,
          nodeLabel,
          nodes: this.nodesOf(nodePool),
          image: this.image,
          dependsOn: [...this.namespace.parts, runtimeClass.resource],
        }),
    );
    const canProveNothing = nodePools.length > 0 && nodePools.every(({ canBeEmpty }) => canBeEmpty);
    return canProveNothing ? [this.anyNodeOf(nodePools, scope), ...jobs] : jobs;
  }

  /** Fails the plan where no pool of a class has a node, so that nothing is opened before isolation was proved once. */
  private anyNodeOf(nodePools: readonly IKataNodePool[], scope: Construct): PlainResource {
    const nodes = nodePools.map((nodePool) => nodesExpression(this.nodesOf(nodePool)));
    const names = nodePools.map(({ nodePoolName }) => nodePoolName).join(", ");
    return new PlainResource(scope, "Default", {
      provider: "terraform",
      type: "terraform_data",
      content: () => ({}),
      lifecycle: {
        precondition: [
          {
            condition: `\${length(concat(${nodes.join(", ")})) > 0}`,
            errorMessage: `node pool ${names} is scaled to zero, so that isolation cannot be proved: scale it up and deploy again`,
          },
        ],
      },
    });
  }

  private jobsScope(): Construct {
    return (this.node.tryFindChild("jobs") as Construct | undefined) ?? new Construct(this, "jobs");
  }

  private nodesOf(nodePool: IKataNodePool | undefined): DataKubernetesNodes {
    const id = nodePool ? `nodes-${nodePool.nodePoolName}` : "nodes";
    const known = this.node.tryFindChild(id) as DataKubernetesNodes | undefined;
    if (known) return known;
    const { nodeLabel } = this.sandbox.cluster.podSandboxing;
    const labels = { [nodeLabel]: "true", ...(nodePool && { [POOL_LABEL]: nodePool.nodePoolName }) };
    return new DataKubernetesNodes(this, id, { metadata: { labels } });
  }
}

/** Returns an id that no other class of the stack has. */
function idBelowStack(runtimeClass: IKataRuntimeClass): string {
  const { scopes } = runtimeClass.node;
  const below = scopes.slice(scopes.indexOf(TerraformStack.of(runtimeClass)) + 1);
  return below
    .map(({ node }) => node.id)
    .filter((id) => id !== "Default")
    .join("-");
}
