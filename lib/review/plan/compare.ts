import type { Change } from "../../provider-schemas";
import { Argument, argumentInside, nameIn, pathOf } from "../facts/arguments";
import { canonicalValue, isSame } from "../facts/canonical";
import { filledIn, holds } from "../facts/conditions";
import { MANIFEST } from "../facts/resource-types";
import { ignores } from "../model/resolve";
import { isKnown, isValues, isZero, listOf, stable, Unknown, Value, valueOf, Values } from "../model/value";
import type { Differ } from "./difference";
import { comparable, Side } from "./side";
import { ChangedArgument, contribution, worst, worstFirst } from "./verdict";

/** What stands at one path before and after. */
type Both<Kind = Value> = readonly [Kind, Kind];

/** Where something stands: its path in canonical names, and as it is shown. */
interface Place {
  readonly path: string;
  readonly shown: string;
}

interface Comparison {
  readonly before: Side;
  readonly after: Side;
  readonly differ: Differ;
}

/** The arguments of one resource that differ, the worst first. */
export function changedArguments(before: Side, after: Side, differ: Differ): ChangedArgument[] {
  const [old, next] = comparable([before, after]);
  const comparison = { before: old, after: next, differ };
  const changed = [
    ...changedMetaArguments(comparison),
    ...inBlock(comparison, { path: "", shown: "" }, [old.values, next.values]),
  ];
  return worstFirst(
    changed.map((change) =>
      isWithoutEffect(after, change) ? { ...change, effect: "none", atWorst: undefined } : change,
    ),
  );
}

/** Another provider, or other instances, of which only Terraform can tell which come and go. */
function changedMetaArguments({ before, after, differ }: Comparison): ChangedArgument[] {
  const [old, next] = [before.block.meta, after.block.meta];
  const others = (["count", "forEach"] as const)
    .filter((name) => differ(old[name], next[name]) !== "no")
    .map((name) => ({ path: name === "count" ? name : "for_each", before: old[name], after: next[name] }));
  const provider = { path: "provider", before: old.provider, after: next.provider };
  return [...(old.provider === next.provider ? [] : [provider]), ...others].map((change) => ({
    ...change,
    effect: "unknown",
  }));
}

/** Both blocks are there, if only with nothing in them. */
function inBlock(comparison: Comparison, { path, shown }: Place, [before, after]: Both<Values>): ChangedArgument[] {
  const { table } = comparison.after;
  const written = namesIn(before, after).flatMap((name) => {
    const argument = table.byPath.get(path ? `${path}.${name}` : name);
    // What the new version does not have is forgotten without a change.
    if (!argument && table.version !== undefined && !(name in after) && name !== "dynamic") return [];
    const at = join(shown, argument ? nameIn(argument.written) : name);
    const both: Both = [before[name], after[name]];
    if (argument?.nesting && both.every(areBlocks)) return inBlocks(comparison, argument, at, both);
    return inAttribute(comparison, argument, at, both);
  });
  return [...written, ...otherDefaults(comparison, { path, shown }, [before, after])];
}

/** What is written nowhere changes, too, where another version of the provider has another default. */
function otherDefaults({ before, after }: Comparison, { path, shown }: Place, both: Both<Values>): ChangedArgument[] {
  if (before.table === after.table) return [];
  return [...after.table.byPath.values()].flatMap((argument): ChangedArgument[] => {
    const name = nameIn(argument.path);
    if (argument.path !== (path ? `${path}.${name}` : name) || both.some((values) => name in values)) return [];
    const [was, is] = [defaultOf(before.table.byPath.get(argument.path)), defaultOf(argument)];
    const isNothing =
      was === undefined ? isZero(is) || isServiceDefault(before, argument, is) : is === undefined && isZero(was);
    if (stable(was) === stable(is) || isNothing) return [];
    const change = changeOf(before, after, argument, [was, is]);
    return [
      {
        path: join(shown, nameIn(argument.written)),
        argument,
        before: was,
        after: is,
        ...effectOf(change, was !== undefined),
      },
    ];
  });
}

function inBlocks(comparison: Comparison, argument: Argument, shown: string, both: Both): ChangedArgument[] {
  const all = both.map(listOf);
  const [old, next] = argument.nesting === "set" ? withoutCommon(comparison.differ, all) : all;
  const isOne = argument.nesting === "single" || all.flat().length <= 2;
  return Array.from({ length: Math.max(old.length, next.length) }).flatMap((_, i) => {
    const [at, before, after] = [isOne ? shown : `${shown}[${i}]`, old[i], next[i]];
    if (!isValues(before) || !isValues(after)) return wholeBlock(comparison, argument, at, [before, after]);
    return inBlock(comparison, { path: argument.path, shown: at }, [before, after]);
  });
}

function withoutCommon(differ: Differ, sides: readonly (readonly Value[])[]): Value[][] {
  const texts = sides.map((blocks) => new Set(blocks.map(stable)));
  const isCommon = (block: Value) => texts.every((of) => of.has(stable(block))) && differ(block, block) === "no";
  return sides.map((blocks) => blocks.filter((block) => !isCommon(block)));
}

/** A block that is added or taken away: one change, as bad as the worst of what is in it. */
function wholeBlock(
  comparison: Comparison,
  argument: Argument,
  shown: string,
  [before, after]: Both,
): ChangedArgument[] {
  const change = { path: shown, argument, before, after };
  if (after === undefined && argument.isComputed) return [{ ...change, effect: argument.removal ?? "none" }];
  const { before: old, after: next } = comparison;
  const inside = inBlock(comparison, { path: argument.path, shown }, [
    (before ?? {}) as Values,
    (after ?? {}) as Values,
  ])
    .map(contribution)
    .filter((effect) => effect !== "none");
  // The provider has filled the block in, so that it is not new.
  const isThere = argument.isComputed || (before === undefined && old.table.byPath.get(argument.path)?.isComputed);
  if (isThere && inside.length === 0) return [];
  const isConditional = argument.if !== undefined || argument.unless !== undefined;
  const own = isThere && !isConditional ? "update" : changeOf(old, next, argument, [before, after]);
  return [{ ...change, effect: worst([own ?? "unknown", ...inside]) }];
}

function inAttribute(
  comparison: Comparison,
  argument: Argument | undefined,
  shown: string,
  both: Both,
): ChangedArgument[] {
  const [before, after] = both;
  const isMap = argument?.type[0] === "map" && !argument.isSecret && both.every(isValues);
  if (isMap || argument?.type === "dynamic" || !argument)
    return inOpen(comparison, argument, { path: argument?.path ?? shown, shown }, both);
  if (after === undefined && argument.isComputed)
    return [{ path: shown, argument, before, after, effect: argument.removal ?? "none" }];
  if (before === undefined && isServiceDefault(comparison.before, argument, after)) return [];
  const unwritten = (argument: Argument, other: Value) =>
    argument.isComputed ? undefined : (defaultOf(argument) ?? (isZero(other) ? other : undefined));
  const old = before ?? unwritten(comparison.before.table.byPath.get(argument.path) ?? argument, after);
  return ofValues(comparison, argument, shown, both, [old, after ?? unwritten(argument, before)]);
}

/** A map, a manifest or what is inside of them, where nothing has a default. */
function inOpen(
  comparison: Comparison,
  within: Argument | undefined,
  { path, shown }: Place,
  both: Both,
): ChangedArgument[] {
  const [before, after] = both;
  if (isValues(before) && isValues(after))
    return namesIn(before, after).flatMap((name) =>
      inOpen(comparison, within, { path: `${path}.${name}`, shown: join(shown, name) }, [before[name], after[name]]),
    );
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length && before.some(isValues))
    return before.flatMap((item: Value, i: number) =>
      inOpen(comparison, within, { path, shown: `${shown}[${i}]` }, [item, after[i]]),
    );
  return ofValues(comparison, within && argumentInside(comparison.after.table, within, path), shown, both, both);
}

/** @param both what is written; @param [old, next] the same with what the provider takes for what is not */
function ofValues(
  { before, after, differ }: Comparison,
  argument: Argument | undefined,
  path: string,
  both: Both,
  [old, next]: Both,
): ChangedArgument[] {
  // What the provider has filled in may be just this, where it is nothing.
  const isOpen = old === undefined && argument?.isComputed && isZero(next);
  const difference = isOpen ? "perhaps" : differ(old, next);
  if (difference === "no" || (argument && isSame(argument, old, next))) return [];
  const change = argument && changeOf(before, after, argument, [old, next]);
  return [{ path, argument, before: both[0], after: both[1], ...effectOf(change, difference === "yes") }];
}

function effectOf(change: Change | undefined, isSure: boolean): Pick<ChangedArgument, "effect" | "atWorst"> {
  return isSure ? { effect: change ?? "unknown" } : { effect: "unknown", atWorst: change };
}

/** What changing an argument from one value to another does, at worst if only Terraform knows the values. */
function changeOf(before: Side, after: Side, argument: Argument, [old, next]: Both): Change | undefined {
  const { change, if: applies, unless, otherwise = "update" } = argument;
  if ((!applies && !unless) || !isKnown([old, next])) return change;
  const unwritten = defaultOf(argument) ?? argument.serviceDefault;
  const sides = { before: before.values, after: after.values, argument: { before: old, after: next, unwritten } };
  return (!applies || holds(applies, sides)) && !(unless && holds(unless, sides)) ? change : otherwise;
}

function defaultOf(argument: Argument | undefined): Value {
  return argument?.default === undefined ? undefined : canonicalValue(valueOf(argument.default), argument.type);
}

/** Whether a value is what the cloud has where nothing is written. */
function isServiceDefault({ values }: Side, { serviceDefault, where = {} }: Argument, value: Value): boolean {
  const own = typeof serviceDefault === "string" ? filledIn(serviceDefault, values) : serviceDefault;
  return own !== undefined && stable(own) === stable(value) && holds(where, { before: values, after: values });
}

/** What is ignored, and timeouts, which the plugin SDK (helper/schema/grpc_provider.go) finds nothing to plan of. */
function isWithoutEffect({ block }: Side, { path, argument }: ChangedArgument): boolean {
  const today = block.meta.ignoreChanges.map((ignored) => pathOf(block.type, ignored));
  const isIgnored = ignores(block.meta.ignoreChanges, path) || ignores(today, argument?.path ?? path);
  return isIgnored || (/^timeouts\b/.test(path) && block.type !== MANIFEST);
}

function areBlocks(value: Value): boolean {
  return listOf(value).every(isValues) && !(value instanceof Unknown);
}

function namesIn(before: Values, after: Values): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
}

function join(path: string, name: string): string {
  if (path === "") return name;
  return /^[A-Za-z_][\w-]*$/.test(name) ? `${path}.${name}` : `${path}["${name}"]`;
}
