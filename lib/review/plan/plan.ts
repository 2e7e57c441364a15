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
  // The end of the `moved` blocks; one that has done its work leads to what is there already, and is passed over.
  const newAddressOf = (address: string, passed: readonly string[] = []): string => {
    const to = next?.moved.get(address);
    const isEnd = to === undefined || passed.includes(to) || old?.blocks.has(to);
    return isEnd ? address : newAddressOf(to, [...passed, address]);
  };
  const were = new Map(managedIn(old).map((block) => [newAddressOf(block.address), before!.sideOf(block)]));
  const are = new Map(managedIn(next).map((block) => [block.address, after!.sideOf(block)]));
  const addresses = [...new Set([...were.keys(), ...are.keys()])].sort();
  const plans = new Map(addresses.map((at) => [at, initial(at, were.get(at), are.get(at), next)]));
  if (old && next) spread(plans, old, next, newAddressOf);
  return { name, before, after, resources: [...plans.values()] };
}

/** The resources and modules of a stack. */
export function managedIn(stack: Stack | undefined): Block[] {
  return [...(stack?.blocks.values() ?? [])].filter(({ kind }) => kind !== "data");
}

/** The plan of a resource of which nobody else's is known. */
function initial(address: string, before?: Side, after?: Side, next?: Stack): PlannedResource {
  const told = (verdict: Verdict, kind?: Cause["kind"]): PlannedResource => {
    return { address, before, after, verdict, arguments: [], cause: kind && { kind }, source: "text" };
  };
  if (!next) return told("destroy", "stack is gone");
  if (next.movedInParts.has((after ?? before)!.block.address)) return told("unknown", "moved in parts");
  if (!before) return next.imported.has(address) ? told("unknown", "imported") : told("create");
  if (!after) return next.forgotten.has(before.block.address) ? told("none", "forgotten") : told("destroy");
  return before.block.type === after.block.type ? told("none") : told("unknown", "other type");
}

/** Plans what is on both sides, each after what it refers to. */
function spread(
  plans: Map<string, PlannedResource>,
  old: Stack,
  next: Stack,
  newAddressOf: (address: string) => string,
): void {
  const { differ, ofReference } = differencesIn(old, next, plans, newAddressOf);
  const groups = managedIn(old).filter(({ type }) => type === RESOURCE_GROUP);

  const lostGroupOf = ({ block }: Side): Cause | undefined => {
    const written = block.body.resource_group_name;
    if (written === undefined) return undefined;
    const referred = referencesOf(written).map(({ address }) => address);
    const group = groups.find(({ address, body }) => {
      const isOf = referred.includes(address) || resolved(body.name) === resolved(written);
      return isOf && ["replace", "destroy"].includes(plans.get(newAddressOf(address))!.verdict);
    });
    return group && { kind: "resource group", address: group.address, isCertain: true };
  };

  /** Terraform replaces for a trigger that is updated or replaced, and not for one that is created or destroyed. */
  const triggerOf = ({ block }: Side): Cause | undefined => {
    const fates = block.replaceTriggeredBy.map((reference) => {
      const { before, after, verdict } = plans.get(reference.address) ?? {};
      const fate = before && after && verdict !== "none" ? ofReference(reference) : "no";
      return { address: reference.address, fate };
    });
    const trigger = fates.find(({ fate }) => fate === "yes") ?? fates.find(({ fate }) => fate === "perhaps");
    return trigger && { kind: "trigger", address: trigger.address, isCertain: trigger.fate === "yes" };
  };

  for (const address of inOrder(next)) {
    const { before, after, cause: known } = plans.get(address) ?? {};
    if (!before || !after || known) continue;
    const [was, is] = [before, after].map(({ block }) => [block.body, block.instances, block.provider]);
    const isSame = before.table === after.table && differ(was, is) === "no";
    const changed = isSame ? [] : changedArguments(before, after, differ);
    const cause = lostGroupOf(before) ?? triggerOf(after);
    const caused: Verdict = cause?.isCertain === false ? "unknown" : cause ? "replace" : "none";
    const verdict = worst([...changed.map(contribution), caused]);
    plans.set(address, { address, before, after, verdict, arguments: changed, cause, source: "text" });
  }
}

/** Addresses of a stack, resource groups first, and each after what it refers to unless they refer to each other. */
function inOrder({ blocks, named }: Stack): Iterable<string> {
  const entered = new Set<string>();
  const ordered = new Set<string>();
  const enter = (address: string): void => {
    if (entered.has(address)) return;
    entered.add(address);
    const block = blocks.get(address);
    const references = block
      ? [...block.dependsOn, ...block.replaceTriggeredBy, ...referencesOf([block.body, block.instances])]
      : referencesOf(named.get(address));
    for (const reference of references) enter(reference.address);
    ordered.add(address);
  };
  const groups = [...blocks.values()].filter(({ type }) => type === RESOURCE_GROUP);
  for (const address of [...groups.map(({ address }) => address), ...blocks.keys()]) enter(address);
  return ordered;
}
