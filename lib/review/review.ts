import { StackConfiguration } from "./configuration";
import { mermaidOf } from "./diagram";
import { reviewMarkdown } from "./markdown";
import { notesOn } from "./notes";
import { PlannedResource, StackPlan } from "./plan";
import { reasonOf } from "./reasons";
import { ShownValues } from "./shown-values";
import { summaryOf } from "./summary";
import { readSynthOutputs, StackOutput } from "./synth-output";
import { Verdict, VERDICTS } from "./verdict";
import { kindOf, RESOURCE } from "./words";

/** An argument that changes. */
export interface ReviewedArgument {
  /** As the provider version after the change calls it, as in `default_node_pool.os_sku`. */
  readonly path: string;
  /** What is written, or a default that another version changes; `null` for neither. What is sensitive is not shown. */
  readonly before: unknown;
  readonly after: unknown;
  /** What it does by itself. */
  readonly effect: Verdict;
}

/** What happens to one resource. */
export interface ReviewedChange {
  readonly stack: string;
  readonly address: string;
  readonly verdict: Verdict;
  readonly arguments: readonly ReviewedArgument[];
  /** The reason, in words. */
  readonly why: string;
}

/** What a change of the synthesised Terraform would do to the cluster. */
export class Review {
  /** One sentence for a person in a hurry. */
  readonly summary: string;
  /** Every resource of either side, the worst first. */
  readonly changes: readonly ReviewedChange[];
  /** What a reviewer must know beyond that. */
  readonly notes: readonly string[];
  /** Mermaid text of the cluster after the change. */
  readonly diagram: string;

  /** @internal */
  constructor(plans: readonly StackPlan[]) {
    const resources = plans.flatMap((plan) => plan.resources().map((resource) => ({ stack: plan.name, resource })));
    this.changes = resources
      .sort((a, b) => rankOf(a.resource) - rankOf(b.resource))
      .map(({ stack, resource }) => reviewedChange(stack, resource));
    this.summary = summaryOf(resources.map(({ resource }) => resource));
    this.notes = notesOn(plans);
    const after = plans.flatMap((plan) => plan.after ?? []);
    this.diagram = mermaidOf(
      after,
      (stack, address) => plans.find(({ name }) => name === stack)!.resource(address).verdict,
    );
  }

  /** Markdown for a comment on a pull request. */
  toMarkdown(): string {
    return reviewMarkdown(this);
  }

  /** What `--format json` prints: summary, changes and notes. */
  toJSON() {
    const changes = this.changes.map(({ stack, address, verdict, arguments: args }) => ({
      stack,
      address,
      verdict,
      arguments: args,
    }));
    return { summary: this.summary, changes, notes: this.notes };
  }
}

/**
 * Tells what a change would do to the cluster from the synth output before and after it: two folders such as
 * `cdktf.out`, in JSON or HCL.
 *
 * @throws if a folder cannot be read
 */
export async function review(before: string, after: string): Promise<Review> {
  const [old, next] = await readSynthOutputs([before, after]);
  if (next.length === 0) throw new Error(`"${after}" has no stack: synthesise again`);
  const names = [...new Set([...old, ...next].map(({ name }) => name))].sort();
  return new Review(
    names.map((name) => {
      const [oldStack, nextStack] = [old, next].map((stacks) => {
        const stack = stacks.find((stack) => stack.name === name);
        return stack && configurationOf(stack);
      });
      return new StackPlan(name, oldStack, nextStack);
    }),
  );
}

function configurationOf(stack: StackOutput): StackConfiguration {
  try {
    return new StackConfiguration(stack);
  } catch (cause) {
    // What the cause says may have a secret in it.
    throw new Error(`stack "${stack.name}" is not as cdktf writes one: synthesise again`, { cause });
  }
}

/**
 * Mermaid text of the cluster in a folder of synth output, such as `cdktf.out`.
 *
 * @throws if the folder cannot be read
 */
export async function clusterDiagram(folder: string): Promise<string> {
  const [stacks] = await readSynthOutputs([folder]);
  return mermaidOf(stacks.map(configurationOf));
}

/** The worst verdict first, and of one verdict first what holds other things, and last what nobody asked for. */
function rankOf({ verdict, before, after }: PlannedResource): number {
  const kind = kindOf((after ?? before)!);
  const weight = kind.isContainer ? 0 : kind.isBookkeeping ? 3 : kind === RESOURCE ? 2 : 1;
  return VERDICTS.indexOf(verdict) * 4 + weight;
}

function reviewedChange(stack: string, resource: PlannedResource): ReviewedChange {
  const { address, verdict } = resource;
  const values = new ShownValues(resource.before, resource.after);
  const shown = resource.arguments.map(({ path, argument, before, after, effect }) => ({
    path,
    before: values.of(path, argument, before),
    after: values.of(path, argument, after),
    effect,
  }));
  return { stack, address, verdict, arguments: shown, why: reasonOf(resource, shown) };
}
