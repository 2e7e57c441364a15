import { argumentNameInBindings } from "../cluster/rules/written-rules";
import { argumentsOf, ArgumentTable } from "./facts/arguments";
import { canonicalValues } from "./facts/canonical";
import { CLUSTER, MANIFEST, ResourceType, resourceType } from "./facts/resource-types";
import { isInside, onlyReference, Reference, referencesIn, stepsOf } from "./model/reference";
import { withoutIndices, withoutKey } from "./model/reference";
import { at, isKnown, isValues, listOf, mapValues, named, referencesOf, resolved, wordOf } from "./model/value";
import { Value, valueOf, Values, withoutNulls } from "./model/value";
import type { StackOutput } from "./read/synth-output";

type RequiredProviders = Readonly<Record<string, { readonly source?: string; readonly version?: string }>>;

const META_ARGUMENTS = ["depends_on", "count", "for_each", "lifecycle", "provider", "provisioner", "connection"];

/** A resource block, data source or module of a stack, with what is known of its arguments. */
export class Block {
  /** As in `azurerm_kubernetes_cluster.aks` or `data.kubernetes_nodes.nodes`. */
  readonly address: string;
  /** The arguments and blocks in it as they are written, without meta-arguments. */
  readonly body: Values;
  readonly dependsOn: readonly Reference[];
  /** `count` and `for_each`. */
  readonly instances: Values;
  /** The configuration that carries it out, as in `azurerm.other`; nothing for the one of its own name. */
  readonly provider?: string;
  readonly preventDestroy: boolean;
  /** Paths without indices, also in the names of the newest version, or `all`. */
  readonly ignoreChanges: readonly string[];
  readonly replaceTriggeredBy: readonly Reference[];
  readonly table: ArgumentTable;
  private readonly known: { written?: Values; values?: Values } = {};

  constructor(
    readonly kind: "resource" | "data" | "module",
    readonly type: string,
    id: string,
    source: Value,
    required: RequiredProviders = {},
  ) {
    const [block] = listOf(source);
    const values: Values = isValues(block) ? block : {};
    const { depends_on, count, for_each, lifecycle, provider } = values;
    const own = type.split("_")[0];
    const carrier = wordOf(provider ?? own);
    const texts = (value: Value) => listOf(value).map(wordOf);
    this.table = argumentsOf(kind, type, required[carrier.split(".")[0]]?.version);
    this.address = `${kind === "data" ? "data." : ""}${type}.${id}`;
    this.body = Object.fromEntries(Object.entries(values).filter(([argument]) => !META_ARGUMENTS.includes(argument)));
    this.dependsOn = texts(depends_on).flatMap(referencesIn);
    this.instances = withoutNulls({ count, for_each });
    this.provider = carrier === own ? undefined : carrier;
    this.preventDestroy = String(at(lifecycle, "prevent_destroy")) === "true";
    const ignored = texts(at(lifecycle, "ignore_changes")).map(withoutIndices);
    this.ignoreChanges = ignored.flatMap((path) => [path, this.table.byWritten.get(path)?.path ?? path]);
    const triggers = texts(at(lifecycle, "replace_triggered_by"));
    this.replaceTriggeredBy = triggers.flatMap((text) => referencesIn(text).slice(0, 1));
  }

  /** Values in canonical form, as they are written, which may be shown unless an argument is a secret. */
  get written(): Values {
    return (this.known.written ??= canonicalValues(this.body, this.table));
  }

  /** The same with what the stack says in place of references to it, which may be a secret. */
  get values(): Values {
    return (this.known.values ??= canonicalValues(resolved(this.body) as Values, this.table));
  }

  /** The row of its type, which a manifest tells itself. */
  get facts(): ResourceType {
    return resourceType(this.type, this.type === MANIFEST ? this.values : {});
  }

  /** The Kubernetes kind of a resource, whether it is in a manifest or a resource of its own. */
  get objectKind(): Value {
    return this.type === MANIFEST ? at(this.values, "manifest", "kind") : this.facts.kind;
  }

  ignores(path: string): boolean {
    return this.ignoreChanges.some((whole) => whole === "all" || isInside(withoutIndices(path), whole));
  }

  /** The same block with other values, or as another table has it. */
  with(changes: Partial<Pick<Block, "body" | "table" | "ignoreChanges">>): Block {
    return Object.assign(Object.create(Block.prototype) as Block, this, { known: {} }, changes);
  }
}

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
    .map((move) => [wordOf(at(move, "from")), wordOf(at(move, "to"))])
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
    forgotten: forgotten.map((block) => withoutKey(wordOf(at(block, "from")))),
    imported: listOf(at(root, "import")).map((block) => withoutKey(wordOf(at(block, "to")))),
  };
  return stack;
}

export function managedIn(stack: Stack | undefined): Block[] {
  return [...(stack?.blocks.values() ?? [])].filter(({ kind }) => kind !== "data");
}

/** The cluster of a pool, if it is in the same stack; a cluster is its own, as it has a pool by default. */
export function clusterOf(block: Block, { blocks }: Stack): Block | undefined {
  if (block.type === CLUSTER) return block;
  const cluster = blocks.get(referencesOf(block.body.kubernetes_cluster_id)[0]?.address ?? "");
  return cluster?.type === CLUSTER && cluster.kind === "resource" ? cluster : undefined;
}

/** The object in a manifest or in blocks of a resource, in the names of Kubernetes; the arguments of all else. */
export function objectOf(block: Block, form: "written" | "values" = "written"): Values {
  if (block.objectKind === undefined) return block[form];
  const isManifest = block.type === MANIFEST;
  const plural = (block: string) => block.replace(/^(container|subject)$/, "$&s"); // lists in Kubernetes
  const nameOf = (name: string) => (isManifest ? name : argumentNameInBindings(plural(name)));
  const inside = (value: Value): Value => {
    if (Array.isArray(value)) return value.map(inside);
    if (!isValues(value)) return value;
    return Object.fromEntries(Object.entries(withoutNulls(value)).map(([name, item]) => [nameOf(name), inside(item)]));
  };
  return inside(isManifest ? block[form].manifest : block[form]) as Values;
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
  const [[kind, config] = ["local", {}]] = terraform.flatMap((block) => [
    ...named(withoutNulls({ cloud: at(block, "cloud") })),
    ...named(at(block, "backend")),
  ]);
  const defaults: Values = kind === "local" ? { path: "terraform.tfstate" } : {};
  return { kind, config: { ...defaults, ...withoutNulls(Object.fromEntries(named(config))) } };
}
