import { App } from "cdktf";
import { AksCluster, IsolationCheckOptions, PodSandboxing, SandboxStack } from "../../lib";
import { clusterIn, KATA_POOL, sandboxStack } from "../support/clusters";
import { denialsOf } from "../support/cel";
import { synthesiseStack } from "../support/synth";

const LABEL = "kubernetes.azure.com/kata-mshv-vm-isolation";
const POOL = "kubernetes.azure.com/agentpool";

interface Job {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly count?: string;
  readonly depends_on: readonly string[];
  readonly lifecycle: { readonly precondition?: readonly { readonly error_message: string }[] };
  readonly spec: {
    readonly template: { readonly spec: { readonly node_selector: object; readonly toleration?: object } };
  };
}

function jobsOf(resource: { readonly kubernetes_job_v1: object }): Job[] {
  return Object.values<Job>(resource.kubernetes_job_v1 as Record<string, Job>);
}

function check(options?: IsolationCheckOptions, more: (sandbox: SandboxStack, cluster: AksCluster) => void = () => {}) {
  return sandboxStack((sandbox, cluster) => {
    sandbox.addIsolationCheck("isolation", options);
    sandbox.addNamespace("untrusted");
    sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
    more(sandbox, cluster);
  });
}

describe("the job of a class and a pool", () => {
  const { resource, data } = check();
  const [[id, job]] = Object.entries<any>(resource.kubernetes_job_v1); // eslint-disable-line @typescript-eslint/no-explicit-any
  const { spec } = job.spec.template;
  const [container] = spec.container;
  const [[nodesId, nodes]] = Object.entries<object>(data.kubernetes_nodes);
  const all = `data.kubernetes_nodes.${nodesId}.nodes`;

  test("makes the deployment wait, and fail with it", () => {
    expect(job).toMatchObject({ wait_for_completion: true, spec: { backoff_limit: 0 } });
    expect(spec.restart_policy).toBe("Never");
  });

  test("runs where the class's pods run, in a namespace of the check's own", () => {
    expect(job.metadata).toEqual({ name: "kata-small-kata", namespace: "isolation" });
    expect(spec).toMatchObject({
      runtime_class_name: "kata-small",
      node_selector: { [LABEL]: "true", [POOL]: "kata" },
      automount_service_account_token: false,
    });
  });

  test("knows the kernel of each node, and on which it runs", () => {
    expect(nodes).toMatchObject({ metadata: { labels: { [LABEL]: "true", [POOL]: "kata" } } });
    const kernel = "n.status[0].node_info[0].kernel_version";
    expect(container.env).toEqual([
      {
        name: "NODE_KERNELS",
        value: `\${join(" ", sort([for n in ${all} : join("=", [n.metadata[0].name, ${kernel}])]))}`,
      },
      { name: "KERNELS", value: `\${join(" ", sort(distinct([for n in ${all} : ${kernel}])))}` },
      { name: "NODE_NAME", value_from: { field_ref: { field_path: "spec.nodeName" } } },
    ]);
  });

  test("is replaced when kernels change, not when nodes come and go", () => {
    expect(job.lifecycle.ignore_changes).toEqual(["spec[0].template[0].spec[0].container[0].env[0].value"]);
  });

  test("needs a node", () => {
    expect(job.lifecycle.precondition).toEqual([
      {
        condition: `\${length(${all}) > 0}`,
        error_message: `node pool "kata" has no node with the label ${LABEL}, so that isolation cannot be proved on it: scale it up and deploy again`,
      },
    ]);
    expect(job).not.toHaveProperty("count");
  });

  test("runs after all that holds its namespace, which is there after the policies", () => {
    const namespaceId = Object.keys(resource.kubernetes_namespace_v1).find((key) => key !== "untrusted")!;
    expect(job.depends_on).toEqual([
      `kubernetes_namespace_v1.${namespaceId}`,
      expect.stringMatching(/^kubernetes_limit_range_v1.isolation_namespace_limits_/),
      expect.stringMatching(/^kubernetes_default_service_account_v1.isolation_namespace_service-account_/),
      expect.stringMatching(/^kubernetes_network_policy_v1.isolation_namespace_default-deny_/),
      "kubernetes_manifest.kata-small",
    ]);
    expect(resource.kubernetes_namespace_v1[namespaceId]).toMatchObject({
      depends_on: expect.arrayContaining([expect.stringMatching(/^kubernetes_manifest.policy_binding_/)]),
      metadata: {
        name: "isolation",
        labels: { "pod-security.kubernetes.io/enforce": "restricted", "pod-sandboxing/policy": "sandbox" },
      },
    });
  });

  test("comes before tenants' namespaces", () => {
    expect(resource.kubernetes_namespace_v1.untrusted.depends_on).toContain(`kubernetes_job_v1.${id}`);
  });
});

test("before tenants' namespaces it is proved that the policies deny", () => {
  const { resource } = check();
  const [[jobId]] = Object.entries(resource.kubernetes_job_v1);
  const [id] = Object.keys(resource.kubernetes_manifest).filter((key) => key.includes("denial"));
  const denied = resource.kubernetes_manifest[id];
  expect(denied).toMatchObject({
    wait: { condition: [{ type: "ReplicaFailure", status: "True" }] },
    depends_on: [`kubernetes_job_v1.${jobId}`],
    manifest: { kind: "ReplicaSet", metadata: { name: "must-be-denied", namespace: "isolation" } },
  });
  expect(resource.kubernetes_namespace_v1.untrusted.depends_on).toContain(`kubernetes_manifest.${id}`);
  expect(denialsOf(resource.kubernetes_manifest.policy.manifest, { object: denied.manifest.spec.template })).toEqual([
    "pods of this namespace need a kernel of their own: write spec.runtimeClassName: kata-small",
  ]);
});

test("there is a job for each class and each of its pools, wherever they are declared", () => {
  const { resource } = check({}, (sandbox, cluster) => {
    const pools = ["one", "two", "three"].map((name) => cluster.addKataNodePool(name, KATA_POOL));
    sandbox.addRuntimeClass("bound", { nodePools: pools.slice(0, 2) });
    sandbox.addRuntimeClass("v1.unscheduled", { scheduling: false });
  });
  expect(
    jobsOf(resource)
      .map(({ metadata }) => metadata.name)
      .sort(),
  ).toEqual([
    "bound-one",
    "bound-two",
    "kata-small-one",
    "kata-small-three",
    "kata-small-two",
    expect.stringMatching(/^v1-unscheduled-one-[0-9a-f]{8}$/),
    expect.stringMatching(/^v1-unscheduled-three-[0-9a-f]{8}$/),
    expect.stringMatching(/^v1-unscheduled-two-[0-9a-f]{8}$/),
  ]);
});

test("it may name its classes, its namespace and its image", () => {
  const { resource } = sandboxStack((sandbox) => {
    const runtimeClasses = [sandbox.addRuntimeClass("small", { podMemory: "1Gi" })];
    sandbox.addRuntimeClass("large", { podMemory: "8Gi" });
    sandbox.addIsolationCheck("isolation", { runtimeClasses, name: "proof", image: "example.com/busybox" });
  });
  expect(jobsOf(resource)).toEqual([expect.objectContaining({ metadata: { name: "small-kata", namespace: "proof" } })]);
  expect(JSON.stringify(resource)).toContain("example.com/busybox");
});

test("a job tolerates the taints of its pool, also where the class does not schedule", () => {
  const { resource } = check({}, (sandbox, cluster) => {
    cluster.addKataNodePool("kata", { ...KATA_POOL, dedicated: true, nodeTaints: ["gpu:NoExecute"] });
    sandbox.addRuntimeClass("unscheduled", { scheduling: false });
  });
  for (const job of jobsOf(resource))
    expect(job.spec.template.spec.toleration).toEqual([
      { key: "gpu", operator: "Exists", effect: "NoExecute" },
      { key: "dedicated", operator: "Equal", value: "pod-sandboxing", effect: "NoSchedule" },
    ]);
});

const SCALED_TO_ZERO = { vmSize: KATA_POOL.vmSize, autoScalingEnabled: true, minCount: 0, maxCount: 3 };

test("a pool that may be empty is proved while it has a node", () => {
  const { resource } = check({}, (_, cluster) => {
    cluster.addKataNodePool("kata", KATA_POOL);
    cluster.addKataNodePool("burst", SCALED_TO_ZERO);
  });
  const [always, sometimes] = jobsOf(resource).sort((a, b) => b.metadata.name.localeCompare(a.metadata.name));
  expect(always).not.toHaveProperty("count");
  expect(sometimes).toMatchObject({
    metadata: { name: "kata-small-burst" },
    count: expect.stringMatching(
      /^\$\{length\(data\.kubernetes_nodes\.isolation_nodes-burst_\w+\.nodes\) > 0 \? 1 : 0\}$/,
    ),
  });
  expect(resource).not.toHaveProperty("terraform_data");
});

test("where all pools may be empty, one has to have a node", () => {
  const { resource } = check({}, (_, cluster) => cluster.addKataNodePool("burst", SCALED_TO_ZERO));
  const [[id, data]] = Object.entries<Job>(resource.terraform_data);
  expect(data.lifecycle.precondition).toEqual([
    {
      condition: expect.stringMatching(/^\$\{length\(concat\(data\.kubernetes_nodes\.\S+\.nodes\)\) > 0\}$/),
      error_message:
        "node pool burst is scaled to zero, so that isolation cannot be proved: scale it up and deploy again",
    },
  ]);
  expect(resource.kubernetes_namespace_v1.untrusted.depends_on).toContain(`terraform_data.${id}`);
});

test("on an existing cluster without declared pools there is one job for each class", () => {
  const { resource } = synthesiseStack("sandbox", (app) => {
    const stack = new SandboxStack(app, "sandbox", { cluster: existing(app) });
    stack.addRuntimeClass("kata-small", { podMemory: "1Gi" });
    stack.addIsolationCheck("isolation");
  });
  expect(jobsOf(resource)).toEqual([
    expect.objectContaining({ metadata: { name: "kata-small", namespace: "isolation" } }),
  ]);
  expect(jobsOf(resource)[0].spec.template.spec.node_selector).toEqual({ [LABEL]: "true" });
  expect(jobsOf(resource)[0].lifecycle.precondition![0].error_message).toBe(
    `no node has the label ${LABEL}, so that isolation cannot be proved: add a kata node pool and deploy again`,
  );
});

function existing(app: App) {
  return AksCluster.fromExisting(clusterIn(app).node.scope as never, "existing", {
    podSandboxing: PodSandboxing.PREVIEW,
    clusterName: "other",
    resourceGroupName: "group",
  });
}

describe("a check is refused", () => {
  test.each<[string, string, (sandbox: SandboxStack, app: App) => IsolationCheckOptions | undefined, string]>([
    [
      "name that is none",
      "Isolation",
      () => undefined,
      'namespace name "Isolation" is not valid: use 1 to 63 lowercase letters, digits and hyphens with a letter or digit at both ends [sandbox/Isolation]',
    ],
    [
      "name of a tenant's namespace",
      "isolation",
      () => ({ name: "untrusted" }),
      'namespace "untrusted" is already on this cluster: choose another name [sandbox/isolation]',
    ],
    [
      "name of the cluster's own",
      "isolation",
      () => ({ name: "kube-system" }),
      'namespace "kube-system" belongs to the cluster itself: use a namespace of your own [sandbox/isolation]',
    ],
    [
      "no class",
      "isolation",
      () => ({ runtimeClasses: [] }),
      "runtimeClasses is empty, so nothing would be proved: name a class or leave it out for all [sandbox/isolation]",
    ],
    [
      "class twice",
      "isolation",
      (sandbox) => {
        const runtimeClass = sandbox.addRuntimeClass("kata");
        return { runtimeClasses: [runtimeClass, runtimeClass] };
      },
      'runtimeClasses names "kata" twice: write it once [sandbox/isolation]',
    ],
    [
      "class of another stack",
      "isolation",
      (sandbox, app) => {
        const other = new SandboxStack(app, "other", { cluster: sandbox.cluster });
        return { runtimeClasses: [other.addRuntimeClass("foreign")] };
      },
      'runtime class "foreign" is not in this stack: write what addRuntimeClass of this stack returned [sandbox/isolation]',
    ],
  ])("%s", (_, id, optionsFor, message) => {
    const app = new App();
    const sandbox = new SandboxStack(app, "sandbox", { cluster: existing(app) });
    sandbox.addNamespace("untrusted");
    const options = optionsFor(sandbox, app);
    expect(() => sandbox.addIsolationCheck(id, options)).toThrow(message);
  });

  test("a tenant's namespace of its name", () => {
    const app = new App();
    const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app) });
    sandbox.addIsolationCheck("isolation");
    expect(() => sandbox.addNamespace("isolation")).toThrow('namespace "isolation" is already on this cluster');
  });

  test("a stack without a class", () => {
    expect(() => sandboxStack((sandbox) => sandbox.addIsolationCheck("isolation"))).toThrow(
      "there is no runtime class to put to the test: add one with addRuntimeClass [sandbox/isolation]",
    );
  });
});
