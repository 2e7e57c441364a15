import major from "semver/functions/major";
import { aksArguments, BlockSchema, Change, changeFacts } from "../../provider-schemas";
import { factsIn, providerSchema, TerraformType } from "../../provider-schemas";
import { Value, valueOf, Values } from "../model/value";
import { CANONICAL, canonicalValue } from "./canonical";
import type { Condition } from "./conditions";
import { CLUSTER, NODE_POOL } from "./resource-types";

type Changes = Partial<Record<"change" | "changeInside" | "otherwise" | "removal", Change>>;
type Conditions = Partial<Record<"if" | "unless" | "where" | "removalIf", Condition>>;

/** All that is known of an argument or block of a resource in one version of its provider: one record. */
export interface Argument extends Changes, Conditions {
  /** With dots and without indices, in the names of the newest version, by which versions are compared. */
  readonly path: string;
  /** The same in the version's own names. */
  readonly written: string;
  /** Number of a block's kind: one, or many whose order matters or does not. */
  readonly nesting?: "single" | "list" | "set";
  readonly type: TerraformType;
  /** True if the provider decides on what is left out, which stays as it is when it is taken away. */
  readonly isComputed: boolean;
  /** Value that the provider takes for one that is left out. */
  readonly default?: Value;
  readonly isSecret?: boolean;
  readonly serviceDefault?: Value;
  readonly canonical?: keyof typeof CANONICAL;
  readonly recomputes?: readonly string[];
  readonly formerValues?: Values;
}

/** A row of `schemas/argument-exceptions.json`, which says what each part means. */
interface Row extends Partial<Argument> {
  readonly of: string;
  readonly path: string;
  readonly majors?: readonly number[];
  readonly formerly?: readonly string[];
}

/** The arguments of one type of resource or data source in one version of its provider. */
export interface ArgumentTable {
  /** The version that the table is made from; nothing if the project has no schema. */
  readonly version?: string;
  readonly byPath: ReadonlyMap<string, Argument>;
  /** By the version's own names. */
  readonly byWritten: ReadonlyMap<string, Argument>;
}

const tables = new Map<string, ArgumentTable>();

/** The arguments that a type has in the version of its provider that a stack admits. */
export function argumentsOf(kind: "resource" | "data" | "module", type: string, constraint = ">= 0"): ArgumentTable {
  const key = `${kind} ${type} ${constraint}`;
  if (!tables.has(key)) tables.set(key, tableOf(kind, type, constraint));
  return tables.get(key)!;
}

/** The argument that is inside of one without a schema, such as a manifest: its change is the worst at the path and below. */
export function argumentInside({ byPath }: ArgumentTable, whole: Argument, path: string): Argument {
  const own = byPath.get(path) ?? whole;
  const below = [...byPath.values()].filter((argument) => argument.path.startsWith(`${path}.`));
  return { ...own, change: below.map(({ change }) => change).reduce(worse, own.change) };
}

/** The rows of a type, of its provider, and of node pools and clusters' default node pools. */
function rowsOf(type: string, version: string): Row[] {
  const { rows } = factsIn<{ rows: readonly Row[] }>("argument-exceptions.json");
  const names = [type, type.split("_")[0], ...(type === CLUSTER || type === NODE_POOL ? ["pool"] : [])];
  const own = rows.filter(({ of, majors }) => names.includes(of) && (majors?.includes(major(version)) ?? true));
  return own.map((row) => {
    const at = (path: string) => (row.of === "pool" && type === CLUSTER ? `default_node_pool.${path}` : path);
    return { ...row, path: at(row.path), formerly: row.formerly?.map(at) };
  });
}

function tableOf(kind: string, type: string, constraint: string): ArgumentTable {
  const schema = providerSchema(type.split("_")[0], constraint);
  const block = schema?.[kind === "data" ? "data_source_schemas" : "resource_schemas"][type];
  if (!schema || !block) return { byPath: new Map(), byWritten: new Map() };
  const { version } = schema;
  const [ofAks, ofOthers] = [aksArguments().resources[type], changeFacts()[type]];
  const rows = rowsOf(type, version);

  const argumentAt = (written: string, { type = "dynamic", ...own }: Partial<Argument> = {}, outer?: Change) => {
    const renamed = rows.find(({ formerly }) => formerly?.includes(written));
    const [path, formerValues] = [renamed?.path ?? written, renamed?.formerValues];
    const aks = ofAks?.[written]?.[version];
    const { change, presence, default: unset, ...facts } = { ...aks, ...ofOthers?.[written] };
    const isComputed = own.isComputed ?? presence === "optional+computed";
    const argument = {
      ...{ ...own, ...facts, path, written, type, isComputed },
      default: isComputed ? undefined : (formerValues?.[String(unset)] ?? canonicalValue(valueOf(unset), type)),
      change: worse(change ?? (ofAks || ofOthers ? "update" : undefined), outer),
    };
    return Object.assign(argument, ...rows.filter((row) => row.path === path), { formerValues }) as Argument;
  };
  const argumentsIn = ({ attributes = {}, block_types = {} }: BlockSchema, above = "", outer?: Change): Argument[] => [
    ...Object.entries(attributes)
      .filter(([, { computed, optional, required }]) => !computed || optional || required)
      .map(([name, { type, computed: isComputed = false, sensitive: isSecret }]) =>
        argumentAt(above + name, { type, isComputed, isSecret }, outer),
      ),
    ...Object.entries(block_types).flatMap(([name, { block, nesting_mode, max_items }]) => {
      const nesting = nesting_mode === "single" || max_items === 1 ? "single" : nesting_mode === "set" ? "set" : "list";
      const own = argumentAt(above + name, { nesting }, outer);
      // A pool is rotated for whatever changes inside of the block; to be replaced for it is for each argument to say.
      const inside = own.change === "rotate" ? own.change : (own.changeInside ?? outer);
      return [own, ...argumentsIn(block, `${above}${name}.`, inside)];
    }),
  ];
  const declared = new Map(argumentsIn(block).map((argument) => [argument.written, argument]));
  const insideOfManifests = Object.keys(ofOthers ?? {}).filter(
    (path) => !declared.has(path) && declared.get(path.split(".")[0])?.type === "dynamic",
  );
  const all = [...declared.values(), ...insideOfManifests.map((path) => argumentAt(path))];
  // Where a version has an argument under two names, today's is the one.
  const lastWins = [...all, ...all.filter(({ path, written }) => path === written)];
  return {
    version,
    byPath: new Map(lastWins.map((argument) => [argument.path, argument])),
    byWritten: new Map(all.map((argument) => [argument.written, argument])),
  };
}

function worse(one: Change | undefined, other: Change | undefined): Change | undefined {
  return (["replace", "rotate", "update"] as const).find((change) => change === one || change === other);
}
