import { StackConfiguration } from "./configuration";
import { comparable, Declaration, ignores, writtenAt } from "./declaration";
import {
  bareReference,
  hasExpression,
  namedValuesIn,
  onlyReference,
  Reference,
  referencesIn,
  valuesAt,
  withAddresses,
} from "./expressions";
import { InstanceChange } from "./instance-change";
import { Json, stable } from "./json";
import { Difference, ResourceComparison, worstDifference } from "./resource-comparison";
import { ChangedArgument, contribution, Verdict, worst } from "./verdict";

/**
 * Attributes that are known only at apply when certain arguments change.
 *
 * Source: hashicorp/terraform-provider-azurerm v4.81.0, CustomizeDiff of kubernetes_cluster_resource.go;
 * hashicorp/terraform-provider-kubernetes v2.38.0, manifest/provider/plan.go;
 * developer.hashicorp.com/terraform/language/resources/terraform-data
 */
const COMPUTED_ANEW: { readonly [type: string]: { readonly [attribute: string]: readonly string[] } } = {
  azurerm_kubernetes_cluster: { oidc_issuer_url: ["oidc_issuer_enabled"] },
  kubernetes_manifest: { object: ["manifest"] },
  terraform_data: { output: ["input"] },
};

/** Why a resource gets its verdict, beside its own arguments. */
export type Cause =
  | { readonly kind: "resource group" | "trigger"; readonly address: string; readonly isCertain: boolean }
  | { readonly kind: "stack is gone" | "forgotten" | "imported" | "other type"; readonly isCertain?: undefined };

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

/** What `terraform plan` and the provider would do to the resources of a stack, told from the configurations alone. */
export class StackPlan {
  private readonly planned = new Map<string, PlannedResource>();
  /** Of what expressions refer to. */
  private readonly differences = new Map<string, Difference>();
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
    const itself: PlannedResource = { address, before, after, verdict: "none", staying: "none", arguments: [] };
    this.planned.set(address, itself); // for what refers to itself
    const planned = { address, before, after, ...this.plan(before, after) };
    this.planned.set(address, planned);
    return planned;
  }

  private plan(before: Declaration | undefined, after: Declaration | undefined): Omit<PlannedResource, "address"> {
    const whole = (verdict: Verdict, kind?: (Cause & { isCertain?: undefined })["kind"]) => ({
      ...{ verdict, before, after, staying: verdict, arguments: [] },
      cause: kind && { kind },
    });
    if (!before) {
      if (this.after!.imported.has(after!.address)) return whole("unknown", "imported");
      return whole(this.after!.hasInstances(after!) ? "create" : "none");
    }
    if (!after) {
      if (!this.after) return whole("destroy", "stack is gone");
      if (this.after.forgotten.has(before.address)) return whole("none", "forgotten");
      return whole(this.before!.hasInstances(before) ? "destroy" : "none");
    }
    if (before.type !== after.type) return whole("unknown", "other type");
    return { before, after, ...this.changeOfBoth(before, after) };
  }

  private changeOfBoth(before: Declaration, after: Declaration) {
    const instances = new InstanceChange(this.before!, this.after!, before, after);
    const counted = instances.asArgument();
    if (!instances.isAnyStaying) {
      const changed = counted ? [counted] : [];
      return { verdict: worst(changed.map(contribution)), staying: "none" as const, arguments: changed };
    }
    const sides = {
      before: this.before!,
      after: this.after!,
      difference: (old: Json, next: Json) => this.difference(old, next),
    };
    const changed = new ResourceComparison(sides, ...comparable(before, after)).changedArguments();
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
    if (reference.attribute !== "") return this.differenceOf(reference);
    const isCertain = cause?.isCertain || changed.some(({ effect }) => effect !== "none" && effect !== "unknown");
    return isCertain ? "yes" : "perhaps";
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

  /** Whether two values differ. */
  private difference(before: Json, after: Json): Difference {
    if (before === undefined || after === undefined) return before === after ? "no" : "yes";
    if (hasExpression(after) && this.sameExpression(before, after)) return this.differenceOfNamesIn(after);
    const [old, next] = [this.before!.resolve(before), this.after!.resolve(after)];
    if (!hasExpression(old) && !hasExpression(next)) return stable(old) === stable(next) ? "no" : "yes";
    if (this.sameExpression(old, next)) return this.differenceOfNamesIn(next);
    const isNew = referencesIn(next).some((reference) => this.differenceOf(reference) === "yes");
    return isNew || this.areIdsOfTwo(old, next) ? "yes" : "perhaps";
  }

  private sameExpression(before: Json, after: Json): boolean {
    if (this.newAddresses.size === 0) return stable(before) === stable(after);
    const moved = JSON.parse(stable(before), (_, value) =>
      typeof value === "string" ? withAddresses(value, (address) => this.newAddressOf(address)) : value,
    );
    return stable(moved) === stable(after);
  }

  private differenceOfNamesIn(value: Json): Difference {
    return worstDifference([
      ...referencesIn(value).map((reference) => this.differenceOf(reference)),
      ...namedValuesIn(value).map((name) => this.differenceOfNamedValue(name)),
    ]);
  }

  private areIdsOfTwo(before: Json, after: Json): boolean {
    const [old, next] = [before, after].map((value) => (typeof value === "string" ? onlyReference(value) : undefined));
    return old?.attribute === "id" && next?.attribute === "id" && this.newAddressOf(old.address) !== next.address;
  }

  /** Whether an attribute that an expression refers to is another one after the change. */
  private differenceOf(reference: Reference): Difference {
    const { address, key = "", attribute } = reference;
    return this.toldOnce(`${address}${key}.${attribute}`, () => this.tellDifferenceOf(reference));
  }

  private tellDifferenceOf({ address, key, attribute }: Reference): Difference {
    const declaration = this.after!.declarations.get(address);
    if (!declaration) return "no";
    if (declaration.kind === "data") return this.differenceOfData(declaration);
    const { before, verdict, staying, arguments: changed } = this.resource(address);
    if (declaration.kind === "module") return verdict === "none" ? "no" : "perhaps";
    if (!before) return "yes";
    const isOfAll = attribute === "" || key === "[*]";
    if (isOfAll && verdict !== staying) return "yes"; // there are more or fewer
    if (attribute === "") return verdict === "none" ? "no" : verdict === "unknown" ? "perhaps" : "yes";
    if (ignores(declaration, attribute)) return "no";
    const [old, next] = [before, declaration].map((side) => writtenAt(side, attribute));
    if (old !== undefined && next !== undefined) return this.difference(old, next);
    if (next === undefined && (staying === "replace" || this.isComputedAnew(address, attribute))) return "yes";
    if (old === undefined && next === undefined) return staying === "unknown" ? "perhaps" : "no";
    const effects = changed.filter(({ path }) => rootOf(path) === rootOf(attribute)).map(({ effect }) => effect);
    if (effects.every((effect) => effect === "none")) return "no";
    return effects.every((effect) => effect === "none" || effect === "unknown") ? "perhaps" : "yes";
  }

  /** A difference that is told once, and is none where it hangs on itself. */
  private toldOnce(name: string, tell: () => Difference): Difference {
    const known = this.differences.get(name);
    if (known) return known;
    this.differences.set(name, "no");
    const difference = tell();
    this.differences.set(name, difference);
    return difference;
  }

  /** Whether the provider computes an attribute anew for what changes. */
  private isComputedAnew(address: string, attribute: string): boolean {
    const { after, arguments: changed } = this.resource(address);
    const causes = COMPUTED_ANEW[after!.type]?.[rootOf(attribute)] ?? [];
    return changed.some(({ path, effect }) => causes.includes(rootOf(path)) && effect !== "none");
  }

  /** Whether a variable or a local value is another one; a variable is what it is by default. */
  private differenceOfNamedValue(name: string): Difference {
    return this.toldOnce(name, () => {
      const [base] = /^\w+\.[\w-]+/.exec(name)!;
      const [old, next] = [this.before!, this.after!].map((stack) => stack.namedValue(base));
      const [was, is] = valuesAt(old, next, name.slice(base.length));
      return this.difference(was ?? null, is ?? null);
    });
  }

  /** A data source that has to wait for what it depends on is read at apply, and all of it is unknown until then. */
  private differenceOfData(data: Declaration): Difference {
    return this.toldOnce(data.address, () => this.tellDifferenceOfData(data));
  }

  private tellDifferenceOfData({ address, values, meta }: Declaration): Difference {
    const waits = meta.dependsOn.some((text) => {
      const dependency = this.after!.declarations.get(bareReference(text)?.address ?? "");
      return dependency && dependency.kind !== "data" && this.resource(dependency.address).verdict !== "none";
    });
    const resolved = this.after!.resolve(values);
    if (waits || referencesIn(resolved).some((reference) => this.differenceOf(reference) === "yes")) return "yes";
    const before = this.before?.declarations.get(address);
    const isSame = before && this.difference(before.values, values) === "no";
    return isSame ? "no" : "perhaps";
  }
}

function rootOf(path: string): string {
  return path.split(/[.[]/)[0];
}
