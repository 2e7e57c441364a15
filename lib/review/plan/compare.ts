import { Argument, argumentInside } from "../facts/arguments";
import { canonicalValue, comparable } from "../facts/canonical";
import { holds, mayHold } from "../facts/conditions";
import { MANIFEST } from "../facts/resource-types";
import { nameIn } from "../model/reference";
import { isValues, isZero, resolved, stable, Value, Values } from "../model/value";
import type { Block } from "../stack/block";
import type { Differ } from "./difference";
import { ChangedArgument, contribution, Verdict, worst, worstFirst } from "./verdict";

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
export function changedArguments(before: Block, after: Block, differ: Differ): ChangedArgument[] {
  // Ignored are timeouts, too, which the plugin SDK (helper/schema/grpc_provider.go) finds nothing to plan of.
  const isWithoutEffect = ({ path }: ChangedArgument) =>
    after.ignores(path) || (/^timeouts\b/.test(path) && after.type !== MANIFEST);
  // Another provider, or other instances, of which only Terraform can tell which come and go.
  const [were, are] = [before, after].map(({ instances, provider }): Values => ({ ...instances, provider }));
  const metaArguments = ["provider", "count", "for_each"]
    .filter((path) => differ(were[path], are[path]) !== "no")
    .map((path): ChangedArgument => ({ path, before: were[path], after: are[path], effect: "unknown" }));
  // Only what both sides have a schema of is compared by it.
  const bare = [before, after].find(({ table }) => table.version === undefined);
  const [old, next] = bare ? [before, after].map((block) => block.with({ table: bare.table })) : [before, after];
  const changed = new Comparison(old, next, differ).at({ path: "", shown: "" }, [old.written, next.written]);
  return worstFirst(
    [...metaArguments, ...changed].map((change) =>
      isWithoutEffect(change) ? { ...change, effect: "none", atWorst: undefined } : change,
    ),
  );
}

class Comparison {
  constructor(
    private readonly before: Block,
    private readonly after: Block,
    private readonly differ: Differ,
  ) {}

  at(place: Place, both: Both): ChangedArgument[] {
    const { argument } = place;
    const [before, after] = both;
    if (before !== undefined && before === after && typeof before !== "object") return [];
    if (!isOpen(argument)) return this.asOne(place, both);
    if (isValues(before) && isValues(after)) return this.byName(place, [before, after]);
    const areBlocks = argument?.nesting === "list" || argument?.nesting === "set";
    const [old, next] = areBlocks ? [before ?? [], after ?? []] : both;
    if (!Array.isArray(old) || !Array.isArray(next)) return this.asOne(place, both);
    const areAlike = areBlocks ? [...old, ...next].every(isValues) : old.length === next.length && old.some(isValues);
    return areAlike ? this.byItem(place, [old, next]) : this.asOne(place, both);
  }

  /** Blocks or objects one by one; those of a set that stay have no place from which they could move. */
  private byItem(place: Place, [before, after]: Both<readonly Value[]>): ChangedArgument[] {
    const isSet = place.argument?.nesting === "set";
    const isOne = place.argument?.nesting !== undefined && before.length < 2 && after.length < 2;
    const old = before.filter((item) => !isSet || !after.some((other) => this.differ(item, other) === "no"));
    const next = after.filter((item) => !isSet || !before.some((other) => this.differ(other, item) === "no"));
    return Array.from({ length: Math.max(old.length, next.length) }).flatMap((_, i) =>
      this.at({ ...place, shown: isOne ? place.shown : `${place.shown}[${i}]` }, [old[i], next[i]]),
    );
  }

  /** The arguments of a block, or what is in another value by name. */
  private byName({ argument: whole, path, shown }: Place, [before, after]: Both<Values>): ChangedArgument[] {
    const { table } = this.after;
    const isBlock = path === "" || whole?.nesting !== undefined;
    const names = [before, after].flatMap(Object.keys).concat(isBlock ? this.namesOfDefaults(path) : []);
    return [...new Set(names)].sort().flatMap((name) => {
      const inside = path ? `${path}.${name}` : name;
      const argument = table.byPath.get(inside) ?? (isBlock ? undefined : whole);
      // An argument that the new version does not have is forgotten without a change.
      if (!argument && table.version !== undefined && !(name in after) && name !== "dynamic") return [];
      const own = argument?.path === inside ? nameIn(argument.written) : name;
      return this.at({ argument, path: inside, shown: join(shown, own) }, [before[name], after[name]]);
    });
  }

  /** Arguments of a block that change without being written, where another version of the provider has another default. */
  private namesOfDefaults(block: string): string[] {
    if (this.before.table === this.after.table) return [];
    const all = [this.before, this.after].flatMap(({ table }) => [...table.byPath.values()]);
    const names = all.filter((argument) => argument.default !== undefined).map(({ path }) => path);
    return names.filter((path) => path === join(block, nameIn(path))).map(nameIn);
  }

  /** One change, which is as bad as the worst in it: an attribute, a block that comes or goes, or an expression. */
  private asOne(place: Place, [before, after]: Both): ChangedArgument[] {
    const { argument, path, shown } = place;
    if (before !== undefined && after !== undefined && this.differ(before, after) === "no") return [];
    const isWhole = argument?.path === path;
    const [old, next] = [before, after].map((value) => canonicalValue(resolved(value), argument?.type ?? "dynamic"));
    const change = { path: shown, argument, before, after };
    // What a provider computes, it keeps when it is taken away, or when an empty text is written.
    if (isWhole && argument.isComputed && (next === "" || (next === undefined && old !== undefined)))
      return [{ ...change, effect: this.removalOf(argument) }];
    const isOfParts = (value: Value) => isValues(value) || (argument?.nesting !== undefined && value === undefined);
    if (isOpen(argument) && isOfParts(old) && isOfParts(next)) {
      const effect = this.worstIn(place, [old as Values | undefined, next as Values | undefined]);
      return effect === "none" ? [] : [{ ...change, effect }];
    }
    if (!isWhole || argument.type === "dynamic")
      return this.ofValues(change, argument && argumentInside(this.after.table, argument, path), [old, next]);
    const earlier = this.before.table.byPath.get(path) ?? argument;
    const [was, is] = [old ?? earlier.default, next ?? argument.default];
    // The plugin SDK cannot tell zero from nothing where the provider computes no value, and an empty map nowhere.
    const isComputed = (earlier.isComputed || argument.isComputed) && !isValues(is);
    const isSame = !isComputed && [was, is].every((value) => value === undefined || isZero(value));
    const isFilledIn = was === undefined && stable(this.serviceDefaultOf(argument)) === stable(is);
    return isSame || isFilledIn ? [] : this.ofValues(change, argument, [was, is]);
  }

  /** The worst of the values in a block or an expression, and of a block itself that comes or goes. */
  private worstIn(place: Place, [old, next]: Both<Values | undefined>): Verdict {
    const { argument, path } = place;
    const inside = worst(this.byName(place, [old ?? {}, next ?? {}]).map(contribution));
    if (!argument || (old === undefined) === (next === undefined)) return inside;
    const own = this.changeOf(argument, [old, next]) ?? "unknown";
    // A block that the provider has filled in is not new, unless values say that it has not.
    const filledIn = next && !argument.isComputed ? this.before.table.byPath.get(path) : argument;
    const isThere = filledIn?.isComputed && (own === "update" || !(argument.if ?? argument.unless));
    return isThere ? inside : worst([inside, own]);
  }

  /** @param was, is values of what is written or left to defaults, with what the stack says in place of references */
  private ofValues(
    change: Pick<ChangedArgument, "path" | "before" | "after">,
    argument: Argument | undefined,
    [was, is]: Both,
  ): ChangedArgument[] {
    const { before, after } = change;
    const [old, next] = argument ? [was, is].map((value) => comparable(value, argument)) : [was, is];
    const difference = this.differ(old, next);
    if (difference === "no") return [];
    const isNowhere = before === undefined && after === undefined;
    const isReferenceTo = before !== undefined && after !== undefined && this.differ(before, after) === "yes";
    // The provider may have filled in just this.
    const isEmptied = argument?.isComputed && isZero(is) && this.serviceDefaultOf(argument) === undefined;
    const isOpen = was === undefined && (isNowhere || isEmptied);
    const told = isNowhere ? { path: change.path, before: was, after: is } : change;
    const worstCase = argument && this.changeOf(argument, [was, is]);
    return (difference === "yes" || isReferenceTo) && !isOpen
      ? [{ ...told, argument, effect: worstCase ?? "unknown" }]
      : [{ ...told, argument, effect: "unknown", atWorst: worstCase }];
  }

  /** The change of an argument from one value to another, at worst if only Terraform knows the values. */
  private changeOf({ change, otherwise = "update", serviceDefault, ...argument }: Argument, [was, is]: Both) {
    const condition = { ...argument.if, unless: argument.unless };
    const before = { ...this.before.values, "": was };
    const sides = { before, after: { ...this.after.values, "": is }, unwritten: serviceDefault };
    return mayHold(condition, sides) ? change : otherwise;
  }

  private removalOf({ removal, removalIf = {} }: Argument): Verdict {
    const sides = { before: this.before.values, after: this.after.values };
    return removal && mayHold(removalIf, sides) ? removal : "none";
  }

  /** What the cloud itself has set where nothing was written. */
  private serviceDefaultOf({ serviceDefault, where = {} }: Argument): Value {
    const { values } = this.before;
    if (serviceDefault === undefined || !holds(where, { before: values, after: values })) return undefined;
    return typeof serviceDefault === "string"
      ? serviceDefault.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
      : serviceDefault;
  }
}

/** Returns whether names in it, or items, are compared one by one. */
function isOpen(argument: Argument | undefined): boolean {
  const type = argument?.type ?? "dynamic";
  return type === "dynamic" || (type[0] === "map" && !argument?.isSecret);
}

function join(path: string, name: string): string {
  if (path === "") return name;
  return /^[A-Za-z_][\w-]*$/.test(name) ? `${path}.${name}` : `${path}["${name}"]`;
}
