import { Reference, withAddresses } from "../model/reference";
import { ignores, partOf } from "../model/resolve";
import type { Block } from "../model/stack";
import {
  areWrittenAlike,
  isKnown,
  referencesOf,
  replaceUnknowns,
  stable,
  Unknown,
  unknownsIn,
  Value,
} from "../model/value";
import type { PlannedResource } from "./plan";
import { argumentAt, attributeOf, Side, StackSide } from "./side";

/** Difference of two values: `perhaps` where only Terraform can tell. */
export type Difference = "no" | "perhaps" | "yes";

/** What tells whether two values differ. */
export type Differ = (before: Value, after: Value) => Difference;

/** A stack on both sides of a change, and what is planned for its resources so far. */
export interface Surroundings {
  readonly before: StackSide;
  readonly after: StackSide;
  /** The resource groups that were there. */
  readonly groups: readonly Block[];
  readonly planned: ReadonlyMap<string, PlannedResource>;
  /** Where a resource is after the change. */
  readonly newAddressOf: (address: string) => string;
}

/** What compares the values of a stack, as far as its resources are planned. */
export interface Differences {
  readonly differ: Differ;
  /** Returns whether what a reference leads to is another one after the change. */
  readonly ofReference: (reference: Reference) => Difference;
  /** Returns whether a block is written alike on both sides, and all that it refers to is the same. */
  readonly isSame: (before: Side, after: Side) => boolean;
}

export function differencesIn(stack: Surroundings): Differences {
  const told = new Map<string, Difference>();

  const differ = (before: Value, after: Value): Difference => {
    if (before === undefined || after === undefined) return before === after ? "no" : "yes";
    if (isKnown(before) && isKnown(after)) return stable(before) === stable(after) ? "no" : "yes";
    if (unknownsIn(after).some(({ isImpure }) => isImpure)) return "yes";
    if (stable(atNewAddresses(before)) === stable(after)) return surest(referencesOf(after).map(ofReference));
    const [old, next] = [stack.before.resolve(before), stack.after.resolve(after)];
    if (old !== before || next !== after) return differ(old, next);
    const isNew = referencesOf(next).some((reference) => isOfBlock(reference) && ofReference(reference) === "yes");
    return isNew || areIdsOfTwo(old, next) ? "yes" : "perhaps";
  };

  const atNewAddresses = (value: Value): Value =>
    stack.after.stack.moved.size === 0
      ? value
      : replaceUnknowns(value, ({ text }) => new Unknown(withAddresses(text, stack.newAddressOf)));

  const areIdsOfTwo = (before: Value, after: Value): boolean => {
    const [old, next] = [before, after].map(idReferredTo);
    return old !== undefined && next !== undefined && stack.newAddressOf(old) !== next;
  };

  /** A difference that is told once, and is none where it hangs on itself. */
  const ofReference = (reference: Reference): Difference => {
    const name = `${reference.address}${reference.key}.${reference.attribute}`;
    if (!told.has(name)) {
      told.set(name, "no");
      told.set(name, isOfBlock(reference) ? ofBlock(reference) : ofNamedValue(reference));
    }
    return told.get(name)!;
  };

  /** Returns whether a variable or a local value is another one; a variable is what it is by default. */
  const ofNamedValue = (reference: Reference): Difference => {
    const sides = [stack.before, stack.after];
    const parts = sides.map((side) => partOf(side.stack.named, reference, side.resolve));
    const wholes = sides.map((side) => side.stack.named.get(reference.address));
    const [old = null, next = null] = parts.some((part) => part !== undefined) ? parts : wholes;
    const [was, is] = sides.map((side) => side.stack.types.get(reference.address));
    return surest([differ(old, next), was === is ? "no" : "perhaps"]);
  };

  /** Returns whether an attribute that an expression refers to is another one after the change. */
  const ofBlock = ({ address, key, attribute }: Reference): Difference => {
    const block = stack.after.stack.blocks.get(address);
    if (!block) return "no";
    if (block.kind === "data") return ofData(block);
    const { before, after, verdict, arguments: changed } = stack.planned.get(address)!;
    if (block.kind === "module") return verdict === "none" ? "no" : "perhaps";
    const [old, next] = [before, after].map((side) => side && attributeOf(side, attribute));
    const argument = argumentAt(after!.table, attribute);
    if (argument && !argument.isComputed && old === undefined && next === undefined) return "no";
    if (!before) return "yes";
    const areOthers = changed.some(({ path }) => path === "count" || path === "for_each");
    if (areOthers && (key !== "" || attribute === "")) return "perhaps";
    if (attribute === "") return verdict === "none" ? "no" : verdict === "unknown" ? "perhaps" : "yes";
    const own = changed.filter(({ effect }) => effect !== "none");
    const isRecomputed = own.some((change) => change.argument?.recomputes?.includes(rootOf(attribute)));
    if (next === undefined && (verdict === "replace" || isRecomputed)) return "yes";
    if (argument && verdict !== "replace" && ignores(block.ignoreChanges, attribute)) return "no";
    if (old !== undefined && next !== undefined) return differ(old, next);
    if (old === undefined && next === undefined) return verdict === "unknown" ? "perhaps" : "no";
    const effects = own.filter(({ path }) => rootOf(path) === rootOf(attribute)).map(({ effect }) => effect);
    return surest(effects.map((effect) => (effect === "unknown" ? "perhaps" : "yes")));
  };

  /** A data source that waits for what it depends on or refers to is read at apply; all of it is unknown until then. */
  const ofData = (data: Block): Difference => {
    const { values } = stack.after.sideOf(data);
    const references = [...data.dependsOn, ...referencesOf([data.body, data.instances])];
    const waits = references.some(({ address }) => (stack.planned.get(address)?.verdict ?? "none") !== "none");
    if (waits || referencesOf(values).some((reference) => ofReference(reference) === "yes")) return "yes";
    const before = stack.before.stack.blocks.get(data.address);
    const isSame =
      before &&
      differ(stack.before.sideOf(before).values, values) === "no" &&
      differ(before.instances, data.instances) === "no";
    return isSame ? "no" : "perhaps";
  };

  const isSame = (before: Side, after: Side): boolean => {
    if (before.table !== after.table || stack.after.stack.moved.size > 0) return false;
    const [old, next] = [before, after].map(({ block: { body, instances, provider } }) => [body, instances, provider]);
    if (!areWrittenAlike(old, next)) return false;
    const isSameReference = (reference: Reference) => ofReference(reference) === "no";
    return unknownsIn(next).every(({ isImpure, references }) => !isImpure && references.every(isSameReference));
  };

  return { differ, ofReference, isSame };
}

/** The address in a value that is the id of a resource and nothing else. */
function idReferredTo(value: Value): string | undefined {
  return value instanceof Unknown ? /^\$\{([\w.-]+)\.id\}$/.exec(value.text)?.[1] : undefined;
}

function isOfBlock({ address }: Reference): boolean {
  return !/^(var|local)\./.test(address);
}

/** The surest of several. */
function surest(differences: readonly Difference[]): Difference {
  return (["yes", "perhaps"] as const).find((difference) => differences.includes(difference)) ?? "no";
}

function rootOf(path: string): string {
  return path.split(/[.[]/)[0];
}
