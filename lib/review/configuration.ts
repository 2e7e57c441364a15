import { ArgumentTable } from "./argument-table";
import { inNewPlace, inNewShape } from "./azurerm-3-shape";
import { Declaration, publicValueAt } from "./declaration";
import { baseOf, hasExpression, substituted, valueAt, wholeReference } from "./expressions";
import { isObject, Json, listOf, mapValues, named, only } from "./json";
import { normalBlock, plain } from "./normal-values";
import type { StackOutput } from "./synth-output";

/** Nobody has more; to list them would take time. */
const MOST_INSTANCES = 10_000;

/** Names that stand for other names, which are followed no further than this. */
const MOST_STEPS = 10;

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
  /** Addresses that single instances have moved to or from, from or to another one. */
  readonly movedInParts: ReadonlySet<string>;
  /** Addresses that Terraform is to forget without destroying what they stand for. */
  readonly forgotten: ReadonlySet<string>;
  /** Addresses whose resource exists and is imported. */
  readonly imported: ReadonlySet<string>;
  /** Defaults of variables and local values, by names such as `var.size`. */
  private readonly namedValues: Json = {};
  private readonly types: { [variable: string]: readonly string[] } = {};
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
    const [within, across] = [true, false].map((isWithin) =>
      moves.filter(([from, to]) => (from.address === to.address) === isWithin),
    );
    const isOfAll = ([from, to]: (typeof moves)[number]) => !from.hasKey && !to.hasKey;
    this.moved = new Map(across.filter(isOfAll).map(([from, to]) => [from.address, to.address]));
    this.movedKeys = new Map(within.map(([from, to]) => [from.address + from.key, to.key]));
    this.movedInParts = new Set(
      across.filter((move) => !isOfAll(move)).flatMap((move) => move.map(({ address }) => address)),
    );
    this.forgotten = new Set(
      listOf(configuration.removed)
        .filter(({ lifecycle }) => only(lifecycle)?.destroy === false)
        .map(({ from }) => addressIn(from).address),
    );
    this.imported = new Set(listOf(configuration.import).map(({ to }) => addressIn(to).address));
    for (const [name, variable] of named(configuration.variable)) {
      const { default: value, type, sensitive } = only(variable) ?? {};
      this.namedValues[`var.${name}`] = value;
      this.types[`var.${name}`] = [type ?? null, sensitive ?? false].map(String).map(bareWord);
    }
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
    if (!isObject(value)) return value;
    const entries = Object.entries(value).map(([name, inside]) => [
      hasExpression(name) ? String(this.resolve(name, isToBeShown)) : name,
      this.resolve(inside, isToBeShown),
    ]);
    return Object.fromEntries(entries);
  }

  /** What the stack says of a name in an expression: a local value, or an attribute if no expression is in it. */
  private valueOfName(name: string, isToBeShown: boolean): Json {
    if (this.sought.has(name)) return undefined;
    this.sought.add(name);
    try {
      if (name.startsWith("local.")) return isToBeShown ? undefined : this.resolve(this.namedValue(name));
      const reference = wholeReference(name);
      const declaration = reference && this.declarations.get(reference.address);
      if (declaration?.kind !== "resource" || reference!.key === "[*]") return undefined;
      const value = this.resolve(publicValueAt(declaration, reference!.attribute), isToBeShown);
      return hasExpression(value) ? undefined : value;
    } finally {
      this.sought.delete(name);
    }
  }

  /** The default of a variable or a local value, or what is at a path in it, as in `local.pool.size`. */
  namedValue(name: string): Json {
    const base = baseOf(name);
    const value = this.namedValues[base];
    return base === name ? value : valueAt(this.resolve(value), name.slice(base.length));
  }

  /** What a variable is converted to. */
  typeOf(variable: string): readonly string[] {
    return this.types[variable] ?? [];
  }

  /** What `for_each` has for each instance, if it is known; variables are what they are by default. */
  eachOf({ meta: { forEach } }: Declaration): Json {
    const [, inSet] = (typeof forEach === "string" && /^\$\{toset\((.*)\)\}$/.exec(forEach)) || [];
    const each = inSet === undefined ? this.byDefault(forEach) : (listIn(inSet) ?? this.byDefault(`\${${inSet}}`));
    if (hasExpression(isObject(each) ? Object.keys(each) : each)) return undefined;
    if (inSet !== undefined) return Array.isArray(each) ? Object.fromEntries(each.map((key) => [key, key])) : undefined;
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
    if (count === undefined) return [declaration.kind === "module" ? "" : "[0]"];
    const number = Number(this.byDefault(count));
    const isCountable = Number.isInteger(number) && number <= MOST_INSTANCES;
    return isCountable ? Array.from({ length: number }, (_, i) => `[${i}]`) : undefined;
  }

  /** Whether there is an instance of a resource, or may be. */
  hasInstances(declaration: Declaration): boolean {
    return this.instancesOf(declaration)?.length !== 0;
  }

  /** A value in which variables, too, are replaced by what they are by default. */
  private byDefault(value: Json, depth = 0): Json {
    if (isObject(value))
      return Object.fromEntries(Object.entries(value).map(([name, inside]) => [String(this.byDefault(name)), inside]));
    if (typeof value !== "string" || !hasExpression(value) || depth > MOST_STEPS) return value;
    const known = substituted(value, (name) => this.namedValue(name) ?? this.valueOfName(name, false));
    return known === value ? value : this.byDefault(known, depth + 1);
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
      table,
      values: inNewShape(type, normalBlock(values, table, "")),
      written: values,
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
function addressIn(text: string): { readonly address: string; readonly key: string; readonly hasKey: boolean } {
  const [, address, key] = /^(.*?)(\[[^\]]*\])?$/.exec(bareWord(text))!;
  return { address, key: key ?? "[0]", hasKey: key !== undefined };
}

/** A list that an expression writes out, as in `["a", "b"]`. */
function listIn(expression: string): string[] | undefined {
  return /^\[("[^"\\$%]*"(, ?)?)*\]$/.test(expression) ? JSON.parse(expression) : undefined;
}

function bareWord(text: string): string {
  return text.replace(/^\$\{(.*)\}$/, "$1");
}
