import type { Change } from "../../provider-schemas";
import { Argument, argumentInside, nameIn } from "../facts/arguments";
import { canonicalValue, isSame } from "../facts/canonical";
import { filledIn, holds, isDecidable } from "../facts/conditions";
import { MANIFEST } from "../facts/resource-types";
import { ignores } from "../model/stack";
import { isValues, isZero, listOf, resolved, stable, Unknown, Value, valueOf, Values } from "../model/value";
import type { Differ } from "./difference";
import { Side, sideWith } from "./side";
import { ChangedArgument, contribution, worst, worstFirst } from "./verdict";

/** The same on both sides. */
type Both<Kind = Value> = readonly [Kind, Kind];

/** The arguments of one resource that differ, the worst first. */
export function changedArguments(before: Side, after: Side, differ: Differ): ChangedArgument[] {
  const { byWritten } = after.table;
  const today = after.block.ignoreChanges.map((ignored) => byWritten.get(ignored)?.path ?? ignored);
  // What is ignored, and timeouts, which the plugin SDK (helper/schema/grpc_provider.go) finds nothing to plan of.
  const isWithoutEffect = ({ path, argument }: ChangedArgument) =>
    ignores(after.block.ignoreChanges, path) ||
    ignores(today, argument?.path ?? path) ||
    (/^timeouts\b/.test(path) && after.block.type !== MANIFEST);
  const changed = new Comparison(before, after, differ).all();
  return worstFirst(
    changed.map((change) => (isWithoutEffect(change) ? { ...change, effect: "none", atWorst: undefined } : change)),
  );
}

/** Two configurations of a resource. Paths are in today's names, and shown in those of the version after the change. */
class Comparison {
  private readonly before: Side;
  private readonly after: Side;

  constructor(
    before: Side,
    after: Side,
    private readonly differ: Differ,
  ) {
    // Only what both sides have a schema of is compared by it.
    const { table } = before.table.version === undefined ? before : after;
    const isBare = table.version === undefined;
    [this.before, this.after] = isBare
      ? [sideWith(before.block, table), sideWith(after.block, table)]
      : [before, after];
  }

  all(): ChangedArgument[] {
    return [...this.metaArguments(), ...this.inBlock("", "", [this.before.written, this.after.written])];
  }

  /** Another provider, or other instances, of which only Terraform can tell which come and go. */
  private metaArguments(): ChangedArgument[] {
    const [old, next] = [this.before, this.after].map(({ block: { instances, provider } }): Values => {
      return { ...instances, provider };
    });
    return ["provider", "count", "for_each"]
      .filter((path) => this.differ(old[path], next[path]) !== "no")
      .map((path) => ({ path, before: old[path], after: next[path], effect: "unknown" }));
  }

  /** Both blocks are there, if only with nothing in them. */
  private inBlock(path: string, shown: string, [old, next]: Both<Values>): ChangedArgument[] {
    const { table } = this.after;
    return namesIn(old, next, this.defaultsIn(path)).flatMap((name) => {
      const argument = table.byPath.get(path ? `${path}.${name}` : name);
      // What the new version does not have is forgotten without a change.
      if (!argument && table.version !== undefined && !(name in next) && name !== "dynamic") return [];
      const at = join(shown, argument ? nameIn(argument.written) : name);
      const both: Both = [old[name], next[name]];
      if (argument?.nesting && both.every(areBlocks)) return this.inBlocks(argument, at, both);
      return this.inAttribute(argument, argument?.path ?? at, at, both);
    });
  }

  /** Arguments that change without being written, where another version of the provider has another default. */
  private defaultsIn(block: string): Values {
    const { before, after } = this;
    if (before.table === after.table) return {};
    const all = [before, after].flatMap(({ table }) => [...table.byPath.values()]);
    const inside = all.filter(
      (argument) => argument.default !== undefined && argument.path === join(block, nameIn(argument.path)),
    );
    return Object.fromEntries(inside.map(({ path }) => [nameIn(path), null]));
  }

  private inBlocks(argument: Argument, shown: string, both: Both): ChangedArgument[] {
    const all = both.map(listOf);
    const [old, next] = argument.nesting === "set" ? this.withoutCommon(all) : all;
    const isOne = argument.nesting === "single" || all.flat().length <= 2;
    return Array.from({ length: Math.max(old.length, next.length) }).flatMap((_, i) => {
      const at = isOne ? shown : `${shown}[${i}]`;
      const [before, after] = [old[i], next[i]];
      if (!isValues(before) || !isValues(after)) return this.wholeBlock(argument, at, [before, after]);
      return this.inBlock(argument.path, at, [before, after]);
    });
  }

  private withoutCommon(sides: readonly (readonly Value[])[]): Value[][] {
    const texts = sides.map((blocks) => new Set(blocks.map(stable)));
    const isCommon = (block: Value) => texts.every((of) => of.has(stable(block))) && this.differ(block, block) === "no";
    return sides.map((blocks) => blocks.filter((block) => !isCommon(block)));
  }

  /** A block that is added or taken away: one change, as bad as the worst of what is in it. */
  private wholeBlock(argument: Argument, shown: string, both: Both): ChangedArgument[] {
    const [before, after] = both;
    const change = { path: shown, argument, before, after };
    if (after === undefined && argument.isComputed) return [{ ...change, effect: argument.removal ?? "none" }];
    const values: Both<Values> = [(before ?? {}) as Values, (after ?? {}) as Values];
    const effects = this.inBlock(argument.path, shown, values).map(contribution);
    const inside = effects.filter((effect) => effect !== "none");
    // The provider has filled the block in, so that it is not new.
    const wasComputed = this.before.table.byPath.get(argument.path)?.isComputed;
    const isThere = argument.isComputed || (before === undefined && wasComputed);
    if (isThere && inside.length === 0) return [];
    const isConditional = argument.if !== undefined || argument.unless !== undefined;
    const own = isThere && !isConditional ? "update" : this.changeOf(argument, both);
    return [{ ...change, effect: worst([own ?? "unknown", ...inside]) }];
  }

  private inAttribute(argument: Argument | undefined, path: string, shown: string, both: Both): ChangedArgument[] {
    const [before, after] = both;
    if (before !== undefined && before === after && typeof before !== "object") return [];
    const type = argument?.type ?? "dynamic";
    const isOpen = type === "dynamic" || (type[0] === "map" && !argument?.isSecret);
    if (isOpen && isValues(before) && isValues(after))
      return namesIn(before, after).flatMap((name) =>
        this.inAttribute(argument, `${path}.${name}`, join(shown, name), [before[name], after[name]]),
      );
    if (
      isOpen &&
      Array.isArray(before) &&
      Array.isArray(after) &&
      before.length === after.length &&
      before.some(isValues)
    )
      return before.flatMap((item: Value, i: number) =>
        this.inAttribute(argument, path, `${shown}[${i}]`, [item, after[i]]),
      );
    const [old, next] = both.map((value) => canonicalValue(resolved(value), type));
    if (isOpen && isValues(old) && isValues(next)) {
      // An expression is shown as it is written, and does what the values in it do.
      const effects = this.inAttribute(argument, path, shown, [old, next]).map(contribution);
      return effects.length > 0 ? [{ path: shown, argument, before, after, effect: worst(effects) }] : [];
    }
    if (argument && type !== "dynamic" && path === argument.path)
      return this.ofArgument(argument, shown, both, [old, next]);
    return this.ofValues(argument && argumentInside(this.after.table, argument, path), shown, both, [old, next]);
  }

  /** An attribute, with what the provider takes for one that is not written. */
  private ofArgument(argument: Argument, path: string, both: Both, [old, next]: Both): ChangedArgument[] {
    const [before, after] = both;
    if (old !== undefined && next === undefined && argument.isComputed)
      return [{ path, argument, before, after, effect: argument.removal ?? "none" }];
    const unwritten = (argument: Argument, other: Value) =>
      argument.isComputed ? undefined : (defaultOf(argument) ?? (isZero(other) ? other : undefined));
    const was = old ?? unwritten(this.before.table.byPath.get(argument.path) ?? argument, next ?? defaultOf(argument));
    const is = next ?? unwritten(argument, was);
    if (was === undefined && this.isServiceDefault(argument, is)) return [];
    return this.ofValues(argument, path, both, [was, is]);
  }

  /** @param both what is written; @param [old, next] the values of it */
  private ofValues(argument: Argument | undefined, path: string, both: Both, [old, next]: Both): ChangedArgument[] {
    const isNowhere = both.every((value) => value === undefined);
    // What the provider has filled in may be just this, where it is nothing.
    const isOpen = old === undefined && (isNowhere || (argument?.isComputed && isZero(next)));
    const [was, is] = both.includes(undefined) ? [old, next] : both;
    const difference = isOpen && next !== undefined ? "perhaps" : this.differ(was, is);
    if (difference === "no" || (argument && isSame(argument, old, next))) return [];
    const change = argument && this.changeOf(argument, [old, next]);
    const [before, after] = isNowhere ? [old, next] : both;
    const effect = (difference === "yes" && change) || "unknown";
    return [{ path, argument, before, after, effect, atWorst: difference === "yes" ? undefined : change }];
  }

  /** The change of an argument from one value to another, at worst if only Terraform knows the values. */
  private changeOf(argument: Argument, [before, after]: Both): Change | undefined {
    const { change, if: applies = {}, unless, otherwise = "update", serviceDefault } = argument;
    const unwritten = defaultOf(argument) ?? serviceDefault;
    const sides = { ...this.values, argument: { before, after, unwritten } };
    if (!isDecidable(applies, sides) || !isDecidable(unless ?? {}, sides)) return change;
    return holds(applies, sides) && !(unless && holds(unless, sides)) ? change : otherwise;
  }

  private get values(): { readonly before: Values; readonly after: Values } {
    return { before: this.before.values, after: this.after.values };
  }

  private isServiceDefault({ serviceDefault, where = {} }: Argument, value: Value): boolean {
    const { before } = this.values;
    const own = typeof serviceDefault === "string" ? filledIn(serviceDefault, before) : serviceDefault;
    return own !== undefined && stable(own) === stable(value) && holds(where, { before, after: before });
  }
}

function defaultOf(argument: Argument | undefined): Value {
  return argument?.default === undefined ? undefined : canonicalValue(valueOf(argument.default), argument.type);
}

function areBlocks(value: Value): boolean {
  return listOf(value).every(isValues) && !(value instanceof Unknown);
}

function namesIn(...blocks: readonly Values[]): string[] {
  return [...new Set(blocks.flatMap((values) => Object.keys(values)))].sort();
}

function join(path: string, name: string): string {
  if (path === "") return name;
  return /^[A-Za-z_][\w-]*$/.test(name) ? `${path}.${name}` : `${path}["${name}"]`;
}
