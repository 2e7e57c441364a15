import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { review } from "../../lib/review";
import { GOLDEN_REVIEWS, REVIEW_CASES, writeCase } from "../support/golden-reviews";
import { verdictsOf } from "../support/reviews";
import { PROJECT } from "../support/synth";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "review-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(REVIEW_CASES)("%s", async (name) => {
  const result = await review(...writeCase(name, folder));
  expect(result.toMarkdown()).toMatchFile(join(GOLDEN_REVIEWS, name, "review.md"));
});

test("the verdicts are those that people have agreed on", async () => {
  const agreed = JSON.parse(readFileSync(join(GOLDEN_REVIEWS, "base/verdicts.json"), "utf8"));
  for (const name of REVIEW_CASES) {
    const changes = Object.entries(verdictsOf(await review(...writeCase(name, join(folder, name)))));
    expect({ [name]: Object.fromEntries(changes.filter(([, verdict]) => verdict !== "none")) }).toEqual({
      [name]: agreed[name],
    });
  }
});

test("docs/review.md quotes the beginning of one", () => {
  const words = (text: string) => text.replaceAll(/^> ?/gm, "").replaceAll(/-+/g, "-").replaceAll(/\s+/g, " ").trim();
  const [, quoted] = /begins like this:\n\n((?:>.*\n)+)/.exec(readFileSync(join(PROJECT, "docs/review.md"), "utf8"))!;
  const golden = readFileSync(join(GOLDEN_REVIEWS, "change-the-vm-size/review.md"), "utf8");
  expect(words(golden).startsWith(words(quoted))).toBe(true);
  expect(words(quoted)).toContain("| **rotate** |");
});
