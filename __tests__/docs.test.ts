import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { EXPORTED, isClassOrInterface, membersOf } from "./support/declarations";
import { PROJECT } from "./support/synth";

const PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"].concat(
  readdirSync(join(PROJECT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((page) => page.endsWith(".md"))
    .map((page) => `docs/${page}`),
);

const read = (file: string) => readFileSync(join(PROJECT, file), "utf8");

test("README has 120 lines at most", () => {
  expect(read("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(120);
});

test("README begins with lines of main.ts", () => {
  const [, snippet] = /^```ts\n([\s\S]*?)^```$/m.exec(read("README.md"))!;
  const main = read("main.ts");
  const missing = snippet.split("\n").filter((line) => !main.includes(line));
  expect(missing).toEqual([]);
});

describe("the API is as `npm run api` writes it, which api:check sees in full", () => {
  const report = read("api/index.api.md") + read("api/review.api.md");

  test("in the report", () => {
    const exported = [...report.matchAll(/^export (?:abstract )?(?:class|const|function|interface|type) (\w+)/gm)];
    expect(exported.map(([, name]) => name).sort()).toEqual([...EXPORTED.keys()].sort());
    const members = [...EXPORTED.values()].flatMap(({ node }) => (isClassOrInterface(node) ? membersOf(node) : []));
    expect(members.map(({ name }) => name).filter((name) => !new RegExp(`\\b${name}\\b`).test(report))).toEqual([]);
  });

  test("on the pages", () => {
    const titles = PAGES.filter((page) => page.startsWith("docs/api/")).flatMap((page) => [
      ...read(page).matchAll(/^# (.*)$/gm),
    ]);
    const names = titles.map(([, title]) => title.replace("()", "").replaceAll("\\", ""));
    expect([...EXPORTED.keys()].filter((name) => !names.some((title) => title.endsWith(name)))).toEqual([]);
  });
});

describe.each(PAGES)("%s", (page) => {
  const text = read(page);

  test("links to files that exist", () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, link]) => link);
    expect(links.filter((link) => !existsSync(join(PROJECT, dirname(page), link)))).toEqual([]);
  });

  test("names npm scripts and examples that exist", () => {
    const { scripts } = JSON.parse(read("package.json"));
    const names = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name);
    expect(names.filter((name) => scripts[name] === undefined)).toEqual([]);
    const examples = [...text.matchAll(/examples\/[\w-]+\.ts/g)].map(([example]) => example);
    expect(examples.filter((example) => !existsSync(join(PROJECT, example)))).toEqual([]);
  });
});
