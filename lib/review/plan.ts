import { Declaration, stable, StackConfiguration } from "./configuration";
import {
  bareReference,
  hasExpression,
  namedValuesIn,
  onlyReference,
  Reference,
  referencesIn,
  valueAt,
  withAddresses,
} from "./expressions";
import { Difference, ResourceComparison, Sides } from "./resource-comparison";
import type { Json } from "./synth-output";
import { ChangedArgument, contribution, Verdict, worst } from "./verdict";

/**
 * Attributes that are known only at apply when certain arguments change.
 *
 * Source: hashicorp/terraform-provider-azurerm v4.81.0, CustomizeDiff of kubernetes_cluster_resource.go;
 * developer.hashicorp.com/terraform/language/resources/terraform-data
 */
const COMPUTED_ANEW: { readonly [type: string]: { readonly [attribute: string]: readonly string[] } } = {
  azurerm_kubernetes_cluster: { oidc_issuer_url: ["oidc_issuer_enabled"] },
  terraform_data: { output: ["input"] },
};

/** Why a resource gets its verdict, beside its own arguments. */
export type Cause =
  | { readonly kind: "resource group" | "trigger"; readonly address: string; readonly isCertain: boolean }
  | { readonly kind: "stack is gone" | "forgotten" | "imported"; readonly isCertain?: undefined };

/** What a plan would say of one resource. */
export interface PlannedResource {
  readonly address: string;
  readonly before?: Declaration;
  readonly after?: Declaration;
  readonly verdict: Verdict;
  readonly arguments: readonly ChangedArgument[];
  readonly cause?: Cause;
}

/** What `terraform plan` and the provider would do to the resources of a stack, told from the configurations alone. */
export class StackPlan implements Sides {
  private readonly planned = new Map<string, PlannedResource>();
  private readonly dataDifferences = new Map<string, Difference>();
  /** Addresses that are others after the change, both ways. */
  private readonly newAddresses = new Map<string, string>();
  private readonly oldAddresses = new Map<string, string>();
  private readonly resourceGroups: readonly Declaration[];

  constructor(
    readonly name: string,
    readonly before: StackConfiguration | undefined,
    readonly after: StackConfiguration | undefined,
  ) {
    this.resourceGroups = before?.resources.filter(({ type }) => type === "azurerm_resource_group") ?? [];
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
    this.planned.set(address, { address, before, after, verdict: "none", arguments: [] }); // for what refers to itself
    const planned = { address, before, after, ...this.plan(before, after) };
    this.planned.set(address, planned);
    return planned;
  }

  private plan(
    before: Declaration | undefined,
    after: Declaration | undefined,
  ): Pick<PlannedResource, "verdict" | "arguments" | "cause"> {
    if (!before) {
      const isImported = this.after!.imported.has(after!.address);
      return isImported
        ? { verdict: "unknown", arguments: [], cause: { kind: "imported" } }
        : { verdict: "create", arguments: [] };
    }
    if (!after) {
      if (!this.after) return { verdict: "destroy", arguments: [], cause: { kind: "stack is gone" } };
      return this.after.forgotten.has(before.address)
        ? { verdict: "none", arguments: [], cause: { kind: "forgotten" } }
        : { verdict: "destroy", arguments: [] };
    }
    const changed = new ResourceComparison(this, before, after).changedArguments();
    const cause = this.replacedWithItsResourceGroup(before) ?? this.triggerOf(after);
    const others: Verdict[] = [cause?.isCertain === false ? "unknown" : cause ? "replace" : "none"];
    const [old, next] = [this.instancesBefore(before), this.instancesAfter(after)];
    if (old?.some((key) => next && !next.includes(key))) others.push("destroy");
    if (next?.some((key) => old && !old.includes(key))) others.push("create");
    return { verdict: worst([...changed.map(contribution), ...others]), arguments: changed, cause };
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
      .filter((reference) => this.isTriggered(reference));
    const isCertain = ({ address }: Reference) => this.resource(address).verdict !== "unknown";
    const trigger = triggers.find(isCertain) ?? triggers[0];
    return trigger && { kind: "trigger", address: trigger.address, isCertain: isCertain(trigger) };
  }

  /** Terraform replaces for a trigger that is updated or replaced, and not for one that is created. */
  private isTriggered({ address, attribute }: Reference): boolean {
    const { before, after, verdict, arguments: changed } = this.resource(address);
    if (!before || !after || verdict === "none") return false;
    if (attribute === "" || verdict === "replace") return true;
    const root = rootOf(attribute);
    if (!(root in after.values)) return true; // computed, perhaps from what is updated
    return changed.some(({ path, effect }) => effect !== "none" && rootOf(path) === root);
  }

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

  resolvedBefore(value: Json): Json {
    return this.before!.resolve(value);
  }

  resolvedAfter(value: Json): Json {
    return this.after!.resolve(value);
  }

  instancesBefore(resource: Declaration): string[] | undefined {
    return this.before!.instancesOf(resource);
  }

  instancesAfter(resource: Declaration): string[] | undefined {
    return this.after!.instancesOf(resource);
  }

  difference(before: Json, after: Json): Difference {
    if (before === undefined || after === undefined) return before === after ? "no" : "yes";
    const isKnown = !hasExpression(before) && !hasExpression(after);
    if (isKnown) return stable(before) === stable(after) ? "no" : "yes";
    const fates = referencesIn(after).map((reference) => this.differenceOf(reference));
    if (fates.includes("yes")) return "yes";
    if (this.sameExpression(before, after)) {
      fates.push(...namedValuesIn(after).map((name) => this.differenceOfNamedValue(name)));
      return (["yes", "perhaps"] as const).find((fate) => fates.includes(fate)) ?? "no";
    }
    return this.areIdsOfTwo(before, after) ? "yes" : "perhaps";
  }

  private sameExpression(before: Json, after: Json): boolean {
    const moved = JSON.parse(stable(before), (_, value) =>
      typeof value === "string" ? withAddresses(value, (address) => this.newAddressOf(address)) : value,
    );
    return stable(moved) === stable(after);
  }

  private areIdsOfTwo(before: Json, after: Json): boolean {
    const [old, next] = [before, after].map((value) => (typeof value === "string" ? onlyReference(value) : undefined));
    return old?.attribute === "id" && next?.attribute === "id" && this.newAddressOf(old.address) !== next.address;
  }

  /** Whether an attribute that an expression refers to is another one after the change. */
  private differenceOf({ address, attribute }: Reference): Difference {
    const declaration = this.after!.declarations.get(address);
    if (declaration?.kind === "data") return this.differenceOfData(declaration);
    if (declaration?.kind !== "resource") return "no";
    const { before, verdict } = this.resource(address);
    const [old, next] = [before?.values, declaration.values].map((values) => valueAt(values, attribute));
    if (next !== undefined) return this.difference(this.before?.resolve(old), this.after!.resolve(next));
    if (verdict === "create" || verdict === "replace" || this.isComputedAnew(address, attribute)) return "yes";
    return verdict === "unknown" ? "perhaps" : "no";
  }

  /** Whether the provider computes an attribute anew for what changes. */
  private isComputedAnew(address: string, attribute: string): boolean {
    const { after, arguments: changed } = this.resource(address);
    const causes = COMPUTED_ANEW[after!.type]?.[rootOf(attribute)] ?? [];
    return changed.some(({ path, effect }) => causes.includes(path) && effect !== "none");
  }

  /** Whether a variable or a local value is another one; a variable is what it is by default. */
  private differenceOfNamedValue(name: string): Difference {
    const [old, next] = [this.before!, this.after!].map((stack) => stack.namedValues[name]);
    return this.difference(old ?? null, next ?? null);
  }

  /** A data source that has to wait for what it depends on is read at apply, and all of it is unknown until then. */
  private differenceOfData(data: Declaration): Difference {
    const known = this.dataDifferences.get(data.address);
    if (known) return known;
    this.dataDifferences.set(data.address, "no");
    const difference = this.computeDifferenceOfData(data);
    this.dataDifferences.set(data.address, difference);
    return difference;
  }

  private computeDifferenceOfData({ address, values, meta }: Declaration): Difference {
    const waits = meta.dependsOn.some((text) => {
      const dependency = bareReference(text)?.address;
      return dependency && this.after!.declarations.get(dependency)?.kind === "resource"
        ? this.resource(dependency).verdict !== "none"
        : false;
    });
    const resolved = this.after!.resolve(values);
    if (waits || referencesIn(resolved).some((reference) => this.differenceOf(reference) === "yes")) return "yes";
    const before = this.before?.declarations.get(address);
    const isSame = before && this.difference(this.before!.resolve(before.values), resolved) === "no";
    return isSame ? "no" : "perhaps";
  }
}

function rootOf(path: string): string {
  return path.split(/[.[]/)[0];
}
