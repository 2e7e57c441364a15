import { isDeepStrictEqual } from "node:util";
import { RESOURCE_GROUP } from "../facts/resource-types";
import { isInside, isNamedValue, Reference, stepsOf, withAddresses, withoutIndices } from "../model/reference";
import { at, isKnown, referencesOf, resolved, stable, Unknown, unknownsIn, Value } from "../model/value";
import { Block, managedIn, partOf, Stack } from "../stack";
import { changedArguments } from "./compare";
import { Cause, contribution, PlannedResource, StackPlan, Verdict, worst } from "./verdict";

type Difference = "no" | "perhaps" | "yes";

/** Returns how two values differ: `perhaps` where only Terraform can tell. */
export type Differ = (before: Value, after: Value) => Difference;

/** Functions that give another value with every plan. */
const IMPURE = /\b(timestamp|plantimestamp|uuid|bcrypt)\(/;
const ONLY_ID = /^\$\{[\w.-]+\.id\}$/;

/** Computes from the text of both sides what `terraform plan` and the provider would do to a stack. */
export function planOf(name: string, old: Stack | undefined, next: Stack | undefined): StackPlan {
  const were = new Map(managedIn(old).map((block) => [newAddressOf(block.address, old, next), block]));
  const addresses = new Set([...were.keys(), ...managedIn(next).map(({ address }) => address)]);
  const plans = new Map([...addresses].sort().map((address) => [address, initial(address, were.get(address), next)]));
  if (old && next) spread(plans, old, next);
  return { name, before: old, after: next, resources: [...plans.values()] };
}

/** The end of the `moved` blocks; one that has done its work leads to what is there already, and is passed over. */
function newAddressOf(address: string, old?: Stack, next?: Stack, passed: readonly string[] = []): string {
  const to = next?.moved.get(address);
  const isEnd = to === undefined || passed.includes(to) || old?.blocks.has(to);
  return isEnd ? address : newAddressOf(to, old, next, [...passed, address]);
}

/** The plan of a resource of which nobody else's is known. */
function initial(address: string, before?: Block, next?: Stack): PlannedResource {
  const after = next?.blocks.get(address);
  const block = (after ?? before)!;
  const told = (verdict: Verdict, kind?: Cause["kind"]): PlannedResource => {
    return { address, before, after, block, verdict, arguments: [], cause: kind && { kind }, source: "text" };
  };
  if (!next) return told("destroy", "no stack");
  if (next.movedInParts.includes(block.address)) return told("unknown", "moved in parts");
  if (!before) return next.imported.includes(address) ? told("unknown", "imported") : told("create");
  if (!after) return next.forgotten.includes(before.address) ? told("none", "forgotten") : told("destroy");
  return before.type === after.type ? told("none") : told("unknown", "other type");
}

/** Plans what is on both sides, each after what it refers to. */
function spread(plans: Map<string, PlannedResource>, old: Stack, next: Stack): void {
  const unplanned = new Set(plans.keys());
  const told = new Map<string, Difference>();
  const groups = [...plans.values()].filter(({ before }) => before?.type === RESOURCE_GROUP);
  const moved = ({ text }: Unknown) => new Unknown(withAddresses(text, (address) => newAddressOf(address, old, next)));

  const planAt = (address: string): PlannedResource | undefined => {
    const plan = plans.get(address);
    if (!plan?.before || !plan.after || plan.cause || !unplanned.delete(address)) return plan;
    const { before, after } = plan;
    for (const reference of referencesOf(after.body)) planAt(reference.address); // or a chain is a deep recursion
    const [was, is] = [before, after].map(({ body, instances, provider }) => [body, instances, provider]);
    const isSame = before.table === after.table && differ(was, is) === "no";
    const changed = isSame ? [] : changedArguments(before, after, differ);
    const cause = causeOf(before, after);
    const caused: Verdict = cause?.kind === "possible trigger" ? "unknown" : cause ? "replace" : "none";
    const verdict = worst([...changed.map(contribution), caused]);
    plans.set(address, { ...plan, verdict, arguments: changed, cause });
    return plans.get(address);
  };

  const causeOf = ({ body: { resource_group_name: written } }: Block, after: Block): Cause | undefined => {
    const referred = referencesOf(written).map(({ address }) => address);
    const lost = groups.find(({ address, before: group }) => {
      const isNamed = written !== undefined && resolved(group!.body.name) === resolved(written);
      return (isNamed || referred.includes(group!.address)) && /replace|destroy/.test(planAt(address)!.verdict);
    });
    if (lost) return { kind: "group", address: lost.before!.address };
    // Terraform replaces for a trigger that is updated or replaced, and not for one that is created or destroyed.
    const triggers = after.replaceTriggeredBy.flatMap((reference): Cause[] => {
      const fate = planAt(reference.address)?.before ? ofReference(reference) : "no";
      const kind = fate === "yes" ? "trigger" : "possible trigger";
      return fate === "no" ? [] : [{ kind, address: reference.address }];
    });
    return triggers.find(({ kind }) => kind === "trigger") ?? triggers[0];
  };

  const differ: Differ = (before, after) => {
    if (before === undefined || after === undefined) return before === after ? "no" : "yes";
    if (isKnown(before) && isKnown(after)) return isDeepStrictEqual(before, after) ? "no" : "yes";
    if (unknownsIn(after).some(({ text }) => IMPURE.test(text))) return "yes";
    const asMoved = next.moved.size > 0 ? resolved(before, moved) : before;
    if (isDeepStrictEqual(asMoved, after)) return surest(referencesOf(after).map(ofReference));
    const [was, is] = [resolved(before), resolved(after)];
    if (!isDeepStrictEqual([was, is], [before, after])) return differ(was, is);
    const references = referencesOf(is).filter(({ address }) => !isNamedValue(address));
    const areIdsOfTwo = [was, is].every((value) => value instanceof Unknown && ONLY_ID.test(value.text));
    return areIdsOfTwo || references.some((reference) => ofReference(reference) === "yes") ? "yes" : "perhaps";
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
    if (was === undefined && is === undefined && block.table.byWritten.get(path)?.isComputed === false) return "no";
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

  // Groups first, as what is in one need not refer to it, and may be what it is replaced for.
  for (const { address } of [...groups, ...plans.values()]) planAt(address);
}

function surest(differences: readonly Difference[]): Difference {
  return (["yes", "perhaps"] as const).find((difference) => differences.includes(difference)) ?? "no";
}
