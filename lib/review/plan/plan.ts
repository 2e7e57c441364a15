import { RESOURCE_GROUP } from "../facts/resource-types";
import type { Reference } from "../model/reference";
import type { Block, Stack } from "../model/stack";
import { unknownsIn } from "../model/value";
import { changedArguments } from "./compare";
import { Difference, differOf, Surroundings } from "./difference";
import { managedIn, newAddress, Pair, pairsOf } from "./pairs";
import { Side, StackSide, stackSide } from "./side";
import { ChangedArgument, contribution, Verdict, worst } from "./verdict";

/** Why a resource gets its verdict, beside its own arguments. */
export interface Cause {
  readonly kind:
    "resource group" | "trigger" | "stack is gone" | "forgotten" | "imported" | "other type" | "moved in parts";
  /** The resource group or trigger. */
  readonly address?: string;
  readonly isCertain?: boolean;
}

/** What a plan says, or would say, of one resource. */
export interface PlannedResource {
  readonly address: string;
  readonly before?: Side;
  readonly after?: Side;
  readonly verdict: Verdict;
  readonly arguments: readonly ChangedArgument[];
  readonly cause?: Cause;
  /** Whether the verdict is told from the text of both sides or from a plan. */
  readonly source: "text" | "plan";
}

/** What happens to the resources of a stack. */
export interface StackPlan {
  readonly name: string;
  readonly before?: StackSide;
  readonly after?: StackSide;
  readonly resources: readonly PlannedResource[];
}

/** What `terraform plan` and the provider would do to a stack, told from its text on both sides. */
export function planOf(name: string, old: Stack | undefined, next: Stack | undefined): StackPlan {
  const [before, after] = [old, next].map((stack) => stack && stackSide(stack));
  const newAddressOf = (address: string) => (next?.moved.size ? newAddress(old, next, address) : address);
  const pairs = new Map(pairsOf(old, next, newAddressOf).map((pair) => [pair.address, pair]));
  const planned = new Map([...pairs].map(([address, pair]) => [address, initial(pair, before, after)]));
  if (before && after) {
    const groups = managedIn(old).filter(({ type }) => type === RESOURCE_GROUP);
    spread(pairs, planned, { before, after, groups, planned, newAddressOf });
  }
  return { name, before, after, resources: [...planned.values()] };
}

/** The plan of a resource of which nobody else's is known. */
function initial(
  { address, before, after }: Pair,
  old: StackSide | undefined,
  next: StackSide | undefined,
): PlannedResource {
  const sides = { before: before && old!.sideOf(before), after: after && next!.sideOf(after) };
  const whole = (verdict: Verdict, kind?: Cause["kind"]): PlannedResource => ({
    ...{ address, ...sides, verdict, arguments: [], source: "text" },
    cause: kind && { kind },
  });
  if (next?.stack.movedInParts.has((after ?? before)!.address)) return whole("unknown", "moved in parts");
  if (!before) return next!.stack.imported.has(address) ? whole("unknown", "imported") : whole("create");
  if (!next) return whole("destroy", "stack is gone");
  if (!after) return next.stack.forgotten.has(before.address) ? whole("none", "forgotten") : whole("destroy");
  return before.type === after.type ? whole("none") : whole("unknown", "other type");
}

/** Plans what is on both sides, and again what refers to something whose plan is another one, until none is. */
function spread(pairs: ReadonlyMap<string, Pair>, planned: Map<string, PlannedResource>, stack: Surroundings): void {
  const referrers = referrersIn(stack.after.stack);
  let open: Iterable<string> = pairs.keys();
  for (;;) {
    const changed = [...open].filter((address) => {
      const old = planned.get(address)!;
      if (!old.before || !old.after || old.cause?.kind === "other type" || old.cause?.kind === "moved in parts")
        return false;
      planned.set(address, changeOf(old, old.before, old.after, stack));
      return isAnother(old, planned.get(address)!);
    });
    if (changed.length === 0) return;
    const isGroup = changed.some((address) => address.startsWith(`${RESOURCE_GROUP}.`));
    open = isGroup ? pairs.keys() : new Set(changed.flatMap((address) => reachedFrom(address, referrers, planned)));
  }
}

function isAnother(one: PlannedResource, other: PlannedResource): boolean {
  const effects = ({ arguments: changed }: PlannedResource) => changed.map(({ path, effect }) => path + effect).join();
  return one.verdict !== other.verdict || effects(one) !== effects(other);
}

function changeOf(resource: PlannedResource, before: Side, after: Side, stack: Surroundings): PlannedResource {
  const differences = differOf(stack);
  const changed = changedArguments(before, after, differences.within(before.block, after.block));
  const cause = lostGroup(before, stack) ?? triggerOf(after.block, stack, differences.ofReference);
  const caused: Verdict = cause?.isCertain === false ? "unknown" : cause ? "replace" : "none";
  return { ...resource, verdict: worst([...changed.map(contribution), caused]), arguments: changed, cause };
}

/** The resource group that a resource goes with. */
function lostGroup(
  { block, values }: Side,
  { before, groups, planned, newAddressOf }: Surroundings,
): Cause | undefined {
  const name = values.resource_group_name;
  if (name === undefined) return undefined;
  const referred = unknownsIn(block.body.resource_group_name).flatMap(({ references }) => references);
  const group = groups.find((group) => {
    const verdict = planned.get(newAddressOf(group.address))?.verdict;
    if (verdict !== "replace" && verdict !== "destroy") return false;
    return referred.some(({ address }) => address === group.address) || before.sideOf(group).values.name === name;
  });
  return group && { kind: "resource group", address: group.address, isCertain: true };
}

function triggerOf(
  { meta }: Block,
  { planned }: Surroundings,
  differenceOf: (reference: Reference) => Difference,
): Cause | undefined {
  /** Terraform replaces for a trigger that is updated or replaced, and not for one that is created or destroyed. */
  const fateOf = (reference: Reference): Difference => {
    const trigger = planned.get(reference.address);
    if (!trigger?.before || !trigger.after || trigger.verdict === "none") return "no";
    if (reference.attribute !== "") return differenceOf(reference);
    const isSure = ({ effect }: ChangedArgument) => effect !== "none" && effect !== "unknown";
    return trigger.cause?.isCertain || trigger.arguments.some(isSure) ? "yes" : "perhaps";
  };
  const fates = meta.replaceTriggeredBy.map((reference) => ({ address: reference.address, fate: fateOf(reference) }));
  const trigger = fates.find(({ fate }) => fate === "yes") ?? fates.find(({ fate }) => fate === "perhaps");
  return trigger && { kind: "trigger", address: trigger.address, isCertain: trigger.fate === "yes" };
}

/** What refers to each block, local value and variable. */
function referrersIn({ blocks, named }: Stack): ReadonlyMap<string, readonly string[]> {
  const referrers = new Map<string, string[]>();
  const add = (address: string, references: readonly Reference[]) => {
    for (const reference of references)
      referrers.set(reference.address, [...(referrers.get(reference.address) ?? []), address]);
  };
  for (const { address, body, meta } of blocks.values()) {
    const values = unknownsIn([body, meta.count, meta.forEach]).flatMap(({ references }) => references);
    add(address, [...values, ...meta.dependsOn, ...meta.replaceTriggeredBy]);
  }
  for (const [name, value] of named)
    add(
      name,
      unknownsIn(value).flatMap(({ references }) => references),
    );
  return referrers;
}

/** The resources that refer to an address, also by way of local values and data sources. */
function reachedFrom(
  address: string,
  referrers: ReadonlyMap<string, readonly string[]>,
  planned: ReadonlyMap<string, PlannedResource>,
): string[] {
  const passed = new Set<string>();
  const from = (at: string): string[] =>
    (referrers.get(at) ?? []).flatMap((referrer) => {
      if (passed.has(referrer)) return [];
      passed.add(referrer);
      return planned.has(referrer) ? [referrer] : from(referrer);
    });
  return from(address);
}
