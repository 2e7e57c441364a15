import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeCase } from "../support/golden-reviews";
import { PROJECT } from "../support/synth";

const USE = "use review, as in npx cdktf-aks-pod-sandboxing review before after\n";

const outputs = mkdtempSync(join(tmpdir(), "bin-"));
const sides = writeCase("change-the-vm-size", outputs);
afterAll(() => rmSync(outputs, { recursive: true }));

test.each<[string, readonly string[], object]>([
  ["helps", ["--help"], { status: 0, stdout: expect.stringContaining("cdktf-aks-pod-sandboxing review"), stderr: "" }],
  [
    "exits with the code of the review",
    ["review", ...sides, "--fail-on", "rotate"],
    { status: 2, stdout: expect.stringContaining("Rotates 1 node pool"), stderr: "" },
  ],
  [
    "prints what is wrong",
    ["review", "nowhere", sides[1]],
    { status: 1, stdout: "", stderr: expect.stringMatching(/^"nowhere" has no folder "stacks": .*\n$/) },
  ],
  ["refuses no command", [], { status: 1, stdout: "", stderr: `no command is given: ${USE}` }],
  ["refuses another command", ["revue"], { status: 1, stdout: "", stderr: `command "revue" is not known: ${USE}` }],
])("%s", (_, args, printed) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "lib/cli/bin.ts", ...args], {
    cwd: PROJECT,
    encoding: "utf8",
  });
  expect({ status, stdout, stderr }).toEqual(printed);
});
