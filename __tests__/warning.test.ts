import { App, TerraformStack, Testing } from "cdktf";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterIn } from "./support/clusters";
import { PROJECT } from "./support/synth";

const CLI = "CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS";
let folder: string;

beforeEach(() => {
  delete process.env[CLI];
  folder = mkdtempSync(join(tmpdir(), "warning-"));
});
afterEach(() => {
  process.env[CLI] = "true"; // as the other tests have it
  rmSync(folder, { recursive: true });
});

test("without the CLI of cdktf an app says each warning once, in one line", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "main.ts"], {
    cwd: PROJECT,
    encoding: "utf8",
    env: { ...process.env, CDKTF_OUTDIR: folder },
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  expect(stderr.split("\n")).toEqual([
    expect.stringMatching(
      /^warning: AKS no longer creates node pools of the Pod Sandboxing preview .* \[cluster\/aks\]$/,
    ),
    expect.stringMatching(/^warning: the cluster has no engine for network policies.* \[sandbox\/untrusted\]$/),
    "",
  ]);
});

describe("in a process of a user", () => {
  let printed: jest.SpyInstance;

  beforeEach(() => {
    printed = jest.spyOn(console, "warn").mockImplementation();
  });
  afterEach(() => printed.mockRestore());

  test("a second synth says nothing new", () => {
    const app = new App({ outdir: folder });
    clusterIn(app);
    app.synth();
    app.synth();
    expect(printed).toHaveBeenCalledTimes(1);
  });

  test("the CLI says them itself", () => {
    process.env[CLI] = "true";
    const app = new App({ outdir: folder });
    clusterIn(app);
    app.synth();
    expect(printed).not.toHaveBeenCalled();
  });

  test("Testing.synth says nothing", () => {
    const cluster = clusterIn(new App({ outdir: folder }));
    expect(Testing.synth(TerraformStack.of(cluster), true)).toContain("azurerm_kubernetes_cluster");
    expect(printed).not.toHaveBeenCalled();
  });
});
