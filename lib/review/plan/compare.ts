import type { Change } from "../../provider-schemas";
import { Argument, argumentInside, nameIn } from "../facts/arguments";
import { canonicalValue, isSame } from "../facts/canonical";
import { filledIn, holds, isDecidable } from "../facts/conditions";
import { MANIFEST } from "../facts/resource-types";
import { ignores } from "../model/stack";
import { isValues, isZero, listOf, resolved, stable, Unknown, Value, valueOf, Values } from "../model/value";
import type { Differ } from "./difference";
import { Side } from "./side";
import { ChangedArgument, contribution, worst, worstFirst } from "./verdict";

/** The same on both sides. */
type Both<Kind = Value> = readonly [Kind, Kind];

/** An argument, or a value in one that has no blocks, such as a map or a manifest. */
interface Place {
  readonly argument?: Argument;
  /** In today's names, by which versions are compared. */
  readonly path: string;
  /** In the names of the version after the change. */
  readonly shown: string;
}

/** The arguments of one resource that differ, the worst first. */
export function changedArguments(before: Side, after: Side, differ: Differ): ChangedArgument[] {
  const { type, ignoreChanges } = after.block;
  const ignored = ignoreChanges.flatMap((path) => [path, after.table.byWritten.get(path)?.path ?? path]);
  // Only what both sides have a schema of is compared by it.
  const bare = [before, after].find(({ table }) => table.version === undefined);
  const [old, next] = bare ? [before, after].map(({ block }) => new Side(block, bare.table)) : [before, after];
  // Ignored are timeouts, too, which the plugin SDK (helper/schema/grpc_provider.go) finds nothing to plan of.
  const isWithoutEffect = ({ path }: ChangedArgument) =>
    ignores(ignored, path) || (/^timeouts\b/.test(path) && type !== MANIFEST);
  const changed = new Comparison(old, next, differ).all();
  return worstFirst(
    changed.map((change) => (isWithoutEffect(change) ? { ...change, effect: "none", atWorst: undefined } : change)),
  );
}

class Comparison {
  constructor(
    private readonly before: Side,
    private readonly after: Side,
    private readonly differ: Differ,
  ) {}

  all(): ChangedArgument[] {
    return [
      ...this.metaArguments(),
      ...this.inBlock({ path: "", shown: "" }, [this.before.written, this.after.written]),
    ];
  }

  /** Another provider, or other instances, of which only Terraform can tell which come and go. */
  private metaArguments(): ChangedArgument[] {
    const [old, next] = [this.before, this.after].map(({ block }): Values => {
      return { ...block.instances, provider: block.provider };
    });
    return ["provider", "count", "for_each"]
      .filter((path) => this.differ(old[path], next[path]) !== "no")
      .map((path) => ({ path, before: old[path], after: next[path], effect: "unknown" }));
  }

  /** A block that is there on both sides, if only with nothing in it. */
  private inBlock({ path, shown }: Pick<Place, "path" | "shown">, [old, next]: Both<Values>): ChangedArgument[] {
    const { table } = this.after;
    return namesIn(old, next, this.defaultsIn(path)).flatMap((name) => {
      const argument = table.byPath.get(path ? `${path}.${name}` : name);
      // An argument that the new version does not have is forgotten without a change.
      if (!argument && table.version !== undefined && !(name in next) && name !== "dynamic") return [];
      const at = join(shown, argument ? nameIn(argument.written) : name);
      return this.at({ argument, path: argument?.path ?? at, shown: at }, [old[name], next[name]]);
    });
  }

  /** Arguments of a block that change without being written, where another version of the provider has another default. */
  private defaultsIn(block: string): Values {
    if (this.before.table === this.after.table) return {};
    const all = [this.before, this.after].flatMap(({ table }) => [...table.byPath.values()]);
    const inside = all.filter(({ path, default: own }) => own !== undefined && path === join(block, nameIn(path)));
    return Object.fromEntries(inside.map(({ path }) => [nameIn(path), null]));
  }

  private at(place: Place, both: Both): ChangedArgument[] {
    const { argument, path, shown } = place;
    const [before, after] = both;
    if (before !== undefined && before === after && typeof before !== "object") return [];
    if (argument?.nesting && both.every(areBlocks)) return this.inBlocks(argument, shown, both.map(listOf));
    if (!isOpen(argument)) return this.ofLeaf(place, both);
    if (isValues(before) && isValues(after))
      return namesIn(before, after).flatMap((name) =>
        this.at({ argument, path: `${path}.${name}`, shown: join(shown, name) }, [before[name], after[name]]),
      );
    if (Array.isArray(before) && Array.isArray(after) && before.length === after.length && before.some(isValues))
      return before.flatMap((item: Value, i) => this.at({ ...place, shown: `${shown}[${i}]` }, [item, after[i]]));
    return this.ofLeaf(place, both);
  }

  private inBlocks(argument: Argument, shown: string, sides: readonly (readonly Value[])[]): ChangedArgument[] {
    const [old, next] = argument.nesting === "set" ? this.withoutCommon(sides) : sides;
    const isOne = argument.nesting === "single" || sides.flat().length <= 2;
    return Array.from({ length: Math.max(old.length, next.length) }).flatMap((_, i) => {
      const place = { argument, path: argument.path, shown: isOne ? shown : `${shown}[${i}]` };
      const [before, after] = [old[i], next[i]];
      const areBoth = isValues(before) && isValues(after);
      return areBoth ? this.inBlock(place, [before, after]) : this.wholeBlock(place, [before, after]);
    });
  }

  /** Blocks of a set that stay have no place from which they could move. */
  private withoutCommon(sides: readonly (readonly Value[])[]): Value[][] {
    const texts = sides.map((blocks) => new Set(blocks.map(stable)));
    const isCommon = (block: Value) => texts.every((of) => of.has(stable(block))) && this.differ(block, block) === "no";
    return sides.map((blocks) => blocks.filter((block) => !isCommon(block)));
  }

  /** A block that is added or taken away: one change, as bad as the worst of what is in it. */
  private wholeBlock(place: Place & { readonly argument: Argument }, both: Both): ChangedArgument[] {
    const { argument, shown: path } = place;
    const [before, after] = both;
    if (isKept(argument, both)) return [{ path, argument, before, after, effect: argument.removal ?? "none" }];
    const inside = this.inBlock(place, [(before ?? {}) as Values, (after ?? {}) as Values]).map(contribution);
    const effects = inside.filter((effect) => effect !== "none");
    // The provider has filled the block in, so that it is not new.
    const wasComputed = before === undefined && this.before.table.byPath.get(argument.path)?.isComputed;
    const isThere = argument.isComputed || wasComputed;
    if (isThere && effects.length === 0) return [];
    const isConditional = argument.if !== undefined || argument.unless !== undefined;
    const own = isThere && !isConditional ? "update" : (this.changeOf(argument, both) ?? "unknown");
    return [{ path, argument, before, after, effect: worst([own, ...effects]) }];
  }

  private ofLeaf(place: Place, both: Both): ChangedArgument[] {
    const { argument, path, shown } = place;
    const [before, after] = both;
    if (before !== undefined && after !== undefined && this.differ(before, after) === "no") return [];
    const type = argument?.type ?? "dynamic";
    const [old, next] = both.map((value) => canonicalValue(resolved(value), type));
    if (isOpen(argument) && isValues(old) && isValues(next)) {
      // An expression is shown as it is written, and does what the values in it do.
      const effects = this.at(place, [old, next]).map(contribution);
      return effects.length > 0 ? [{ path: shown, argument, before, after, effect: worst(effects) }] : [];
    }
    if (argument && type !== "dynamic" && path === argument.path)
      return this.ofArgument(argument, shown, both, [old, next]);
    return this.ofValues(argument && argumentInside(this.after.table, argument, path), shown, both, [old, next]);
  }

  /** An attribute, with what the provider takes for one that is not written. */
  private ofArgument(argument: Argument, path: string, both: Both, [old, next]: Both): ChangedArgument[] {
    const [before, after] = both;
    if (isKept(argument, [old, next])) return [{ path, argument, before, after, effect: argument.removal ?? "none" }];
    const unwritten = (argument: Argument, other: Value) =>
      argument.isComputed ? undefined : (defaultOf(argument) ?? (isZero(other) ? other : undefined));
    const was = old ?? unwritten(this.before.table.byPath.get(argument.path) ?? argument, next ?? defaultOf(argument));
    const is = next ?? unwritten(argument, was);
    const isFilledIn = was === undefined && this.isServiceDefault(argument, is);
    return isFilledIn ? [] : this.ofValues(argument, path, both, [was, is]);
  }

  /** @param both what is written; @param [old, next] the values of it */
  private ofValues(argument: Argument | undefined, path: string, both: Both, [old, next]: Both): ChangedArgument[] {
    const isNowhere = both.every((value) => value === undefined);
    // The provider may have filled in just this, where it is nothing.
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
    const values = { before: this.before.values, after: this.after.values, argument: { before, after, unwritten } };
    if (!isDecidable(applies, values) || !isDecidable(unless ?? {}, values)) return change;
    return holds(applies, values) && !(unless && holds(unless, values)) ? change : otherwise;
  }

  private isServiceDefault({ serviceDefault, where = {} }: Argument, value: Value): boolean {
    const { values } = this.before;
    const own = typeof serviceDefault === "string" ? filledIn(serviceDefault, values) : serviceDefault;
    return own !== undefined && stable(own) === stable(value) && holds(where, { before: values, after: values });
  }
}

/** Returns whether names in it, or items, are compared one by one. */
function isOpen(argument: Argument | undefined): boolean {
  const type = argument?.type ?? "dynamic";
  return type === "dynamic" || (type[0] === "map" && !argument?.isSecret);
}

/** Returns whether something is taken away that the provider then keeps. */
function isKept({ isComputed }: Argument, [before, after]: Both): boolean {
  return before !== undefined && after === undefined && isComputed;
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
