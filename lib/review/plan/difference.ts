import { isDeepStrictEqual } from "node:util";
import { isNamedValue, Reference, withAddresses } from "../model/reference";
import { Block, ignores, partOf } from "../model/stack";
import { isKnown, referencesOf, resolved, stable, Unknown, unknownsIn, Value } from "../model/value";
import type { PlannedResource } from "./plan";
import { argumentAt, attributeOf, Side, StackSide } from "./side";

/** Difference of two values: `perhaps` where only Terraform can tell. */
export type Difference = "no" | "perhaps" | "yes";

/** Returns how two values differ. */
export type Differ = (before: Value, after: Value) => Difference;

/** A stack on both sides of a change, and what is planned for its resources. */
export interface Surroundings {
  readonly before: StackSide;
  readonly after: StackSide;
  readonly planned: (address: string) => PlannedResource | undefined;
  /** Returns the address of a resource after the change. */
  readonly newAddressOf: (address: string) => string;
}

/** Comparisons of the values of a stack. */
export interface Differences {
  readonly differ: Differ;
  /** Returns how what a reference leads to differs after the change. */
  readonly ofReference: (reference: Reference) => Difference;
  /** Returns whether a block is written alike on both sides, and all that it refers to is the same. */
  readonly isSame: (before: Side, after: Side) => boolean;
}

/** Functions that give another value with every plan. */
const IMPURE = /\b(timestamp|plantimestamp|uuid|bcrypt)\(/;

export function differencesIn({ before: old, after: next, planned, newAddressOf }: Surroundings): Differences {
  const told = new Map<string, Difference>();
  const hasMoves = next.stack.moved.size > 0;

  const differ = (before: Value, after: Value): Difference => {
    if (before === undefined || after === undefined) return before === after ? "no" : "yes";
    if (isKnown(before) && isKnown(after)) return stable(before) === stable(after) ? "no" : "yes";
    if (unknownsIn(after).some(({ text }) => IMPURE.test(text))) return "yes";
    if (stable(atNewAddresses(before)) === stable(after)) return surest(referencesOf(after).map(ofReference));
    const [was, is] = [resolved(before), resolved(after)];
    if (was !== before || is !== after) return differ(was, is);
    const references = referencesOf(is).filter(({ address }) => !isNamedValue(address));
    const isNew = references.some((reference) => ofReference(reference) === "yes");
    return isNew || areIdsOfTwo(was, is) ? "yes" : "perhaps";
  };

  const atNewAddresses = (value: Value): Value =>
    hasMoves ? resolved(value, ({ text }) => new Unknown(withAddresses(text, newAddressOf))) : value;

  const areIdsOfTwo = (before: Value, after: Value): boolean => {
    const [was, is] = [before, after].map(idReferredTo);
    return was !== undefined && is !== undefined && newAddressOf(was) !== is;
  };

  /** Tells a difference once, and none where it hangs on itself. */
  const ofReference = (reference: Reference): Difference => {
    const name = `${reference.address}${reference.key}.${reference.attribute}`;
    if (!told.has(name)) {
      told.set(name, "no");
      told.set(name, isNamedValue(reference.address) ? ofNamedValue(reference) : ofBlock(reference));
    }
    return told.get(name)!;
  };

  /** A variable is its default. */
  const ofNamedValue = ({ address, attribute }: Reference): Difference => {
    const wholes = [old, next].map(({ stack }) => stack.named.get(address));
    const parts = wholes.map((whole) => partOf(whole, attribute));
    const [was = null, is = null] = parts.some((part) => part !== undefined) ? parts : wholes;
    const isOtherType = old.stack.types.get(address) !== next.stack.types.get(address);
    return surest([differ(was, is), isOtherType ? "perhaps" : "no"]);
  };

  const ofBlock = ({ address, key, attribute }: Reference): Difference => {
    const block = next.stack.blocks.get(address);
    if (!block) return "no";
    if (block.kind === "data") return ofData(block);
    const { before, after, verdict, arguments: changed } = planned(address)!;
    if (block.kind === "module") return verdict === "none" ? "no" : "perhaps";
    const [was, is] = [before, after].map((side) => side && attributeOf(side, attribute));
    const argument = argumentAt(after!.table, attribute);
    if (argument && !argument.isComputed && was === undefined && is === undefined) return "no";
    if (!before) return "yes";
    const areOthers = changed.some(({ path }) => path === "count" || path === "for_each");
    if (areOthers && (key !== "" || attribute === "")) return "perhaps";
    if (attribute === "") return verdict === "none" ? "no" : verdict === "unknown" ? "perhaps" : "yes";
    const own = changed.filter(({ effect }) => effect !== "none");
    const isRecomputed = own.some((change) => change.argument?.recomputes?.includes(rootOf(attribute)));
    if (is === undefined && (verdict === "replace" || isRecomputed)) return "yes";
    if (argument && verdict !== "replace" && ignores(block.ignoreChanges, attribute)) return "no";
    if (was !== undefined && is !== undefined) return differ(was, is);
    if (was === undefined && is === undefined) return verdict === "unknown" ? "perhaps" : "no";
    const effects = own.filter(({ path }) => rootOf(path) === rootOf(attribute)).map(({ effect }) => effect);
    return surest(effects.map((effect) => (effect === "unknown" ? "perhaps" : "yes")));
  };

  /** A data source that waits for what it depends on or refers to is read at apply; all of it is unknown until then. */
  const ofData = (data: Block): Difference => {
    const { values } = next.sideOf(data);
    const references = [...data.dependsOn, ...referencesOf([data.body, data.instances])];
    const waits = references.some(({ address }) => (planned(address)?.verdict ?? "none") !== "none");
    if (waits || referencesOf(values).some((reference) => ofReference(reference) === "yes")) return "yes";
    const before = old.stack.blocks.get(data.address);
    const isSame =
      before && differ(old.sideOf(before).values, values) === "no" && differ(before.instances, data.instances) === "no";
    return isSame ? "no" : "perhaps";
  };

  const isSame = (before: Side, after: Side): boolean => {
    if (before.table !== after.table || hasMoves) return false;
    const [was, is] = [before, after].map(({ block: { body, instances, provider } }) => [body, instances, provider]);
    if (!isDeepStrictEqual(was, is)) return false;
    const isSameReference = (reference: Reference) => ofReference(reference) === "no";
    return unknownsIn(is).every(({ text, references }) => !IMPURE.test(text) && references.every(isSameReference));
  };

  return { differ, ofReference, isSame };
}

/** The address in a value that is the id of a resource and nothing else. */
function idReferredTo(value: Value): string | undefined {
  return value instanceof Unknown ? /^\$\{([\w.-]+)\.id\}$/.exec(value.text)?.[1] : undefined;
}

/** The surest of several. */
function surest(differences: readonly Difference[]): Difference {
  return (["yes", "perhaps"] as const).find((difference) => differences.includes(difference)) ?? "no";
}

function rootOf(path: string): string {
  return path.split(/[.[]/)[0];
}
