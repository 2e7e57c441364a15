import { RESOURCE_GROUP } from "../facts/resource-types";
import { referencesOf, resolved } from "../model/value";
import type { Block } from "../stack/block";
import { managedIn, Stack } from "../stack/stack";
import { changedArguments } from "./compare";
import { differencesIn, newAddressOf } from "./difference";
import { ChangedArgument, contribution, Verdict, worst } from "./verdict";

/** Reason for a verdict beside the arguments of the resource itself. */
export interface Cause {
  readonly kind:
    "group" | "trigger" | "possible trigger" | "no stack" | "forgotten" | "imported" | "other type" | "moved in parts";
  /** The resource group or trigger. */
  readonly address?: string;
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
  const were = new Map(managedIn(old).map((block) => [newAddressOf(block.address, old, next), block]));
  const addresses = new Set([...were.keys(), ...managedIn(next).map(({ address }) => address)]);
  const plans = new Map([...addresses].sort().map((address) => [address, initial(address, were.get(address), next)]));
  if (old && next) spread(plans, old, next);
  return { name, before: old, after: next, resources: [...plans.values()] };
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
  const open = new Set(plans.keys());
  const planAt = (address: string): PlannedResource | undefined => {
    const plan = plans.get(address);
    if (!plan?.before || !plan.after || plan.cause || !open.delete(address)) return plan;
    const { before, after } = plan;
    for (const reference of referencesOf(after.body)) planAt(reference.address); // or a long chain would be a deep recursion
    const [was, is] = [before, after].map(({ body, instances, provider }) => [body, instances, provider]);
    const isSame = before.table === after.table && differ(was, is) === "no";
    const changed = isSame ? [] : changedArguments(before, after, differ);
    const cause = lostGroupOf(before) ?? triggerOf(after);
    const caused: Verdict = cause?.kind === "possible trigger" ? "unknown" : cause ? "replace" : "none";
    const verdict = worst([...changed.map(contribution), caused]);
    plans.set(address, { ...plan, verdict, arguments: changed, cause });
    return plans.get(address);
  };
  const { differ, ofReference } = differencesIn(old, next, planAt);
  const groups = managedIn(old).filter(({ type }) => type === RESOURCE_GROUP);

  const lostGroupOf = ({ body: { resource_group_name: written } }: Block): Cause | undefined => {
    const referred = referencesOf(written).map(({ address }) => address);
    const group = groups.find(({ address, body: { name } }) => {
      const isOf = referred.includes(address) || (written !== undefined && resolved(name) === resolved(written));
      return isOf && /replace|destroy/.test(planAt(newAddressOf(address, old, next))!.verdict);
    });
    return group && { kind: "group", address: group.address };
  };

  /** Terraform replaces for a trigger that is updated or replaced, and not for one that is created or destroyed. */
  const triggerOf = ({ replaceTriggeredBy }: Block): Cause | undefined => {
    const triggers = replaceTriggeredBy.flatMap((reference): Cause[] => {
      const fate = planAt(reference.address)?.before ? ofReference(reference) : "no";
      const kind = fate === "yes" ? "trigger" : "possible trigger";
      return fate === "no" ? [] : [{ kind, address: reference.address }];
    });
    return triggers.find(({ kind }) => kind === "trigger") ?? triggers[0];
  };

  // Groups first, as what is in one need not refer to it.
  for (const address of [...groups.map(({ address }) => newAddressOf(address, old, next)), ...plans.keys()])
    planAt(address);
}
