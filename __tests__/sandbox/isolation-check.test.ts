import { App } from "cdktf";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SandboxStack } from "../../lib";
import { ISOLATION_SCRIPT } from "../../lib/sandbox/isolation-check";
import { clusterIn, KATA_POOL, sandboxStack } from "../support/clusters";

describe("the script", () => {
  const POD = "6.6.137.mshv1-1.azl3";
  const NODE = "6.6.137.mshv2-2.azl3";
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "uname-"));
    writeFileSync(join(folder, "uname"), `#!/bin/sh\n[ "$*" = "-r" ] && echo ${POD}\n`);
    chmodSync(join(folder, "uname"), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function run(nodeKernels: string, emptyPools = "") {
    const { status, stdout } = spawnSync("sh", ["-c", ISOLATION_SCRIPT], {
      encoding: "utf8",
      env: {
        PATH: `${folder}:${process.env.PATH}`,
        NODE_KERNELS: nodeKernels,
        EMPTY_POOLS: emptyPools,
        NODE_LABEL: "example/label",
      },
    });
    return { status, log: stdout.trim() };
  }

  test.each([
    ["one other kernel", NODE],
    ["several other kernels", `${NODE} 5.15.0`],
    ["a kernel that begins alike", `${POD}.1`],
    ["a kernel with a pattern's characters", "6.6.*"],
  ])("passes for %s", (_, kernels) => {
    expect(run(kernels)).toEqual({
      status: 0,
      log: `OK: this pod runs on kernel ${POD}, the kata nodes on ${kernels}`,
    });
  });

  test.each([
    ["the same kernel", POD],
    ["the same kernel among others", `${NODE} ${POD}`],
  ])("fails for %s", (_, kernels) => {
    expect(run(kernels)).toEqual({
      status: 1,
      log: `FAILED: this pod runs on kernel ${POD}, which is a kernel of the nodes: it is not sandboxed`,
    });
  });

  test("fails without nodes", () => {
    expect(run("")).toEqual({
      status: 1,
      log: "FAILED: no node has the label example/label: add a kata node pool and deploy again",
    });
  });

  test("fails for a pool that is scaled to zero, and says so", () => {
    expect(run("", "kata, burst")).toEqual({
      status: 1,
      log: "FAILED: there was no kata node to compare with, because node pool kata, burst may be scaled to zero: scale it up and deploy again",
    });
  });
});

describe("the job", () => {
  const { resource, data } = sandboxStack((sandbox, cluster) => {
    const runtimeClass = sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
    const namespace = sandbox.addNamespace("untrusted");
    sandbox.addIsolationCheck("isolation", { namespace, runtimeClass });
    cluster.addKataNodePool("kata", KATA_POOL);
    cluster.addKataNodePool("burst", { vmSize: KATA_POOL.vmSize, autoScalingEnabled: true, minCount: 0, maxCount: 3 });
  });
  const job = resource.kubernetes_job_v1.isolation;
  const { spec } = job.spec.template;
  const [container] = spec.container;

  test("makes the deployment wait, and fail with it", () => {
    expect(job).toMatchObject({ wait_for_completion: true, spec: { backoff_limit: 0 } });
    expect(spec.restart_policy).toBe("Never");
  });

  test("compares with the nodes of the release", () => {
    const [[id, nodes]] = Object.entries<object>(data.kubernetes_nodes);
    expect(nodes).toMatchObject({ metadata: { labels: { "kubernetes.azure.com/kata-mshv-vm-isolation": "true" } } });
    expect(container.env).toEqual([
      {
        name: "NODE_KERNELS",
        value: `\${join(" ", [for n in data.kubernetes_nodes.${id}.nodes : n.status[0].node_info[0].kernel_version])}`,
      },
      { name: "EMPTY_POOLS", value: "burst" },
      { name: "NODE_LABEL", value: "kubernetes.azure.com/kata-mshv-vm-isolation" },
    ]);
  });

  test("meets Pod Security restricted and the policy of its namespace", () => {
    expect(spec).toMatchObject({
      runtime_class_name: "kata-small",
      automount_service_account_token: false,
      security_context: { run_as_non_root: true, run_as_user: "65534", seccomp_profile: { type: "RuntimeDefault" } },
    });
    expect(container).toMatchObject({
      security_context: { allow_privilege_escalation: false, capabilities: { drop: ["ALL"] } },
      resources: { limits: { memory: "128Mi", cpu: "250m" }, requests: { memory: "128Mi", cpu: "250m" } },
    });
  });

  test("runs after its class, its namespace and the policy", () => {
    expect(job.depends_on).toEqual(
      expect.arrayContaining(["kubernetes_manifest.kata-small", "kubernetes_namespace_v1.untrusted"]),
    );
    expect(resource.kubernetes_namespace_v1.untrusted.depends_on).toEqual([
      expect.stringContaining("kubernetes_manifest.policy_binding_"),
    ]);
  });
});

test.each([
  [
    "a class that the namespace does not admit",
    "isolation",
    "other",
    'the namespace admits only runtime class "kata-small", not "other": check that one or use another namespace [sandbox/isolation]',
  ],
  [
    "a name that is none",
    "Isolation",
    "kata-small",
    'job name "Isolation" is not valid: use an id of lowercase letters, digits and hyphens [sandbox/Isolation]',
  ],
])("%s is refused", (_, id, className, message) => {
  const app = new App();
  const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app) });
  const classes = ["kata-small", "other"].map((name) => sandbox.addRuntimeClass(name));
  const namespace = sandbox.addNamespace("untrusted", { runtimeClass: classes[0] });
  const runtimeClass = classes.find(({ runtimeClassName }) => runtimeClassName === className)!;
  expect(() => sandbox.addIsolationCheck(id, { namespace, runtimeClass })).toThrow(message);
});
