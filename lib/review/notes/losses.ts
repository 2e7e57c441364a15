import { CLUSTER, RESOURCE_GROUP } from "../facts/resource-types";
import { stable, Value } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, StackSide } from "../plan/side";
import { clustersSoughtIn } from "./clusters";
import { placeOf } from "./objects";
import { code, enumeratedNames, Notes } from "./text";

/** Notes on losses inside of a thing that goes away, of which its own stack or another one still speaks. */
export function lossNotes(resource: PlannedResource, plan: StackPlan, plans: readonly StackPlan[]): Notes {
  const { before, after, verdict } = resource;
  if (!before || (verdict !== "destroy" && verdict !== "replace")) return [];
  const others = plans.filter((other) => other !== plan);
  if (kindOfSide(before) === "Namespace") {
    const isRetained = ({ after: side, verdict }: PlannedResource) =>
      side && verdict !== "create" && isNamed(placeOf(side, "namespace"), placeOf(before, "name"));
    return [lostWithIt(plan, plan.resources.filter(isRetained))];
  }
  const { name } = before.values;
  if (before.block.type === RESOURCE_GROUP)
    return others.map((other) => {
      const isInside = ({ before: side }: PlannedResource) => isNamed(side?.values.resource_group_name, name);
      return lostWithIt(other, other.resources.filter(isInside));
    });
  if (before.block.type !== CLUSTER) return [];
  const isSoughtIn = (stack: StackSide | undefined) => clustersSoughtIn(stack).some((sought) => isNamed(sought, name));
  return others
    .filter((other) => isSoughtIn(other.before))
    .map((other) => {
      const isGone = isSoughtIn(other.after) && !isNamed(after?.values.name, name);
      const follows = isGone
        ? `it still looks for the cluster ${code(String(name))}`
        : "deploy that stack again afterwards";
      return `all that stack ${code(other.name)} made goes with it, whatever its verdicts here: ${follows}`;
    });
}

function lostWithIt({ name }: StackPlan, lost: readonly { readonly address: string }[]): string | false {
  const [go, them] = lost.length === 1 ? ["goes", "it"] : ["go", "them"];
  const things = `${enumeratedNames(lost.map(({ address }) => address))} of stack ${code(name)}`;
  return lost.length > 0 && `${things} ${go} with it, whatever is said of ${them} here`;
}

function isNamed(value: Value, name: Value): boolean {
  return name !== undefined && stable(value) === stable(name);
}

/** Notes on resources that Terraform may not destroy. */
export function protectionNotes({ before, after, verdict }: PlannedResource, { name }: StackPlan): Notes {
  const [was, is] = [before, after].map((side) => side?.block.preventDestroy);
  return [
    was && !after && "`prevent_destroy` goes with it: nothing stops Terraform from destroying it",
    was && after && !is && "it loses its `prevent_destroy`: from now on a plan may destroy it",
    is &&
      verdict === "replace" &&
      `it has \`prevent_destroy\`, so Terraform refuses the whole plan of stack ${code(name)}`,
  ];
}
