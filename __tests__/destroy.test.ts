import { execFileSync } from "node:child_process";
import { calls, cdktf, folder, foldersOfTests, write, writeApp } from "./support/cdktf-cli";

const metadata = (name: string, namespace?: string) => ({ values: { metadata: [{ name, namespace }] } });

const STATE = {
  values: {
    root_module: {
      resources: [
        { address: "kubernetes_namespace_v1.a", type: "kubernetes_namespace_v1", ...metadata("a") },
        {
          address: "kubernetes_network_policy_v1.deny",
          type: "kubernetes_network_policy_v1",
          ...metadata("deny", "a"),
        },
        { address: "kubernetes_network_policy_v1.own", type: "kubernetes_network_policy_v1", ...metadata("own", "b") },
        { address: "kubernetes_limit_range_v1.limits", type: "kubernetes_limit_range_v1", ...metadata("limits", "a") },
      ],
      child_modules: [
        {
          resources: [
            {
              address: "module.m.kubernetes_network_policy.dns",
              type: "kubernetes_network_policy",
              ...metadata("dns", "a"),
            },
          ],
        },
      ],
    },
  },
};

const FORGOTTEN = "state rm kubernetes_network_policy_v1.deny module.m.kubernetes_network_policy.dns sandbox";
const ONLY_SANDBOX = ["destroy", "sand*", "--ignore-missing-stack-dependencies", "--skip-synth"];

foldersOfTests();
beforeEach(() => {
  writeApp();
  execFileSync(process.execPath, ["app.cjs"], { cwd: folder(), env: { CDKTF_OUTDIR: "cdktf.out" } });
  write("sandbox.json", JSON.stringify(STATE));
});

test("network policies are left to go with their namespaces, and the cluster is destroyed last", () => {
  expect(cdktf(folder(), ["destroy", "--auto-approve", "--skip-synth"])).toMatchObject({ status: 0, stderr: "" });
  expect(calls()).toEqual([FORGOTTEN, "destroy sandbox", "destroy cluster"]);
});

test("a plan is shown before anything is done, and done only with yes", () => {
  const { status, stdout } = cdktf(folder(), ONLY_SANDBOX, "yes\n");
  expect(stdout).toContain("the plan\n\nDestroy all of stack sandbox, pods before network policies? Only yes does it:");
  expect(status).toBe(0);
  expect(calls()).toEqual(["plan sandbox", FORGOTTEN, "destroy sandbox"]);
});

test.each(["no\n", ""])("the answer %j keeps everything", (answer) => {
  expect(cdktf(folder(), ONLY_SANDBOX, answer)).toMatchObject({
    status: 1,
    stderr: "stack sandbox is not destroyed\n",
  });
  expect(calls()).toEqual(["plan sandbox"]);
});

test("what Terraform says of a state that it cannot read is passed on", () => {
  write("terraform", "#!/bin/sh\n[ $1 != init ] || { echo 'Error: no login' >&2; exit 1; }\n");
  const { status, stderr } = cdktf(folder(), ["destroy", "--auto-approve", "--skip-synth"]);
  expect(stderr).toMatch(/^terraform init failed in cdktf\.out\/stacks\/sandbox: Error: no login\n$/);
  expect(status).toBe(1);
});
