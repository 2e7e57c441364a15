import { CLUSTER, RESOURCE_GROUP } from "../facts/resource-types";
import { stable, Value } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, StackSide } from "../plan/side";
import { clustersSoughtIn, placeOf } from "./objects";
import { code, enumeratedFirst, Notes } from "./text";

/** Notes on losses inside of a thing that goes away, of which its own stack or another one still speaks. */
export function lossNotes(resource: PlannedResource, plan: StackPlan, plans: readonly StackPlan[]): Notes {
  const { before, after, verdict } = resource;
  if (!before || (verdict !== "destroy" && verdict !== "replace")) return [];
  const others = plans.filter((other) => other !== plan);
  const { name } = before.values;
  if (before.block.type === RESOURCE_GROUP)
    return others.map((other) => lostIn(other, (side) => isSame(side.before?.values.resource_group_name, name)));
  if (kindOfSide(before) === "Namespace") {
    const isRetained = ({ after: side, verdict }: PlannedResource) =>
      side !== undefined && verdict !== "create" && isSame(placeOf(side, "namespace"), placeOf(before, "name"));
    return [lostIn(plan, isRetained)];
  }
  if (before.block.type !== CLUSTER) return [];
  const isSoughtIn = (stack: StackSide | undefined) => clustersSoughtIn(stack).some((sought) => isSame(sought, name));
  return others.map((other) => {
    const isSoughtInVain = isSoughtIn(other.after) && !isSame(after?.values.name, name);
    const follows = isSoughtInVain
      ? `it still looks for the cluster ${code(String(name))}`
      : "deploy that stack again afterwards";
    const lost = `all that stack ${code(other.name)} made goes with it, whatever its verdicts here`;
    return isSoughtIn(other.before) && `${lost}: ${follows}`;
  });
}

function lostIn({ name, resources }: StackPlan, isLost: (resource: PlannedResource) => boolean): string | false {
  const lost = resources.filter(isLost).map(({ address }) => code(address));
  return lost.length > 0 && `it takes ${enumeratedFirst(lost)} of stack ${code(name)} with it, whatever is said here`;
}

function isSame(value: Value, name: Value): boolean {
  return name !== undefined && stable(value) === stable(name);
}
