// Says what a change would do to the cluster: npm run review -- BEFORE AFTER [--fail-on destroy,replace] [--format json] [--output FILE]
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { review, Verdict, VERDICTS } from "../lib/review";

/** Nothing to read, or not to be understood. */
const UNREADABLE = 1;
/** A verdict that --fail-on names. */
const FAILED = 2;

interface Options {
  readonly before: string;
  readonly after: string;
  readonly failOn: readonly Verdict[];
  readonly format: string;
  readonly output?: string;
}

main().then(
  (code) => end(code),
  (error: Error) => process.stderr.write(`${error.message}\n`, () => end(UNREADABLE)),
);

async function main(): Promise<number> {
  const { before, after, failOn, format, output } = options();
  const result = await review(before, after);
  const text = format === "json" ? `${JSON.stringify(result, null, 2)}\n` : result.toMarkdown();
  if (output === undefined) await new Promise((done) => process.stdout.write(text, done));
  else write(output, text);
  return result.changes.some(({ verdict }) => failOn.includes(verdict)) ? FAILED : 0;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`"${file}" cannot be written (${code}): give a file in a folder that exists`);
  }
}

function options(): Options {
  const { values, positionals } = parsedArguments();
  const { "fail-on": failOn, format, output } = values;
  if (positionals.length !== 2)
    throw new Error(`two folders are needed, got ${positionals.length}: write npm run review -- BEFORE AFTER`);
  if (format !== "markdown" && format !== "json")
    throw new Error(`format "${format}" is not known: use markdown or json`);
  const verdicts = failOn.flatMap((verdicts) => verdicts.split(",")).map((verdict) => verdict.trim());
  const unknown = verdicts.find((verdict) => !VERDICTS.some((known) => known === verdict));
  if (unknown !== undefined) throw new Error(`verdict "${unknown}" is not known: use ${VERDICTS.join(", ")}`);
  return { before: positionals[0], after: positionals[1], failOn: verdicts as Verdict[], format, output };
}

function parsedArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        "fail-on": { type: "string", multiple: true, default: [] },
        format: { type: "string", default: "markdown" },
        output: { type: "string" },
      },
    });
  } catch (error) {
    const [sentence] = (error as Error).message.split(". ");
    const what = sentence[0].toLowerCase() + sentence.slice(1);
    throw new Error(`${what}: use --fail-on VERDICTS, --format markdown or json, --output FILE`);
  }
}

/** The parser of HCL would keep the process alive. */
function end(code: number): never {
  process.exit(code);
}
