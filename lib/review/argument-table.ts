import major from "semver/functions/major";
import { pathInNewNames } from "../azurerm-names";
import { AzurermVersion } from "../azurerm-version";
import {
  aksArguments,
  ArgumentFacts,
  BlockSchema,
  Change,
  ChangeFacts,
  changeFacts,
  providerSchema,
  TerraformType,
} from "../provider-schemas";

/** All that is known of an argument or block of a resource in one version of its provider. */
export interface Argument {
  /** With dots and without indices, in the names of the newest version, by which versions are compared. */
  readonly path: string;
  /** The same in the version's own names. */
  readonly written: string;
  readonly isBlock: boolean;
  /** A block of which there is one at most. */
  readonly isSingle: boolean;
  /** Blocks whose order does not matter. */
  readonly isSet: boolean;
  readonly type?: TerraformType;
  /** What is left out is for the provider to decide, and stays as it is when it is taken away. */
  readonly isComputed: boolean;
  readonly isSensitive: boolean;
  /** What changing it does; nothing if the project does not know. */
  readonly change?: Change;
  /** What the provider takes for a value that is left out. */
  readonly default?: unknown;
  /** Quantities of Kubernetes, of which `1Gi` and `1024Mi` are the same. */
  readonly isQuantity?: boolean;
}

/** The arguments of one type of resource or data source in one version of its provider. */
export class ArgumentTable {
  /** For what has no schema. */
  static readonly NONE = new ArgumentTable(undefined, []);

  private static readonly tables = new Map<string, ArgumentTable>();

  /** The table that goes with a version constraint; empty where the project has no schema. */
  static of(kind: "resource" | "data", type: string, constraint: string | undefined): ArgumentTable {
    const key = `${kind} ${type} ${constraint}`;
    if (!ArgumentTable.tables.has(key)) ArgumentTable.tables.set(key, build(kind, type, constraint));
    return ArgumentTable.tables.get(key)!;
  }

  private readonly byPath = new Map<string, Argument>();
  private readonly byWritten = new Map<string, Argument>();
  private readonly withDefault = new Map<string, Argument[]>();

  constructor(
    /** The version that the table is made from, if the type is known. */
    readonly version: string | undefined,
    arguments_: readonly Argument[],
  ) {
    for (const argument of arguments_) {
      if (!this.byPath.has(argument.path)) this.byPath.set(argument.path, argument);
      this.byWritten.set(argument.written, argument);
      if (argument.default === undefined) continue;
      const block = argument.path.slice(0, Math.max(0, argument.path.lastIndexOf(".")));
      this.withDefault.set(block, [...(this.withDefault.get(block) ?? []), argument]);
    }
  }

  get isKnown(): boolean {
    return this.version !== undefined;
  }

  get(path: string): Argument | undefined {
    return this.byPath.get(path);
  }

  /** The arguments of a block, or of the resource itself, that have a default. */
  defaultsIn(block: string): readonly Argument[] {
    return this.withDefault.get(block) ?? [];
  }

  /** What is inside of a value that has no blocks, such as a manifest: the change is the worst of all at the path and below. */
  inside(whole: Argument, path: string): Argument {
    const own = this.get(path) ?? whole;
    const below = [...this.byPath.values()].filter((argument) => argument.path.startsWith(`${path}.`));
    return { ...own, change: below.map(({ change }) => change).reduce(worse, own.change) };
  }

  asWritten(written: string): Argument | undefined {
    return this.byWritten.get(written);
  }
}

function plain(path: string, change: Change): Argument {
  return {
    path,
    written: path,
    isBlock: false,
    isSingle: false,
    isSet: false,
    type: "dynamic",
    isComputed: false,
    isSensitive: false,
    change,
  };
}

function build(kind: "resource" | "data", type: string, constraint: string | undefined): ArgumentTable {
  const provider = type.split("_")[0];
  const schema = providerSchema(provider, constraint ?? ">= 0");
  const block = kind === "data" ? schema?.data_source_schemas[type] : schema?.resource_schemas[type];
  if (!schema || !block) return ArgumentTable.NONE;
  const { version } = schema;
  const azurerm = provider === "azurerm" ? AzurermVersion.ofMajor(major(version)) : undefined;
  const pathOf = (written: readonly string[]) =>
    (azurerm ? pathInNewNames(type, written, azurerm.names) : written).join(".");
  const aks = kind === "resource" ? aksArguments().resources[type] : undefined;
  const others = kind === "resource" ? changeFacts()[type] : undefined;
  const factsOf = (written: string): Facts => ({
    ...((aks || others) && { change: "update" }),
    ...aks?.[written]?.[version],
    ...others?.[written],
  });
  const declared = argumentsIn(block, [], undefined, pathOf, factsOf);
  const isDeclared = new Set(declared.map(({ written }) => written));
  const insideOfManifests = Object.entries(others ?? {})
    .filter(([path]) => !isDeclared.has(path))
    .map(([path, { change }]) => plain(path, change ?? "update"));
  return new ArgumentTable(version, [...declared, ...insideOfManifests]);
}

type Facts = Partial<ArgumentFacts> & ChangeFacts[string][string];

function argumentsIn(
  { attributes = {}, block_types = {} }: BlockSchema,
  above: readonly string[],
  inherited: Change | undefined,
  pathOf: (written: readonly string[]) => string,
  factsOf: (written: string) => Facts,
): Argument[] {
  const found: Argument[] = [];
  for (const [name, { type, computed = false, optional, required, sensitive = false }] of Object.entries(attributes)) {
    if (computed && !optional && !required) continue;
    const written = [...above, name];
    const facts = factsOf(written.join("."));
    found.push({
      path: pathOf(written),
      written: written.join("."),
      isBlock: false,
      isSingle: false,
      isSet: false,
      type,
      isComputed: computed,
      isSensitive: sensitive || facts.isSensitive === true,
      change: worse(facts.change, inherited),
      default: facts.default,
      isQuantity: facts.isQuantity,
    });
  }
  for (const [name, { block, nesting_mode, max_items }] of Object.entries(block_types)) {
    const written = [...above, name];
    const facts = factsOf(written.join("."));
    const change = worse(facts.change, inherited);
    found.push({
      path: pathOf(written),
      written: written.join("."),
      isBlock: true,
      isSingle: nesting_mode === "single" || max_items === 1,
      isSet: nesting_mode === "set",
      isComputed: facts.presence === "optional+computed",
      isSensitive: false,
      change,
    });
    // A pool is rotated for whatever changes inside of the block; to be replaced for it is for each argument to say.
    const inside = change === "rotate" ? change : (facts.changeInside ?? inherited);
    found.push(...argumentsIn(block, written, inside, pathOf, factsOf));
  }
  return found;
}

const SEVERITY: readonly Change[] = ["update", "rotate", "replace"];

function worse(one: Change | undefined, other: Change | undefined): Change | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return SEVERITY.indexOf(one) >= SEVERITY.indexOf(other) ? one : other;
}
