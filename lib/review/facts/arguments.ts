import major from "semver/functions/major";
import {
  aksArguments,
  BlockSchema,
  Change,
  changeFacts,
  factsIn,
  providerSchema,
  TerraformType,
} from "../../provider-schemas";
import type { Block } from "../model/stack";
import type { Value } from "../model/value";
import type { Condition } from "./conditions";
import { CLUSTER, NODE_POOL } from "./resource-types";

/** What is known of an argument beyond its schema, from `schemas/argument-exceptions.json`, which says what each means. */
interface Exception {
  readonly change?: Change;
  readonly if?: Condition;
  readonly unless?: Condition;
  readonly otherwise?: Change;
  readonly serviceDefault?: Value;
  readonly where?: Condition;
  readonly removal?: Change;
  readonly canonical?: "region" | "lowerCase";
  readonly recomputes?: readonly string[];
  readonly isSecret?: boolean;
}

/** All that is known of an argument or block of a resource in one version of its provider: one record. */
export interface Argument extends Exception {
  /** With dots and without indices, in the names of the newest version, by which versions are compared. */
  readonly path: string;
  /** The same in the version's own names. */
  readonly written: string;
  /** How many of a block there may be, and whether their order matters. */
  readonly nesting?: "single" | "list" | "set";
  readonly type: TerraformType;
  /** What is left out is for the provider to decide, and stays as it is when it is taken away. */
  readonly isComputed: boolean;
  readonly isSecret: boolean;
  /** Quantities of Kubernetes, of which `1Gi` and `1024Mi` are the same. */
  readonly isQuantity: boolean;
  /** What changing it does, at worst; nothing if the project does not know. */
  readonly change?: Change;
  /** What the provider takes for a value that is left out. */
  readonly default?: unknown;
}

/** The arguments of one type of resource or data source in one version of its provider. */
export interface ArgumentTable {
  /** The version that the table is made from; nothing if the project has no schema. */
  readonly version?: string;
  readonly byPath: ReadonlyMap<string, Argument>;
  /** By the version's own names. */
  readonly byWritten: ReadonlyMap<string, Argument>;
}

/** The table of what has no schema. */
export const NO_ARGUMENTS: ArgumentTable = { byPath: new Map(), byWritten: new Map() };

const tables = new Map<string, ArgumentTable>();

/** The arguments that a block has in the version of its provider that the stack admits. */
export function argumentsOf({ kind, type, constraint }: Pick<Block, "kind" | "type" | "constraint">): ArgumentTable {
  const key = `${kind} ${type} ${constraint}`;
  if (!tables.has(key)) tables.set(key, kind === "module" ? NO_ARGUMENTS : build(kind, type, constraint));
  return tables.get(key)!;
}

/** What is inside of a value that has no blocks, such as a manifest: the change is the worst of all at the path and below. */
export function argumentInside({ byPath }: ArgumentTable, whole: Argument, path: string): Argument {
  const own = byPath.get(path) ?? whole;
  const below = [...byPath.values()].filter((argument) => argument.path.startsWith(`${path}.`));
  return { ...own, change: below.map(({ change }) => change).reduce(worse, own.change) };
}

/** The last name of a path. */
export function nameIn(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** A path in the names of the newest version. */
export function pathOf(type: string, written: string): string {
  return exceptionsOf(type).find(({ formerly }) => formerly?.includes(written))?.path ?? written;
}

interface Row {
  readonly type: string;
  readonly path: string;
  readonly majors?: readonly number[];
  readonly formerly?: readonly string[];
  readonly facts: Exception;
}

type WrittenRow = Omit<Row, "facts"> & Exception;

const rows = new Map<string, readonly Row[]>();

/** The rows of a type; those of pools are of node pools and of clusters' default node pools. */
function exceptionsOf(type: string): readonly Row[] {
  if (!rows.has(type)) {
    const { rows: all } = factsIn<{ rows: readonly WrittenRow[] }>("argument-exceptions.json");
    const types = [type, type.split("_")[0], ...(type === CLUSTER || type === NODE_POOL ? ["pool"] : [])];
    const own = all.filter((row) => types.includes(row.type));
    const asRow = ({ type: of, path, majors, formerly, ...facts }: WrittenRow): Row => {
      const at = (path: string) => (of === "pool" && type === CLUSTER ? `default_node_pool.${path}` : path);
      return { type, path: at(path), majors, formerly: formerly?.map(at), facts };
    };
    rows.set(type, own.map(asRow));
  }
  return rows.get(type)!;
}

function build(kind: "resource" | "data", type: string, constraint = ">= 0"): ArgumentTable {
  const schema = providerSchema(type.split("_")[0], constraint);
  const block = kind === "data" ? schema?.data_source_schemas[type] : schema?.resource_schemas[type];
  if (!schema || !block) return NO_ARGUMENTS;
  const { version } = schema;
  const aks = kind === "resource" ? aksArguments().resources[type] : undefined;
  const others = kind === "resource" ? (changeFacts()[type] ?? undefined) : undefined;
  const exceptions = exceptionsOf(type).filter(({ majors }) => majors?.includes(major(version)) ?? true);

  const argumentAt = (written: string, own: Partial<Argument>, inherited?: Change) => {
    const path = pathOf(type, written);
    const unlisted = aks || others ? ("update" as const) : undefined;
    const {
      presence,
      isSensitive,
      isQuantity = false,
      change = unlisted,
      ...facts
    } = {
      ...aks?.[written]?.[version],
      ...others?.[written],
    };
    const argument: Argument & { readonly changeInside?: Change } = {
      ...{ path, written, type: "dynamic", isComputed: presence === "optional+computed", isQuantity, ...facts, ...own },
      isSecret: own.isSecret === true || isSensitive === true,
      change: worse(change, inherited),
    };
    return Object.assign(
      argument,
      ...exceptions.filter((row) => row.path === path).map(({ facts }) => facts),
    ) as typeof argument;
  };
  const argumentsIn = (
    { attributes = {}, block_types = {} }: BlockSchema,
    above = "",
    inherited?: Change,
  ): Argument[] => [
    ...Object.entries(attributes)
      .filter(([, { computed, optional, required }]) => !computed || optional || required)
      .map(([name, { type, computed: isComputed = false, sensitive: isSecret }]) =>
        argumentAt(above + name, { type, isComputed, isSecret }, inherited),
      ),
    ...Object.entries(block_types).flatMap(([name, { block, nesting_mode, max_items }]) => {
      const nesting = nesting_mode === "single" || max_items === 1 ? "single" : nesting_mode === "set" ? "set" : "list";
      const own = argumentAt(above + name, { nesting }, inherited);
      // A pool is rotated for whatever changes inside of the block; to be replaced for it is for each argument to say.
      const inside = own.change === "rotate" ? own.change : (own.changeInside ?? inherited);
      return [own, ...argumentsIn(block, `${above}${name}.`, inside)];
    }),
  ];
  const declared = argumentsIn(block);
  const isDeclared = new Set(declared.map(({ written }) => written));
  const insideOfManifests = Object.keys(others ?? {}).filter((path) => !isDeclared.has(path));
  const all = [...declared, ...insideOfManifests.map((path) => argumentAt(path, {}))];
  // Where a version has an argument under two names, today's is the one.
  const lastWins = [...all.toReversed(), ...all.filter(({ path, written }) => path === written)];
  return {
    version,
    byPath: new Map(lastWins.map((argument) => [argument.path, argument])),
    byWritten: new Map(all.map((argument) => [argument.written, argument])),
  };
}

const SEVERITY: readonly (Change | undefined)[] = [undefined, "update", "rotate", "replace"];

function worse(one: Change | undefined, other: Change | undefined): Change | undefined {
  return SEVERITY.indexOf(one) >= SEVERITY.indexOf(other) ? one : other;
}
