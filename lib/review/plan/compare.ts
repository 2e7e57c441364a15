import { Argument, argumentInside } from "../facts/arguments";
import { canonicalValue, comparable } from "../facts/canonical";
import { BothSides, holds, mayHold } from "../facts/conditions";
import { MANIFEST } from "../facts/resource-types";
import { nameIn } from "../model/reference";
import { isValues, isZero, resolved, Value, Values } from "../model/value";
import type { Block } from "../stack";
import type { Differ } from "./plan";
import { ChangedArgument, contribution, worst } from "./verdict";

/** An argument, or a value in one that has no blocks, such as a map or a manifest. */
interface Place {
  readonly argument?: Argument;
  readonly path: string;
  /** The path in the names of the version after the change. */
  readonly shown: string;
}

export function changedArguments(before: Block, after: Block, differ: Differ): ChangedArgument[] {
  // Another provider, or other instances, of which only Terraform can tell which come and go.
  const [were, are] = [before, after].map(({ instances, provider }): Values => ({ ...instances, provider }));
  const metaArguments = ["provider", "count", "for_each"]
    .filter((path) => differ(were[path], are[path]) !== "no")
    .map((path): ChangedArgument => ({ path, before: were[path], after: are[path], effect: "unknown" }));
  // Only what both sides have a schema of is compared by it.
  const bare = [before, after].find(({ table }) => table.version === undefined);
  const [old, next] = bare ? [before, after].map((block) => block.with({ table: bare.table })) : [before, after];
  const changed = comparison(old, next, differ)({ path: "", shown: "" }, old.written, next.written);
  return [...metaArguments, ...changed].map((change) => {
    // Ignored are timeouts, too, which the plugin SDK (helper/schema/grpc_provider.go) finds nothing to plan of.
    const isTimeout = /^timeouts\b/.test(change.path) && after.type !== MANIFEST;
    return isTimeout || after.ignores(change.path) ? { ...change, effect: "none", atWorst: undefined } : change;
  });
}

/** Returns what tells the changes between two values at a place in a resource. */
function comparison({ table: oldTable, values: before }: Block, { table, values: after }: Block, differ: Differ) {
  const sides = { before, after };
  const tables = [oldTable, table];
  // What is not written changes where another version of the provider has another default.
  const paths = oldTable === table ? [] : tables.flatMap(({ byPath }) => [...byPath.keys()]);
  const defaults = paths.filter((path) => tables.some(({ byPath }) => byPath.get(path)?.default !== undefined));

  const at = (place: Place, before: Value, after: Value): ChangedArgument[] => {
    const { nesting } = place.argument ?? {};
    if (!isOpen(place.argument)) return asOne(place, before, after);
    if (isValues(before) && isValues(after)) return byName(place, before, after);
    const areBlocks = nesting === "list" || nesting === "set";
    const [old, next] = areBlocks ? [before ?? [], after ?? []] : [before, after];
    if (!Array.isArray(old) || !Array.isArray(next)) return asOne(place, before, after);
    const areAlike = areBlocks ? [...old, ...next].every(isValues) : old.length === next.length && old.some(isValues);
    return areAlike ? byItem(place, old, next) : asOne(place, before, after);
  };

  /** Blocks or objects one by one; those of a set that stay have no place from which they could move. */
  const byItem = (place: Place, before: readonly Value[], after: readonly Value[]): ChangedArgument[] => {
    const { nesting } = place.argument ?? {};
    const isOne = nesting !== undefined && before.length < 2 && after.length < 2;
    const gone = before.filter((item) => nesting !== "set" || !after.some((other) => differ(item, other) === "no"));
    const come = after.filter((item) => nesting !== "set" || !before.some((other) => differ(other, item) === "no"));
    return Array.from({ length: Math.max(gone.length, come.length) }).flatMap((_, i) =>
      at({ ...place, shown: isOne ? place.shown : `${place.shown}[${i}]` }, gone[i], come[i]),
    );
  };

  /** The arguments of a block, or what is in another value by name. */
  const byName = ({ argument: whole, path, shown }: Place, before: Values, after: Values): ChangedArgument[] => {
    const isBlock = path === "" || whole?.nesting !== undefined;
    const unwritten = defaults.filter((inside) => inside === join(path, nameIn(inside))).map(nameIn);
    const names = new Set([...Object.keys(before), ...Object.keys(after), ...unwritten]);
    return [...names].sort().flatMap((name) => {
      const inside = join(path, name);
      const argument = table.byPath.get(inside) ?? (isBlock ? undefined : whole);
      // An argument that the new version does not have is forgotten without a change.
      if (!argument && table.version !== undefined && !(name in after) && name !== "dynamic") return [];
      const own = argument?.path === inside ? nameIn(argument.written) : name;
      return at({ argument, path: inside, shown: join(shown, own) }, before[name], after[name]);
    });
  };

  /** One change, which is as bad as the worst in it: an attribute, a block that comes or goes, or an expression. */
  const asOne = (place: Place, before: Value, after: Value): ChangedArgument[] => {
    const { argument, path, shown } = place;
    if (before !== undefined && after !== undefined && differ(before, after) === "no") return [];
    const [was, is] = [before, after].map((value) => canonicalValue(resolved(value), argument?.type ?? "dynamic"));
    const change = { path: shown, argument, before, after };
    // What a provider computes, it keeps when it is taken away, or when an empty text is written.
    if (argument?.path === path && argument.isComputed && (is === "" || (is === undefined && was !== undefined))) {
      const { removal = "none", removalIf = {} } = argument;
      return [{ ...change, effect: mayHold(removalIf, sides) ? removal : "none" }];
    }
    const isOfParts = (value: Value) => isValues(value) || (argument?.nesting !== undefined && value === undefined);
    if (!isOpen(argument) || !isOfParts(was) || !isOfParts(is)) return ofValue(change, path, [was, is]);
    const inside = byName(place, (was ?? {}) as Values, (is ?? {}) as Values).map(contribution);
    const isOther = (was === undefined) !== (is === undefined);
    const own = argument && isOther ? (changeOf(argument, was, is) ?? "unknown") : "none";
    // A block that the provider has filled in is not new, unless values say that it has not.
    const isFilledIn = is !== undefined && isComputed(path) && (own === "update" || !argument?.if);
    const effect = worst(isFilledIn ? inside : [...inside, own]);
    return effect === "none" ? [] : [{ ...change, effect }];
  };

  /** @param old, next values of what is written, with what the stack says in place of references */
  const ofValue = (change: Omit<ChangedArgument, "effect">, path: string, [old, next]: Value[]): ChangedArgument[] => {
    const { before, after, argument: whole } = change;
    const own = whole?.path === path && whole.type !== "dynamic" ? whole : undefined;
    const argument = own ?? (whole && argumentInside(table, whole, path));
    const [was, is] = own ? [old ?? (oldTable.byPath.get(path) ?? own).default, next ?? own.default] : [old, next];
    const filledIn = own && serviceDefaultOf(own, sides);
    // The plugin SDK cannot tell zero from nothing where the provider computes no value, and an empty map nowhere.
    const isNothing = (!isComputed(path) || isValues(is)) && [was, is].every((value) => isZero(value ?? ""));
    if (own && (isNothing || (was === undefined && differ(filledIn, is) === "no"))) return [];
    const difference = differ(comparable(was, argument), comparable(is, argument));
    if (difference === "no") return [];
    const isNowhere = before === undefined && after === undefined;
    const isReferenceTo = before !== undefined && after !== undefined && differ(before, after) === "yes";
    // The provider may have filled in just this.
    const isEmptied = argument?.isComputed && isZero(is) && filledIn === undefined;
    const isKnown = (difference === "yes" || isReferenceTo) && !(was === undefined && (isNowhere || isEmptied));
    const atWorst = argument && changeOf(argument, was, is);
    const told = { ...change, argument, ...(isNowhere && { before: was, after: is }) };
    return isKnown ? [{ ...told, effect: atWorst ?? "unknown" }] : [{ ...told, effect: "unknown", atWorst }];
  };

  const isComputed = (path: string) => tables.some(({ byPath }) => byPath.get(path)?.isComputed);

  /** The change of an argument from one value to another, at worst if only Terraform knows the values. */
  const changeOf = ({ change, otherwise = "update", serviceDefault, ...argument }: Argument, was: Value, is: Value) => {
    const both = { before: { ...sides.before, "": was }, after: { ...sides.after, "": is }, unwritten: serviceDefault };
    return mayHold({ ...argument.if, unless: argument.unless }, both) ? change : otherwise;
  };

  return at;
}

/** What the cloud itself has set where nothing was written. */
function serviceDefaultOf({ serviceDefault, where = {} }: Argument, sides: BothSides): Value {
  const found = holds(where, sides) ? serviceDefault : undefined;
  if (typeof found !== "string") return found;
  return found.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(sides.before[name]));
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
