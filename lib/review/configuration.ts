import type { TerraformType } from "../provider-schemas";
import { ArgumentTable } from "./argument-table";
import { hasExpression, stepsOf, substituted, valueAt, wholeReference, withoutIndices } from "./expressions";
import { Json, StackOutput } from "./synth-output";

/** What Terraform itself knows of every resource. */
export interface MetaArguments {
  readonly dependsOn: readonly string[];
  readonly count?: Json;
  readonly forEach?: Json;
  readonly provider?: string;
  readonly preventDestroy: boolean;
  /** Paths, or `all`. */
  readonly ignoreChanges: readonly string[];
  readonly replaceTriggeredBy: readonly string[];
}

/** A resource, data source or module of a stack. */
export interface Declaration {
  readonly kind: "resource" | "data" | "module";
  /** As in `azurerm_kubernetes_cluster.aks` or `data.kubernetes_nodes.nodes`. */
  readonly address: string;
  readonly type: string;
  readonly id: string;
  readonly table: ArgumentTable;
  /** In the names of the newest provider version, with all that is written in two ways written in one. */
  readonly values: Json;
  readonly meta: MetaArguments;
}

/** Nobody has more; to list them would take time. */
const MOST_INSTANCES = 10_000;

/** A stack of synth output, brought into one form: JSON and HCL that say the same are the same. */
export class StackConfiguration {
  readonly name: string;
  readonly declarations = new Map<string, Declaration>();
  /** Configurations of each provider. */
  readonly providers: { readonly [provider: string]: readonly Json[] };
  readonly requiredProviders: { readonly [provider: string]: { readonly source?: string; readonly version?: string } };
  /** Kind of state backend, such as `local`, and its configuration. */
  readonly backend: { readonly kind: string; readonly config: Json };
  /** Addresses that have moved, new by old. */
  readonly moved: ReadonlyMap<string, string>;
  /** Keys of instances that have moved, by old address and key as in `azurerm_kubernetes_cluster.aks[0]`. */
  readonly movedKeys: ReadonlyMap<string, string>;
  /** Addresses that Terraform is to forget without destroying what they stand for. */
  readonly forgotten: ReadonlySet<string>;
  /** Addresses whose resource exists and is imported. */
  readonly imported: ReadonlySet<string>;
  /** Defaults of variables and local values, by names such as `var.size`. */
  private readonly namedValues: Json = {};
  /** Names whose value is being looked for. */
  private readonly sought = new Set<string>();

  constructor(readonly output: StackOutput) {
    const { name, configuration } = output;
    this.name = name;
    const terraform = listOf(configuration.terraform);
    this.requiredProviders = required(terraform.flatMap((block) => named(block.required_providers)));
    this.backend = backendOf(terraform);
    this.providers = mapValues(Object.fromEntries(named(configuration.provider)), (configs) =>
      listOf(configs).map((config) => plain(config)),
    );
    const moves = listOf(configuration.moved).map(({ from, to }) => [from, to].map(addressIn));
    this.moved = new Map(moves.map(([from, to]) => [from.address, to.address]));
    this.movedKeys = new Map(moves.map(([from, to]) => [from.address + from.key, to.key]));
    this.forgotten = new Set(
      listOf(configuration.removed)
        .filter(({ lifecycle }) => only(lifecycle)?.destroy === false)
        .map(({ from }) => addressIn(from).address),
    );
    this.imported = new Set(listOf(configuration.import).map(({ to }) => addressIn(to).address));
    for (const [name, variable] of named(configuration.variable))
      this.namedValues[`var.${name}`] = only(variable)?.default;
    for (const [name, value] of named(configuration.locals)) this.namedValues[`local.${name}`] = value;
    for (const [type, byId] of named(configuration.resource))
      for (const [id, values] of named(byId)) this.add("resource", type, id, only(values));
    for (const [type, byId] of named(configuration.data))
      for (const [id, values] of named(byId)) this.add("data", type, id, only(values));
    for (const [id, values] of named(configuration.module)) this.add("module", "module", id, only(values));
  }

  get resources(): Declaration[] {
    return [...this.declarations.values()].filter(({ kind }) => kind !== "data");
  }

  /**
   * A value in which references to what the stack itself says are replaced by that, and all others are left; those to
   * local values, too, if it is to be shown, as they may hold a secret that their name does not tell.
   */
  resolve(value: Json, isToBeShown = false): Json {
    if (typeof value === "string") {
      return hasExpression(value) ? substituted(value, (name) => this.valueOfName(name, isToBeShown)) : value;
    }
    if (Array.isArray(value)) return value.map((item) => this.resolve(item, isToBeShown));
    return isObject(value) ? mapValues(value, (inside) => this.resolve(inside, isToBeShown)) : value;
  }

  /** What the stack says of a name in an expression: a local value, or an attribute if no expression is in it. */
  private valueOfName(name: string, isToBeShown: boolean): Json {
    if (this.sought.has(name)) return undefined;
    this.sought.add(name);
    try {
      if (name.startsWith("local.")) return isToBeShown ? undefined : this.resolve(this.namedValue(name));
      const reference = wholeReference(name);
      const declaration = reference && this.declarations.get(reference.address);
      if (declaration?.kind !== "resource" || reference!.attribute === "") return undefined;
      const value = this.resolve(publicValueAt(declaration, reference!.attribute), isToBeShown);
      return value === undefined || hasExpression(value) ? undefined : value;
    } finally {
      this.sought.delete(name);
    }
  }

  /** The default of a variable or a local value, or what is at a path in it, as in `local.pool.size`. */
  namedValue(name: string): Json {
    const [base] = /^\w+\.[\w-]+/.exec(name) ?? [name];
    return valueAt(this.namedValues[base], name.slice(base.length));
  }

  /** What `for_each` has for each instance, if it is known; variables are what they are by default. */
  eachOf({ meta: { forEach } }: Declaration): Json {
    const each = this.byDefault(forEach);
    return isObject(each) ? each : undefined;
  }

  /**
   * The keys of a resource's instances as in `[0]` and `["a"]`, of which there is `[0]` without `count` and `for_each`;
   * nothing if only Terraform can tell.
   */
  instancesOf(declaration: Declaration): string[] | undefined {
    const { count, forEach } = declaration.meta;
    if (forEach !== undefined) {
      const each = this.eachOf(declaration);
      return each && Object.keys(each).map((key) => `["${key}"]`);
    }
    const number = count === undefined ? 1 : Number(this.byDefault(count));
    const isCountable = Number.isInteger(number) && number <= MOST_INSTANCES;
    return isCountable ? Array.from({ length: number }, (_, i) => `[${i}]`) : undefined;
  }

  /** Whether there is an instance of a resource, or may be. */
  hasInstances(declaration: Declaration): boolean {
    return this.instancesOf(declaration)?.length !== 0;
  }

  private byDefault(value: Json): Json {
    if (typeof value !== "string") return value;
    return substituted(value, (name) => this.namedValue(name) ?? this.valueOfName(name, false));
  }

  private add(kind: Declaration["kind"], type: string, id: string, raw: Json): void {
    const { depends_on, count, for_each, lifecycle, provider, ...values } = raw ?? {};
    for (const aside of ["//", "provisioner", "connection"]) delete values[aside];
    const address = kind === "resource" ? `${type}.${id}` : `${kind === "module" ? "" : "data."}${type}.${id}`;
    const ownProvider = type.split("_")[0];
    const writtenProvider = typeof provider === "string" ? bareWord(provider) : ownProvider;
    const constraint = this.requiredProviders[writtenProvider.split(".")[0]]?.version;
    const table = kind === "module" ? ArgumentTable.NONE : ArgumentTable.of(kind, type, constraint);
    const { prevent_destroy, ignore_changes, replace_triggered_by } = only(lifecycle) ?? {};
    this.declarations.set(address, {
      kind,
      address,
      type,
      id,
      table,
      values: inNewShape(type, normalBlock(values, table, "")),
      meta: {
        dependsOn: listOf(depends_on).map(bareWord),
        count: count === null ? undefined : count,
        forEach: for_each === null ? undefined : for_each,
        provider: writtenProvider === ownProvider ? undefined : writtenProvider,
        preventDestroy: prevent_destroy === true || prevent_destroy === "true",
        ignoreChanges: listOf(ignore_changes).map((path) => inNewPlace(type, bareWord(path))),
        replaceTriggeredBy: listOf(replace_triggered_by).map(bareWord),
      },
    });
  }
}

/** A block in the names of the newest version, its values as the types of its arguments want them. */
function normalBlock(block: Json, table: ArgumentTable, above: string): Json {
  if (!isObject(block)) return plain(block);
  const normal: Json = {};
  for (const [name, value] of Object.entries<Json>(block)) {
    if (value === null || value === undefined) continue;
    const argument = table.asWritten(above ? `${above}.${name}` : name);
    if (!argument) {
      if (name !== "//") normal[name] = plain(value);
      continue;
    }
    const newName = argument.path.slice(argument.path.lastIndexOf(".") + 1);
    if (!argument.isBlock) normal[newName] = normalValue(value, argument.type!);
    else {
      const blocks = listOf(value).map((inside) => normalBlock(inside, table, argument.written));
      normal[newName] = argument.isSet ? sorted(blocks) : blocks;
    }
  }
  return normal;
}

/**
 * What azurerm 3 writes of a cluster at other places than later versions, in single blocks or outside of any.
 *
 * Source: hashicorp/terraform-provider-azurerm, website/docs/4.0-upgrade-guide.html.markdown.
 */
const NEW_PLACES: { readonly [path: string]: { readonly path: string; readonly isInList?: boolean } } = {
  api_server_authorized_ip_ranges: { path: "api_server_access_profile.authorized_ip_ranges" },
  "network_profile.ebpf_data_plane": { path: "network_profile.network_data_plane" },
  "web_app_routing.dns_zone_id": { path: "web_app_routing.dns_zone_ids", isInList: true },
};

function inNewShape(type: string, values: Json): Json {
  if (type !== "azurerm_kubernetes_cluster") return values;
  for (const [oldPath, { path, isInList }] of Object.entries(NEW_PLACES)) {
    const [oldName, oldBlock] = oldPath.split(".").reverse();
    const [newName, newBlock] = path.split(".").reverse();
    const from = oldBlock ? values[oldBlock]?.[0] : values;
    const value = from?.[oldName];
    if (value === undefined) continue;
    delete from[oldName];
    const to = (values[newBlock] ??= [{}])[0];
    to[newName] ??= isInList ? [value] : value;
  }
  return values;
}

function inNewPlace(type: string, path: string): string {
  return (type === "azurerm_kubernetes_cluster" && NEW_PLACES[withoutIndices(path)]?.path) || path;
}

/** Terraform's conversions: a number in quotes is a number where one is wanted, and a set has no order. */
export function normalValue(value: Json, type: TerraformType): Json {
  if (typeof value === "string" && hasExpression(value)) return value;
  if (type === "string") return typeof value === "object" ? plain(value) : String(value);
  if (type === "number")
    return typeof value === "string" && value.trim() !== "" && !isNaN(Number(value)) ? Number(value) : value;
  if (type === "bool") return value === "true" ? true : value === "false" ? false : value;
  if (type === "dynamic") return value;
  const [kind, inside] = type as readonly [string, TerraformType];
  if ((kind === "list" || kind === "set") && Array.isArray(value)) {
    const items = value.map((item) => normalValue(item, inside));
    return kind === "set" ? sorted(items) : items;
  }
  if (kind === "map" && isObject(value)) return mapValues(withoutNull(value), (item) => normalValue(item, inside));
  if (kind === "object" && isObject(value)) {
    const types = inside as unknown as { readonly [name: string]: TerraformType };
    return Object.fromEntries(
      Object.entries(withoutNull(value)).map(([name, item]) => [
        name,
        types[name] ? normalValue(item, types[name]) : item,
      ]),
    );
  }
  return value;
}

/** Without comments and nulls, and with a single block, which HCL has in a list, outside of it. */
function plain(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map(plain);
    return items.length === 1 && isObject(items[0]) ? items[0] : items;
  }
  if (!isObject(value)) return value;
  return mapValues(withoutNull({ ...value, "//": null }), plain);
}

function backendOf(terraform: readonly Json[]): StackConfiguration["backend"] {
  const cloud = only(terraform.flatMap((block) => listOf(block.cloud)));
  if (cloud) return { kind: "cloud", config: plain(cloud) };
  const [[kind, config] = ["local", {}]] = terraform.flatMap((block) => named(block.backend));
  const inPlace = { ...(kind === "local" && { path: "terraform.tfstate" }), ...plain(only(config)) };
  return { kind, config: inPlace };
}

function required(providers: readonly [string, Json][]): StackConfiguration["requiredProviders"] {
  return Object.fromEntries(
    providers.map(([name, provider]) => [
      name,
      typeof provider === "string" ? { version: provider } : (only(provider) ?? {}),
    ]),
  );
}

/** The address that a block such as `moved` has, which HCL writes as an expression, and the key of an instance. */
function addressIn(text: string): { readonly address: string; readonly key: string } {
  const [, address, key = "[0]"] = /^(.*?)(\[[^\]]*\])?$/.exec(bareWord(text))!;
  return { address, key };
}

/** What is written at a reference's attribute such as `default_node_pool[0].name`, in the names of its own version. */
export function writtenAt({ table, values }: Declaration, attribute: string): Json {
  let written = "";
  return stepsOf(attribute).reduce((inside, step) => {
    if (typeof inside !== "object" || inside === null) return undefined;
    if (/^\d+$/.test(step)) return inside[step];
    written = written ? `${written}.${step}` : step;
    const name = table.asWritten(written)?.path.split(".").at(-1) ?? step;
    return inside[name];
  }, values);
}

/** The same, if everybody may see it, and if it is the value of one argument. */
function publicValueAt(declaration: Declaration, attribute: string): Json {
  const argument = declaration.table.asWritten(withoutIndices(attribute));
  const isPublic = argument && !argument.isSensitive && !argument.isBlock && declaration.type !== "kubernetes_manifest";
  return isPublic ? writtenAt(declaration, attribute) : undefined;
}

/** Whether changes of an argument are ignored. */
export function ignores({ meta }: Declaration, path: string): boolean {
  return meta.ignoreChanges.some((ignored) => {
    const [whole, part] = [path, ignored].map(withoutIndices);
    return part === "all" || whole === part || whole.startsWith(`${part}.`);
  });
}

/** Names and what stands below them, where JSON may have a list of objects instead of one. */
function named(value: Json): [string, Json][] {
  return listOf(value).flatMap((part) => (isObject(part) ? Object.entries<Json>(part) : []));
}

function bareWord(text: string): string {
  return text.replace(/^\$\{(.*)\}$/, "$1");
}

function sorted(items: readonly Json[]): Json[] {
  const byText = new Map(items.map((item) => [stable(item), item]));
  return [...byText.keys()].sort().map((text) => byText.get(text));
}

/** JSON whose keys are in the order of the alphabet. */
export function stable(value: Json): string {
  return JSON.stringify(value, (_, inside) =>
    isObject(inside) ? Object.fromEntries(Object.entries(inside).sort(([a], [b]) => (a < b ? -1 : 1))) : inside,
  );
}

function withoutNull(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, inside]) => inside !== null && inside !== undefined));
}

/** A block of which there is one, which may be in a list. */
export function only(value: Json): Json {
  return Array.isArray(value) ? value[0] : value;
}

export function listOf(value: Json): Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function isObject(value: Json): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function mapValues<From, To>(
  object: { readonly [name: string]: From },
  map: (value: From) => To,
): { [name: string]: To } {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}
