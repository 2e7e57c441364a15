import { isDeepStrictEqual } from "node:util";
import { RESOURCE_GROUP } from "../facts/resource-types";
import type { Block, Stack } from "../model/stack";
import { referencesOf, resolved } from "../model/value";
import { changedArguments } from "./compare";
import { differencesIn } from "./difference";
import { Side, StackSide, stackSide } from "./side";
import { ChangedArgument, contribution, Verdict, worst } from "./verdict";

/** Reason for a verdict beside the arguments of the resource itself. */
export interface Cause {
  readonly kind:
    "resource group" | "trigger" | "stack is gone" | "forgotten" | "imported" | "other type" | "moved in parts";
  /** The resource group or trigger. */
  readonly address?: string;
  readonly isCertain?: boolean;
}

/** The plan of one resource, by its address after the change. */
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

/** The plan of a stack. */
export interface StackPlan {
  readonly name: string;
  readonly before?: StackSide;
  readonly after?: StackSide;
  readonly resources: readonly PlannedResource[];
}

/** Computes from the text of both sides what `terraform plan` and the provider would do to a stack. */
export function planOf(name: string, old: Stack | undefined, next: Stack | undefined): StackPlan {
  const [before, after] = [old, next].map((stack) => stack && stackSide(stack));
  const newAddressOf = (address: string) => (next?.moved.size ? newAddress(old, next, address) : address);
  const were = new Map(managedIn(old).map((block) => [newAddressOf(block.address), before!.sideOf(block)]));
  const are = new Map(managedIn(next).map((block) => [block.address, after!.sideOf(block)]));
  const plans = new Map<string, PlannedResource>();
  for (const address of [...were.keys(), ...are.keys()])
    plans.set(address, initial(address, were.get(address), are.get(address), next));
  if (before && after) spread(plans, before, after, newAddressOf);
  const resources = [...plans.values()].sort((a, b) => (a.address < b.address ? -1 : 1));
  return { name, before, after, resources };
}

/** The resources and modules of a stack. */
export function managedIn(stack: Stack | undefined): Block[] {
  return [...(stack?.blocks.values() ?? [])].filter(({ kind }) => kind !== "data");
}

/** The end of the `moved` blocks; one that has done its work leads to what is there already, and is passed over. */
function newAddress(before: Stack | undefined, { moved }: Stack, address: string): string {
  const passed = new Set([address]);
  let [at, next] = [address, moved.get(address)];
  while (next !== undefined && !passed.has(next) && !before?.blocks.has(next)) {
    passed.add(next);
    [at, next] = [next, moved.get(next)];
  }
  return at;
}

/** The plan of a resource of which nobody else's is known. */
function initial(address: string, before?: Side, after?: Side, next?: Stack): PlannedResource {
  const [verdict, kind] = initialVerdict(address, before, after, next);
  return { address, before, after, verdict, arguments: [], cause: kind && { kind }, source: "text" };
}

function initialVerdict(address: string, before?: Side, after?: Side, next?: Stack): [Verdict, Cause["kind"]?] {
  if (!next) return ["destroy", "stack is gone"];
  if (next.movedInParts.has((after ?? before)!.block.address)) return ["unknown", "moved in parts"];
  if (!before) return next.imported.has(address) ? ["unknown", "imported"] : ["create"];
  if (!after) return next.forgotten.has(before.block.address) ? ["none", "forgotten"] : ["destroy"];
  return before.block.type === after.block.type ? ["none"] : ["unknown", "other type"];
}

/** Plans what is on both sides, each after what it refers to; in a circle, the first one takes all others as unchanged. */
function spread(
  plans: Map<string, PlannedResource>,
  before: StackSide,
  after: StackSide,
  newAddressOf: (address: string) => string,
): void {
  const open = new Set(plans.keys());
  const planned = (address: string): PlannedResource | undefined => {
    const { before: old, after: next, cause } = plans.get(address) ?? {};
    if (open.delete(address) && old && next && !cause) plans.set(address, changeOf(address, old, next));
    return plans.get(address);
  };
  const { differ, ofReference } = differencesIn(before, after, planned, newAddressOf);

  const changeOf = (address: string, old: Side, next: Side): PlannedResource => {
    const [was, is] = [old, next].map(({ block: { body, instances, provider } }) => [
      body,
      instances,
      provider ?? null,
    ]);
    const isSame = old.table === next.table && isDeepStrictEqual(was, is) && differ(was, is) === "no";
    const changed = isSame ? [] : changedArguments(old, next, differ);
    const cause = lostGroupOf(old) ?? triggerOf(next.block);
    const caused: Verdict = cause?.isCertain === false ? "unknown" : cause ? "replace" : "none";
    const verdict = worst([...changed.map(contribution), caused]);
    return { address, before: old, after: next, verdict, arguments: changed, cause, source: "text" };
  };

  const groups = managedIn(before.stack).filter(({ type }) => type === RESOURCE_GROUP);
  const lostGroupOf = (side: Side): Cause | undefined => {
    const written = side.block.body.resource_group_name;
    if (written === undefined) return undefined;
    const isLost = ({ address }: Block) => ["replace", "destroy"].includes(planned(newAddressOf(address))!.verdict);
    const lost = groups.filter(isLost);
    const name = lost.length > 0 ? resolved(written) : undefined;
    const referred = referencesOf(written).map(({ address }) => address);
    const group = lost.find((group) => referred.includes(group.address) || resolved(group.body.name) === name);
    return group && { kind: "resource group", address: group.address, isCertain: true };
  };

  /** Terraform replaces for a trigger that is updated or replaced, and not for one that is created or destroyed. */
  const triggerOf = ({ replaceTriggeredBy }: Block): Cause | undefined => {
    const fates = replaceTriggeredBy.map((reference) => {
      const { before: old, after: next, verdict } = planned(reference.address) ?? {};
      const fate = old && next && verdict !== "none" ? ofReference(reference) : "no";
      return { address: reference.address, fate };
    });
    const trigger = fates.find(({ fate }) => fate === "yes") ?? fates.find(({ fate }) => fate === "perhaps");
    return trigger && { kind: "trigger", address: trigger.address, isCertain: trigger.fate === "yes" };
  };

  for (const address of inOrder(after.stack)) planned(address);
}

/** Addresses of a stack, each after what it refers to, so that a long chain is no deep recursion. */
function inOrder({ blocks, named }: Stack): Iterable<string> {
  const ordered = new Set<string>();
  const entered = new Set<string>();
  const open = [...blocks.keys()];
  for (let address = open.at(-1); address !== undefined; address = open.at(-1)) {
    const block = blocks.get(address);
    const inside = block
      ? [...block.dependsOn, ...block.replaceTriggeredBy, ...referencesOf([block.body, block.instances])]
      : referencesOf(named.get(address));
    const next = entered.has(address) ? [] : inside.map((reference) => reference.address);
    entered.add(address);
    const ahead = next.filter((address) => !entered.has(address));
    if (ahead.length > 0) open.push(...ahead);
    else ordered.add(open.pop()!);
  }
  return ordered;
}
