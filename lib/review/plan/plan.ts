import { RESOURCE_GROUP } from "../facts/resource-types";
import { referencesOf, resolved } from "../model/value";
import type { Block } from "../stack/block";
import { managedIn, Stack } from "../stack/stack";
import { changedArguments } from "./compare";
import { differencesIn } from "./difference";
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
  readonly before?: Block;
  readonly after?: Block;
  /** As it is after the change, or as it was if it goes. */
  readonly block: Block;
  readonly verdict: Verdict;
  readonly arguments: readonly ChangedArgument[];
  readonly cause?: Cause;
  /** Source of the verdict: the text of both sides, or a plan. */
  readonly source: "text" | "plan";
}

/** The plan of a stack. */
export interface StackPlan {
  readonly name: string;
  readonly before?: Stack;
  readonly after?: Stack;
  readonly resources: readonly PlannedResource[];
}

/** Computes from the text of both sides what `terraform plan` and the provider would do to a stack. */
export function planOf(name: string, old: Stack | undefined, next: Stack | undefined): StackPlan {
  // The end of the `moved` blocks; one that has done its work leads to what is there already, and is passed over.
  const newAddressOf = (address: string, passed: readonly string[] = []): string => {
    const to = next?.moved.get(address);
    const isEnd = to === undefined || passed.includes(to) || old?.blocks.has(to);
    return isEnd ? address : newAddressOf(to, [...passed, address]);
  };
  const were = new Map(managedIn(old).map((block) => [newAddressOf(block.address), block]));
  const are = new Map(managedIn(next).map((block) => [block.address, block]));
  const addresses = [...new Set([...were.keys(), ...are.keys()])].sort();
  const plans = new Map(addresses.map((at) => [at, initial(at, were.get(at), are.get(at), next)]));
  if (old && next) spread(plans, old, next, newAddressOf);
  return { name, before: old, after: next, resources: [...plans.values()] };
}

/** The plan of a resource of which nobody else's is known. */
function initial(address: string, before?: Block, after?: Block, next?: Stack): PlannedResource {
  const block = (after ?? before)!;
  const told = (verdict: Verdict, kind?: Cause["kind"]): PlannedResource => {
    return { address, before, after, block, verdict, arguments: [], cause: kind && { kind }, source: "text" };
  };
  if (!next) return told("destroy", "stack is gone");
  if (next.movedInParts.includes(block.address)) return told("unknown", "moved in parts");
  if (!before) return next.imported.includes(address) ? told("unknown", "imported") : told("create");
  if (!after) return next.forgotten.includes(before.address) ? told("none", "forgotten") : told("destroy");
  return before.type === after.type ? told("none") : told("unknown", "other type");
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

  const lostGroupOf = ({ body }: Block): Cause | undefined => {
    const written = body.resource_group_name;
    if (written === undefined) return undefined;
    const referred = referencesOf(written).map(({ address }) => address);
    const group = groups.find(({ address, body }) => {
      const isOf = referred.includes(address) || resolved(body.name) === resolved(written);
      return isOf && ["replace", "destroy"].includes(plans.get(newAddressOf(address))!.verdict);
    });
    return group && { kind: "resource group", address: group.address, isCertain: true };
  };

  /** Terraform replaces for a trigger that is updated or replaced, and not for one that is created or destroyed. */
  const triggerOf = ({ replaceTriggeredBy }: Block): Cause | undefined => {
    const fates = replaceTriggeredBy.map((reference) => {
      const { before, after, verdict } = plans.get(reference.address) ?? {};
      const fate = before && after && verdict !== "none" ? ofReference(reference) : "no";
      return { address: reference.address, fate };
    });
    const trigger = fates.find(({ fate }) => fate === "yes") ?? fates.find(({ fate }) => fate === "perhaps");
    return trigger && { kind: "trigger", address: trigger.address, isCertain: trigger.fate === "yes" };
  };

  for (const address of inOrder(next)) {
    const plan = plans.get(address);
    if (!plan?.before || !plan.after || plan.cause) continue;
    const { before, after } = plan;
    const [was, is] = [before, after].map(({ body, instances, provider }) => [body, instances, provider]);
    const isSame = before.table === after.table && differ(was, is) === "no";
    const changed = isSame ? [] : changedArguments(before, after, differ);
    const cause = lostGroupOf(before) ?? triggerOf(after);
    const caused: Verdict = cause?.isCertain === false ? "unknown" : cause ? "replace" : "none";
    const verdict = worst([...changed.map(contribution), caused]);
    plans.set(address, { ...plan, verdict, arguments: changed, cause });
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
