import { StackConfiguration } from "./configuration";
import { Declaration } from "./declaration";
import type { ChangedArgument } from "./verdict";

/** Which instances of a resource with `count` or `for_each` come and go; none do where only Terraform can tell. */
export class InstanceChange {
  private readonly old: readonly string[] | undefined;
  private readonly next: readonly string[] | undefined;

  constructor(
    before: StackConfiguration,
    after: StackConfiguration,
    private readonly resourceBefore: Declaration,
    private readonly resource: Declaration,
  ) {
    this.next = after.instancesOf(resource);
    this.old = before
      .instancesOf(resourceBefore)
      ?.map((key) => after.movedKeys.get(resourceBefore.address + key) ?? key);
  }

  get isAnyStaying(): boolean {
    const { old, next } = this;
    return !old || !next || old.some((key) => next.includes(key));
  }

  asArgument(): ChangedArgument | undefined {
    const { old, next } = this;
    if (!old || !next) return undefined;
    const isGone = old.some((key) => !next.includes(key));
    if (!isGone && !next.some((key) => !old.includes(key))) return undefined;
    const isCounted = this.resourceBefore.meta.forEach === undefined && this.resource.meta.forEach === undefined;
    const shown = (keys: readonly string[]) =>
      isCounted ? keys.length : keys.map((key) => key.replace(/^\["?|"?\]$/g, ""));
    return {
      path: isCounted ? "count" : "each.key",
      before: shown(old),
      after: shown(next),
      effect: isGone ? "destroy" : "create",
    };
  }
}
