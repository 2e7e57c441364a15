import { CLUSTER, RESOURCE_GROUP } from "../facts/resource-types";
import { stable, Value } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, Side, StackSide } from "../plan/side";
import { metadataOf, sidesIn } from "./objects";
import { code, enumeratedNames } from "./text";

/** What is lost inside of things that go away, of which their own stack or another one still speaks. */
export function lossNotes(plans: readonly StackPlan[]): string[] {
  return plans.flatMap((plan) =>
    plan.resources.flatMap((resource) => {
      const { before, verdict } = resource;
      if (!before || (verdict !== "destroy" && verdict !== "replace")) return [];
      if (before.block.type === RESOURCE_GROUP) return lostWithGroup(plan, resource, before, plans);
      if (before.block.type === CLUSTER) return lostWithCluster(resource, before, plans);
      return kindOfSide(before) === "Namespace" ? lostWithNamespace(plan, resource, before) : [];
    }),
  );
}

function lostWithCluster(
  { address, after }: PlannedResource,
  { values: { name } }: Side,
  plans: readonly StackPlan[],
): string[] {
  return plans
    .filter((other) => seeksCluster(other.before, name))
    .map((other) => {
      const isGone = seeksCluster(other.after, name) && stable(after?.values.name) !== stable(name);
      const follows = isGone
        ? `it still looks for the cluster ${code(String(name))}`
        : "deploy that stack again afterwards";
      return `all that stack ${code(other.name)} made goes with ${code(address)}, whatever its verdicts here: ${follows}`;
    });
}

function seeksCluster(side: StackSide | undefined, name: Value): boolean {
  return [...(side?.stack.blocks.values() ?? [])].some(
    (block) =>
      block.kind === "data" && block.type === CLUSTER && stable(side!.sideOf(block).values.name) === stable(name),
  );
}

/** What other stacks have in a resource group, of which their own plans know nothing. */
function lostWithGroup(
  plan: StackPlan,
  { address }: PlannedResource,
  { values: { name } }: Side,
  plans: readonly StackPlan[],
): string[] {
  if (name === undefined) return [];
  return plans.flatMap((other) => {
    if (other === plan) return [];
    const inside = sidesIn(other.before).filter(({ values }) => stable(values.resource_group_name) === stable(name));
    if (inside.length === 0) return [];
    const [go, verdicts] = inside.length === 1 ? ["goes", "its verdict"] : ["go", "the verdicts"];
    const things = enumeratedNames(inside.map(({ block }) => block.address));
    return [`${things} of stack ${code(other.name)} ${go} with ${code(address)}, whatever ${verdicts} here`];
  });
}

function lostWithNamespace(plan: StackPlan, { address }: PlannedResource, before: Side): string[] {
  const { name } = metadataOf(before);
  if (name === undefined) return [];
  const stays = ({ after, verdict }: PlannedResource) =>
    after && verdict !== "create" && stable(metadataOf(after).namespace) === stable(name);
  const staying = plan.resources.filter(stays);
  if (staying.length === 0) return [];
  const [are, go] = staying.length === 1 ? ["is", "goes"] : ["are", "go"];
  const things = enumeratedNames(staying.map((resource) => resource.address));
  return [`${things} of ${code(plan.name)} ${are} in the namespace of ${code(address)} and ${go} with it`];
}
