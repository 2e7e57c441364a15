import { bytes } from "../validation/quantity";
import type { Argument } from "./argument-table";
import { changeOf, changeOfFilledIn, isFilledIn } from "./change-rules";
import { Declaration, ignores } from "./declaration";
import type { Difference, Differences } from "./differences";
import { hasExpression } from "./expressions";
import { isObject, Json, stable } from "./json";
import { normalValue } from "./normal-values";
import { MANIFEST } from "./resource-types";
import { ChangedArgument, contribution, Verdict, VERDICTS, worst } from "./verdict";

/** Finds the arguments of one resource that differ. */
export class ResourceComparison {
  private readonly changed: ChangedArgument[] = [];

  constructor(
    private readonly differences: Differences,
    private readonly before: Declaration,
    private readonly after: Declaration,
  ) {}

  changedArguments(): ChangedArgument[] {
    this.compareBlock("", "", this.before.values, this.after.values);
    const changed = this.changed.map((change): ChangedArgument =>
      this.isWithoutEffect(change) ? { ...change, effect: "none", atWorst: undefined } : change,
    );
    return [...this.changedMetaArguments(), ...changed].sort(
      (a, b) => VERDICTS.indexOf(contribution(a)) - VERDICTS.indexOf(contribution(b)),
    );
  }

  private changedMetaArguments(): ChangedArgument[] {
    const { differences, before, after } = this;
    const [old, next] = [before.meta, after.meta];
    const changed: ChangedArgument[] = [];
    if (old.provider !== next.provider)
      changed.push({ path: "provider", before: old.provider, after: next.provider, effect: "unknown" });
    if (differences.before.instancesOf(before) && differences.after.instancesOf(after)) return changed;
    for (const [path, before, after] of [
      ["count", old.count, next.count],
      ["for_each", old.forEach, next.forEach],
    ] as const) {
      if (differences.between(before, after) !== "no") changed.push({ path, before, after, effect: "unknown" });
    }
    return changed;
  }

  /** Both blocks are there, if only with nothing in them. */
  private compareBlock(path: string, display: string, before: Json, after: Json): void {
    for (const name of namesIn(before, after)) {
      const inside = path ? `${path}.${name}` : name;
      const argument = this.argumentAt(inside);
      // What the new version does not have is forgotten without a change; blocks that Terraform is told to make are none of that.
      if (!argument && this.after.table.isKnown && !(name in after) && name !== "dynamic") continue;
      const shown = join(display, argument ? argument.written.slice(argument.written.lastIndexOf(".") + 1) : name);
      const blocks = [before[name] ?? [], after[name] ?? []];
      if (argument?.isBlock && blocks.flat().every(isObject)) this.compareBlocks(argument, shown, blocks[0], blocks[1]);
      else this.compareAttribute(argument, shown, before[name], after[name]);
    }
    if (this.before.table !== this.after.table) this.compareDefaults(path, display, before, after);
  }

  /** What is written nowhere changes, too, where another version of the provider has another default. */
  private compareDefaults(path: string, display: string, before: Json, after: Json): void {
    const defaults = [...this.before.table.defaultsIn(path), ...this.after.table.defaultsIn(path)];
    for (const at of new Set(defaults.map(({ path }) => path))) {
      const name = at.slice(at.lastIndexOf(".") + 1);
      const [old, next] = [this.before.table.get(at), this.after.table.get(at)];
      if (!next || name in before || name in after || old?.default === next.default) continue;
      const [was, is] = [old, next].map(
        (argument) => argument?.default && normalValue(argument.default, argument.type!),
      );
      if (was === undefined ? isZero(is) || isFilledIn(this.after, next, is) : is === undefined && isZero(was))
        continue;
      const change = changeOf(this.before, this.after, next, was, is);
      this.changed.push({
        path: join(display, next.written.slice(next.written.lastIndexOf(".") + 1)),
        argument: next,
        before: was,
        after: is,
        effect: was === undefined ? "unknown" : (change ?? "unknown"),
        atWorst: was === undefined ? change : undefined,
      });
    }
  }

  private argumentAt(path: string): Argument | undefined {
    return this.after.table.get(path);
  }

  private compareBlocks(argument: Argument, display: string, before: Json[], after: Json[]): void {
    const [old, next] = argument.isSet ? this.withoutCommon(before, after) : [before, after];
    for (let i = 0; i < Math.max(old.length, next.length); i++) {
      const shown = argument.isSingle || before.length + after.length <= 2 ? display : `${display}[${i}]`;
      if (old[i] !== undefined && next[i] !== undefined) this.compareBlock(argument.path, shown, old[i], next[i]);
      else this.compareWholeBlock(argument, shown, old[i], next[i]);
    }
  }

  private withoutCommon(before: Json[], after: Json[]): [Json[], Json[]] {
    const [old, next] = [before, after].map((blocks) => new Set(blocks.map(stable)));
    const isCommon = (block: Json) =>
      old.has(stable(block)) && next.has(stable(block)) && this.differenceOf(block, block) === "no";
    return [before.filter((block) => !isCommon(block)), after.filter((block) => !isCommon(block))];
  }

  /** A block that is added or taken away: one change, as bad as the worst of what is in it. */
  private compareWholeBlock(argument: Argument, path: string, before: Json, after: Json): void {
    if (after === undefined && argument.isComputed) {
      this.changed.push({ path, argument, before, after, effect: "none" });
      return;
    }
    const inside = new ResourceComparison(this.differences, this.before, this.after);
    inside.compareBlock(argument.path, path, before ?? {}, after ?? {});
    const insideEffects = inside.changed.map(contribution).filter((effect) => effect !== "none");
    // The provider has filled the block in, so that it is not new.
    const isThere = argument.isComputed || (before === undefined && this.before.table.get(argument.path)?.isComputed);
    if (isThere && insideEffects.length === 0) return;
    const own = isThere ? changeOfFilledIn(this.after, argument, after) : this.effectOf(argument, before, after);
    this.changed.push({ path, argument, before, after, effect: worst([own, ...insideEffects]) });
  }

  private compareAttribute(argument: Argument | undefined, path: string, before: Json, after: Json): void {
    const isMap = argument?.type?.[0] === "map" && !argument.isSensitive && isObject(before) && isObject(after);
    if (isMap || argument?.type === "dynamic" || !argument) {
      this.compareOpen(argument, argument?.path ?? path, path, before, after);
      return;
    }
    const oldArgument = this.before.table.get(argument.path) ?? argument;
    const oldValue = before ?? this.unwritten(oldArgument, after);
    const newValue = after ?? this.unwritten(argument, before);
    if (after === undefined && argument.isComputed) {
      this.changed.push({ path, argument, before, after, effect: "none" });
      return;
    }
    if (before === undefined && isFilledIn(this.after, argument, after)) return;
    this.compareValues(argument, path, before, after, oldValue, newValue);
  }

  /** A map, a manifest or what is inside of them, where nothing has a default. */
  private compareOpen(within: Argument | undefined, at: string, path: string, before: Json, after: Json): void {
    if (haveNames(before, after)) {
      for (const name of namesIn(before, after))
        this.compareOpen(within, `${at}.${name}`, join(path, name), before[name], after[name]);
    } else if (areListsOfObjects(before, after)) {
      before.forEach((item: Json, i: number) => this.compareOpen(within, at, `${path}[${i}]`, item, after[i]));
    } else this.compareClosed(within, at, path, before, after);
  }

  /** The same where one side is a value or an expression: one change, as bad as the worst of what is in it. */
  private compareClosed(within: Argument | undefined, at: string, path: string, before: Json, after: Json): void {
    const argument = within && this.after.table.inside(within, at);
    const [old, next] = [this.differences.before.resolve(before), this.differences.after.resolve(after)];
    if (!haveNames(old, next)) {
      this.compareValues(argument, path, before, after, before, after);
      return;
    }
    const inside = new ResourceComparison(this.differences, this.before, this.after);
    inside.compareOpen(within, at, path, old, next);
    if (inside.changed.length === 0) return;
    this.changed.push({ path, argument, before, after, effect: worst(inside.changed.map(contribution)) });
  }

  private compareValues(
    argument: Argument | undefined,
    path: string,
    before: Json,
    after: Json,
    oldValue: Json,
    newValue: Json,
  ): void {
    const old = this.differences.before.resolve(oldValue);
    const next = this.differences.after.resolve(newValue);
    // What the provider has filled in may be just this, where it is nothing.
    const isOpen = old === undefined && argument?.isComputed && isZero(next);
    const difference = isOpen ? "perhaps" : this.differenceOf(oldValue, newValue);
    if (difference === "no" || (argument && isSameTo(argument, old, next))) return;
    const change = argument && changeOf(this.before, this.after, argument, old, next);
    const known = [this.differences.before.resolve(oldValue, true), this.differences.after.resolve(newValue, true)];
    const shown = hasExpression(known) ? [before, after] : known;
    this.changed.push({
      path,
      argument,
      before: before === undefined ? undefined : shown[0],
      after: after === undefined ? undefined : shown[1],
      effect: difference === "perhaps" ? "unknown" : (change ?? "unknown"),
      atWorst: difference === "perhaps" ? change : undefined,
    });
  }

  private differenceOf(before: Json, after: Json): Difference {
    return this.differences.within(this.before, this.after, before, after);
  }

  private effectOf(argument: Argument, before: Json, after: Json): Verdict {
    return changeOf(this.before, this.after, argument, before, after) ?? "unknown";
  }

  /** What the provider takes for an argument that is left out, next to a value that is not. */
  private unwritten(argument: Argument, other: Json): Json {
    if (argument.isComputed) return undefined;
    if (argument.default !== undefined) return normalValue(argument.default, argument.type!);
    return isZero(other) ? other : undefined;
  }

  private isWithoutEffect({ path }: ChangedArgument): boolean {
    return ignores(this.after, path) || (/^timeouts\b/.test(path) && this.after.type !== PLANS_TIMEOUTS);
  }
}

/**
 * The one resource whose plan shows other timeouts; the plugin SDK, which all others here are made with, finds nothing
 * to plan.
 *
 * Source: hashicorp/terraform-plugin-sdk v2, helper/schema/grpc_provider.go (PlanResourceChange).
 */
const PLANS_TIMEOUTS = MANIFEST;

/** The providers' plugin SDK cannot tell these from nothing. */
function isZero(value: Json): boolean {
  return (
    value === false ||
    value === 0 ||
    value === "" ||
    (typeof value === "object" && value !== null && Object.keys(value).length === 0)
  );
}

function namesIn(before: Json, after: Json): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
}

/** Whether two spellings are the same value to the provider. */
function isSameTo(argument: Argument, before: Json, after: Json): boolean {
  if (before === undefined || after === undefined || hasExpression([before, after])) return false;
  const { type, isQuantity } = argument;
  if (type && stable(normalValue(before, type)) === stable(normalValue(after, type))) return true;
  if (typeof before !== "string" || typeof after !== "string") return false;
  if (isQuantity) return bytes(before) !== undefined && bytes(before) === bytes(after);
  const meaning = MEANINGS[argument.path];
  return meaning !== undefined && meaning(before) === meaning(after);
}

/**
 * What is left of a value that can be spelled in several ways.
 *
 * Sources: hashicorp/go-azure-helpers, resourcemanager/location/normalize.go; hashicorp/terraform-provider-azurerm,
 * internal/services/authorization/role_assignment_resource.go.
 */
const MEANINGS: { readonly [path: string]: (value: string) => string } = {
  location: (region) => region.replaceAll(" ", "").toLowerCase(),
  role_definition_id: (id) => id.toLowerCase(),
  role_definition_name: (name) => name.toLowerCase(),
};

/** Whether both have names that can be compared, of which none is an expression. */
function haveNames(before: Json, after: Json): boolean {
  return isObject(before) && isObject(after) && !hasExpression(namesIn(before, after));
}

function areListsOfObjects(before: Json, after: Json): boolean {
  return Array.isArray(before) && Array.isArray(after) && before.length === after.length && before.some(isObject);
}

function join(path: string, name: string): string {
  if (path === "") return name;
  return /^[A-Za-z_][\w-]*$/.test(name) ? `${path}.${name}` : `${path}["${name}"]`;
}
