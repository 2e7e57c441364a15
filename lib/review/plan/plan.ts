import { RESOURCE_GROUP } from "../facts/resource-types";
import type { Reference } from "../model/reference";
import type { Block, Stack } from "../model/stack";
import { referencesOf } from "../model/value";
import { changedArguments } from "./compare";
import { Difference, Differences, differencesIn, Surroundings } from "./difference";
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

/** What a plan says, or would say, of one resource, by its address after the change. */
export interface PlannedResource {
  readonly address: string;
  readonly before?: Side;
  readonly after?: Side;
  readonly verdict: Verdict;
  readonly arguments: readonly ChangedArgument[];
  readonly cause?: Cause;
  /** Source of the verdict: the text of both sides, or a plan. */
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
  const were = new Map(managedIn(old).map((block) => [newAddressOf(block.address), before!.sideOf(block)]));
  const are = new Map(managedIn(next).map((block) => [block.address, after!.sideOf(block)]));
  const addresses = [...new Set([...were.keys(), ...are.keys()])].sort();
  const planned = new Map(
    addresses.map((address) => [address, initial(address, were.get(address), are.get(address), next)]),
  );
  if (before && after) {
    const groups = managedIn(old).filter(({ type }) => type === RESOURCE_GROUP);
    spread(planned, { before, after, groups, planned, newAddressOf });
  }
  return { name, before, after, resources: [...planned.values()] };
}

/** The resources and modules of a stack. */
export function managedIn(stack: Stack | undefined): Block[] {
  return [...(stack?.blocks.values() ?? [])].filter(({ kind }) => kind !== "data");
}

/** Where the `moved` blocks lead; one that has done its work leads to what is there already, and is passed over. */
function newAddress(before: Stack | undefined, after: Stack, address: string): string {
  const passed = new Set<string>();
  let at = address;
  for (;;) {
    passed.add(at);
    const next = after.moved.get(at);
    if (next === undefined || passed.has(next) || before?.blocks.has(next)) return at;
    at = next;
  }
}

/** The plan of a resource of which nobody else's is known. */
function initial(
  address: string,
  before: Side | undefined,
  after: Side | undefined,
  next: Stack | undefined,
): PlannedResource {
  const whole = (verdict: Verdict, kind?: Cause["kind"]): PlannedResource => ({
    ...{ address, before, after, verdict, arguments: [], source: "text" },
    cause: kind && { kind },
  });
  if (!next) return whole("destroy", "stack is gone");
  if (next.movedInParts.has((after ?? before)!.block.address)) return whole("unknown", "moved in parts");
  if (!before) return next.imported.has(address) ? whole("unknown", "imported") : whole("create");
  if (!after) return next.forgotten.has(before.block.address) ? whole("none", "forgotten") : whole("destroy");
  return before.block.type === after.block.type ? whole("none") : whole("unknown", "other type");
}

/** Plans what is on both sides, and again what refers to something whose plan is another one, until none is. */
function spread(planned: Map<string, PlannedResource>, stack: Surroundings): void {
  const compared = [...planned.values()].filter(({ before, after, cause }) => before && after && !cause);
  const dependencies = new Map(
    compared.map(({ address }) => [address, [...dependenciesOf(address, stack.after.stack)]]),
  );
  let open = [...dependencies.keys()];
  while (open.length > 0) {
    const differences = differencesIn(stack);
    const changed = new Set(
      open.filter((address) => {
        const old = planned.get(address)!;
        planned.set(address, changeOf(old, stack, differences));
        return isAnother(old, planned.get(address)!);
      }),
    );
    const isGroup = [...changed].some((address) => address.startsWith(`${RESOURCE_GROUP}.`));
    open = [...dependencies.keys()].filter(
      (address) => isGroup || dependencies.get(address)!.some((on) => changed.has(on)),
    );
  }
}

/** What a resource refers to, also by way of local values and data sources. */
function dependenciesOf(address: string, stack: Stack, passed = new Set<string>()): ReadonlySet<string> {
  const block = stack.blocks.get(address);
  const references = block
    ? [...block.dependsOn, ...block.replaceTriggeredBy, ...referencesOf([block.body, block.instances])]
    : referencesOf(stack.named.get(address));
  for (const { address: on } of references) {
    if (passed.has(on)) continue;
    passed.add(on);
    if ((stack.blocks.get(on)?.kind ?? "data") === "data") dependenciesOf(on, stack, passed);
  }
  return passed;
}

function isAnother(one: PlannedResource, other: PlannedResource): boolean {
  const effects = ({ arguments: changed }: PlannedResource) => changed.map(({ path, effect }) => path + effect).join();
  return one.verdict !== other.verdict || effects(one) !== effects(other);
}

function changeOf(
  resource: PlannedResource,
  stack: Surroundings,
  { differ, ofReference, isSame }: Differences,
): PlannedResource {
  const [before, after] = [resource.before!, resource.after!];
  const changed = isSame(before, after) ? [] : changedArguments(before, after, differ);
  const cause = lostGroup(before, stack) ?? triggerOf(after.block, stack, ofReference);
  const caused: Verdict = cause?.isCertain === false ? "unknown" : cause ? "replace" : "none";
  return { ...resource, verdict: worst([...changed.map(contribution), caused]), arguments: changed, cause };
}

function lostGroup(side: Side, { before, groups, planned, newAddressOf }: Surroundings): Cause | undefined {
  const lost = groups.filter(({ address }) => {
    const verdict = planned.get(newAddressOf(address))?.verdict;
    return verdict === "replace" || verdict === "destroy";
  });
  const name = lost.length > 0 ? side.values.resource_group_name : undefined;
  if (name === undefined) return undefined;
  const referred = referencesOf(side.block.body.resource_group_name);
  const group = lost.find(
    (group) => referred.some(({ address }) => address === group.address) || before.sideOf(group).values.name === name,
  );
  return group && { kind: "resource group", address: group.address, isCertain: true };
}

function triggerOf(
  { replaceTriggeredBy }: Block,
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
  const fates = replaceTriggeredBy.map((reference) => ({ address: reference.address, fate: fateOf(reference) }));
  const trigger = fates.find(({ fate }) => fate === "yes") ?? fates.find(({ fate }) => fate === "perhaps");
  return trigger && { kind: "trigger", address: trigger.address, isCertain: trigger.fate === "yes" };
}
