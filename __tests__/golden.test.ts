import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { EXAMPLES, RELEASES } from "./support/apps";
import { formatted, structureOfHcl, structureOfJson } from "./support/hcl";
import { runApp, StackFiles } from "./support/synth";

const GOLDEN = join(__dirname, "golden");

const GOLDEN_APPS = [
  ...Object.entries(RELEASES).map(([folder, release]) => ({ file: "main.ts", folder: `main/${folder}`, release })),
  ...EXAMPLES.map((name) => ({ file: `examples/${name}.ts`, folder: `examples/${name}`, release: undefined })),
  { file: "pack/project/main.ts", folder: "pack", release: undefined },
];

describe.each(GOLDEN_APPS)("$folder", ({ file, folder, release }) => {
  let json: StackFiles;
  let hcl: StackFiles;

  beforeAll(() => {
    json = runApp(file, "json", release);
    hcl = runApp(file, "hcl", release);
  });

  test("is what reviewers have seen", async () => {
    for (const [stack, text] of Object.entries(json))
      expect(`${text}\n`).toMatchFile(join(GOLDEN, folder, `${stack}.tf.json`));
    for (const [stack, text] of Object.entries(hcl)) {
      expect(text).toMatchFile(join(GOLDEN, folder, `${stack}.tf`));
      expect(await formatted(text)).toBe(text);
    }
  });

  test("says the same in JSON and in HCL", async () => {
    expect(Object.keys(hcl)).toEqual(Object.keys(json));
    for (const stack of Object.keys(json)) {
      expect(await structureOfHcl(hcl[stack])).toEqual(structureOfJson(json[stack]));
    }
  });
});

test("no golden file is left over", () => {
  const expected = GOLDEN_APPS.flatMap(({ file, folder, release }) =>
    Object.keys(runApp(file, "json", release)).flatMap((stack) => [
      `${folder}/${stack}.tf`,
      `${folder}/${stack}.tf.json`,
    ]),
  );
  const files = readdirSync(GOLDEN, { recursive: true, encoding: "utf8" }).filter(
    (file) => statSync(join(GOLDEN, file)).isFile() && !/^(api|reviews)\//.test(file), // api-examples.test.ts, review/golden-reviews.test.ts
  );
  expect(files.sort()).toEqual(expected.sort());
});
