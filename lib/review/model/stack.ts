import { Reference, referencesIn, withoutIndices } from "./reference";
import { at, isValues, listOf, mapValues, named, Unknown, Value, valueOf, Values, withoutNulls } from "./value";

/** What every resource block may have, whatever its type. */
interface MetaArguments {
  readonly dependsOn: readonly Reference[];
  readonly count: Value;
  readonly forEach: Value;
  /** The configuration that carries it out, as in `azurerm.other`; nothing for the one of its own name. */
  readonly provider?: string;
  readonly preventDestroy: boolean;
  /** Paths without indices, or `all`. */
  readonly ignoreChanges: readonly string[];
  readonly replaceTriggeredBy: readonly Reference[];
}

/** A resource block, data source or module of a stack, as it is written. */
export interface Block {
  readonly kind: "resource" | "data" | "module";
  /** As in `azurerm_kubernetes_cluster.aks` or `data.kubernetes_nodes.nodes`. */
  readonly address: string;
  readonly type: string;
  /** Version constraint of its provider. */
  readonly constraint?: string;
  readonly body: Values;
  readonly meta: MetaArguments;
}

/** A stack of synth output. */
export interface Stack {
  readonly name: string;
  readonly language: "json" | "hcl";
  /** What was read. */
  readonly json: unknown;
  readonly blocks: ReadonlyMap<string, Block>;
  /** Defaults of variables and local values, by names such as `var.size`. */
  readonly named: ReadonlyMap<string, Value>;
  /** What variables are converted to. */
  readonly types: ReadonlyMap<string, string>;
  /** Configurations of each provider. */
  readonly providers: { readonly [provider: string]: readonly Values[] };
  readonly requiredProviders: { readonly [provider: string]: { readonly source?: string; readonly version?: string } };
  readonly backend: { readonly kind: string; readonly config: Values };
  /** Addresses that have moved, new by old. */
  readonly moved: ReadonlyMap<string, string>;
  /** Addresses that single instances have moved to or from, from or to another one. */
  readonly movedInParts: ReadonlySet<string>;
  /** Addresses that Terraform is to forget without destroying what they stand for. */
  readonly forgotten: ReadonlySet<string>;
  /** Addresses whose resource exists and is imported. */
  readonly imported: ReadonlySet<string>;
}

export function stackOf(name: string, language: Stack["language"], json: unknown): Stack {
  const root = valueOf(json);
  const terraform = listOf(at(root, "terraform"));
  const requiredProviders = requiredIn(terraform);
  const blocks = [
    ...blocksOf("resource", at(root, "resource"), requiredProviders),
    ...blocksOf("data", at(root, "data"), requiredProviders),
    ...named(at(root, "module")).map(([id, body]) => blockOf("module", "module", id, body, requiredProviders)),
  ];
  const variables = named(at(root, "variable"));
  const moves = listOf(at(root, "moved")).map((move) => ["from", "to"].map((end) => addressIn(at(move, end))));
  const across = moves.filter(([from, to]) => from.address !== to.address);
  const addresses = (field: string, end: string, isMeant: (block: Value) => boolean = () => true) =>
    new Set(
      listOf(at(root, field))
        .filter(isMeant)
        .map((block) => addressIn(at(block, end)).address),
    );
  return {
    name,
    language,
    json,
    blocks: new Map(blocks.map((block) => [block.address, block])),
    named: new Map([
      ...variables.map(([variable, body]): [string, Value] => [`var.${variable}`, at(body, "default")]),
      ...named(at(root, "locals")).map(([local, value]): [string, Value] => [`local.${local}`, value]),
    ]),
    types: new Map(
      variables.map(([variable, body]) => [
        `var.${variable}`,
        `${textOf(at(body, "type"))} ${at(body, "sensitive") ?? false}`,
      ]),
    ),
    providers: mapValues(Object.fromEntries(named(at(root, "provider"))), (configs) =>
      listOf(configs).filter(isValues),
    ),
    requiredProviders,
    backend: backendIn(terraform),
    moved: new Map(across.filter((ends) => !ends.some(isKeyed)).map(([from, to]) => [from.address, to.address])),
    movedInParts: new Set(
      across.filter((ends) => ends.some(isKeyed)).flatMap((ends) => ends.map((end) => end.address)),
    ),
    forgotten: addresses("removed", "from", (block) => at(block, "lifecycle", "destroy") === false),
    imported: addresses("import", "to"),
  };
}

function blocksOf(kind: "resource" | "data", types: Value, required: Stack["requiredProviders"]): Block[] {
  return named(types).flatMap(([type, ids]) => named(ids).map(([id, body]) => blockOf(kind, type, id, body, required)));
}

const META_ARGUMENTS = ["depends_on", "count", "for_each", "lifecycle", "provider", "provisioner", "connection"];

function blockOf(
  kind: Block["kind"],
  type: string,
  id: string,
  raw: Value,
  required: Stack["requiredProviders"],
): Block {
  const [block] = listOf(raw);
  const written = isValues(block) ? block : {};
  const { depends_on, count, for_each, lifecycle, provider } = written;
  const body = Object.fromEntries(Object.entries(written).filter(([name]) => !META_ARGUMENTS.includes(name)));
  const own = type.split("_")[0];
  const writtenProvider = provider === undefined ? own : textOf(provider);
  return {
    kind,
    address: `${kind === "data" ? "data." : ""}${type}.${id}`,
    type,
    constraint: required[writtenProvider.split(".")[0]]?.version,
    body,
    meta: {
      dependsOn: listOf(depends_on).map(textOf).flatMap(referencesIn),
      count: count ?? undefined,
      forEach: for_each ?? undefined,
      provider: writtenProvider === own ? undefined : writtenProvider,
      preventDestroy: String(at(lifecycle, "prevent_destroy")) === "true",
      ignoreChanges: listOf(at(lifecycle, "ignore_changes")).map((path) => withoutIndices(textOf(path))),
      replaceTriggeredBy: listOf(at(lifecycle, "replace_triggered_by"))
        .map(textOf)
        .flatMap((text) => referencesIn(text).slice(0, 1)),
    },
  };
}

function backendIn(terraform: readonly Value[]): Stack["backend"] {
  const [cloud] = terraform.flatMap((block) => listOf(at(block, "cloud")));
  if (isValues(cloud)) return { kind: "cloud", config: cloud };
  const [[kind, config] = ["local", {}]] = terraform.flatMap((block) => named(at(block, "backend")));
  const [own] = listOf(config);
  const values = isValues(own) ? withoutNulls(own) : {};
  return { kind, config: { ...(kind === "local" && { path: "terraform.tfstate" }), ...values } };
}

function requiredIn(terraform: readonly Value[]): Stack["requiredProviders"] {
  const text = (value: Value) => (typeof value === "string" ? value : undefined);
  return Object.fromEntries(
    terraform
      .flatMap((block) => named(at(block, "required_providers")))
      .map(([name, wanted]) => [
        name,
        typeof wanted === "string"
          ? { version: wanted }
          : { source: text(at(wanted, "source")), version: text(at(wanted, "version")) },
      ]),
  );
}

interface Address {
  readonly address: string;
  readonly key?: string;
}

/** The address in a block such as `moved`, which HCL writes as an expression, and the key of an instance. */
function addressIn(value: Value): Address {
  if (typeof value !== "string" && !(value instanceof Unknown)) throw new Error("an address is not written as a text");
  const [, address, key] = /^(.*?)(\[[^\]]*\])?$/.exec(textOf(value))!;
  return { address, key };
}

function isKeyed({ key }: Address): boolean {
  return key !== undefined;
}

/** A bare word, which HCL and cdktf wrap in `${…}`. */
function textOf(value: Value): string {
  return JSON.stringify(value ?? null)
    .replace(/^"(.*)"$/s, (_, text: string) => JSON.parse(`"${text}"`))
    .replace(/^\$\{(.*)\}$/s, "$1");
}
