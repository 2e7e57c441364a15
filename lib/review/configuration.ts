import type { TerraformType } from "../provider-schemas";
import { ArgumentTable } from "./argument-table";
import { bareReference, hasExpression, substituted, valueAt, wholeReference, withoutIndices } from "./expressions";
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

/** A stack of synth output, brought into one form: JSON and HCL that say the same are the same. */
export class StackConfiguration {
  readonly name: string;
  readonly declarations = new Map<string, Declaration>();
  /** Configurations of each provider. */
  readonly providers: { readonly [provider: string]: readonly Json[] };
  readonly requiredProviders: { readonly [provider: string]: { readonly source?: string; readonly version?: string } };
  /** Kind of state backend, such as `local`, and its configuration. */
  readonly backend: { readonly kind: string; readonly config: Json };
  /** Defaults of variables and local values, by names such as `var.size`. */
  readonly namedValues: Json = {};
  /** Addresses that have moved, new by old. */
  readonly moved: ReadonlyMap<string, string>;
  /** Addresses that Terraform is to forget without destroying what they stand for. */
  readonly forgotten: ReadonlySet<string>;
  /** Addresses whose resource exists and is imported. */
  readonly imported: ReadonlySet<string>;

  constructor(readonly output: StackOutput) {
    const { name, configuration } = output;
    this.name = name;
    const terraform = only(configuration.terraform) ?? {};
    this.requiredProviders = required(only(terraform.required_providers) ?? {});
    this.backend = backendOf(terraform);
    this.providers = mapValues(configuration.provider ?? {}, (configs) =>
      listOf(configs).map((config) => plain(config)),
    );
    this.moved = new Map(listOf(configuration.moved).map(({ from, to }) => [addressIn(from), addressIn(to)]));
    this.forgotten = new Set(
      listOf(configuration.removed)
        .filter(({ lifecycle }) => only(lifecycle)?.destroy === false)
        .map(({ from }) => addressIn(from)),
    );
    this.imported = new Set(listOf(configuration.import).map(({ to }) => addressIn(to)));
    for (const [name, variable] of Object.entries<Json>(configuration.variable ?? {}))
      this.namedValues[`var.${name}`] = only(variable)?.default;
    for (const locals of listOf(configuration.locals))
      for (const [name, value] of Object.entries(locals)) this.namedValues[`local.${name}`] = value;
    this.addAll("resource", configuration.resource);
    this.addAll("data", configuration.data);
    for (const [id, config] of Object.entries<Json>(configuration.module ?? {}))
      this.add("module", "module", id, only(config));
  }

  get resources(): Declaration[] {
    return [...this.declarations.values()].filter(({ kind }) => kind !== "data");
  }

  /** A value in which references to what the stack itself says are replaced by that, and all others are left. */
  resolve(value: Json): Json {
    if (typeof value === "string") {
      return hasExpression(value) ? substituted(value, (name) => this.valueOfName(name)) : value;
    }
    if (Array.isArray(value)) return value.map((item) => this.resolve(item));
    return isObject(value) ? mapValues(value, (inside) => this.resolve(inside)) : value;
  }

  /** What the stack says of a name in an expression: a local value, or an attribute if no expression is in it. */
  private valueOfName(name: string): Json {
    if (name.startsWith("local.")) return this.resolve(this.namedValues[name]);
    const reference = wholeReference(name);
    const declaration = reference && this.declarations.get(reference.address);
    if (declaration?.kind !== "resource" || reference!.attribute === "") return undefined;
    const argument = declaration.table.get(withoutIndices(reference!.attribute));
    if (!argument || argument.isSensitive || argument.isBlock) return undefined;
    const value = this.resolve(valueAt(declaration.values, reference!.attribute));
    return value === undefined || hasExpression(value) ? undefined : value;
  }

  /**
   * The keys of a resource's instances, of which there is one with the key 0 without `count` and `for_each`; nothing if
   * only Terraform can tell. Variables are what they are by default.
   */
  instancesOf({ meta: { count, forEach } }: Declaration): string[] | undefined {
    if (count === undefined && forEach === undefined) return ["0"];
    const byDefault = (name: string) => this.namedValues[name] ?? this.valueOfName(name);
    const [number, keys] = [count, forEach].map((value) =>
      typeof value === "string" ? substituted(value, byDefault) : value,
    );
    if (isObject(keys)) return Object.keys(keys);
    const asNumber = Number(number);
    return number !== undefined && Number.isInteger(asNumber)
      ? Array.from({ length: asNumber }, (_, i) => String(i))
      : undefined;
  }

  private addAll(kind: "resource" | "data", byType: Json): void {
    for (const types of listOf(byType))
      for (const [type, byId] of Object.entries<Json>(types))
        for (const ids of listOf(byId))
          for (const [id, values] of Object.entries<Json>(ids)) this.add(kind, type, id, only(values));
  }

  private add(kind: Declaration["kind"], type: string, id: string, raw: Json): void {
    const { depends_on, count, for_each, lifecycle, provider, ...values } = raw ?? {};
    for (const aside of ["//", "provisioner", "connection"]) delete values[aside];
    const address = kind === "resource" ? `${type}.${id}` : `${kind === "module" ? "" : "data."}${type}.${id}`;
    const constraint = this.requiredProviders[type.split("_")[0]]?.version;
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
        provider: typeof provider === "string" ? bareWord(provider) : undefined,
        preventDestroy: prevent_destroy === true || prevent_destroy === "true",
        ignoreChanges: listOf(ignore_changes).map(bareWord),
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
      normal[name] = plain(value);
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
 * What azurerm 3 writes at other places than later versions, moved there.
 *
 * Source: hashicorp/terraform-provider-azurerm, website/docs/4.0-upgrade-guide.html.markdown.
 */
function inNewShape(type: string, values: Json): Json {
  if (type !== "azurerm_kubernetes_cluster") return values;
  const { api_server_authorized_ip_ranges: ranges, ...rest } = values;
  if (ranges !== undefined)
    rest.api_server_access_profile = [{ authorized_ip_ranges: ranges, ...rest.api_server_access_profile?.[0] }];
  renameIn(rest.network_profile?.[0], "ebpf_data_plane", "network_data_plane", (plane) => plane);
  renameIn(rest.web_app_routing?.[0], "dns_zone_id", "dns_zone_ids", (zone) => [zone]);
  return rest;
}

function renameIn(block: Json, from: string, to: string, convert: (value: Json) => Json): void {
  if (block?.[from] === undefined) return;
  block[to] ??= convert(block[from]);
  delete block[from];
}

/** Terraform's conversions: a number in quotes is a number where one is wanted, and a set has no order. */
export function normalValue(value: Json, type: TerraformType): Json {
  if (typeof value === "string" && hasExpression(value)) return value;
  if (type === "string") return typeof value === "object" ? plain(value) : String(value);
  if (type === "number")
    return typeof value === "string" && value.trim() !== "" && !isNaN(Number(value)) ? Number(value) : value;
  if (type === "bool") return value === "true" ? true : value === "false" ? false : value;
  if (type === "dynamic") return plainDynamic(value);
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

/** Without nulls; a list stays a list. */
function plainDynamic(value: Json): Json {
  if (Array.isArray(value)) return value.map(plainDynamic);
  return isObject(value) ? mapValues(withoutNull(value), plainDynamic) : value;
}

function backendOf(terraform: Json): StackConfiguration["backend"] {
  const cloud = only(terraform.cloud);
  if (cloud) return { kind: "cloud", config: plain(cloud) };
  const [kind = "local", config = {}] = Object.entries<Json>(only(terraform.backend) ?? {})[0] ?? [];
  return { kind, config: plain(only(config)) };
}

function required(providers: Json): StackConfiguration["requiredProviders"] {
  return mapValues(providers, (provider) => (typeof provider === "string" ? { version: provider } : only(provider)));
}

/** The address that a block such as `moved` has, which HCL writes as an expression. */
function addressIn(text: string): string {
  return bareReference(text)?.address ?? bareWord(text);
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

function only(value: Json): Json {
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
