import { isDeepStrictEqual } from "node:util";
import { isInside, isNamedValue, Reference, withAddresses, withoutIndices } from "../model/reference";
import { stepsOf } from "../model/reference";
import { at, isKnown, referencesOf, resolved, stable, Unknown, unknownsIn, Value } from "../model/value";
import type { Block } from "../stack/block";
import { partOf, Stack } from "../stack/stack";
import type { PlannedResource } from "./plan";

/** Difference of two values: `perhaps` where only Terraform can tell. */
export type Difference = "no" | "perhaps" | "yes";

/** Returns how two values differ. */
export type Differ = (before: Value, after: Value) => Difference;

/** Functions that give another value with every plan. */
const IMPURE = /\b(timestamp|plantimestamp|uuid|bcrypt)\(/;
/** The id of a resource and nothing else. */
const ONLY_ID = /^\$\{[\w.-]+\.id\}$/;

/**
 * Comparisons of values, and of what references lead to, in a stack.
 *
 * @param plans the plans of resources by address after the change, those of what a value refers to among them
 * @param newAddressOf the address of a resource after the change
 */
export function differencesIn(
  old: Stack,
  next: Stack,
  plans: ReadonlyMap<string, PlannedResource>,
  newAddressOf: (address: string) => string,
) {
  const told = new Map<string, Difference>();

  const differ: Differ = (before, after) => {
    if (before === undefined || after === undefined) return before === after ? "no" : "yes";
    if (isKnown(before) && isKnown(after)) return isDeepStrictEqual(before, after) ? "no" : "yes";
    if (unknownsIn(after).some(({ text }) => IMPURE.test(text))) return "yes";
    if (isDeepStrictEqual(atNewAddresses(before), after)) return surest(referencesOf(after).map(ofReference));
    const [was, is] = [resolved(before), resolved(after)];
    if (!isDeepStrictEqual([was, is], [before, after])) return differ(was, is);
    const references = referencesOf(is).filter(({ address }) => !isNamedValue(address));
    const areIdsOfTwo = [was, is].every((value) => value instanceof Unknown && ONLY_ID.test(value.text));
    return areIdsOfTwo || references.some((reference) => ofReference(reference) === "yes") ? "yes" : "perhaps";
  };

  const atNewAddresses = (value: Value): Value =>
    next.moved.size > 0 ? resolved(value, ({ text }) => new Unknown(withAddresses(text, newAddressOf))) : value;

  /** Tells a difference once, and none where it hangs on itself. */
  const ofReference = (reference: Reference): Difference => {
    const name = `${reference.address}.${reference.attribute}`;
    if (!told.has(name)) {
      told.set(name, "no");
      told.set(name, isNamedValue(reference.address) ? ofNamedValue(reference) : ofBlock(reference));
    }
    return told.get(name)!;
  };

  /** A variable is its default, converted to its type. */
  const ofNamedValue = (reference: Reference): Difference => {
    const [was, is] = [old, next].map(({ named }) => partOf(named, reference) ?? named.get(reference.address) ?? null);
    const [type, newType] = [old, next].map(({ named }) => stable(at(named.get(reference.address), "type")));
    return surest([differ(was, is), type === newType ? "no" : "perhaps"]);
  };

  const ofBlock = ({ address, attribute }: Reference): Difference => {
    const block = next.blocks.get(address);
    if (!block) return "no";
    if (block.kind === "data") return ofData(block);
    const { before, after, verdict, cause, arguments: changed } = plans.get(address)!;
    if (block.kind === "module") return verdict === "none" ? "no" : "perhaps";
    const [was, is] = [before, after].map((side) => at(resolved(side?.body), ...stepsOf(attribute)));
    const argument = after!.table.byWritten.get(withoutIndices(attribute));
    if (argument && !argument.isComputed && was === undefined && is === undefined) return "no";
    if (!before) return "yes";
    if (verdict === "replace")
      return attribute === "" || was === undefined || is === undefined ? "yes" : differ(was, is);
    const isUnknown = verdict === "unknown" && (cause || is === undefined);
    if (isUnknown || changed.some(({ path }) => path === "count" || path === "for_each")) return "perhaps";
    const effects = changed.filter((change) => isOf(attribute, change)).map(({ effect }) => effect);
    return surest(effects.map((effect) => (effect === "none" ? "no" : effect === "unknown" ? "perhaps" : "yes")));
  };

  /** A data source that waits for what it depends on or refers to is read at apply; all of it is unknown until then. */
  const ofData = (data: Block): Difference => {
    const references = [...data.dependsOn, ...referencesOf([data.body, data.instances])];
    const isChanged = ({ address }: Reference) => (plans.get(address)?.verdict ?? "none") !== "none";
    if (references.some((reference) => isChanged(reference) || ofReference(reference) === "yes")) return "yes";
    const before = old.blocks.get(data.address);
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

/** The surest of several. */
function surest(differences: readonly Difference[]): Difference {
  return (["yes", "perhaps"] as const).find((difference) => differences.includes(difference)) ?? "no";
}
