// eslint-disable-next-line @typescript-eslint/no-require-imports -- the module itself, which may run another function
import tokens = require("cdktf/lib/_tokens");
import { TerraformElement, TerraformOutput, TerraformStack } from "cdktf";
import { deepMerge } from "cdktf/lib/util";
import { IConstruct } from "constructs";
import { MAY_HAVE_TOKENS } from "./quick-resolution";

type Json = { [name: string]: unknown };

/** What cdktf keeps to itself. */
interface Overridden {
  readonly rawOverrides: Json;
}

/**
 * Returns what `TerraformStack.toTerraform()` returns. cdktf 0.21 goes over all that is written four times: it resolves
 * each element, copies it into the stack, and resolves the whole again, for which only overrides of the stack give cause.
 *
 * @param isPrepared - false if elements may add others to the stack when they are written, which are then written as well
 */
export function stackJson(stack: TerraformStack, isPrepared: boolean): Json {
  const { rawOverrides } = stack as unknown as Overridden;
  const metadata: Json = {
    version: stack.node.tryGetContext("cdktfVersion"),
    stackName: stack.node.id,
    backend: "local", // unless an element says otherwise
  };
  const overrides = Object.keys(rawOverrides);
  if (overrides.length > 0) metadata.overrides = { stack: overrides };
  const outputs: Json = {};
  const json: Json = { "//": { metadata, outputs } };

  const elements = elementsIn(stack);
  for (const element of elements) addResolved(stack, metadata, element.toMetadata());
  for (const element of elements) if (TerraformOutput.isTerraformOutput(element)) addOutput(outputs, element);
  for (const element of elements) addResolved(stack, json, element.toTerraform());
  deepMerge(json, rawOverrides);
  for (const name of overrides) json[name] = tokens.resolve(stack, json[name]);
  return isPrepared || elementsIn(stack).length === elements.length ? json : stackJson(stack, true);
}

/** The elements of a stack, without those of stacks in it. */
function elementsIn(construct: IConstruct, into: TerraformElement[] = []): TerraformElement[] {
  if (TerraformElement.isTerraformElement(construct)) into.push(construct);
  for (const child of construct.node.children) if (!TerraformStack.isStack(child)) elementsIn(child, into);
  return into;
}

/** Tells the CLI of cdktf the name of an output, in the place that its construct has. */
function addOutput(outputs: Json, output: TerraformOutput): void {
  const path = output.node.path.split("/");
  const id = path.pop()!;
  let inside = outputs;
  for (const part of path) {
    if (typeof inside[part] !== "object") inside[part] = {};
    inside = inside[part] as Json;
  }
  inside[id] = output.friendlyUniqueId;
}

/**
 * Adds what is resolved to what is there, and takes no part of the source, as that may be the app's. cdktf makes two
 * copies on the way.
 */
function addResolved(stack: TerraformStack, target: Json, source: Json): void {
  for (const name in source) {
    const value = source[name];
    if (value === undefined) continue;
    const known = target[name];
    if (isPlainMap(value)) {
      const isMap = typeof known === "object" && known !== null;
      addResolved(stack, isMap ? (known as Json) : (target[name] = {}), value);
      continue;
    }
    const resolved: unknown = tokens.resolve(stack, value);
    if (Array.isArray(resolved)) target[name] = Array.isArray(known) ? [...known, ...resolved] : resolved;
    else if (typeof resolved === "object" && resolved !== null) deepMerge(target, { [name]: resolved });
    else if (resolved !== undefined) target[name] = resolved;
  }
}

function isPlainMap(value: unknown): value is Json {
  if (typeof value !== "object" || value === null) return false;
  if (Object.getPrototypeOf(value) !== Object.prototype || "resolve" in value) return false;
  for (const name in value) if (MAY_HAVE_TOKENS.test(name)) return false;
  return true;
}
