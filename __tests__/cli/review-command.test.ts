import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reviewCommand } from "../../lib/cli/review-command";
import { GOLDEN_REVIEWS, writeCase } from "../support/golden-reviews";

const CASE = "change-the-vm-size";
const REVIEW = readFileSync(join(GOLDEN_REVIEWS, CASE, "review.md"), "utf8");
const OUTPUTS = mkdtempSync(join(tmpdir(), "review-command-"));
const SIDES = writeCase(CASE, OUTPUTS);

afterEach(() => jest.restoreAllMocks());
afterAll(() => rmSync(OUTPUTS, { recursive: true }));

/** Runs the command in this process, and says what it prints. */
async function review(...args: readonly string[]) {
  const write = jest.spyOn(process.stdout, "write").mockImplementation((_, ...rest: unknown[]) => {
    (rest.at(-1) as () => void)();
    return true;
  });
  const status = await reviewCommand(args);
  return { status, stdout: write.mock.calls.map(([text]) => text).join("") };
}

test("prints Markdown", async () => {
  const { status, stdout } = await review(...SIDES);
  expect(stdout).toBe(REVIEW);
  expect(status).toBe(0);
});

test("prints JSON", async () => {
  const { status, stdout } = await review(...SIDES, "--format", "json");
  const { summary, changes, notes, ...more } = JSON.parse(stdout);
  expect(summary).toBe("Rotates 1 node pool.");
  expect(changes[0]).toEqual({
    stack: "cluster",
    address: "azurerm_kubernetes_cluster_node_pool.aks_kata_49693DD2",
    verdict: "rotate",
    source: "text",
    arguments: [{ path: "vm_size", before: "Standard_D4s_v5", after: "Standard_D8s_v5", effect: "rotate" }],
    why: expect.stringContaining("a temporary pool stands in"),
    noun: "node pool",
  });
  expect(notes).toEqual([]);
  expect(more).toEqual({});
  expect(status).toBe(0);
});

test("helps", async () => {
  const { status, stdout } = await review("--help");
  expect(stdout).toContain("npx cdktf-aks-pod-sandboxing review REVISION");
  expect(status).toBe(0);
});

test("writes a file", async () => {
  const file = join(OUTPUTS, "review.md");
  expect(await review(...SIDES, "--output", file)).toEqual({ status: 0, stdout: "" });
  expect(readFileSync(file, "utf8")).toBe(REVIEW);
});

test("fails on what it is told to fail on", async () => {
  expect(await review(...SIDES, "--fail-on", "destroy,replace")).toMatchObject({ status: 0 });
  expect(await review(...SIDES, "--fail-on", "rotate", "--fail-on", "destroy")).toMatchObject({ status: 2 });
  const { status, stdout } = await review(...SIDES, "--fail-on", "replace, rotate");
  expect(status).toBe(2);
  expect(stdout).toContain("Rotates 1 node pool");
});

test.each<[string, readonly string[], string]>([
  ["nothing", [], "a git revision or two folders are needed, got 0 names: write review main, or review BEFORE AFTER"],
  [
    "one folder",
    [SIDES[0]],
    `"${SIDES[0]}" is no git revision of this folder: give a branch, a tag or a commit (git fetch brings those of others), or two folders`,
  ],
  ["a format", [...SIDES, "--format", "xml"], 'format "xml" is not known: use markdown or json'],
  [
    "a verdict",
    [...SIDES, "--fail-on", "delete"],
    'verdict "delete" is not known: use destroy, replace, rotate, unknown, update, create, none',
  ],
  [
    "no folder",
    ["nowhere", SIDES[1]],
    '"nowhere" has no folder "stacks": give a folder that cdktf synth wrote, such as cdktf.out',
  ],
  [
    "an option",
    [...SIDES, "--colour"],
    "unknown option '--colour': use --plan STACK=FILE, --fail-on VERDICTS, --format markdown or json, --output FILE",
  ],
  [
    "an option without a value",
    [...SIDES, "--format"],
    "option '--format <value>' argument missing: use --plan STACK=FILE, --fail-on VERDICTS, --format markdown or json, --output FILE",
  ],
  [
    "a plan without its stack",
    [...SIDES, "--plan", "plan.json"],
    'plan "plan.json" names no stack: write --plan STACK=FILE, as in cluster=plan.json',
  ],
  [
    "a plan that is not there",
    [...SIDES, "--plan", "cluster=nowhere.json"],
    '"nowhere.json" cannot be read (ENOENT): write it with terraform show -json PLAN',
  ],
  [
    "a plan of another stack",
    [...SIDES, "--plan", "sandbox=nowhere.json"],
    'stack "sandbox" has a plan and is in no output: use cluster',
  ],
  [
    "an output that cannot be written",
    [...SIDES, "--output", "nowhere/review.md"],
    '"nowhere/review.md" cannot be written (ENOENT): give a file in a folder that exists',
  ],
])("refuses %s", async (_, args, message) => {
  await expect(review(...args)).rejects.toThrow(new Error(message));
  expect(process.stdout.write).not.toHaveBeenCalled();
});
