import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT } from "./support/synth";

/** The app with all that it needs, in a new folder, synthesised by a process of its own. */
function synthesiseCopy(language: "json" | "hcl"): { readonly [file: string]: string } {
  const folder = mkdtempSync(join(tmpdir(), "copy-"));
  for (const entry of ["main.ts", "lib", "schemas", "package.json", "tsconfig.json"]) {
    cpSync(join(PROJECT, entry), join(folder, entry), { recursive: true });
  }
  symlinkSync(join(PROJECT, "node_modules"), join(folder, "node_modules"));
  execFileSync(process.execPath, ["--import", "tsx", "main.ts"], {
    cwd: folder,
    env: { ...process.env, SYNTH_HCL_OUTPUT: String(language === "hcl") },
  });
  const out = join(folder, "cdktf.out");
  const files = readdirSync(out, { recursive: true, encoding: "utf8" }).filter((f) => statSync(join(out, f)).isFile());
  const texts = Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(out, file), "utf8")]));
  rmSync(folder, { recursive: true });
  return texts;
}

test.each(["json", "hcl"] as const)("two folders give the same bytes in %s", (language) => {
  const first = synthesiseCopy(language);
  expect(Object.keys(first)).toEqual(
    expect.arrayContaining(["manifest.json", expect.stringMatching(/^stacks\/cluster\/cdk\.tf(\.json)?$/)]),
  );
  expect(synthesiseCopy(language)).toEqual(first);
});
