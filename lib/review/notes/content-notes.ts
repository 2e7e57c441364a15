import { hasExpression } from "../expressions";
import type { PlannedResource, StackPlan } from "../plan";
import { code, enumerated } from "../text";

/** What is lost inside of things that go away, of which their own stack or another one still speaks. */
export function contentNotes(plans: readonly StackPlan[]): string[] {
  return plans.flatMap((plan) =>
    plan
      .resources()
      .filter(isGoing)
      .flatMap((resource) => [...lostWithCluster(plan, resource, plans), ...lostWithNamespace(plan, resource)]),
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
  if (before!.type !== "azurerm_kubernetes_cluster") return [];
  const name = plan.before!.resolve(before!.values.name);
  const inside = plans.filter((other) =>
    [...(other.before?.declarations.values() ?? [])].some(
      ({ kind, type, values }) => kind === "data" && type === before!.type && values.name === name,
    ),
  );
  return inside.map((other) => {
    const stillSought = [...(other.after?.declarations.values() ?? [])].some(
      ({ kind, type, values }) => kind === "data" && type === before!.type && values.name === name,
    );
    const isGone = after === undefined || plan.after!.resolve(after.values.name) !== name;
    return (
      `all that stack ${code(other.name)} made goes with ${code(address)}, whatever its verdicts here: ` +
      (stillSought && isGone ? `it still looks for the cluster ${code(name)}` : "deploy that stack again afterwards")
    );
  });
}

function lostWithNamespace(plan: StackPlan, { address, before }: PlannedResource): string[] {
  if (before!.type !== "kubernetes_namespace_v1") return [];
  const name = before!.values.metadata?.[0]?.name;
  if (hasExpression(name)) return [];
  const staying = plan
    .resources()
    .filter(({ after, verdict }) => after?.values.metadata?.[0]?.namespace === name && verdict !== "create");
  if (staying.length === 0) return [];
  const [are, go] = staying.length === 1 ? ["is", "goes"] : ["are", "go"];
  const things = enumerated(staying.map(({ address }) => code(address)));
  return [`${things} of ${plan.name} ${are} in the namespace of ${code(address)} and ${go} with it`];
}
