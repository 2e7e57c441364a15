import { CLUSTER, RESOURCE_GROUP } from "../facts/resource-types";
import { stable, Value } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, Side, StackSide } from "../plan/side";
import { placeOf, sidesIn } from "./objects";
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

function lostWithCluster({ address, after }: PlannedResource, before: Side, plans: readonly StackPlan[]): string[] {
  const { name } = before.values;
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
  const blocks = [...(side?.stack.blocks.values() ?? [])].filter(
    ({ kind, type }) => kind === "data" && type === CLUSTER,
  );
  return blocks.some((block) => stable(side!.sideOf(block).values.name) === stable(name));
}

/** What other stacks have in a resource group, of which their own plans know nothing. */
function lostWithGroup(
  plan: StackPlan,
  { address }: PlannedResource,
  before: Side,
  plans: readonly StackPlan[],
): string[] {
  const { name } = before.values;
  if (name === undefined) return [];
  return plans.flatMap((other) => {
    if (other === plan) return [];
    const inside = sidesIn(other.before).filter(({ values }) => stable(values.resource_group_name) === stable(name));
    if (inside.length === 0) return [];
    const things = `${enumeratedNames(inside.map(({ block }) => block.address))} of stack ${code(other.name)}`;
    const [go, them] = inside.length === 1 ? ["goes", "it"] : ["go", "them"];
    return [`${things} ${go} with ${code(address)}, whatever is said of ${them} here`];
  });
}

function lostWithNamespace(plan: StackPlan, { address }: PlannedResource, before: Side): string[] {
  const name = placeOf(before, "name");
  if (name === undefined) return [];
  const retained = plan.resources.filter(
    ({ after, verdict }) => after && verdict !== "create" && stable(placeOf(after, "namespace")) === stable(name),
  );
  if (retained.length === 0) return [];
  const things = `${enumeratedNames(retained.map((resource) => resource.address))} of ${code(plan.name)}`;
  return [`${things} ${retained.length === 1 ? "goes" : "go"} with the namespace of ${code(address)}`];
}
