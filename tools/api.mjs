// Writes what the public API is: the report api/*.api.md and the pages docs/api/*.md. With --check it writes nothing and
// says what is stale.
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { writePages } from "./pages.mjs";

const PROJECT = dirname(dirname(fileURLToPath(import.meta.url)));
const DECLARATIONS = join(PROJECT, ".api");
const WRITTEN = { api: join(DECLARATIONS, "report"), "docs/api": join(DECLARATIONS, "pages") };

rmSync(DECLARATIONS, { recursive: true, force: true });
const tsc = createRequire(join(PROJECT, "package.json")).resolve("typescript/bin/tsc");
execFileSync(
  process.execPath,
  [tsc, "--project", join(PROJECT, "tsconfig.build.json"), "--emitDeclarationOnly", "--outDir", DECLARATIONS],
  { stdio: "inherit" },
);
mkdirSync(WRITTEN.api);
const reports = Object.entries({ index: "index.d.ts", review: "review/index.d.ts" }).map(([name, entry]) =>
  Extractor.invoke(configOf(name, join(DECLARATIONS, entry)), { localBuild: true, messageCallback: quiet }),
);
if (reports.some(({ errorCount }) => errorCount > 0)) process.exitCode = 1;
await writePages(PROJECT, WRITTEN["docs/api"]);

for (const [folder, written] of Object.entries(WRITTEN)) {
  const kept = join(PROJECT, folder);
  if (process.argv.includes("--check")) {
    const stale = [...new Set([...filesIn(kept), ...filesIn(written)])].filter(
      (file) => textOf(kept, file) !== textOf(written, file),
    );
    if (stale.length === 0) continue;
    process.stderr.write(
      `${folder} is stale (${stale.join(", ")}): run \`npm run api\`, read the diff and commit it\n`,
    );
    process.exitCode = 1;
  } else {
    rmSync(kept, { recursive: true, force: true });
    cpSync(written, kept, { recursive: true });
  }
}
rmSync(DECLARATIONS, { recursive: true });

function filesIn(folder) {
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".md")) : [];
}

function textOf(folder, file) {
  return existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : undefined;
}

function configOf(name, mainEntryPointFilePath) {
  return ExtractorConfig.prepare({
    packageJsonFullPath: join(PROJECT, "package.json"),
    configObject: {
      projectFolder: PROJECT,
      mainEntryPointFilePath,
      newlineKind: "lf",
      compiler: { tsconfigFilePath: join(PROJECT, "tsconfig.build.json"), skipLibCheck: true },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: WRITTEN.api,
        reportTempFolder: join(DECLARATIONS, "temp"),
      },
      messages: {
        compilerMessageReporting: { default: { logLevel: "error" } },
        extractorMessageReporting: {
          default: { logLevel: "error" },
          "ae-missing-release-tag": { logLevel: "none" }, // everything is public
          "ae-undocumented": { logLevel: "none" }, // __tests__/doc-comments.test.ts, which knows what members inherit
        },
        tsdocMessageReporting: {
          default: { logLevel: "error" },
          "tsdoc-undefined-tag": { logLevel: "none" }, // @default is JSDoc's
        },
      },
    },
  });
}

/** Leaves out what API Extractor says of its own progress. */
function quiet(message) {
  if (message.category === "console" && message.logLevel !== "error") message.handled = true;
}
