import { planOf } from "./plan/plan";
import { mergedWith, readPlan } from "./plan/plan-file";
import { readSynthOutputs } from "./read/synth-output";
import { Review } from "./report/review";
import { stackOf } from "./stack";

export { VERDICTS, type Verdict } from "./plan/verdict";
export type { ReviewedArgument, ReviewedChange } from "./report/changes";
export { Review } from "./report/review";

/** Options of a review. */
export interface ReviewOptions {
  /**
   * Files with what `terraform show -json` prints of a plan, by stack. Their actions win over what the text tells.
   *
   * @default - none
   */
  readonly plans?: { readonly [stack: string]: string };
}

/**
 * Tells what a change would do to the cluster from the synth output before and after it: two folders such as
 * `cdktf.out`, in JSON or HCL.
 *
 * @throws if a folder or a plan cannot be read
 */
export async function review(before: string, after: string, { plans = {} }: ReviewOptions = {}): Promise<Review> {
  const [old, next] = (await readSynthOutputs([before, after])).map(
    (outputs) => new Map(outputs.map((output) => [output.name, stackOf(output)])),
  );
  if (next.size === 0) throw new Error(`"${after}" has no stack: synthesise again`);
  const names = [...new Set([...old.keys(), ...next.keys()])].sort();
  const stranger = Object.keys(plans).find((name) => !names.includes(name));
  if (stranger !== undefined)
    throw new Error(`stack "${stranger}" has a plan and is in no output: use ${names.join(" or ")}`);
  const planned = (name: string) => mergedWith(planOf(name, old.get(name), next.get(name)), readPlan(plans[name]));
  return new Review(names.map(planned));
}

/**
 * Mermaid text of the cluster in a folder of synth output, such as `cdktf.out`.
 *
 * @throws if the folder cannot be read
 */
export async function clusterDiagram(folder: string): Promise<string> {
  return (await review(folder, folder)).diagram;
}
