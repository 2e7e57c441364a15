import type { StackConfiguration } from "./configuration";
import { argumentAt, Declaration, ignores, writtenAt } from "./declaration";
import {
  bareReference,
  baseOf,
  eachValuesIn,
  hasEachKey,
  hasExpression,
  isImpure,
  namedValuesIn,
  onlyReference,
  Reference,
  referencesIn,
  valuesAt,
  withAddresses,
} from "./expressions";
import { InstanceChange } from "./instance-change";
import { Json, stable } from "./json";
import type { StackPlan } from "./plan";
import { CLUSTER, MANIFEST } from "./resource-types";

/**
 * Attributes that are known only at apply when certain arguments change.
 *
 * Source: hashicorp/terraform-provider-azurerm v4.81.0, CustomizeDiff of kubernetes_cluster_resource.go;
 * hashicorp/terraform-provider-kubernetes v2.38.0, manifest/provider/plan.go;
 * developer.hashicorp.com/terraform/language/resources/terraform-data
 */
const COMPUTED_ANEW: { readonly [type: string]: { readonly [attribute: string]: readonly string[] } } = {
  [CLUSTER]: { oidc_issuer_url: ["oidc_issuer_enabled"] },
  [MANIFEST]: { object: ["manifest"] },
  terraform_data: { output: ["input"] },
};

/** Whether two values differ; `perhaps` where only Terraform can tell. */
export type Difference = "no" | "perhaps" | "yes";

/** The surest of several. */
function worstDifference(differences: readonly Difference[]): Difference {
  return (["yes", "perhaps"] as const).find((difference) => differences.includes(difference)) ?? "no";
}

/** Tells whether values differ, and the expressions in them, of a stack that is there before and after. */
export class Differences {
  private readonly told = new Map<string, Difference>();

  constructor(
    readonly before: StackConfiguration,
    readonly after: StackConfiguration,
    /** Tells what happens to the resources that expressions refer to. */
    private readonly plan: StackPlan,
  ) {}

  /** Whether two values differ. */
  between(before: Json, after: Json): Difference {
    if (before === undefined || after === undefined) return before === after ? "no" : "yes";
    if (isImpure(after)) return "yes";
    if (hasExpression(after) && this.sameExpression(before, after)) return this.differenceOfNamesIn(after);
    const [old, next] = [this.before.resolve(before), this.after.resolve(after)];
    if (!hasExpression(old) && !hasExpression(next)) return stable(old) === stable(next) ? "no" : "yes";
    if (this.sameExpression(old, next)) return this.differenceOfNamesIn(next);
    const isNew = referencesIn(next).some((reference) => this.of(reference) === "yes");
    return isNew || this.areIdsOfTwo(old, next) ? "yes" : "perhaps";
  }

  /** The same of a resource's arguments, also where `for_each` tells them. */
  within(resourceBefore: Declaration, resource: Declaration, before: Json, after: Json): Difference {
    const own = this.between(before, after);
    if (own !== "no" || (!hasEachKey(after) && eachValuesIn(after).length === 0)) return own;
    const [old, next] = [this.before.eachOf(resourceBefore), this.after.eachOf(resource)];
    if (!old || !next)
      return this.between(resourceBefore.meta.forEach ?? null, resource.meta.forEach ?? null) === "no"
        ? "no"
        : "perhaps";
    const keys = new InstanceChange(this.before, this.after, resourceBefore, resource).keysOfStaying();
    if (hasEachKey(after) && keys.some(([was, is]) => was !== is)) return "yes";
    const paths = eachValuesIn(after);
    return worstDifference(
      keys.flatMap(([was, is]) => paths.map((path) => this.between(...valuesAt(old[was], next[is], path)))),
    );
  }

  private sameExpression(before: Json, after: Json): boolean {
    if (!this.plan.hasMoves) return stable(before) === stable(after);
    const moved = JSON.parse(stable(before), (_, value) =>
      typeof value === "string" ? withAddresses(value, (address) => this.plan.newAddressOf(address)) : value,
    );
    return stable(moved) === stable(after);
  }

  private differenceOfNamesIn(value: Json): Difference {
    return worstDifference([
      ...referencesIn(value).map((reference) => this.of(reference)),
      ...namedValuesIn(value).map((name) => this.differenceOfNamedValue(name)),
    ]);
  }

  private areIdsOfTwo(before: Json, after: Json): boolean {
    const [old, next] = [before, after].map((value) => (typeof value === "string" ? onlyReference(value) : undefined));
    return old?.attribute === "id" && next?.attribute === "id" && this.plan.newAddressOf(old.address) !== next.address;
  }

  /** Whether an attribute that an expression refers to is another one after the change. */
  of(reference: Reference): Difference {
    const { address, key = "", attribute } = reference;
    return this.toldOnce(`${address}${key}.${attribute}`, () => this.tellDifferenceOf(reference));
  }

  private tellDifferenceOf({ address, key, attribute }: Reference): Difference {
    const declaration = this.after.declarations.get(address);
    if (!declaration) return "no";
    if (declaration.kind === "data") return this.differenceOfData(declaration);
    const { before, verdict, staying, arguments: changed } = this.plan.resource(address);
    if (declaration.kind === "module") return verdict === "none" ? "no" : "perhaps";
    const [old, next] = [before, declaration].map((side) => side && writtenAt(side, attribute));
    const argument = argumentAt(declaration, attribute);
    if (argument && !argument.isComputed && old === undefined && next === undefined) return "no";
    if (!before) return "yes";
    const isOfAll = attribute === "" || key === "[*]";
    if (isOfAll && (verdict !== staying || formOf(before) !== formOf(declaration))) return "yes"; // there are more or fewer
    if (key && this.comesOrGoes(key, before, declaration)) return "yes";
    if (attribute === "") return verdict === "none" ? "no" : verdict === "unknown" ? "perhaps" : "yes";
    if (next === undefined && (staying === "replace" || this.isComputedAnew(address, attribute))) return "yes";
    if (argument && staying !== "replace" && ignores(declaration, attribute)) return "no";
    if (old !== undefined && next !== undefined) return this.within(before, declaration, old, next);
    if (old === undefined && next === undefined) return staying === "unknown" ? "perhaps" : "no";
    const effects = changed.filter(({ path }) => rootOf(path) === rootOf(attribute)).map(({ effect }) => effect);
    if (effects.every((effect) => effect === "none")) return "no";
    return effects.every((effect) => effect === "none" || effect === "unknown") ? "perhaps" : "yes";
  }

  /** Whether an instance with a key that is written out is there on one side only. */
  private comesOrGoes(key: string, before: Declaration, after: Declaration): boolean {
    const isWritten = /^\[(\d+|"[^"$%]*")\]$/.test(key);
    return isWritten && new InstanceChange(this.before, this.after, before, after).comesOrGoes(key);
  }

  /** A difference that is told once, and is none where it hangs on itself. */
  private toldOnce(name: string, tell: () => Difference): Difference {
    const known = this.told.get(name);
    if (known) return known;
    this.told.set(name, "no");
    const difference = tell();
    this.told.set(name, difference);
    return difference;
  }

  /** Whether the provider computes an attribute anew for what changes. */
  private isComputedAnew(address: string, attribute: string): boolean {
    const { after, arguments: changed } = this.plan.resource(address);
    const causes = COMPUTED_ANEW[after!.type]?.[rootOf(attribute)] ?? [];
    return changed.some(({ path, effect }) => causes.includes(rootOf(path)) && effect !== "none");
  }

  /** Whether a variable or a local value is another one; a variable is what it is by default. */
  private differenceOfNamedValue(name: string): Difference {
    return this.toldOnce(name, () => {
      const base = baseOf(name);
      const values = [name, base].map((name) => [this.before, this.after].map((stack) => stack.namedValue(name)));
      const [old = null, next = null] = values.find((pair) => pair.some((value) => value !== undefined)) ?? [];
      const difference = this.between(old, next);
      const isConvertedAnew = stable(this.before.typeOf(base)) !== stable(this.after.typeOf(base));
      return difference === "no" && isConvertedAnew ? "perhaps" : difference;
    });
  }

  /** A data source that waits for what it depends on or refers to is read at apply; all of it is unknown until then. */
  private differenceOfData(data: Declaration): Difference {
    return this.toldOnce(data.address, () => this.tellDifferenceOfData(data));
  }

  private tellDifferenceOfData({ address, values, meta }: Declaration): Difference {
    const named = meta.dependsOn.flatMap((text) => bareReference(text) ?? []);
    const waits = [...named, ...referencesIn([values, meta.count, meta.forEach])].some((reference) => {
      const dependency = this.after.declarations.get(reference.address);
      return dependency && dependency.kind !== "data" && this.plan.resource(dependency.address).verdict !== "none";
    });
    const resolved = this.after.resolve(values);
    if (waits || referencesIn(resolved).some((reference) => this.of(reference) === "yes")) return "yes";
    const before = this.before.declarations.get(address);
    const isSame = before && this.between(before.values, values) === "no";
    return isSame ? "no" : "perhaps";
  }
}

/** What a resource is as a whole: one object, a list of them, or a map. */
function formOf({ meta }: Declaration): "one" | "list" | "map" {
  return meta.forEach !== undefined ? "map" : meta.count !== undefined ? "list" : "one";
}

function rootOf(path: string): string {
  return path.split(/[.[]/)[0];
}
