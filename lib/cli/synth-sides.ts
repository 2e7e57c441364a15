import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Two folders of synth output. */
export interface Sides {
  readonly before: string;
  readonly after: string;
}

/**
 * Synthesises the app of the current folder as a git revision has it and as it is now, and hands both outputs on.
 * Nothing of it is left afterwards, whatever happens.
 *
 * @throws if there is no such revision, or if one of both cannot be synthesised
 */
export async function withSynthesisedSides<Result>(
  revision: string,
  use: (sides: Sides) => Promise<Result>,
): Promise<Result> {
  const project = process.cwd();
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  const run = (command: readonly string[], cwd = project, env: object = {}) =>
    outputOf(command, cwd, env, interruption.signal);
  const commit = await run([
    "git",
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  ]).catch(() => {
    throw new Error(
      `"${revision}" is no git revision of this folder: give a branch, a tag or a commit (git fetch brings those of others), or two folders`,
    );
  });
  const prefix = await run(["git", "rev-parse", "--show-prefix"]);

  const folder = mkdtempSync(join(tmpdir(), "review-"));
  const worktree = join(folder, "worktree");
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    await run(["git", "worktree", "add", "--detach", "--quiet", worktree, commit]);
    const projectBefore = join(worktree, prefix);
    await installPackages(projectBefore, project, run);
    const sides = { before: join(folder, "before"), after: join(folder, "after") };
    await synthesise(projectBefore, sides.before, `revision "${revision}"`, run);
    await synthesise(project, sides.after, "the working tree", run);
    return await use(sides);
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
    rmSync(folder, { recursive: true, force: true });
    await outputOf(["git", "worktree", "prune"], project, {}).catch(() => {});
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

type Run = (command: readonly string[], cwd?: string, env?: object) => Promise<string>;

/** The project's own packages where the revision has the same, and else those of its lock file. */
async function installPackages(projectBefore: string, project: string, run: Run): Promise<void> {
  const [old, next] = [projectBefore, project].map((folder) => textIn(join(folder, "package-lock.json")));
  const modules = join(project, "node_modules");
  if (old === next && existsSync(modules)) symlinkSync(modules, join(projectBefore, "node_modules"), "junction");
  else await run(["npm", "ci", "--no-audit", "--no-fund"], projectBefore);
}

/** Runs the app that `cdktf.json` names as `cdktf synth` does. */
async function synthesise(folder: string, outdir: string, what: string, run: Run): Promise<void> {
  const config = textIn(join(folder, "cdktf.json"));
  if (config === undefined) throw new Error(`${what} has no cdktf.json here: run this in the folder of the app`);
  const { app, context = {} } = JSON.parse(config);
  const env = { CDKTF_OUTDIR: outdir, CDKTF_CONTEXT_JSON: JSON.stringify(context), SYNTH_HCL_OUTPUT: "false" };
  try {
    await run(["sh", "-c", app], folder, env);
  } catch (error) {
    throw new Error(`${what} cannot be synthesised: ${(error as Error).message}`);
  }
}

function textIn(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Returns what a command prints. */
function outputOf(
  [command, ...args]: readonly string[],
  cwd: string,
  env: object,
  signal?: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      signal,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (data) => (stdout += data));
    child.stderr.on("data", (data) => (stderr += data));
    child.on("error", (error) => reject(error.name === "AbortError" ? new Error("interrupted") : error));
    child.on("close", (code) => {
      if (code === 0) resolve(stdout.trim());
      else reject(new Error(`${[command, ...args].join(" ")} failed\n${(stderr + stdout).trim()}`));
    });
  });
}
