import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseHcl } from "./hcl";

/** One stack of synth output, parsed from JSON or HCL; blocks of HCL are lists of blocks. */
export interface StackOutput {
  readonly name: string;
  readonly language: "json" | "hcl";
  readonly configuration: unknown;
}

/**
 * Reads folders of synth output, such as `cdktf.out`, at once, as what they have in common is parsed once.
 *
 * @throws if a folder is none, or a stack cannot be read
 */
export async function readSynthOutputs(folders: readonly string[]): Promise<StackOutput[][]> {
  const files = folders.map(stackFiles);
  const hcl = files.flat().filter(({ file }) => file.endsWith(".tf"));
  const parsedHcl = await parseHcl(hcl);
  return files.map((stacks) =>
    stacks.map((stack) => {
      const fromHcl = parsedHcl.get(stack.file);
      return { name: stack.name, language: fromHcl ? "hcl" : "json", configuration: fromHcl ?? parsedJson(stack) };
    }),
  );
}

/** The text of a stack. */
export interface StackFile {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

function stackFiles(folder: string): StackFile[] {
  const stacks = join(folder, "stacks");
  if (!existsSync(stacks) || !statSync(stacks).isDirectory())
    throw new Error(`"${folder}" has no folder "stacks": give a folder that cdktf synth wrote, such as cdktf.out`);
  if (existsSync(join(folder, "cdktf.out", "stacks")))
    throw new Error(
      `"${folder}" has a folder "cdktf.out" beside "stacks", so one output was copied into another: remove both and copy again`,
    );
  return readdirSync(stacks)
    .filter((name) => statSync(join(stacks, name)).isDirectory())
    .sort()
    .map((name) => {
      const files = ["cdk.tf.json", "cdk.tf"]
        .map((file) => join(stacks, name, file))
        .filter((file) => existsSync(file));
      if (files.length === 0)
        throw new Error(`"${join(stacks, name)}" has neither cdk.tf.json nor cdk.tf: synthesise again`);
      if (files.length === 2)
        throw new Error(
          `"${join(stacks, name)}" has both cdk.tf.json and cdk.tf, which Terraform reads together: remove the stale one`,
        );
      return { name, file: files[0], text: textOf(files[0]) };
    });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`"${file}" cannot be read (${(error as NodeJS.ErrnoException).code}): synthesise again`);
  }
}

/** What the parser says of a mistake has a piece of the text in it, which may be a secret. */
function parsedJson({ file, text }: StackFile): unknown {
  let configuration: unknown;
  try {
    configuration = JSON.parse(text);
  } catch (error) {
    const [where] = /position \d+/.exec((error as Error).message) ?? ["somewhere"];
    throw new Error(`"${file}" is not JSON (${where}): synthesise again`);
  }
  if (typeof configuration !== "object" || configuration === null || Array.isArray(configuration))
    throw new Error(`"${file}" is not a Terraform configuration: synthesise again`);
  return configuration;
}
