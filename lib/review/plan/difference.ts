import { isDeepStrictEqual } from "node:util";
import { isInside, isNamedValue, Reference, withAddresses, withoutIndices } from "../model/reference";
import { Block, partOf } from "../model/stack";
import { at, isKnown, referencesOf, resolved, stable, Unknown, unknownsIn, Value } from "../model/value";
import type { PlannedResource } from "./plan";
import { attributeOf, StackSide } from "./side";

/** Difference of two values: `perhaps` where only Terraform can tell. */
export type Difference = "no" | "perhaps" | "yes";

/** Returns how two values differ. */
export type Differ = (before: Value, after: Value) => Difference;

/** Functions that give another value with every plan. */
const IMPURE = /\b(timestamp|plantimestamp|uuid|bcrypt)\(/;

/**
 * Comparisons of values, and of what references lead to, in a stack.
 *
 * @param planned the plan of a resource
 * @param newAddressOf the address of a resource after the change
 */
export function differencesIn(
  old: StackSide,
  next: StackSide,
  planned: (address: string) => PlannedResource | undefined,
  newAddressOf: (address: string) => string,
) {
  const told = new Map<string, Difference>();

  const differ: Differ = (before, after) => {
    if (before === undefined || after === undefined) return before === after ? "no" : "yes";
    if (isKnown(before) && isKnown(after)) return isDeepStrictEqual(before, after) ? "no" : "yes";
    if (unknownsIn(after).some(({ text }) => IMPURE.test(text))) return "yes";
    if (isDeepStrictEqual(atNewAddresses(before), after)) return surest(referencesOf(after).map(ofReference));
    const [was, is] = [resolved(before), resolved(after)];
    if (was !== before || is !== after) return differ(was, is);
    const references = referencesOf(is).filter(({ address }) => !isNamedValue(address));
    const isNew = references.some((reference) => ofReference(reference) === "yes");
    return isNew || areIdsOfTwo(was, is) ? "yes" : "perhaps";
  };

  const atNewAddresses = (value: Value): Value =>
    next.stack.moved.size > 0 ? resolved(value, ({ text }) => new Unknown(withAddresses(text, newAddressOf))) : value;

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

  /** A variable is its default, converted to its type. */
  const ofNamedValue = (reference: Reference): Difference => {
    const wholes = [old, next].map(({ stack }) => stack.named.get(reference.address));
    const parts = [old, next].map(({ stack }) => partOf(stack.named, reference));
    const [was = null, is = null] = parts.some((part) => part !== undefined) ? parts : wholes;
    const [type, newType] = wholes.map((variable) => stable([at(variable, "type"), at(variable, "sensitive")]));
    const isOtherType = reference.address.startsWith("var.") && type !== newType;
    return surest([differ(was, is), isOtherType ? "perhaps" : "no"]);
  };

  const ofBlock = ({ address, key, attribute }: Reference): Difference => {
    const block = next.stack.blocks.get(address);
    if (!block) return "no";
    if (block.kind === "data") return ofData(block);
    const { before, after, verdict, cause, arguments: changed } = planned(address)!;
    if (block.kind === "module") return verdict === "none" ? "no" : "perhaps";
    const [was, is] = [before, after].map((side) => side && attributeOf(side, attribute).value);
    const { argument } = attributeOf(after!, attribute);
    if (argument && !argument.isComputed && was === undefined && is === undefined) return "no";
    if (!before) return "yes";
    if (verdict === "replace")
      return attribute === "" || was === undefined || is === undefined ? "yes" : differ(was, is);
    if (key !== "" && changed.some(({ path }) => path === "count" || path === "for_each")) return "perhaps";
    const effects = changed.filter((change) => isOf(attribute, change)).map(({ effect }) => effect);
    if (verdict === "unknown" && (cause || is === undefined)) return "perhaps";
    return surest(effects.map((effect) => (effect === "none" ? "no" : effect === "unknown" ? "perhaps" : "yes")));
  };

  /** A data source that waits for what it depends on or refers to is read at apply; all of it is unknown until then. */
  const ofData = (data: Block): Difference => {
    const references = [...data.dependsOn, ...referencesOf([data.body, data.instances])];
    const waitsFor = (reference: Reference) =>
      !isNamedValue(reference.address) &&
      ((planned(reference.address)?.verdict ?? "none") !== "none" || ofReference(reference) === "yes");
    if (references.some(waitsFor)) return "yes";
    const before = old.stack.blocks.get(data.address);
    return before && differ([before.body, before.instances], [data.body, data.instances]) === "no" ? "no" : "perhaps";
  };

  return { differ, ofReference };
}

/** Returns whether an attribute that is referred to is a changed argument, has it inside, or is computed from it. */
function isOf(attribute: string, { path, argument }: PlannedResource["arguments"][number]): boolean {
  const [own, changed] = [attribute, path].map(withoutIndices);
  const sources = [changed, ...(argument?.recomputes ?? [])];
  return own === "" || isInside(changed, own) || sources.some((source) => isInside(own, source));
}

/** The address in a value that is the id of a resource and nothing else. */
function idReferredTo(value: Value): string | undefined {
  return value instanceof Unknown ? /^\$\{([\w.-]+)\.id\}$/.exec(value.text)?.[1] : undefined;
}

/** The surest of several. */
function surest(differences: readonly Difference[]): Difference {
  return (["yes", "perhaps"] as const).find((difference) => differences.includes(difference)) ?? "no";
}
