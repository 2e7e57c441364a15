import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ISOLATION_SCRIPT } from "../../lib/sandbox/isolation-script";

const POD = "6.6.137.mshv1-1.azl3";
const NODE = "6.6.137.mshv2-2.azl3";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "uname-"));
  uname(`[ "$*" = "-r" ] && echo ${POD}`);
});
afterEach(() => rmSync(folder, { recursive: true }));

function uname(script: string): void {
  writeFileSync(join(folder, "uname"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "uname"), 0o755);
}

function run(nodeKernels: string, nodeName = "kata-1") {
  const { status, stdout } = spawnSync("sh", ["-c", ISOLATION_SCRIPT], {
    encoding: "utf8",
    env: { PATH: `${folder}:${process.env.PATH}`, NODE_KERNELS: nodeKernels, NODE_NAME: nodeName },
  });
  return { status, log: stdout.trim() };
}

test.each([
  ["another kernel", `kata-1=${NODE}`],
  ["another kernel, while another node has the pod's", `kata-1=${NODE} kata-2=${POD}`],
  ["a kernel that begins alike", `kata-1=${POD}.1`],
  ["a kernel that the pod's begins like", "kata-1=6.6"],
  ["a kernel with a pattern's characters", "kata-1=6.6.*"],
  ["a node whose name begins alike", `kata-1=${NODE} kata-10=${POD}`],
])("passes for %s", (_, kernels) => {
  const [node] = kernels.split(" ");
  expect(run(kernels)).toEqual({ status: 0, log: `OK: this pod runs on kernel ${POD}, its node has ${node}` });
});

test.each([
  ["of its node", `kata-1=${POD}`],
  ["of its node among others", `kata-0=${NODE} kata-1=${POD} kata-2=${NODE}`],
])("fails for the kernel %s", (_, kernels) => {
  expect(run(kernels)).toEqual({
    status: 1,
    log: `FAILED: this pod runs on kernel ${POD}, which is that of its node kata-1: it is not sandboxed`,
  });
});

test.each([
  ["that is not in the table", `kata-2=${NODE}`, "kata-1"],
  ["whose name begins like one of the table", `kata-10=${NODE}`, "kata-1"],
  ["of an empty table", "", "kata-1"],
  ["with a pattern's characters", `kata-1=${NODE}`, "kata-*"],
])("fails for a node %s", (_, kernels, node) => {
  expect(run(kernels, node)).toEqual({
    status: 1,
    log: `FAILED: node ${node} joined after the plan, so that its kernel is not known: deploy again`,
  });
});

test.each([
  ["fails", "exit 1"],
  ["prints nothing", ""],
])("fails for an image whose uname %s", (_, script) => {
  uname(script);
  expect(run(`kata-1=${NODE}`)).toEqual({
    status: 1,
    log: "FAILED: uname -r prints no kernel in this image: use an image with sh and uname",
  });
});

test("has nothing that Terraform reads as its own", () => {
  expect(ISOLATION_SCRIPT).not.toMatch(/[$%]\{|\n/);
});
