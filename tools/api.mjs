// Writes the API report, api/*.api.md, from the declaration files; with --check it only says whether the report is stale.
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const PROJECT = dirname(dirname(fileURLToPath(import.meta.url)));
const DECLARATIONS = join(PROJECT, ".api");
const check = process.argv.includes("--check");

rmSync(DECLARATIONS, { recursive: true, force: true });
const tsc = createRequire(join(PROJECT, "package.json")).resolve("typescript/bin/tsc");
execFileSync(
  process.execPath,
  [tsc, "--project", join(PROJECT, "tsconfig.build.json"), "--emitDeclarationOnly", "--outDir", DECLARATIONS],
  { stdio: "inherit" },
);

mkdirSync(join(PROJECT, "api"), { recursive: true });
const results = Object.entries({ index: "index.d.ts", review: "review/index.d.ts" }).map(([name, entry]) =>
  Extractor.invoke(configOf(name, join(DECLARATIONS, entry)), { localBuild: !check, messageCallback: quiet }),
);
rmSync(DECLARATIONS, { recursive: true });
if (check && results.some(({ apiReportChanged }) => apiReportChanged)) {
  process.stderr.write("api/ is stale: run `npm run api`, read the diff and commit it\n");
  process.exitCode = 1;
}
if (results.some(({ errorCount }) => errorCount > 0)) process.exitCode = 1;

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
        reportFolder: join(PROJECT, "api"),
        reportTempFolder: join(DECLARATIONS, "report"),
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
