import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, sep } from "node:path";
import { InstalledProject, PACKAGE, README, REPOSITORY, type Stacks } from "./installed-project";

let project: InstalledProject;

beforeAll(() => {
  project = new InstalledProject();
});
afterAll(() => project?.remove());

/** Expects what the sources of the library are synthesised to, which `npm test` holds. */
function expectGolden(stacks: Stacks): void {
  expect(Object.keys(stacks)).toEqual(["cluster", "sandbox"]);
  for (const [stack, text] of Object.entries(stacks)) {
    const golden = join(REPOSITORY, "__tests__/golden/pack", `${stack}.tf.json`);
    expect(`${text}\n`).toBe(readFileSync(golden, "utf8"));
  }
}

test("publint finds nothing", () => {
  expect(project.tool("publint", project.tarball, "--strict")).toContain("All good!");
});

test("every way of TypeScript to resolve modules finds the types", () => {
  expect(project.tool("attw", project.tarball)).toContain("No problems found");
});

test("the package has what runs, what is read with it, and no path of this machine", () => {
  const folder = join(project.folder, "node_modules", PACKAGE);
  expect(readdirSync(folder).sort()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "dist",
    "docs",
    "package.json",
    "schemas",
  ]);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile());
  const paths = [REPOSITORY, homedir() + sep];
  const telling = files.filter((file) => paths.some((path) => readFileSync(file, "utf8").includes(path)));
  expect(telling).toEqual([]);
});

test("the app imports as README says", () => {
  const [, snippet] = /## Use it as a library[^]*?```ts\n([^]*?)```/.exec(README)!;
  const modules = [...snippet.matchAll(/ from ("[^"]+")/g)].map(([, module]) => module);
  expect(modules).toContain(`"${PACKAGE}"`);
  const app = readFileSync(join(project.folder, "main.ts"), "utf8");
  expect(modules.filter((module) => !app.includes(`from ${module}`))).toEqual([]);
});

describe.each([
  ["CommonJS", "."],
  ["ES modules", "esm"],
])("an app in %s", (_, folder) => {
  test("has types, those of the libraries checked too", () => {
    project.tool("tsc", "--project", folder, "--noEmit", "--skipLibCheck", "false");
  });

  test("is synthesised", () => {
    project.tool("tsc", "--project", folder);
    expectGolden(project.synthesised("node", join(folder, "main.js")));
  });
});

test("the app runs under ts-node, as cdktf init has it", () => {
  expectGolden(project.synthesised("node_modules/.bin/ts-node", "main.ts"));
});

test("jest's matchers and Testing.synth work on the constructs", () => {
  project.tool("jest");
});

test("the package brings the review as a command", () => {
  const output = join(project.folder, "cdktf.out");
  const [before, after] = ["before", "after"].map((side) => join(project.folder, side));
  for (const side of [before, after]) cpSync(output, side, { recursive: true });
  const file = join(after, "stacks/cluster/cdk.tf.json");
  writeFileSync(file, readFileSync(file, "utf8").replace("Standard_D4s_v5", "Standard_D8s_v5"));
  expect(project.run("npx", PACKAGE, "review", "before", "after")).toContain("Rotates 1 node pool");
  expect(project.run("npx", PACKAGE, "--help")).toContain("review");
  const code = `import("${PACKAGE}/review").then(({ review }) => review("before", "after")).then(({ summary }) => {
    console.log(summary);
    process.exit();
  })`;
  expect(project.run("node", "--eval", code)).toContain("Rotates 1 node pool");
});

test("CDK Terrain writes the same, and no address changes", () => {
  const before = project.synthesised("node", "main.js");
  const [, lines] = /```json\n([^]*?"npm:cdktn[^]*?)```/.exec(README)!;
  const file = join(project.folder, "package.json");
  const { dependencies, ...rest } = JSON.parse(readFileSync(file, "utf8"));
  const moved = JSON.parse(`{${lines}}`);
  writeFileSync(file, JSON.stringify({ ...rest, ...moved, dependencies: { ...dependencies, ...moved.dependencies } }));
  project.run("npm", "install");
  project.run("npm", "ls");
  project.tool("tsc", "--noEmit");
  const after = project.synthesised("node", "main.js");
  expect(Object.keys(after)).toEqual(Object.keys(before));
  for (const stack of Object.keys(before)) {
    const [old, next] = [before, after].map((stacks) => JSON.parse(stacks[stack]));
    expect(next["//"].metadata.version).not.toBe(old["//"].metadata.version);
    next["//"].metadata.version = old["//"].metadata.version;
    expect(next).toEqual(old);
  }
});
