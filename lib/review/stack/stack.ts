import { onlyReference, Reference, stepsOf, withoutKey } from "../model/reference";
import { at, isKnown, isValues, listOf, mapValues, named, resolved, textOf } from "../model/value";
import { Value, valueOf, Values, withoutNulls } from "../model/value";
import type { StackOutput } from "../read/synth-output";
import { Block, RequiredProviders } from "./block";

export interface Stack {
  readonly name: string;
  readonly language: "json" | "hcl";
  readonly blocks: ReadonlyMap<string, Block>;
  /** Variables with their types and defaults, and local values, by names such as `var.size`. */
  readonly named: ReadonlyMap<string, Value>;
  readonly providers: { readonly [provider: string]: readonly Values[] };
  readonly requiredProviders: RequiredProviders;
  readonly backend: { readonly kind: string; readonly config: Values };
  /** Addresses that have moved, new by old. */
  readonly moved: ReadonlyMap<string, string>;
  /** Addresses that single instances have moved to or from. */
  readonly movedInParts: readonly string[];
  /** Addresses that Terraform is to forget without destroying what they stand for. */
  readonly forgotten: readonly string[];
  /** Addresses whose resource exists and is imported. */
  readonly imported: readonly string[];
}

export function stackOf({ name, language, configuration }: StackOutput): Stack {
  const root = valueOf(configuration, (expression) => valueOfReference(stack, expression));
  const terraform = listOf(at(root, "terraform"));
  const requiredProviders: RequiredProviders = mapValues(
    Object.fromEntries(terraform.flatMap((block) => named(at(block, "required_providers")))),
    (wanted) => (typeof wanted === "string" ? { version: wanted } : Object.fromEntries(named(wanted))),
  );
  const blocksOf = (kind: Block["kind"], types: Value) =>
    named(types).flatMap(([type, ids]) =>
      named(ids).map(([id, source]) => new Block(kind, type, id, source, requiredProviders)),
    );
  const blocks = [
    ...blocksOf("resource", at(root, "resource")),
    ...blocksOf("data", at(root, "data")),
    ...blocksOf("module", { module: at(root, "module") }),
  ];
  const namedOf = (prefix: string, kind: string) =>
    named(at(root, kind)).map(([id, value]): [string, Value] => [`${prefix}.${id}`, value]);
  const moves = listOf(at(root, "moved"))
    .map((move) => [textOf(at(move, "from")), textOf(at(move, "to"))])
    .filter(([from, to]) => withoutKey(from) !== withoutKey(to));
  const isOfParts = (ends: readonly string[]) => ends.some((end) => end !== withoutKey(end));
  const forgotten = listOf(at(root, "removed")).filter((block) => at(block, "lifecycle", "destroy") === false);
  const stack: Stack = {
    ...{ name, language, requiredProviders },
    blocks: new Map(blocks.map((block) => [block.address, block])),
    named: new Map([...namedOf("var", "variable"), ...namedOf("local", "locals")]),
    providers: mapValues(Object.fromEntries(named(at(root, "provider"))), (all) => listOf(all).filter(isValues)),
    backend: backendIn(terraform),
    moved: new Map(moves.filter((ends) => !isOfParts(ends)).map(([from, to]) => [from, to])),
    movedInParts: moves.filter(isOfParts).flat().map(withoutKey),
    forgotten: forgotten.map((block) => withoutKey(textOf(at(block, "from")))),
    imported: listOf(at(root, "import")).map((block) => withoutKey(textOf(at(block, "to")))),
  };
  return stack;
}

export function managedIn(stack: Stack | undefined): Block[] {
  return [...(stack?.blocks.values() ?? [])].filter(({ kind }) => kind !== "data");
}

/** The value of a local value, or of an argument that a resource block sets to just that; nothing of all else. */
function valueOfReference({ blocks, named }: Stack, expression: string): Value {
  const reference = onlyReference(expression);
  if (!reference || reference.address.startsWith("var.")) return undefined;
  if (reference.address.startsWith("local.")) return partOf(named, reference);
  const block = blocks.get(reference.address);
  if (block?.kind !== "resource" || block.ignores(reference.attribute)) return undefined;
  const value = resolved(at(block.body, ...stepsOf(reference.attribute)));
  const isPlain = !isValues(value) && !listOf(value).some(isValues); // anything else may be a block, which is a list
  return value !== null && isPlain && isKnown(value) ? value : undefined;
}

/** A part of a local value, or of a variable's default, as in `local.pool.size`, or all of it. */
export function partOf(named: Stack["named"], { address, attribute }: Reference): Value {
  const value = named.get(address);
  const whole = address.startsWith("var.") ? at(value, "default") : value;
  return at(resolved(whole), ...stepsOf(attribute));
}

function backendIn(terraform: readonly Value[]): Stack["backend"] {
  const [cloud] = terraform.flatMap((block) => listOf(at(block, "cloud")));
  if (isValues(cloud)) return { kind: "cloud", config: cloud };
  const [[kind, config] = ["local", {}]] = terraform.flatMap((block) => named(at(block, "backend")));
  const [own] = listOf(config);
  const values = isValues(own) ? withoutNulls(own) : {};
  return { kind, config: { ...(kind === "local" && { path: "terraform.tfstate" }), ...values } };
}
