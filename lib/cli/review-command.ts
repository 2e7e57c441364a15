import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Review, review, Verdict, VERDICTS } from "../review";
import { printed } from "./printed";
import { withSynthesisedSides } from "./synth-sides";

const HELP = `Says what a change would do to the cluster, told from the synthesised Terraform before and after it.

  npx cdktf-aks-pod-sandboxing review REVISION        the app at a git revision such as main, and as it is now
  npx cdktf-aks-pod-sandboxing review BEFORE AFTER    two folders that cdktf synth wrote

  --plan STACK=FILE    what terraform show -json prints of a plan of a stack, whose actions win over what the text tells
  --fail-on VERDICTS   exit with 2 if a resource has one of these, as in destroy,replace
  --format FORMAT      markdown (the default) or json
  --output FILE        write there instead of printing
  --help               this text

Verdicts, the worst first: ${VERDICTS.join(", ")}.
Exit codes: 0, 1 if something cannot be read or synthesised, 2 for --fail-on.
`;

/** A verdict that --fail-on names. */
const FAILED = 2;

interface Options {
  readonly sides: readonly string[];
  readonly plans: { readonly [stack: string]: string };
  readonly failOn: readonly Verdict[];
  readonly format: string;
  readonly output?: string;
}

/**
 * Runs the review as a command does, and prints it.
 *
 * @param args what stands behind `review` in the command line
 * @returns the exit code: 0, or 2 if a resource has a verdict that `--fail-on` names
 * @throws if something cannot be read or synthesised
 */
export async function reviewCommand(args: readonly string[]): Promise<number> {
  const given = options(args);
  if (given === "help") {
    await printed(HELP);
    return 0;
  }
  const { sides, plans, failOn, format, output } = given;
  const result = await reviewOf(sides, plans);
  const text = format === "json" ? `${JSON.stringify(result, null, 2)}\n` : result.toMarkdown();
  if (output === undefined) await printed(text);
  else write(output, text);
  return result.changes.some(({ verdict }) => failOn.includes(verdict)) ? FAILED : 0;
}

function reviewOf([first, second]: readonly string[], plans: Options["plans"]): Promise<Review> {
  if (second !== undefined) return review(first, second, { plans });
  return withSynthesisedSides(first, ({ before, after }) => review(before, after, { plans }));
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`"${file}" cannot be written (${code}): give a file in a folder that exists`);
  }
}

function options(args: readonly string[]): Options | "help" {
  const { values, positionals } = parsedArguments(args);
  const { "fail-on": failOn, format, output, help, plan } = values;
  if (help) return "help";
  if (positionals.length !== 1 && positionals.length !== 2)
    throw new Error(
      `a git revision or two folders are needed, got ${positionals.length} names: write review main, or review BEFORE AFTER`,
    );
  if (format !== "markdown" && format !== "json")
    throw new Error(`format "${format}" is not known: use markdown or json`);
  const verdicts = failOn.flatMap((verdicts) => verdicts.split(",")).map((verdict) => verdict.trim());
  const unknown = verdicts.find((verdict) => !VERDICTS.some((known) => known === verdict));
  if (unknown !== undefined) throw new Error(`verdict "${unknown}" is not known: use ${VERDICTS.join(", ")}`);
  return { sides: positionals, plans: plansIn(plan), failOn: verdicts as Verdict[], format, output };
}

function plansIn(texts: readonly string[]): Options["plans"] {
  const wrong = texts.find((text) => !/^[^=]+=./.test(text));
  if (wrong !== undefined)
    throw new Error(`plan "${wrong}" names no stack: write --plan STACK=FILE, as in cluster=plan.json`);
  return Object.fromEntries(texts.map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]));
}

function parsedArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        "fail-on": { type: "string", multiple: true, default: [] },
        format: { type: "string", default: "markdown" },
        output: { type: "string" },
        plan: { type: "string", multiple: true, default: [] },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    const [sentence] = (error as Error).message.split(". ");
    const what = sentence[0].toLowerCase() + sentence.slice(1);
    throw new Error(`${what}: use --plan STACK=FILE, --fail-on VERDICTS, --format markdown or json, --output FILE`);
  }
}
