import { isDeepStrictEqual } from "node:util";
import { isInside, isNamedValue, Reference, stepsOf, withAddresses, withoutIndices } from "../model/reference";
import { at, isKnown, referencesOf, resolved, stable, Unknown, unknownsIn, Value } from "../model/value";
import type { Block } from "../stack/block";
import { partOf, Stack } from "../stack/stack";
import type { PlannedResource } from "./plan";

type Difference = "no" | "perhaps" | "yes";

/** Returns how two values differ: `perhaps` where only Terraform can tell. */
export type Differ = (before: Value, after: Value) => Difference;

/** Functions that give another value with every plan. */
const IMPURE = /\b(timestamp|plantimestamp|uuid|bcrypt)\(/;
/** The id of a resource and nothing else. */
const ONLY_ID = /^\$\{[\w.-]+\.id\}$/;

/** The end of the `moved` blocks; one that has done its work leads to what is there already, and is passed over. */
export function newAddressOf(address: string, old?: Stack, next?: Stack, passed: readonly string[] = []): string {
  const to = next?.moved.get(address);
  const isEnd = to === undefined || passed.includes(to) || old?.blocks.has(to);
  return isEnd ? address : newAddressOf(to, old, next, [...passed, address]);
}

/** Comparisons of values, and of what references lead to, by the plans of what a value refers to. */
export function differencesIn(old: Stack, next: Stack, planAt: (address: string) => PlannedResource | undefined) {
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

  const atNewAddresses = (value: Value): Value => {
    const moved = (address: string) => newAddressOf(address, old, next);
    return next.moved.size > 0 ? resolved(value, ({ text }) => new Unknown(withAddresses(text, moved))) : value;
  };

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
    const { before, verdict, cause, arguments: changed } = planAt(address)!;
    const [was, is] = [before, block].map((side) => at(resolved(side?.body), ...stepsOf(attribute)));
    const path = withoutIndices(attribute);
    const isUnwritten = was === undefined && is === undefined;
    if (isUnwritten && block.table.byWritten.get(path)?.isComputed === false) return "no";
    if (!before) return "yes";
    if (verdict === "replace") return path === "" || was === undefined || is === undefined ? "yes" : differ(was, is);
    const isUnknown = verdict === "unknown" && (cause || is === undefined || block.kind === "module");
    if (isUnknown || changed.some((change) => /^(count|for_each)$/.test(change.path))) return "perhaps";
    // An attribute changes with an argument that it is, is in or has in it, and with one that it is computed from.
    const effects = changed.flatMap(({ effect, argument, path: changedPath }): Difference[] => {
      const sources = [withoutIndices(changedPath), ...(argument?.recomputes ?? [])];
      const isOf = path === "" || isInside(sources[0], path) || sources.some((source) => isInside(path, source));
      return isOf ? [effect === "none" ? "no" : effect === "unknown" ? "perhaps" : "yes"] : [];
    });
    return surest(effects);
  };

  /** A data source that waits for what it depends on or refers to is read at apply; all of it is unknown until then. */
  const ofData = (data: Block): Difference => {
    const references = [...data.dependsOn, ...referencesOf([data.body, data.instances])];
    const isChanged = ({ address }: Reference) => (planAt(address)?.verdict ?? "none") !== "none";
    if (references.some((reference) => isChanged(reference) || ofReference(reference) === "yes")) return "yes";
    const before = old.blocks.get(data.address);
    return before && differ([before.body, before.instances], [data.body, data.instances]) === "no" ? "no" : "perhaps";
  };

  return { differ, ofReference };
}

/** The surest of several. */
function surest(differences: readonly Difference[]): Difference {
  return (["yes", "perhaps"] as const).find((difference) => differences.includes(difference)) ?? "no";
}
