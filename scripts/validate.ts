// Synthesises an app in both languages and has Terraform validate every stack: npm run validate [-- examples/x.ts]
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { firstError, init, terraform } from "./terraform";

const app = process.argv[2] ?? "main.ts";
const folder = mkdtempSync(join(tmpdir(), "validate-"));

try {
  terraform(folder, "version");
  const results = (["json", "hcl"] as const).flatMap((language) => validate(language));
  process.exitCode = results.every((ok) => ok) ? 0 : 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

function validate(language: "json" | "hcl"): boolean[] {
  const out = join(folder, language);
  synthesise(out, language);
  return readdirSync(join(out, "stacks")).map((stack) => {
    const failure = failureOf(join(out, "stacks", stack), join(folder, `${language}-${stack}`));
    console.log(`${failure === undefined ? "ok    " : "FAILED"} ${stack} ${language}${failure ? `: ${failure}` : ""}`);
    return failure === undefined;
  });
}

function synthesise(out: string, language: "json" | "hcl"): void {
  const { status } = spawnSync(process.execPath, ["--import", "tsx", app], {
    env: { ...process.env, CDKTF_OUTDIR: out, SYNTH_HCL_OUTPUT: String(language === "hcl") },
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`${app} does not synthesise: mend what it says above`);
}

/** What is wrong with a stack, if anything. */
function failureOf(stack: string, copy: string): string | undefined {
  copyConfiguration(stack, copy);
  init(copy);
  const { ok, output } = terraform(copy, "validate", "-no-color");
  return ok ? undefined : firstError(output);
}

/** Just the configuration: HCL output has metadata beside it. */
function copyConfiguration(stack: string, copy: string): void {
  mkdirSync(copy);
  for (const file of readdirSync(stack))
    if (file.startsWith("cdk.tf")) copyFileSync(join(stack, file), join(copy, file));
}
