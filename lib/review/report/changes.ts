import { RESOURCE } from "../facts/resource-types";
import type { PlannedResource } from "../plan/plan";
import { Verdict, worstFirst } from "../plan/verdict";
import { redacted } from "./redact";
import { reasonOf } from "./sentences";

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

/** A planned resource as everybody may see it. */
export function reviewedChange(stack: string, resource: PlannedResource): ReviewedChange {
  const { address, verdict, source } = resource;
  const args = worstFirst(resource.arguments).map((change) => {
    const [before, after] = [change.before, change.after].map((value) => redacted(resource, change, value));
    return { path: change.path, before, after, effect: change.effect };
  });
  const { facts } = resource.block;
  const noun = facts === RESOURCE ? undefined : facts.noun;
  return { stack, address, verdict, source, arguments: args, why: reasonOf(resource), noun };
}
