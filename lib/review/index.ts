import { RESOURCE } from "./facts/resource-types";
import { Stack, stackOf } from "./model/stack";
import { notesOn } from "./notes/notes";
import { sideOf } from "./notes/objects";
import { planOf, PlannedResource, StackPlan } from "./plan/plan";
import { mergedWith, readPlan } from "./plan/plan-file";
import { typeOf } from "./plan/side";
import type { Verdict } from "./plan/verdict";
import { readSynthOutputs, StackOutput } from "./read/synth-output";
import { markdownOf } from "./report/markdown";
import { mermaidOf } from "./report/mermaid";
import { redacted } from "./report/redact";
import { rankOf, reasonOf, summaryOf } from "./report/sentences";

export { VERDICTS } from "./plan/verdict";
export type { Verdict } from "./plan/verdict";

/** An argument that changes. */
export interface ReviewedArgument {
  /** As the provider version after the change calls it, as in `default_node_pool.os_sku`. */
  readonly path: string;
  /** Value as written, or a default that another version changes; `null` for neither. A sensitive one is not shown. */
  readonly before: unknown;
  /** Value after the change, told in the same way. */
  readonly after: unknown;
  /** Verdict of this argument alone. */
  readonly effect: Verdict;
}

/** A resource of either side, and what happens to it. */
export interface ReviewedChange {
  /** Name of the stack. */
  readonly stack: string;
  /** Address of the resource, as in `azurerm_kubernetes_cluster.aks`. */
  readonly address: string;
  /** Verdict of the resource: the worst of its arguments. */
  readonly verdict: Verdict;
  /** Source of the verdict: the text of both sides, or a plan. */
  readonly source: "text" | "plan";
  /** The arguments that change, those that mean most first. */
  readonly arguments: readonly ReviewedArgument[];
  /** The reason, in words. */
  readonly why: string;
  /** Word for its kind, such as `node pool`, if the project has one. */
  readonly noun?: string;
}

/** A review of a change: what it would do to the cluster. */
export class Review {
  /** One sentence for a person in a hurry. */
  readonly summary: string;
  /** Every resource of either side, the worst first. */
  readonly changes: readonly ReviewedChange[];
  /** Sentences with what a reviewer must know beyond that. */
  readonly notes: readonly string[];
  /** Mermaid text of the cluster after the change. */
  readonly diagram: string;

  /** @internal */
  constructor(plans: readonly StackPlan[]) {
    const resources = plans
      .flatMap(({ name, resources }) => resources.map((resource) => ({ name, resource })))
      .sort((a, b) => rankOf(a.resource) - rankOf(b.resource));
    this.changes = resources.map(({ name, resource }) => reviewedChange(name, resource));
    this.notes = notesOn(plans);
    this.summary = summaryOf(
      resources.map(({ resource }) => resource),
      this.notes.length > 0,
    );
    this.diagram = mermaidOf(plans);
  }

  /** Markdown for a comment on a pull request. */
  toMarkdown(): string {
    return markdownOf(this);
  }

  /** Returns what `--format json` prints: summary, changes and notes. */
  toJSON() {
    const changes = this.changes.map(({ stack, address, verdict, source, arguments: args }) => ({
      ...{ stack, address, verdict, source, arguments: args },
    }));
    return { summary: this.summary, changes, notes: this.notes };
  }
}

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
 * @example
 * ```ts
 * import { review } from "cdktf-aks-pod-sandboxing/review";
 * review("before", "cdktf.out").then(({ summary, changes }) => console.log(summary, changes));
 * ```
 * @throws if a folder or a plan cannot be read
 */
export async function review(before: string, after: string, { plans = {} }: ReviewOptions = {}): Promise<Review> {
  const [old, next] = await stacksIn([before, after]);
  if (next.size === 0) throw new Error(`"${after}" has no stack: synthesise again`);
  const names = [...new Set([...old.keys(), ...next.keys()])].sort();
  const stranger = Object.keys(plans).find((name) => !names.includes(name));
  if (stranger !== undefined)
    throw new Error(`stack "${stranger}" has a plan and is in no output: use ${names.join(" or ")}`);
  return new Review(
    names.map((name) => {
      const plan = planOf(name, old.get(name), next.get(name));
      return plans[name] === undefined ? plan : mergedWith(plan, readPlan(plans[name]));
    }),
  );
}

/**
 * Mermaid text of the cluster in a folder of synth output, such as `cdktf.out`.
 *
 * @throws if the folder cannot be read
 */
export async function clusterDiagram(folder: string): Promise<string> {
  const [stacks] = await stacksIn([folder]);
  return mermaidOf([...stacks.values()].map((stack) => planOf(stack.name, stack, stack)));
}

/** The stacks of folders by name. */
async function stacksIn(folders: readonly string[]): Promise<Map<string, Stack>[]> {
  const parsed = ({ name, language, configuration }: StackOutput): [string, Stack] => {
    try {
      return [name, stackOf(name, language, configuration)];
    } catch (cause) {
      // The cause may quote a secret.
      throw new Error(`stack "${name}" is not as cdktf writes one: synthesise again`, { cause });
    }
  };
  return (await readSynthOutputs(folders)).map((outputs) => new Map(outputs.map(parsed)));
}

function reviewedChange(stack: string, resource: PlannedResource): ReviewedChange {
  const { address, verdict, source } = resource;
  const type = typeOf(sideOf(resource));
  const args = resource.arguments.map((change) => {
    const [before, after] = [change.before, change.after].map((value) => redacted(resource, change, value));
    return { path: change.path, before, after, effect: change.effect };
  });
  const noun = type === RESOURCE ? undefined : type.noun;
  return { stack, address, verdict, source, arguments: args, why: reasonOf(resource), noun };
}
