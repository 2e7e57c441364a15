import type { StackConfiguration } from "./configuration";
import type { Declaration } from "./declaration";
import type { ChangedArgument } from "./verdict";

/** Which instances of a resource with `count` or `for_each` come and go; none do where only Terraform can tell. */
export class InstanceChange {
  private readonly old: readonly string[] | undefined;
  private readonly next: readonly string[] | undefined;

  constructor(
    private readonly before: StackConfiguration,
    after: StackConfiguration,
    private readonly resourceBefore: Declaration,
    private readonly resource: Declaration,
  ) {
    this.next = after.instancesOf(resource);
    const old = before.instancesOf(resourceBefore);
    // What has moved onto another instance that is there has not moved.
    const newKeyOf = (key: string) => after.movedKeys.get(resourceBefore.address + key) ?? key;
    this.old = old?.map((key) => (old.includes(newKeyOf(key)) ? key : newKeyOf(key)));
  }

  get isAnyStaying(): boolean {
    const { old, next } = this;
    return !old || !next || old.some((key) => next.includes(key));
  }

  /** Keys of the instances that are there before and after, as `for_each` has them, on both sides. */
  keysOfStaying(): [string, string][] {
    const { resourceBefore, old = [], next = [] } = this;
    const keysBefore = this.before.instancesOf(resourceBefore) ?? [];
    return old.flatMap((key, i): [string, string][] => (next.includes(key) ? [[bare(keysBefore[i]), bare(key)]] : []));
  }

  /** Whether an instance is there on one side only, as far as that can be told. */
  comesOrGoes(key: string): boolean {
    const { old, next } = this;
    return old !== undefined && next !== undefined && old.includes(key) !== next.includes(key);
  }

  asArgument(): ChangedArgument | undefined {
    const { old, next } = this;
    if (!old || !next) return undefined;
    const isGone = old.some((key) => !next.includes(key));
    if (!isGone && !next.some((key) => !old.includes(key))) return undefined;
    const isCounted = this.resourceBefore.meta.forEach === undefined && this.resource.meta.forEach === undefined;
    const shown = (keys: readonly string[]) => (isCounted ? keys.length : keys.map(bare));
    return {
      path: isCounted ? "count" : "each.key",
      before: shown(old),
      after: shown(next),
      effect: isGone ? "destroy" : "create",
    };
  }
}

/** A key without its brackets. */
function bare(key: string): string {
  return key.replace(/^\["?|"?\]$/g, "");
}
