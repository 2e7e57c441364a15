import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { hclParser } from "./hcl";

/** One stack of synth output, parsed from JSON or HCL; blocks of HCL are lists of blocks. */
export interface StackOutput {
  readonly name: string;
  readonly language: "json" | "hcl";
  readonly configuration: unknown;
}

/** Reads folders of synth output, such as `cdktf.out`, at once, as what they have in common is parsed once. */
export async function readSynthOutputs(folders: readonly string[]): Promise<StackOutput[][]> {
  const parsers = { json: JSON.parse as (text: string) => unknown, hcl: hclParser() };
  const read = async (folder: string, name: string): Promise<StackOutput> => {
    const file = fileOf(folder, name);
    const language = file.endsWith(".tf") ? "hcl" : "json";
    return { name, language, configuration: await parsed(file, language, parsers[language]) };
  };
  const stacksIn = (folder: string) => Promise.all(stackNames(folder).map((name) => read(folder, name)));
  return Promise.all(folders.map(stacksIn));
}

function stackNames(folder: string): string[] {
  const stacks = join(folder, "stacks");
  if (!existsSync(stacks) || !statSync(stacks).isDirectory())
    throw new Error(`"${folder}" has no folder "stacks": give a folder that cdktf synth wrote, such as cdktf.out`);
  if (existsSync(join(folder, "cdktf.out", "stacks")))
    throw new Error(
      `"${folder}" has a folder "cdktf.out" beside "stacks", so one output was copied into another: remove both and copy again`,
    );
  const entries = readdirSync(stacks, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

function fileOf(folder: string, stack: string): string {
  const path = join(folder, "stacks", stack);
  const files = ["cdk.tf.json", "cdk.tf"].map((file) => join(path, file)).filter((file) => existsSync(file));
  if (files.length === 0) throw new Error(`"${path}" has neither cdk.tf.json nor cdk.tf: ${WAY}`);
  if (files.length === 1) return files[0];
  throw new Error(`"${path}" has both cdk.tf.json and cdk.tf, which Terraform reads together: remove the stale one`);
}

const WAY = "synthesise again";

async function parsed(file: string, language: "json" | "hcl", parse: (text: string) => unknown): Promise<unknown> {
  const text = textIn(file, WAY);
  let configuration: unknown;
  try {
    configuration = await parse(text);
  } catch (error) {
    const { message } = error as Error;
    // The message on a mistake in JSON has a piece of the text in it, which may be a secret.
    const where =
      language === "hcl" ? message.trim().split("\n")[0] : (/position \d+/.exec(message)?.[0] ?? "somewhere");
    throw new Error(`"${file}" is not ${language.toUpperCase()} (${where}): ${WAY}`);
  }
  if (configuration instanceof Object && !Array.isArray(configuration)) return configuration;
  throw new Error(`"${file}" is not a Terraform configuration: ${WAY}`);
}

/** @param way what to do if the file cannot be read */
export function textIn(file: string, way: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`"${file}" cannot be read (${(error as NodeJS.ErrnoException).code}): ${way}`);
  }
}
