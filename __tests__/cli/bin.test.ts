import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fresh } from "../support/fresh";
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
])("%s", async (_, args, printed) => {
  expect(await run(args)).toEqual(printed);
});

test("is a command", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "lib/cli/bin.ts", "revue"], {
    cwd: PROJECT,
    encoding: "utf8",
  });
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: "", stderr: `command "revue" is not known: ${USE}` });
});

/** Runs the command in this process, which takes a fraction of the time. */
async function run(args: readonly string[]) {
  const { argv } = process;
  const [stdout, stderr] = (["stdout", "stderr"] as const).map((stream) =>
    jest.spyOn(process[stream], "write").mockImplementation((_, ...rest: unknown[]) => {
      (rest.at(-1) as () => void)();
      return true;
    }),
  );
  try {
    process.argv = [process.execPath, "bin", ...args];
    const status = await new Promise((resolve) => {
      jest.spyOn(process, "exit").mockImplementation(resolve as () => never);
      fresh(join(PROJECT, "lib/cli/bin"));
    });
    const printed = ({ mock }: jest.SpyInstance) => mock.calls.map(([text]) => text).join("");
    return { status, stdout: printed(stdout), stderr: printed(stderr) };
  } finally {
    process.argv = argv;
    jest.restoreAllMocks();
  }
}
