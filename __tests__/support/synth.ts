import { transformSync } from "@swc/core";
import { App } from "cdktf";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { PodSandboxing } from "../../lib";

export const PROJECT = resolve(__dirname, "../..");

export type Language = "json" | "hcl";

/** The output of one stack, as text. */
export type StackFiles = { readonly [stack: string]: string };

/** Synthesises for real, into a folder that is gone afterwards, and returns the text of each stack. */
export function synthesise(build: (app: App) => void, language: Language = "json"): StackFiles {
  return synthesiseInto(language, () => {
    const app = new App();
    build(app);
    app.synth();
  });
}

/** Synthesises and parses the JSON of one stack. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function synthesiseStack(stack: string, build: (app: App) => void): any {
  return JSON.parse(synthesise(build)[stack]);
}

/** What apps were synthesised to; several tests look at the same. */
const outputs = new Map<string, StackFiles>();

/** Runs an app's file, such as `main.ts`, switched to another release if one is given. */
export function runApp(file: string, language: Language, release?: PodSandboxing): StackFiles {
  const key = [file, language, release?.name, release?.azurermVersion.major].join();
  const output = outputs.get(key) ?? newOutputOf(file, language, release);
  outputs.set(key, output);
  return output;
}

function newOutputOf(file: string, language: Language, release?: PodSandboxing): StackFiles {
  const source = readFileSync(join(PROJECT, file), "utf8");
  return synthesiseInto(language, () =>
    runTypeScript(release ? source.replace(RELEASE, "release") : source, join(PROJECT, file), release),
  );
}

/** Name of the package of this project where it is installed. */
const OWN: { readonly [id: string]: string | undefined } = { "cdktf-aks-pod-sandboxing": join(PROJECT, "lib") };

/** The one place where an app says which release it uses. */
export const RELEASE = /PodSandboxing\.(PREVIEW|GA)(?=[,;])/;

function runTypeScript(source: string, file: string, release?: PodSandboxing): void {
  const { code } = transformSync(source, {
    filename: file,
    swcrc: false,
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const requireFrom = (id: string) => require(id.startsWith(".") ? resolve(dirname(file), id) : (OWN[id] ?? id));
  new Function("require", "exports", "release", code)(requireFrom, {}, release);
}

/** Runs an app as the CLI of cdktf does: told by the environment where and in which language to write. */
function synthesiseInto(language: Language, run: () => void): StackFiles {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  process.env.CDKTF_OUTDIR = outdir;
  process.env.SYNTH_HCL_OUTPUT = String(language === "hcl");
  try {
    run();
    return readStacks(outdir);
  } finally {
    delete process.env.CDKTF_OUTDIR;
    delete process.env.SYNTH_HCL_OUTPUT;
    rmSync(outdir, { recursive: true });
  }
}

function readStacks(outdir: string): StackFiles {
  return Object.fromEntries(
    readdirSync(join(outdir, "stacks")).map((stack) => {
      const folder = join(outdir, "stacks", stack);
      const file = readdirSync(folder).find((name) => name.startsWith("cdk.tf"))!;
      return [stack, readFileSync(join(folder, file), "utf8")];
    }),
  );
}
