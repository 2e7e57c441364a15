import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { calls, cdktf, folder, foldersOfTests, write, writeApp } from "./support/cdktf-cli";
import { PROJECT } from "./support/synth";

const APP_WITH_A_MISTAKE = `import { App } from "cdktf";
import { AksCluster, ClusterStack, PodSandboxing } from "${PROJECT}/lib";
const cluster = new AksCluster(new ClusterStack(new App(), "cluster"), "aks", {
  podSandboxing: PodSandboxing.GA,
  name: "aks",
  resourceGroup: { name: "group", location: "eastus" },
  defaultNodePool: { name: "default", vmSize: "Standard_D2s_v5", nodeCount: 2 },
});
cluster.addKataNodePool("kata", { vmSize: "Standard_D4s_v5", nodeCount: -1 });
`;

foldersOfTests();

describe("synth", () => {
  test("writes an example, and nothing but words into a log", () => {
    const stack = join(folder(), "out/stacks/cluster");
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, "cdk.tf"), "# of a synth in HCL");
    const { status, stdout, stderr } = cdktf(PROJECT, [
      "synth",
      "examples/arm-tab.ts",
      "--output",
      join(folder(), "out"),
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(
      /^WARN \[cluster\/aks\]: AKS no longer creates [^\n]+\n\nGenerated Terraform code for the stacks: cluster\n$/,
    );
    expect(existsSync(join(stack, "cdk.tf.json"))).toBe(true);
    expect(existsSync(join(stack, "cdk.tf"))).toBe(false);
  });

  test("prints an error once, before the words of the CLI", () => {
    symlinkSync(join(PROJECT, "node_modules"), join(folder(), "node_modules"));
    const app = write("app.ts", APP_WITH_A_MISTAKE);
    const { status, stdout, stderr } = cdktf(PROJECT, ["synth", app, "--output", join(folder(), "out")]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    const lines = stderr.split("\n");
    const sentence = "Error: nodeCount -1 is out of range: use a whole number from 0 to 1000 [cluster/aks/kata]";
    const at = lines.indexOf(sentence);
    expect(lines.filter((line) => line.includes(sentence))).toHaveLength(1);
    expect(lines[at + 1]).toMatch(/^ {4}at .*app\.ts:9:9\)?$/);
    expect(lines.indexOf("ERROR: cdktf encountered an error while synthesizing")).toBeGreaterThan(at);
    expect(stderr).not.toMatch(/check\.ts|validation-error\.ts/);
  });

  test("refuses the file of an app that does not exist", () => {
    expect(cdktf(PROJECT, ["synth", "examples/none.ts"])).toEqual({
      status: 1,
      stdout: "",
      stderr: 'app "examples/none.ts" does not exist: give a file such as main.ts or examples/arm-tab.ts\n',
    });
  });
});

describe("diff and deploy", () => {
  beforeEach(() => {
    writeApp();
    write("tsconfig.json", '{ "compilerOptions": { "types": [], "lib": ["es5"] }, "files": ["main.ts"] }');
  });

  test("take every stack, the cluster first", () => {
    write("main.ts", "export const count: number = 1;");
    const deployed = cdktf(folder(), ["deploy", "--auto-approve"]);
    expect(deployed).toMatchObject({ status: 0, stderr: "" });
    expect(deployed.stdout.match(/careful/g)).toHaveLength(1);
    expect(cdktf(folder(), ["diff", "--skip-synth"]).status).toBe(0);
    expect(calls()).toEqual(["apply cluster", "apply sandbox", "plan cluster", "plan sandbox"]);
  });

  test("stop at a type that is wrong", () => {
    write("main.ts", 'export const count: number = "1";');
    const { status, stdout } = cdktf(folder(), ["deploy", "--auto-approve"]);
    expect(stdout).toContain("main.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.");
    expect(status).not.toBe(0);
    expect(existsSync(join(folder(), "cdktf.out"))).toBe(false);
  });
});
