// Synthesises an app in both languages and has Terraform validate every stack: npm run validate [-- examples/x.ts]
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { firstError, init, terraform } from "./terraform";

type Language = "json" | "hcl";

/** Blocks that need no provider but Terraform's own, so that a plan needs neither a login nor the registry. */
const BUILT_IN = ["//", "terraform", "variable", "locals", "output", "resource"];

const app = process.argv[2] ?? "main.ts";
const folder = mkdtempSync(join(tmpdir(), "validate-"));

try {
  terraform(folder, "version");
  const stacks = { json: synthesise("json"), hcl: synthesise("hcl") };
  const results = [
    ...stacks.json.map((stack) => report(`${stack} json`, failureOf("json", stack))),
    ...stacks.hcl.map((stack) => report(`${stack} hcl`, failureOf("hcl", stack))),
    ...stacks.json.filter(isBuiltIn).map((stack) => report(`${stack} plan`, differenceOfPlans(stack))),
  ];
  process.exitCode = results.every((ok) => ok) ? 0 : 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

function report(what: string, failure: string | undefined): boolean {
  console.log(`${failure === undefined ? "ok    " : "FAILED"} ${what}${failure === undefined ? "" : `: ${failure}`}`);
  return failure === undefined;
}

/** Returns the names of the stacks. */
function synthesise(language: Language): string[] {
  const { status } = spawnSync(process.execPath, ["--import", "tsx", app], {
    env: { ...process.env, CDKTF_OUTDIR: join(folder, language), SYNTH_HCL_OUTPUT: String(language === "hcl") },
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`${app} does not synthesise: mend what it says above`);
  return readdirSync(join(folder, language, "stacks"));
}

/** The error of a stack, if there is one. */
function failureOf(language: Language, stack: string): string | undefined {
  const copy = copyOf(language, stack);
  if (language === "hcl" && !terraform(copy, "fmt", "-check").ok) return "it is not what terraform fmt writes";
  init(copy);
  const { ok, output } = terraform(copy, "validate", "-no-color");
  return ok ? undefined : firstError(output);
}

/** Copies just the configuration: HCL output has metadata beside it. */
function copyOf(language: Language, stack: string): string {
  const copy = join(folder, `${language}-${stack}`);
  mkdirSync(copy, { recursive: true });
  const from = join(folder, language, "stacks", stack);
  for (const file of readdirSync(from).filter((name) => name.startsWith("cdk.tf")))
    copyFileSync(join(from, file), join(copy, file));
  return copy;
}

function isBuiltIn(stack: string): boolean {
  const configuration = JSON.parse(readFileSync(join(folder, "json", "stacks", stack, "cdk.tf.json"), "utf8"));
  return (
    Object.keys(configuration).every((block) => BUILT_IN.includes(block)) &&
    Object.keys(configuration.resource ?? {}).every((type) => type === "terraform_data")
  );
}

function differenceOfPlans(stack: string): string | undefined {
  const [json, hcl] = (["json", "hcl"] as const).map((language) => planOf(copyOf(language, stack)));
  if (isDeepStrictEqual(hcl, json)) return undefined;
  return `HCL is planned as ${JSON.stringify(hcl)}, JSON as ${JSON.stringify(json)}`;
}

/** The plan of Terraform; nothing if it cannot tell, as where a variable has no value. */
function planOf(copy: string): unknown {
  writeFileSync(join(copy, "state_override.tf"), 'terraform {\n  backend "local" {}\n}\n');
  terraform(copy, "init", "-input=false", "-reconfigure");
  if (!terraform(copy, "plan", "-input=false", "-out=plan").ok) return undefined;
  const plan = JSON.parse(terraform(copy, "show", "-json", "plan").output);
  return [plan.variables, plan.planned_values, plan.output_changes, plan.resource_changes];
}
