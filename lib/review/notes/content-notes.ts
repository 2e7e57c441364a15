import type { StackConfiguration } from "../configuration";
import { Json, only } from "../json";
import type { PlannedResource, StackPlan } from "../plan";
import { CLUSTER, NAMESPACE, RESOURCE_GROUP } from "../resource-types";
import { code, enumeratedNames } from "../text";

/** What is lost inside of things that go away, of which their own stack or another one still speaks. */
export function contentNotes(plans: readonly StackPlan[]): string[] {
  return plans.flatMap((plan) =>
    plan
      .resources()
      .filter(isGoing)
      .flatMap((resource) => [
        ...lostWithGroup(plan, resource, plans),
        ...lostWithCluster(plan, resource, plans),
        ...lostWithNamespace(plan, resource),
      ]),
  );
}

function isGoing({ before, verdict }: PlannedResource): boolean {
  return before !== undefined && (verdict === "destroy" || verdict === "replace");
}

function lostWithCluster(
  plan: StackPlan,
  { address, before, after }: PlannedResource,
  plans: readonly StackPlan[],
): string[] {
  if (before!.type !== CLUSTER) return [];
  const name = plan.before!.resolve(before!.values.name);
  const inside = plans.filter((other) => seeksCluster(other.before, name));
  return inside.map((other) => {
    const stillSought = seeksCluster(other.after, name);
    const isGone = after === undefined || plan.after!.resolve(after.values.name) !== name;
    return (
      `all that stack ${code(other.name)} made goes with ${code(address)}, whatever its verdicts here: ` +
      (stillSought && isGone ? `it still looks for the cluster ${code(name)}` : "deploy that stack again afterwards")
    );
  });
}

function seeksCluster(stack: StackConfiguration | undefined, name: Json): boolean {
  return [...(stack?.declarations.values() ?? [])].some(
    ({ kind, type, values }) => kind === "data" && type === CLUSTER && stack!.resolve(values.name) === name,
  );
}

/** What other stacks have in a resource group, of which their own plans know nothing. */
function lostWithGroup(plan: StackPlan, { address, before }: PlannedResource, plans: readonly StackPlan[]): string[] {
  if (before!.type !== RESOURCE_GROUP) return [];
  const name = plan.before!.resolve(before!.values.name);
  if (name === undefined) return [];
  return plans
    .filter((other) => other !== plan)
    .flatMap((other) => {
      const inside = (other.before?.resources ?? []).filter(
        ({ values }) => other.before!.resolve(values.resource_group_name) === name,
      );
      if (inside.length === 0) return [];
      const [go, verdicts] = inside.length === 1 ? ["goes", "its verdict"] : ["go", "the verdicts"];
      const things = enumeratedNames(inside.map(({ address }) => address));
      return [`${things} of stack ${code(other.name)} ${go} with ${code(address)}, whatever ${verdicts} here`];
    });
}

function lostWithNamespace(plan: StackPlan, { address, before }: PlannedResource): string[] {
  if (before!.type !== NAMESPACE) return [];
  const name = plan.before!.resolve(only(before!.values.metadata)?.name);
  if (name === undefined) return [];
  const staying = plan
    .resources()
    .filter(
      ({ after, verdict }) =>
        plan.after?.resolve(only(after?.values.metadata)?.namespace) === name && verdict !== "create",
    );
  if (staying.length === 0) return [];
  const [are, go] = staying.length === 1 ? ["is", "goes"] : ["are", "go"];
  const things = enumeratedNames(staying.map(({ address }) => address));
  return [`${things} of ${code(plan.name)} ${are} in the namespace of ${code(address)} and ${go} with it`];
}
