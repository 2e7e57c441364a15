import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const REPOSITORY = resolve(__dirname, "..");
export const README = readFileSync(join(REPOSITORY, "README.md"), "utf8");
export const PACKAGE = "cdktf-aks-pod-sandboxing";

/** Terraform JSON of each stack, as text. */
export type Stacks = { readonly [stack: string]: string };

/** A project outside of the repository, with tools for development, that installed the packed library as README says. */
export class InstalledProject {
  private readonly parent = mkdtempSync(join(tmpdir(), "pack-"));
  readonly folder = join(this.parent, "app");
  readonly tarball: string;

  constructor() {
    run(REPOSITORY, "npm", "pack", "--pack-destination", this.parent);
    this.tarball = join(
      this.parent,
      readdirSync(this.parent).find((file) => file.endsWith(".tgz"))!,
    );
    cpSync(join(REPOSITORY, "pack/project"), this.folder, { recursive: true });
    cpSync(join(this.folder, "main.ts"), join(this.folder, "esm/main.ts"));
    this.run("npm", "ci");
    const [, line] = /^`?npm (install [^`\n]*)/m.exec(README)!;
    this.run("npm", ...line.split(" ").map((word) => (word === PACKAGE ? this.tarball : word)));
  }

  /**
   * Runs a command in the project and returns what it prints.
   *
   * @throws if it fails
   */
  run(command: string, ...args: readonly string[]): string {
    return run(this.folder, command, ...args);
  }

  /** Runs a command that a package brings. */
  tool(name: string, ...args: readonly string[]): string {
    return this.run(join("node_modules/.bin", name), ...args);
  }

  /** Removes what earlier runs of the app wrote, runs it, and returns what it writes now. */
  synthesised(command: string, ...args: readonly string[]): Stacks {
    const out = join(this.folder, "cdktf.out");
    rmSync(out, { recursive: true, force: true });
    this.run(command, ...args);
    const stacks = readdirSync(join(out, "stacks"));
    return Object.fromEntries(
      stacks.map((stack) => [stack, readFileSync(join(out, "stacks", stack, "cdk.tf.json"), "utf8")]),
    );
  }

  remove(): void {
    rmSync(this.parent, { recursive: true });
  }
}

function run(cwd: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    // The CLI of cdktf sets it, and prints the warnings of an app itself.
    env: { ...process.env, CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true" },
  });
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")} failed\n${stderr}${stdout}`);
  return stdout;
}
