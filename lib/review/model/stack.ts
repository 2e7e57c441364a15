import { isInside, onlyReference, Reference, referencesIn, stepsOf, withoutIndices } from "./reference";
import { at, isKnown, isValues, listOf, mapValues, named, resolved, Unknown, Value, valueOf, Values } from "./value";
import { withoutNulls } from "./value";

/** A resource block, data source or module of a stack, as it is written. */
export interface Block {
  readonly kind: "resource" | "data" | "module";
  /** As in `azurerm_kubernetes_cluster.aks` or `data.kubernetes_nodes.nodes`. */
  readonly address: string;
  readonly type: string;
  /** Version constraint of its provider. */
  readonly constraint?: string;
  /** The arguments and blocks in it, without meta-arguments. */
  readonly body: Values;
  readonly dependsOn: readonly Reference[];
  /** `count` and `for_each`. */
  readonly instances: Values;
  /** The configuration that carries it out, as in `azurerm.other`; nothing for the one of its own name. */
  readonly provider?: string;
  readonly preventDestroy: boolean;
  /** Paths without indices, or `all`. */
  readonly ignoreChanges: readonly string[];
  readonly replaceTriggeredBy: readonly Reference[];
}

type RequiredProviders = { readonly [provider: string]: { readonly source?: string; readonly version?: string } };

/** A stack of synth output. */
export interface Stack {
  readonly name: string;
  readonly language: "json" | "hcl";
  /** Terraform's JSON, as it was read. */
  readonly json: unknown;
  readonly blocks: ReadonlyMap<string, Block>;
  /** Variables with their types and defaults, and local values, by names such as `var.size`. */
  readonly named: ReadonlyMap<string, Value>;
  /** Configurations of each provider. */
  readonly providers: { readonly [provider: string]: readonly Values[] };
  readonly requiredProviders: RequiredProviders;
  readonly backend: { readonly kind: string; readonly config: Values };
  /** Addresses that have moved, new by old. */
  readonly moved: ReadonlyMap<string, string>;
  /** Addresses that single instances have moved to or from. */
  readonly movedInParts: ReadonlySet<string>;
  /** Addresses that Terraform is to forget without destroying what they stand for. */
  readonly forgotten: ReadonlySet<string>;
  /** Addresses whose resource exists and is imported. */
  readonly imported: ReadonlySet<string>;
}

export function stackOf(name: string, language: Stack["language"], json: unknown): Stack {
  const root = valueOf(json, (expression) => valueOfReference(stack, expression));
  const terraform = listOf(at(root, "terraform"));
  const requiredProviders = requiredIn(terraform);
  const blocksOf = (kind: Block["kind"], types: [string, Value][]) =>
    types.flatMap(([type, ids]) => named(ids).map(([id, body]) => blockOf(kind, type, id, body, requiredProviders)));
  const blocks = [
    ...blocksOf("resource", named(at(root, "resource"))),
    ...blocksOf("data", named(at(root, "data"))),
    ...blocksOf("module", [["module", at(root, "module")]]),
  ];
  const moves = listOf(at(root, "moved"))
    .map((move) => [textOf(at(move, "from")), textOf(at(move, "to"))])
    .filter(([from, to]) => withoutKey(from) !== withoutKey(to));
  const isOfParts = (ends: readonly string[]) => ends.some((end) => end !== withoutKey(end));
  const forgotten = listOf(at(root, "removed")).filter((block) => at(block, "lifecycle", "destroy") === false);
  const stack: Stack = {
    ...{ name, language, json, requiredProviders },
    blocks: new Map(blocks.map((block) => [block.address, block])),
    named: new Map([
      ...named(at(root, "variable")).map(([id, body]): [string, Value] => [`var.${id}`, body]),
      ...named(at(root, "locals")).map(([id, value]): [string, Value] => [`local.${id}`, value]),
    ]),
    providers: mapValues(Object.fromEntries(named(at(root, "provider"))), (all) => listOf(all).filter(isValues)),
    backend: backendIn(terraform),
    moved: new Map(moves.filter((ends) => !isOfParts(ends)).map(([from, to]) => [from, to])),
    movedInParts: new Set(moves.filter(isOfParts).flat().map(withoutKey)),
    forgotten: new Set(forgotten.map((block) => withoutKey(textOf(at(block, "from"))))),
    imported: new Set(listOf(at(root, "import")).map((block) => withoutKey(textOf(at(block, "to"))))),
  };
  return stack;
}

const META_ARGUMENTS = ["depends_on", "count", "for_each", "lifecycle", "provider", "provisioner", "connection"];

export function blockOf(
  kind: Block["kind"],
  type: string,
  id: string,
  written: Value,
  requiredProviders: RequiredProviders,
): Block {
  const [block] = listOf(written);
  const values: Values = isValues(block) ? block : {};
  const { depends_on, count, for_each, lifecycle, provider } = values;
  const own = type.split("_")[0];
  const carrier = textOf(provider ?? own);
  const texts = (value: Value) => listOf(value).map(textOf);
  return {
    kind,
    type,
    body: Object.fromEntries(Object.entries(values).filter(([argument]) => !META_ARGUMENTS.includes(argument))),
    address: `${kind === "data" ? "data." : ""}${type}.${id}`,
    constraint: requiredProviders[carrier.split(".")[0]]?.version,
    dependsOn: texts(depends_on).flatMap(referencesIn),
    instances: withoutNulls({ count, for_each }),
    provider: carrier === own ? undefined : carrier,
    preventDestroy: String(at(lifecycle, "prevent_destroy")) === "true",
    ignoreChanges: texts(at(lifecycle, "ignore_changes")).map(withoutIndices),
    replaceTriggeredBy: texts(at(lifecycle, "replace_triggered_by")).flatMap((text) => referencesIn(text).slice(0, 1)),
  };
}

/** The value of a local value, or of an argument that a resource block sets to just that; nothing of all else. */
function valueOfReference({ blocks, named }: Stack, expression: string): Value {
  const reference = onlyReference(expression);
  if (!reference || reference.address.startsWith("var.")) return undefined;
  if (reference.address.startsWith("local.")) return partOf(named, reference);
  const block = blocks.get(reference.address);
  if (block?.kind !== "resource" || ignores(block.ignoreChanges, reference.attribute)) return undefined;
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

/** Returns whether changes of an argument are ignored. */
export function ignores(ignoreChanges: readonly string[], path: string): boolean {
  return ignoreChanges.some((whole) => whole === "all" || isInside(withoutIndices(path), whole));
}

function backendIn(terraform: readonly Value[]): Stack["backend"] {
  const [cloud] = terraform.flatMap((block) => listOf(at(block, "cloud")));
  if (isValues(cloud)) return { kind: "cloud", config: cloud };
  const [[kind, config] = ["local", {}]] = terraform.flatMap((block) => named(at(block, "backend")));
  const [own] = listOf(config);
  const values = isValues(own) ? withoutNulls(own) : {};
  return { kind, config: { ...(kind === "local" && { path: "terraform.tfstate" }), ...values } };
}

function requiredIn(terraform: readonly Value[]): RequiredProviders {
  const text = (value: Value) => (typeof value === "string" ? value : undefined);
  const all = terraform.flatMap((block) => named(at(block, "required_providers")));
  return mapValues(Object.fromEntries(all), (wanted) => ({
    source: text(at(wanted, "source")),
    version: text(wanted) ?? text(at(wanted, "version")),
  }));
}

function withoutKey(address: string): string {
  return address.replace(/\[[^\]]*\]$/, "");
}

/** A bare word such as an address, which HCL and cdktf wrap in `${…}`. */
function textOf(value: Value): string {
  const text = value instanceof Unknown ? value.text : value;
  if (typeof text !== "string") throw new Error("an address or another bare word is not written as a text");
  return text.replace(/^\$\{(.*)\}$/s, "$1");
}
