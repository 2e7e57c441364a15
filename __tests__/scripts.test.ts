import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fresh } from "./support/fresh";
import { writeCase } from "./support/golden-reviews";
import { PROJECT } from "./support/synth";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scripts-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a script of the project in a process of its own, with a stand-in for Terraform. */
function spawned(script: string, args: readonly string[] = [], env: object = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", `scripts/${script}.ts`, ...args], {
    cwd: PROJECT,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, lines: stdout.trim().split("\n"), stderr };
}

/** Runs a script in this process, which takes a fraction of the time. */
function run(script: string, terraform: string, args: readonly string[] = [], env: object = {}) {
  const binary = join(folder, "terraform");
  writeFileSync(binary, `#!/bin/sh\n${terraform}\n`);
  chmodSync(binary, 0o755);
  const { argv, env: given } = process;
  const [log, error] = (["log", "error"] as const).map((name) => jest.spyOn(console, name).mockImplementation());
  try {
    process.argv = [process.execPath, script, ...args];
    process.env = { ...given, TERRAFORM_BINARY_NAME: binary, ...env };
    fresh(join(PROJECT, "scripts", script));
    const printed = ({ mock }: jest.SpyInstance) => mock.calls.map(([line]) => line);
    return { status: process.exitCode ?? 0, lines: printed(log), stderr: printed(error).join("\n") };
  } finally {
    Object.assign(process, { argv, env: given, exitCode: undefined });
    for (const spy of [log, error]) spy.mockRestore();
  }
}

/** An app that writes stacks that are alike, in less time than one of cdktf. */
function writeApp(
  stacks: readonly string[] = ["cluster", "sandbox"],
  configuration: object = { provider: {} },
): string {
  writeFileSync(
    join(folder, "app.cjs"),
    `const { mkdirSync, writeFileSync } = require("node:fs");
    for (const stack of ${JSON.stringify(stacks)}) {
      const folder = process.env.CDKTF_OUTDIR + "/stacks/" + stack;
      mkdirSync(folder, { recursive: true });
      const file = process.env.SYNTH_HCL_OUTPUT === "true" ? "/cdk.tf" : "/cdk.tf.json";
      writeFileSync(folder + file, ${JSON.stringify(JSON.stringify(configuration))});
    }`,
  );
  return join(folder, "app.cjs");
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
    const terraform = `if [ "$1" = validate ] && [ -e cdk.tf ]; then ${complaint}; fi`;
    const { status, lines } = run("validate", terraform, [writeApp()]);
    expect(lines).toEqual([
      "ok     cluster json",
      "ok     sandbox json",
      "FAILED cluster hcl: Error: Unsupported argument on cdk.tf line 3",
      "FAILED sandbox hcl: Error: Unsupported argument on cdk.tf line 3",
    ]);
    expect(status).toBe(1);
  });

  test("fails for HCL that terraform fmt would change", () => {
    const { status, lines } = run("validate", 'test "$1" != fmt || test ! -e cdk.tf', [writeApp()]);
    expect(lines.slice(2)).toEqual([
      "FAILED cluster hcl: it is not what terraform fmt writes",
      "FAILED sandbox hcl: it is not what terraform fmt writes",
    ]);
    expect(status).toBe(1);
  });

  test.each<[string, () => string, string, string | RegExp, number]>([
    ["the same", () => "__tests__/support/built-in-app.ts", '{"planned_values":{"outputs":{}}}', "ok     own plan", 0],
    [
      "different",
      () => writeApp(["own"], {}),
      '{"planned_values":"$(ls cdk.tf*)"}',
      /^FAILED own plan: HCL is planned as .*"cdk.tf".*JSON as .*"cdk.tf.json"/,
      1,
    ],
  ])("compares the plans of a stack without providers: %s", (_, app, plan, line, expected) => {
    const { status, lines } = run("validate", `if [ "$1" = show ]; then cat <<EOF\n${plan}\nEOF\nfi`, [app()]);
    expect(lines).toEqual(["ok     own json", "ok     own hcl", expect.stringMatching(line)]);
    expect(status).toBe(expected);
  });

  test("says where providers come from if there are none", () => {
    const terraform = 'if [ "$1" = init ]; then echo "Error: no registry" >&2; exit 1; fi';
    const { status, stderr } = run("validate", terraform, [writeApp()]);
    expect(stderr).toContain(
      "terraform init failed (Error: no registry): the providers come from the Terraform registry or from the plugin mirror that the file in TF_CLI_CONFIG_FILE names",
    );
    expect(status).toBe(1);
  });

  test("says that Terraform is missing", () => {
    const { status, stderr } = spawned("validate", [], { TERRAFORM_BINARY_NAME: "no-such-terraform" });
    expect(stderr).toMatch(/^"no-such-terraform" cannot be run \(.*\): install Terraform 1\.5 or later/);
    expect(status).toBe(1);
  });

  test("fails for an app that does not synthesise", () => {
    const app = writeApp();
    writeFileSync(app, "process.exit(3)");
    const { status, stderr } = run("validate", "", [app]);
    expect(stderr).toContain("app.cjs does not synthesise: mend what it says above");
    expect(status).toBe(1);
  });
});

describe("schemas", () => {
  const FILE = "azurerm-5.2.0.json";

  test("are recreated as they are", () => {
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

/** Output of `terraform providers schema -json`: more words, and a resource that nobody asked for. */
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

describe("diagram", () => {
  test("prints the diagram of a folder", () => {
    const { status, lines } = spawned("diagram", [writeCase("add-a-kata-pool", folder)[1]]);
    expect(lines[0]).toBe("flowchart LR");
    expect(lines.join("\n")).toContain("<b>node pool</b><br/>kata<br/>1 × Standard_D4s_v5");
    expect(status).toBe(0);
  });

  test("refuses no folder", () => {
    const { status, stderr } = spawned("diagram", ["nowhere"]);
    expect(stderr.trim()).toBe(
      '"nowhere" has no folder "stacks": give a folder that cdktf synth wrote, such as cdktf.out',
    );
    expect(status).toBe(1);
  });
});
