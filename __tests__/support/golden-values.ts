// Golden files for `npm run test:cdktn`: CDK Terrain writes its own version, and other white space, into JSON.
import { toMatchFile } from "jest-file-snapshot";
import { readFileSync } from "node:fs";

expect.extend({
  toMatchFile(this: jest.MatcherContext, text: string, file: string) {
    if (!file.endsWith(".tf.json")) return toMatchFile.call(this, text, file);
    const [received, expected] = [text, readFileSync(file, "utf8")].map(withoutVersion);
    return {
      pass: this.equals(received, expected),
      message: () => `${file}\n${this.utils.printDiffOrStringify(expected, received, "golden", "cdktn", true)}`,
    };
  },
});

function withoutVersion(text: string): object {
  const content = JSON.parse(text);
  delete content["//"].metadata.version;
  return content;
}
