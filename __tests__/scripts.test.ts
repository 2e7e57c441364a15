import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GOLDEN_REVIEWS, writeCase } from "./support/golden-reviews";
import { PROJECT } from "./support/synth";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scripts-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a script of the project with a stand-in for Terraform. */
function run(script: string, terraform: string, args: readonly string[] = [], env: object = {}) {
  const binary = join(folder, "terraform");
  writeFileSync(binary, `#!/bin/sh\n${terraform}\n`);
  chmodSync(binary, 0o755);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", `scripts/${script}.ts`, ...args], {
    cwd: PROJECT,
    encoding: "utf8",
    env: { ...process.env, TERRAFORM_BINARY_NAME: binary, ...env },
  });
  return { status, lines: stdout.trim().split("\n"), stderr };
}

describe("validate", () => {
  const STACKS = ["cluster json", "sandbox json", "cluster hcl", "sandbox hcl"];

  test("has a line for each stack and language", () => {
    const { status, lines } = run("validate", 'test "$1" != validate || ls cdk.tf*');
    expect(lines).toEqual(STACKS.map((stack) => `ok     ${stack}`));
    expect(status).toBe(0);
  });

  test("fails with what Terraform says", () => {
    const complaint = "printf '│ Error: Unsupported argument\\n│\\n│   on cdk.tf line 3\\n' >&2; exit 1";
    const { status, lines } = run("validate", `if [ "$1" = validate ] && [ -e cdk.tf ]; then ${complaint}; fi`);
    expect(lines).toEqual([
      "ok     cluster json",
      "ok     sandbox json",
      "FAILED cluster hcl: Error: Unsupported argument on cdk.tf line 3",
      "FAILED sandbox hcl: Error: Unsupported argument on cdk.tf line 3",
    ]);
    expect(status).toBe(1);
  });

  test("fails for HCL that terraform fmt would change", () => {
    const { status, lines } = run("validate", 'test "$1" != fmt || test ! -e cdk.tf');
    expect(lines.slice(2)).toEqual([
      "FAILED cluster hcl: it is not what terraform fmt writes",
      "FAILED sandbox hcl: it is not what terraform fmt writes",
    ]);
    expect(status).toBe(1);
  });

  test.each([
    ["the same", '{"planned_values":{"outputs":{}}}', "ok     own plan", 0],
    [
      "different",
      '{"planned_values":"$(ls cdk.tf*)"}',
      /^FAILED own plan: HCL is planned as .*"cdk.tf".*JSON as .*"cdk.tf.json"/,
      1,
    ],
  ])("compares the plans of a stack without providers: %s", (_, plan, line, expected) => {
    const show = `if [ "$1" = show ]; then cat <<EOF\n${plan}\nEOF\nfi`;
    const { status, lines } = run("validate", show, ["__tests__/support/built-in-app.ts"]);
    expect(lines).toEqual(["ok     own json", "ok     own hcl", expect.stringMatching(line)]);
    expect(status).toBe(expected);
  });

  test("says where providers come from if there are none", () => {
    const { status, stderr } = run("validate", 'if [ "$1" = init ]; then echo "Error: no registry" >&2; exit 1; fi');
    expect(stderr).toContain(
      "terraform init failed (Error: no registry): the providers come from the Terraform registry or from the plugin mirror that the file in TF_CLI_CONFIG_FILE names",
    );
    expect(status).toBe(1);
  });

  test("says that Terraform is missing", () => {
    const { status, stderr } = run("validate", "", [], { TERRAFORM_BINARY_NAME: "no-such-terraform" });
    expect(stderr).toMatch(/^"no-such-terraform" cannot be run \(.*\): install Terraform 1\.5 or later/);
    expect(status).toBe(1);
  });

  test("fails for an app that does not synthesise", () => {
    const { status, stderr } = run("validate", "", ["examples/none.ts"]);
    expect(stderr).toContain("examples/none.ts does not synthesise: mend what it says above");
    expect(status).toBe(1);
  });
});

describe("schemas", () => {
  const FILE = "azurerm-5.2.0.json";

  test("are made anew as they are", () => {
    const before = readFileSync(join(PROJECT, "schemas", FILE), "utf8");
    copyFileSync(join(PROJECT, "schemas", FILE), join(folder, FILE));
    writeFileSync(join(folder, "raw.json"), JSON.stringify(rawSchemasOf(JSON.parse(before))));
    const { status, stderr } = run(
      "schemas",
      `if [ "$1" = providers ]; then cat '${join(folder, "raw.json")}'; fi`,
      ["azurerm", "5.2.0"],
      { SCHEMAS_FOLDER: folder },
    );
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(readFileSync(join(folder, FILE), "utf8")).toBe(before);
  });

  test("want a provider and a version", () => {
    const { status, stderr } = run("schemas", "");
    expect(stderr.trim()).toBe("no provider and version are given: write them, as in azurerm 5.2.0");
    expect(status).toBe(1);
  });
});

interface Schemas {
  readonly provider_schema: object;
  readonly resource_schemas: object;
  readonly data_source_schemas: object;
}

/** What `terraform providers schema -json` prints: more words, and a resource that nobody asked for. */
function rawSchemasOf({ provider_schema, resource_schemas, data_source_schemas }: Schemas): object {
  const described = (block: object) => ({ block: { ...block, description_kind: "plain" }, version: 1 });
  const all = (blocks: object) =>
    Object.fromEntries(
      Object.entries({ ...blocks, azurerm_unasked: {} }).map(([type, block]) => [type, described(block)]),
    );
  return {
    format_version: "1.0",
    provider_schemas: {
      "registry.terraform.io/hashicorp/azurerm": {
        provider: described(provider_schema),
        resource_schemas: all(resource_schemas),
        data_source_schemas: all(data_source_schemas),
      },
    },
  };
}

describe("review", () => {
  const CASE = "change-the-vm-size";
  const REVIEW = readFileSync(join(GOLDEN_REVIEWS, CASE, "review.md"), "utf8");
  const OUTPUTS = mkdtempSync(join(tmpdir(), "scripts-"));
  const SIDES = writeCase(CASE, OUTPUTS);

  afterAll(() => rmSync(OUTPUTS, { recursive: true }));

  const review = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "scripts/review.ts", ...args], {
      cwd: PROJECT,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  };

  test("prints Markdown", () => {
    const { status, stdout } = review(...SIDES);
    expect(stdout).toBe(REVIEW);
    expect(status).toBe(0);
  });

  test("prints JSON", () => {
    const { status, stdout } = review(...SIDES, "--format", "json");
    const { summary, changes, notes, ...more } = JSON.parse(stdout);
    expect(summary).toBe("Rotates 1 node pool; nothing is destroyed for good.");
    expect(changes[0]).toEqual({
      stack: "cluster",
      address: "azurerm_kubernetes_cluster_node_pool.aks_kata_49693DD2",
      verdict: "rotate",
      source: "text",
      arguments: [{ path: "vm_size", before: "Standard_D4s_v5", after: "Standard_D8s_v5", effect: "rotate" }],
    });
    expect(notes).toEqual([]);
    expect(more).toEqual({});
    expect(status).toBe(0);
  });

  test("helps", () => {
    const { status, stdout, stderr } = review("--help");
    expect(stdout).toContain("npm run review -- REVISION");
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  test("writes a file", () => {
    const file = join(folder, "review.md");
    expect(review(...SIDES, "--output", file)).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(readFileSync(file, "utf8")).toBe(REVIEW);
  });

  test("fails on what it is told to fail on", () => {
    expect(review(...SIDES, "--fail-on", "destroy,replace").status).toBe(0);
    expect(review(...SIDES, "--fail-on", "rotate", "--fail-on", "destroy").status).toBe(2);
    const { status, stdout } = review(...SIDES, "--fail-on", "replace, rotate");
    expect(status).toBe(2);
    expect(stdout).toContain("Rotates 1 node pool");
  });

  test.each<[string, readonly string[], string]>([
    [
      "nothing",
      [],
      "a git revision or two folders are needed, got 0 names: write npm run review -- main, or npm run review -- BEFORE AFTER",
    ],
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
  ])("refuses %s", (_, args, message) => {
    const { status, stdout, stderr } = review(...args);
    expect(stderr.trim()).toBe(message);
    expect(stdout).toBe("");
    expect(status).toBe(1);
  });
});

describe("diagram", () => {
  test("prints the diagram of a folder", () => {
    const { status, lines } = run("diagram", "", [writeCase("add-a-kata-pool", folder)[1]]);
    expect(lines[0]).toBe("flowchart LR");
    expect(lines.join("\n")).toContain("<b>kata node pool</b><br/>kata<br/>1 × Standard_D4s_v5");
    expect(status).toBe(0);
  });

  test("refuses no folder", () => {
    const { status, stderr } = run("diagram", "", ["nowhere"]);
    expect(stderr.trim()).toBe(
      '"nowhere" has no folder "stacks": give a folder that cdktf synth wrote, such as cdktf.out',
    );
    expect(status).toBe(1);
  });
});
