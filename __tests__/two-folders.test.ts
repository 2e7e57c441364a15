import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT } from "./support/synth";

const LANGUAGES = ["json", "hcl"] as const;

type Files = { readonly [file: string]: string };
type Outputs = { readonly [language in (typeof LANGUAGES)[number]]: Files };

const outputs: Outputs[] = [];

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "copy-"));
  try {
    for (const entry of ["main.ts", "lib", "schemas", "package.json", "tsconfig.json"]) {
      cpSync(join(PROJECT, entry), join(folder, entry), { recursive: true });
    }
    symlinkSync(join(PROJECT, "node_modules"), join(folder, "node_modules"));
    for (const app of [folder, PROJECT]) outputs.push(synthesisedIn(app, join(folder, `output-${outputs.length}`)));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The app in a folder, synthesised in both languages by a process of its own. */
function synthesisedIn(folder: string, output: string): Outputs {
  const script = `${output}.cjs`;
  writeFileSync(
    script,
    `for (const language of ${JSON.stringify(LANGUAGES)}) {
      process.env.CDKTF_OUTDIR = ${JSON.stringify(`${output}-`)} + language;
      process.env.SYNTH_HCL_OUTPUT = String(language === "hcl");
      const app = process.cwd() + "/main.ts";
      delete require.cache[app];
      require(app);
    }`,
  );
  execFileSync(process.execPath, ["--import", "tsx", script], { cwd: folder, env: process.env });
  const [json, hcl] = LANGUAGES.map((language) => filesIn(`${output}-${language}`));
  return { json, hcl };
}

function filesIn(folder: string): Files {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    files
      .filter((file) => statSync(join(folder, file)).isFile())
      .map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );
}

test.each(LANGUAGES)("two folders give the same bytes in %s", (language) => {
  const [copied, own] = outputs.map((output) => output[language]);
  expect(Object.keys(copied)).toEqual(
    expect.arrayContaining(["manifest.json", `stacks/cluster/cdk.tf${language === "hcl" ? "" : ".json"}`]),
  );
  expect(copied).toEqual(own);
});
