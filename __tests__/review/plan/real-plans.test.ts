import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { byAddress, reviewOf } from "../../support/reviews";
import { PROJECT } from "../../support/synth";

/** The plan of the real provider for a change of one argument. */
interface RealPlan {
  readonly resource: string;
  readonly argument: string;
  readonly change: "add" | "change" | "remove";
  readonly before: object;
  readonly after: object;
  readonly terraform: "update" | "replace" | "none";
}

const FOLDER = join(PROJECT, "__tests__/data/real-plans");

/** A rotation is an update in a plan. */
const AS_PLANNED: { readonly [verdict: string]: string } = { rotate: "update" };

test.each(readdirSync(FOLDER).filter((file) => file.endsWith(".json")))(
  "each plan of %s is told from text",
  async (file) => {
    const plans: readonly RealPlan[] = JSON.parse(readFileSync(join(FOLDER, file), "utf8"));
    const [version] = /\d+\.\d+\.\d+/.exec(file)!;
    const stack = (side: "before" | "after") => {
      const resource: { [type: string]: { [id: string]: object } } = {};
      plans.forEach((plan, i) => ((resource[plan.resource] ??= {})[`r${i}`] = plan[side]));
      return { terraform: { required_providers: { azurerm: { source: "hashicorp/azurerm", version } } }, resource };
    };
    const changes = byAddress(await reviewOf({ s: stack("before") }, { s: stack("after") }));
    const wrong = plans.flatMap(({ resource, argument, change, terraform }, i) => {
      const { verdict } = changes[`${resource}.r${i}`];
      return (AS_PLANNED[verdict] ?? verdict) === terraform
        ? []
        : [`${change} ${argument}: ${verdict}, not ${terraform}`];
    });
    expect(plans.length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  },
);
