import type { StackConfiguration } from "./configuration";
import { comparable, Declaration } from "./declaration";
import { Difference, Differences } from "./differences";
import { bareReference, Reference, referencesIn } from "./expressions";
import { InstanceChange } from "./instance-change";
import { ResourceComparison } from "./resource-comparison";
import { RESOURCE_GROUP } from "./resource-types";
import { ChangedArgument, contribution, Verdict, worst } from "./verdict";

/** Why a resource gets its verdict, beside its own arguments. */
export type Cause =
  | { readonly kind: "resource group" | "trigger"; readonly address: string; readonly isCertain: boolean }
  | {
      readonly kind: "stack is gone" | "forgotten" | "imported" | "other type" | "moved in parts";
      readonly isCertain?: undefined;
    };

/** What a plan would say of one resource. */
export interface PlannedResource {
  readonly address: string;
  readonly before?: Declaration;
  readonly after?: Declaration;
  readonly verdict: Verdict;
  /** What happens to the instances that are there before and after. */
  readonly staying: Verdict;
  readonly arguments: readonly ChangedArgument[];
  readonly cause?: Cause;
}

type Change = Omit<PlannedResource, "address" | "before" | "after">;

/** What `terraform plan` and the provider would do to the resources of a stack, told from the configurations alone. */
export class StackPlan {
  private readonly planned = new Map<string, PlannedResource>();
  private readonly differences: Differences | undefined;
  /** Addresses that are others after the change, both ways. */
  private readonly newAddresses = new Map<string, string>();
  private readonly oldAddresses = new Map<string, string>();
  private readonly resourceGroups: readonly Declaration[];

  constructor(
    readonly name: string,
    readonly before: StackConfiguration | undefined,
    readonly after: StackConfiguration | undefined,
  ) {
    this.differences = before && after && new Differences(before, after, this);
    this.resourceGroups = before?.resources.filter(({ type }) => type === RESOURCE_GROUP) ?? [];
    for (const { address } of before?.resources ?? []) {
      const moved = this.destinationOf(address);
      if (moved === address) continue;
      this.newAddresses.set(address, moved);
      this.oldAddresses.set(moved, address);
    }
  }

  /** Every resource of either side. */
  resources(): PlannedResource[] {
    const addresses = new Set((this.after?.resources ?? []).map(({ address }) => address));
    for (const { address } of this.before?.resources ?? []) addresses.add(this.newAddressOf(address));
    return [...addresses].sort().map((address) => this.resource(address));
  }

  /** The plan of one resource, by its address after the change. */
  resource(address: string): PlannedResource {
    const known = this.planned.get(address);
    if (known) return known;
    const before = this.before?.declarations.get(this.oldAddresses.get(address) ?? address);
    const after = this.after?.declarations.get(address);
    const itself: PlannedResource = { address, before, after, verdict: "none", staying: "none", arguments: [] };
    this.planned.set(address, itself); // for what refers to itself
    const planned = { address, before, after, ...this.plan(before, after) };
    this.planned.set(address, planned);
    return planned;
  }

  private plan(before: Declaration | undefined, after: Declaration | undefined): Change {
    const whole = (verdict: Verdict, cause?: Cause) => ({ verdict, staying: verdict, arguments: [], cause });
    if (this.after?.movedInParts.has((after ?? before)!.address)) return whole("unknown", { kind: "moved in parts" });
    if (!before) {
      if (this.after!.imported.has(after!.address)) return whole("unknown", { kind: "imported" });
      return whole(this.after!.hasInstances(after!) ? "create" : "none");
    }
    if (!after) {
      if (!this.after) return whole("destroy", { kind: "stack is gone" });
      if (this.after.forgotten.has(before.address)) return whole("none", { kind: "forgotten" });
      return whole(this.before!.hasInstances(before) ? "destroy" : "none");
    }
    if (before.type !== after.type) return whole("unknown", { kind: "other type" });
    return this.changeOfBoth(before, after);
  }

  private changeOfBoth(before: Declaration, after: Declaration): Change {
    const instances = new InstanceChange(this.before!, this.after!, before, after);
    const counted = instances.asArgument();
    if (!instances.isAnyStaying) {
      const changed = counted ? [counted] : [];
      return { verdict: worst(changed.map(contribution)), staying: "none", arguments: changed };
    }
    const changed = new ResourceComparison(this.differences!, ...comparable(before, after)).changedArguments();
    const cause = this.replacedWithItsResourceGroup(before) ?? this.triggerOf(after);
    const caused: Verdict = cause?.isCertain === false ? "unknown" : cause ? "replace" : "none";
    const staying = worst([...changed.map(contribution), caused]);
    return {
      verdict: worst([staying, ...(counted ? [contribution(counted)] : [])]),
      staying,
      arguments: counted ? [counted, ...changed] : changed,
      cause,
    };
  }

  /** Everything in a resource group goes with it. */
  private replacedWithItsResourceGroup({ values }: Declaration): Cause | undefined {
    const name = values.resource_group_name;
    if (typeof name !== "string") return undefined;
    const referred = referencesIn(name).map(({ address }) => address);
    const group = this.resourceGroups.find(
      ({ address, values: group }) =>
        referred.includes(address) || this.before!.resolve(group.name) === this.before!.resolve(name),
    );
    if (!group) return undefined;
    const { verdict } = this.resource(this.newAddressOf(group.address));
    return verdict === "replace" || verdict === "destroy"
      ? { kind: "resource group", address: group.address, isCertain: true }
      : undefined;
  }

  private triggerOf({ meta }: Declaration): Cause | undefined {
    const triggers = meta.replaceTriggeredBy
      .flatMap((text) => bareReference(text) ?? [])
      .map((reference) => ({ address: reference.address, fate: this.differenceOfTrigger(reference) }));
    const trigger = triggers.find(({ fate }) => fate === "yes") ?? triggers.find(({ fate }) => fate === "perhaps");
    return trigger && { kind: "trigger", address: trigger.address, isCertain: trigger.fate === "yes" };
  }

  /** Terraform replaces for a trigger that is updated or replaced, and not for one that is created or destroyed. */
  private differenceOfTrigger(reference: Reference): Difference {
    const { before, after, staying, cause, arguments: changed } = this.resource(reference.address);
    if (!before || !after || staying === "none") return "no";
    if (reference.attribute !== "") return this.differences!.of(reference);
    const isCertain = cause?.isCertain || changed.some(({ effect }) => effect !== "none" && effect !== "unknown");
    return isCertain ? "yes" : "perhaps";
  }

  get hasMoves(): boolean {
    return this.newAddresses.size > 0;
  }

  /** Where a resource is after the change. */
  newAddressOf(address: string): string {
    return this.newAddresses.get(address) ?? address;
  }

  /** Where the `moved` blocks lead; one that has done its work leads to what is there already, and is passed over. */
  private destinationOf(address: string): string {
    const passed = new Set([address]);
    let at = address;
    for (;;) {
      const next = this.after?.moved.get(at);
      if (next === undefined || passed.has(next) || this.before?.declarations.has(next)) return at;
      passed.add(next);
      at = next;
    }
  }
}
