import type { Change } from "../../provider-schemas";
import { Argument, argumentInside, nameIn, pathOf } from "../facts/arguments";
import { canonicalValue, isSame } from "../facts/canonical";
import { filledIn, holds, isDecidable } from "../facts/conditions";
import { MANIFEST } from "../facts/resource-types";
import { ignores } from "../model/resolve";
import { isValues, isZero, listOf, stable, Unknown, Value, valueOf, Values } from "../model/value";
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
    ...inBlock(comparison, { path: "", shown: "" }, [old.written, next.written]),
  ];
  return worstFirst(
    changed.map((change) =>
      isWithoutEffect(after, change) ? { ...change, effect: "none", atWorst: undefined } : change,
    ),
  );
}

/** Another provider, or other instances, of which only Terraform can tell which come and go. */
function changedMetaArguments({ before, after, differ }: Comparison): ChangedArgument[] {
  const [old, next] = [before.block, after.block].map(({ instances, provider }): Values => ({
    ...instances,
    provider,
  }));
  return ["provider", "count", "for_each"]
    .filter((path) => differ(old[path], next[path]) !== "no")
    .map((path) => ({ path, before: old[path], after: next[path], effect: "unknown" }));
}

/** Both blocks are there, if only with nothing in them. */
function inBlock(comparison: Comparison, { path, shown }: Place, both: Both<Values>): ChangedArgument[] {
  const { table } = comparison.after;
  const names = [...namesIn(both), ...namesOfDefaults(comparison, path, both)];
  return names.flatMap((name) => {
    const argument = table.byPath.get(path ? `${path}.${name}` : name);
    // What the new version does not have is forgotten without a change.
    if (!argument && table.version !== undefined && !(name in both[1]) && name !== "dynamic") return [];
    const at = join(shown, argument ? nameIn(argument.written) : name);
    const [old, next] = both.map((values) => values[name]);
    if (old === next && typeof old !== "object" && old !== undefined) return [];
    if (argument?.nesting && [old, next].every(areBlocks)) return inBlocks(comparison, argument, at, [old, next]);
    const isMap = argument?.type[0] === "map" && !argument.isSecret && isValues(old) && isValues(next);
    if (isMap || argument?.type === "dynamic" || !argument)
      return inOpen(comparison, argument, { path: argument?.path ?? at, shown: at }, [old, next]);
    return inAttribute(comparison, argument, at, [old, next]);
  });
}

/** What is written nowhere changes, too, where another version of the provider has another default. */
function namesOfDefaults({ before, after }: Comparison, path: string, both: Both<Values>): string[] {
  if (before.table === after.table) return [];
  return [...after.table.byPath.values()].flatMap((argument) => {
    const name = nameIn(argument.path);
    if (argument.path !== (path ? `${path}.${name}` : name) || both.some((values) => name in values)) return [];
    const [was, is] = [defaultOf(before.table.byPath.get(argument.path)), defaultOf(argument)];
    return stable(was) === stable(is) || (was === undefined && isServiceDefault(before, argument, is)) ? [] : [name];
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
function wholeBlock(comparison: Comparison, argument: Argument, shown: string, both: Both): ChangedArgument[] {
  const [before, after] = both;
  const change = { path: shown, argument, before, after };
  if (after === undefined && argument.isComputed) return [{ ...change, effect: argument.removal ?? "none" }];
  const { before: old, after: next } = comparison;
  const values: Both<Values> = [(before ?? {}) as Values, (after ?? {}) as Values];
  const effects = inBlock(comparison, { path: argument.path, shown }, values).map(contribution);
  const inside = effects.filter((effect) => effect !== "none");
  // The provider has filled the block in, so that it is not new.
  const isThere = argument.isComputed || (before === undefined && old.table.byPath.get(argument.path)?.isComputed);
  if (isThere && inside.length === 0) return [];
  const isConditional = argument.if !== undefined || argument.unless !== undefined;
  const own = isThere && !isConditional ? "update" : changeOf(old, next, argument, both);
  return [{ ...change, effect: worst([own ?? "unknown", ...inside]) }];
}

function inAttribute(comparison: Comparison, argument: Argument, shown: string, both: Both): ChangedArgument[] {
  const { before, after, differ } = comparison;
  if (!both.includes(undefined) && differ(...both) === "no") return [];
  const [old, next] = [before, after].map(({ resolve }, i) => canonicalValue(resolve(both[i]), argument.type));
  if (old !== undefined && next === undefined && argument.isComputed)
    return [{ path: shown, argument, before: both[0], after: both[1], effect: argument.removal ?? "none" }];
  if (old === undefined && isServiceDefault(before, argument, next)) return [];
  const unwritten = (argument: Argument, other: Value) =>
    argument.isComputed ? undefined : (defaultOf(argument) ?? (isZero(other) ? other : undefined));
  const was = old ?? unwritten(before.table.byPath.get(argument.path) ?? argument, next ?? defaultOf(argument));
  return ofValues(comparison, argument, shown, both, [was, next ?? unwritten(argument, old ?? was)]);
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
    return namesIn([before, after]).flatMap((name) =>
      inOpen(comparison, within, { path: `${path}.${name}`, shown: join(shown, name) }, [before[name], after[name]]),
    );
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length && before.some(isValues))
    return before.flatMap((item: Value, i: number) =>
      inOpen(comparison, within, { path, shown: `${shown}[${i}]` }, [item, after[i]]),
    );
  const argument = within && argumentInside(comparison.after.table, within, path);
  const [old, next] = [comparison.before.resolve(before), comparison.after.resolve(after)];
  if (isValues(old) && isValues(next)) {
    // An expression is shown as it is written, and does what the values in it do.
    const effects = inOpen(comparison, within, { path, shown }, [old, next]).map(contribution);
    return effects.length > 0 ? [{ path: shown, argument, before, after, effect: worst(effects) }] : [];
  }
  return ofValues(comparison, argument, shown, both, [old, next]);
}

/** @param both what is written; @param [old, next] the same with what the provider takes for what is not */
function ofValues(
  { before, after, differ }: Comparison,
  argument: Argument | undefined,
  path: string,
  both: Both,
  [old, next]: Both,
): ChangedArgument[] {
  const isNowhere = both.every((value) => value === undefined);
  // What the provider has filled in may be just this, where it is nothing.
  const isOpen = old === undefined && (isNowhere || (argument?.isComputed && isZero(next)));
  const [was, is] = both.includes(undefined) ? [old, next] : both;
  const difference = isOpen && next !== undefined ? "perhaps" : differ(was, is);
  if (difference === "no" || (argument && isSame(argument, old, next))) return [];
  const change = argument && changeOf(before, after, argument, [old, next]);
  const effect = difference === "yes" ? (change ?? "unknown") : "unknown";
  const atWorst = difference === "yes" ? undefined : change;
  const [shownOld, shownNext] = isNowhere ? [old, next] : both;
  return [{ path, argument, before: shownOld, after: shownNext, effect, atWorst }];
}

/** What changing an argument from one value to another does, at worst if only Terraform knows the values. */
function changeOf(before: Side, after: Side, argument: Argument, [old, next]: Both): Change | undefined {
  const { change, if: applies = {}, unless, otherwise = "update" } = argument;
  const unwritten = defaultOf(argument) ?? argument.serviceDefault;
  const sides = { before: before.values, after: after.values, argument: { before: old, after: next, unwritten } };
  if (!isDecidable(applies, sides) || !isDecidable(unless ?? {}, sides)) return change;
  return holds(applies, sides) && !(unless && holds(unless, sides)) ? change : otherwise;
}

function defaultOf(argument: Argument | undefined): Value {
  return argument?.default === undefined ? undefined : canonicalValue(valueOf(argument.default), argument.type);
}

function isServiceDefault({ values }: Side, { serviceDefault, where = {} }: Argument, value: Value): boolean {
  const own = typeof serviceDefault === "string" ? filledIn(serviceDefault, values) : serviceDefault;
  return own !== undefined && stable(own) === stable(value) && holds(where, { before: values, after: values });
}

/** What is ignored, and timeouts, which the plugin SDK (helper/schema/grpc_provider.go) finds nothing to plan of. */
function isWithoutEffect({ block }: Side, { path, argument }: ChangedArgument): boolean {
  const today = block.ignoreChanges.map((ignored) => pathOf(block.type, ignored));
  const isIgnored = ignores(block.ignoreChanges, path) || ignores(today, argument?.path ?? path);
  return isIgnored || (/^timeouts\b/.test(path) && block.type !== MANIFEST);
}

function areBlocks(value: Value): boolean {
  return listOf(value).every(isValues) && !(value instanceof Unknown);
}

function namesIn(both: Both<Values>): string[] {
  return [...new Set(both.flatMap((values) => Object.keys(values)))].sort();
}

function join(path: string, name: string): string {
  if (path === "") return name;
  return /^[A-Za-z_][\w-]*$/.test(name) ? `${path}.${name}` : `${path}["${name}"]`;
}
