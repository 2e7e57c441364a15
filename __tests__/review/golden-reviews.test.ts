import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { review } from "../../lib/review";
import { formatted } from "../support/hcl";
import { REVIEW_CASES } from "../support/review-cases";
import { PROJECT, synthesise } from "../support/synth";

const GOLDEN = join(PROJECT, "__tests__/golden/reviews");

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "review-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(Object.entries(REVIEW_CASES))("%s", async (name, { before, after, language = "json" }) => {
  const file = language === "json" ? "cdk.tf.json" : "cdk.tf";
  for (const [side, build] of Object.entries({ before, after })) {
    const stacks = synthesise(build, language);
    for (const [stack, text] of Object.entries(stacks)) {
      const content = language === "json" ? `${text}\n` : await formatted(text);
      write(join(folder, side, "stacks", stack), file, content);
      expect(content).toMatchFile(join(GOLDEN, name, side, "stacks", stack, file));
    }
  }
  const result = await review(join(folder, "before"), join(folder, "after"));
  expect(result.toMarkdown()).toMatchFile(join(GOLDEN, name, "review.md"));
});

test("no golden review is left over", () => {
  expect(readdirSync(GOLDEN)).toEqual(Object.keys(REVIEW_CASES).sort());
});

test("README quotes the beginning of one", () => {
  const words = (text: string) => text.replaceAll(/^> ?/gm, "").replaceAll(/-+/g, "-").replaceAll(/\s+/g, " ").trim();
  const [, quoted] = /begins like this:\n\n((?:>.*\n)+)/.exec(readFileSync(join(PROJECT, "README.md"), "utf8"))!;
  const golden = readFileSync(join(GOLDEN, "change-the-vm-size/review.md"), "utf8");
  expect(words(golden).startsWith(words(quoted))).toBe(true);
  expect(words(quoted)).toContain("| **rotate** |");
});

function write(at: string, file: string, content: string): void {
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, file), content);
}
