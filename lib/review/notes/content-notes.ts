import { hasExpression } from "../expressions";
import type { PlannedResource, StackPlan } from "../plan";
import { code } from "../text";

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

function lostWithCluster(plan: StackPlan, { address, before }: PlannedResource, plans: readonly StackPlan[]): string[] {
  if (before!.type !== "azurerm_kubernetes_cluster") return [];
  const name = plan.before!.resolve(before!.values.name);
  const inside = plans.filter((other) =>
    [...(other.before?.declarations.values() ?? [])].some(
      ({ kind, type, values }) => kind === "data" && type === before!.type && values.name === name,
    ),
  );
  return inside.map(
    (other) =>
      `all that stack ${code(other.name)} made goes with ${code(address)}, whatever its verdicts here: deploy that stack again afterwards`,
  );
}

function lostWithNamespace(plan: StackPlan, { address, before }: PlannedResource): string[] {
  if (before!.type !== "kubernetes_namespace_v1") return [];
  const name = before!.values.metadata?.[0]?.name;
  if (hasExpression(name)) return [];
  const staying = plan
    .resources()
    .filter(({ after, verdict }) => after?.values.metadata?.[0]?.namespace === name && verdict !== "create");
  return staying.length === 0
    ? []
    : [
        `${staying.map(({ address }) => code(address)).join(", ")} of ${plan.name} is in the namespace of ${code(address)} and goes with it`,
      ];
}
