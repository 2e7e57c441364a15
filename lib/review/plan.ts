import type { Change } from "../provider-schemas";
import { bytes } from "../sandbox/pod-overhead";
import { changeOf, changeOfFilledIn, isFilledIn } from "./change-rules";
import { Declaration, isObject, normalValue, stable, StackConfiguration } from "./configuration";
import type { Argument } from "./argument-table";
import { bareReference, hasExpression, onlyReference, Reference, referencesIn, withAddresses } from "./expressions";
import type { Json } from "./synth-output";

/** What happens to a resource, the worst first. */
export const VERDICTS = ["destroy", "replace", "rotate", "unknown", "update", "create", "none"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a change of one argument does, by itself. */
export type Effect = Change | "unknown" | "none";

/** An argument whose values differ, or of which only Terraform can tell whether they do. */
export interface ChangedArgument {
  /** In the names of the provider version that is there after the change. */
  readonly path: string;
  readonly argument?: Argument;
  /** `undefined` where nothing is written. */
  readonly before: Json;
  readonly after: Json;
  readonly effect: Effect;
  /** What it would do if the values differ, where that is known only at apply. */
  readonly atWorst?: Change;
}

/** Why a resource gets its verdict, beside its own arguments. */
export type Cause =
  | { readonly kind: "resource group"; readonly address: string }
  | { readonly kind: "trigger"; readonly address: string }
  | { readonly kind: "stack is gone" }
  | { readonly kind: "forgotten" }
  | { readonly kind: "imported" };

/** What a plan would say of one resource. */
export interface PlannedResource {
  readonly address: string;
  readonly before?: Declaration;
  readonly after?: Declaration;
  readonly verdict: Verdict;
  readonly arguments: readonly ChangedArgument[];
  readonly cause?: Cause;
}

/** Whether two values differ; `perhaps` where only Terraform can tell. */
type Difference = "no" | "perhaps" | "yes";

/** What `terraform plan` and the provider would do to the resources of a stack, told from the configurations alone. */
export class StackPlan {
  private readonly planned = new Map<string, PlannedResource>();
  private readonly dataDifferences = new Map<string, Difference>();
  private readonly oldAddressOf: ReadonlyMap<string, string>;
  private readonly resourceGroups: readonly Declaration[];

  constructor(
    readonly name: string,
    readonly before: StackConfiguration | undefined,
    readonly after: StackConfiguration | undefined,
  ) {
    this.resourceGroups = before?.resources.filter(({ type }) => type === "azurerm_resource_group") ?? [];
    this.oldAddressOf = new Map([...(after?.moved ?? [])].map(([from, to]) => [to, from]));
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
    const before = this.before?.declarations.get(this.oldAddressOf.get(address) ?? address);
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
    const verdict = worst([...changed.map(contribution), ...(cause ? (["replace"] as const) : [])]);
    return { verdict, arguments: changed, cause };
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
      ? { kind: "resource group", address: group.address }
      : undefined;
  }

  private triggerOf({ meta }: Declaration): Cause | undefined {
    const trigger = meta.replaceTriggeredBy
      .map((text) => bareReference(text))
      .find((reference) => reference && this.isTriggered(reference));
    return trigger && { kind: "trigger", address: trigger.address };
  }

  /** Terraform replaces for a trigger that is updated or replaced, and not for one that is created. */
  private isTriggered({ address, attribute }: Reference): boolean {
    const { before, after, verdict, arguments: changed } = this.resource(address);
    if (!before || !after || verdict === "none") return false;
    if (attribute === "" || verdict === "replace") return true;
    const root = attribute.split(/[.[]/)[0];
    return changed.some(({ path, effect }) => effect !== "none" && path.split(/[.[]/)[0] === root);
  }

  newAddressOf(address: string): string {
    return this.after?.moved.get(address) ?? address;
  }

  /** Whether what stands in an argument differs, given as resolved as it can be. */
  difference(before: Json, after: Json): Difference {
    const isKnown = !hasExpression(before) && !hasExpression(after);
    if (isKnown) return stable(before) === stable(after) ? "no" : "yes";
    const fates = referencesIn(after).map((reference) => this.differenceOf(reference));
    if (fates.includes("yes")) return "yes";
    if (this.sameExpression(before, after)) return fates.includes("perhaps") ? "perhaps" : "no";
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
    const root = attribute.split(/[.[]/)[0];
    if (root in declaration.values) {
      const oldValue = this.before?.resolve(before?.values[root]);
      return this.difference(oldValue, this.after!.resolve(declaration.values[root]));
    }
    if (verdict === "create" || verdict === "replace") return "yes";
    return verdict === "unknown" ? "perhaps" : "no";
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
    if (waits || referencesIn(values).some((reference) => this.differenceOf(reference) === "yes")) return "yes";
    const before = this.before?.declarations.get(address);
    if (!before) return "yes";
    const isSame = this.difference(this.before!.resolve(before.values), this.after!.resolve(values)) === "no";
    return isSame ? "no" : "perhaps";
  }
}

/** Finds the arguments of one resource that differ. */
class ResourceComparison {
  private readonly changed: ChangedArgument[] = [];

  constructor(
    private readonly plan: StackPlan,
    private readonly before: Declaration,
    private readonly after: Declaration,
  ) {}

  changedArguments(): ChangedArgument[] {
    this.compareMetaArguments();
    this.compareBlock("", "", this.before.values, this.after.values);
    return this.changed.map((change) => (this.isIgnored(change) ? { ...change, effect: "none" } : change));
  }

  private compareMetaArguments(): void {
    const [{ meta: old }, { meta: next }] = [this.before, this.after];
    for (const [path, before, after] of [
      ["count", old.count, next.count],
      ["for_each", old.forEach, next.forEach],
      ["provider", old.provider, next.provider],
    ] as const)
      if (stable(before ?? null) !== stable(after ?? null))
        this.changed.push({ path, before, after, effect: "unknown" });
  }

  /** Both blocks are there, if only with nothing in them. */
  private compareBlock(path: string, display: string, before: Json, after: Json): void {
    for (const name of namesIn(before, after)) {
      const inside = path ? `${path}.${name}` : name;
      const argument = this.argumentAt(inside);
      // What the new version does not have is forgotten without a change.
      if (!argument && this.after.table.isKnown && !(name in after)) continue;
      const shown = join(display, argument ? argument.written.slice(argument.written.lastIndexOf(".") + 1) : name);
      if (argument?.isBlock) this.compareBlocks(argument, shown, before[name] ?? [], after[name] ?? []);
      else this.compareAttribute(argument, shown, before[name], after[name]);
    }
    if (this.before.table !== this.after.table) this.compareDefaults(path, display, before, after);
  }

  /** What is written nowhere changes, too, where another version of the provider has another default. */
  private compareDefaults(path: string, display: string, before: Json, after: Json): void {
    const defaults = [...this.before.table.defaultsIn(path), ...this.after.table.defaultsIn(path)];
    for (const at of new Set(defaults.map(({ path }) => path))) {
      const name = at.slice(at.lastIndexOf(".") + 1);
      const [old, next] = [this.before.table.get(at), this.after.table.get(at)];
      if (!next || next.isComputed || name in before || name in after || old?.default === next.default) continue;
      const [was, is] = [old, next].map(
        (argument) => argument?.default && normalValue(argument.default, argument.type!),
      );
      if (was === undefined ? isZero(is) || isFilledIn(this.after, next, is) : is === undefined && isZero(was))
        continue;
      const change = changeOf(this.after, next, was, is);
      this.changed.push({
        path: join(display, next.written.slice(next.written.lastIndexOf(".") + 1)),
        argument: next,
        before: was,
        after: is,
        effect: was === undefined ? "unknown" : (change ?? "unknown"),
        atWorst: was === undefined ? change : undefined,
      });
    }
  }

  private argumentAt(path: string): Argument | undefined {
    return this.after.table.get(path);
  }

  private compareBlocks(argument: Argument, display: string, before: Json[], after: Json[]): void {
    const isSet = argument.isSet && !argument.isSingle;
    const [old, next] = isSet ? withoutCommon(before, after) : [before, after];
    for (let i = 0; i < Math.max(old.length, next.length); i++) {
      const shown = argument.isSingle || before.length + after.length <= 2 ? display : `${display}[${i}]`;
      if (old[i] !== undefined && next[i] !== undefined) this.compareBlock(argument.path, shown, old[i], next[i]);
      else this.compareWholeBlock(argument, shown, old[i], next[i]);
    }
  }

  /** A block that is added or taken away: one change, as bad as the worst of what is in it. */
  private compareWholeBlock(argument: Argument, path: string, before: Json, after: Json): void {
    if (after === undefined && argument.isComputed) {
      this.changed.push({ path, argument, before, after, effect: "none" });
      return;
    }
    const inside = new ResourceComparison(this.plan, this.before, this.after);
    inside.compareBlock(argument.path, path, before ?? {}, after ?? {});
    const insideEffects = inside.changed.map(contribution).filter((effect) => effect !== "none");
    // The provider has filled the block in, so that it is not new.
    const isThere = argument.isComputed || (before === undefined && this.before.table.get(argument.path)?.isComputed);
    if (isThere && insideEffects.length === 0) return;
    const own = isThere ? changeOfFilledIn(this.after, argument, after) : this.effectOf(argument, before, after);
    this.changed.push({ path, argument, before, after, effect: worst([own, ...insideEffects]) as Effect });
  }

  private compareAttribute(argument: Argument | undefined, path: string, before: Json, after: Json): void {
    const isOpen = argument?.type === "dynamic" || argument?.type?.[0] === "map" || !argument;
    if (isOpen && isObject(before) && isObject(after)) {
      for (const name of namesIn(before, after)) {
        this.compareOpen(argument, `${argument?.path ?? path}.${name}`, join(path, name), before[name], after[name]);
      }
      return;
    }
    const oldArgument = argument && (this.before.table.get(argument.path) ?? argument);
    const oldValue = before ?? (oldArgument && this.unwritten(oldArgument, after));
    const newValue = after ?? (argument && this.unwritten(argument, before));
    if (after === undefined && argument?.isComputed) {
      this.changed.push({ path, argument, before, after, effect: "none" });
      return;
    }
    if (before === undefined && argument && isFilledIn(this.after, argument, after)) return;
    this.compareValues(argument, path, before, after, oldValue, newValue);
  }

  /** Inside of a map or a manifest, where nothing has a default. */
  private compareOpen(within: Argument | undefined, at: string, path: string, before: Json, after: Json): void {
    if (isObject(before) && isObject(after)) {
      for (const name of namesIn(before, after))
        this.compareOpen(within, `${at}.${name}`, join(path, name), before[name], after[name]);
    } else if (areListsOfObjects(before, after)) {
      before.forEach((item: Json, i: number) => this.compareOpen(within, at, `${path}[${i}]`, item, after[i]));
    } else this.compareValues(this.argumentAt(at) ?? within, path, before, after, before, after);
  }

  private compareValues(
    argument: Argument | undefined,
    path: string,
    before: Json,
    after: Json,
    oldValue: Json,
    newValue: Json,
  ): void {
    const old = this.plan.before!.resolve(oldValue);
    const next = this.plan.after!.resolve(newValue);
    const isSurely = (old === undefined) !== (next === undefined);
    const difference = isSurely ? "yes" : this.plan.difference(old, next);
    if (difference === "no" || (argument && isSameTo(argument, old, next))) return;
    const change = argument && changeOf(this.after, argument, old, next);
    const shown = hasExpression(old) || hasExpression(next) ? [before, after] : [old, next];
    this.changed.push({
      path,
      argument,
      before: before === undefined ? undefined : shown[0],
      after: after === undefined ? undefined : shown[1],
      effect: difference === "perhaps" ? "unknown" : (change ?? "unknown"),
      atWorst: difference === "perhaps" ? change : undefined,
    });
  }

  private effectOf(argument: Argument, before: Json, after: Json): Effect {
    return changeOf(this.after, argument, before, after) ?? "unknown";
  }

  /** What the provider takes for an argument that is left out, next to a value that is not. */
  private unwritten(argument: Argument, other: Json): Json {
    if (argument.isComputed) return undefined;
    if (argument.default !== undefined) return normalValue(argument.default, argument.type!);
    return isZero(other) ? other : undefined;
  }

  private isIgnored({ path }: ChangedArgument): boolean {
    return this.after.meta.ignoreChanges.some((ignored) => {
      const [whole, part] = [path, ignored].map((text) => text.replaceAll(/\[\d+\]/g, ""));
      return part === "all" || whole === part || whole.startsWith(`${part}.`) || whole.startsWith(`${part}[`);
    });
  }
}

/** What one argument means for the whole resource: what is known only at apply counts as far as it can go. */
export function contribution({ effect, atWorst }: ChangedArgument): Verdict {
  return effect === "unknown" && atWorst === "update" ? "update" : effect;
}

export function worst(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? "none";
}

/** The providers' plugin SDK cannot tell these from nothing. */
function isZero(value: Json): boolean {
  return (
    value === false ||
    value === 0 ||
    value === "" ||
    (typeof value === "object" && value !== null && Object.keys(value).length === 0)
  );
}

function namesIn(before: Json, after: Json): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
}

/** Whether two spellings are the same value to the provider. */
function isSameTo(argument: Argument, before: Json, after: Json): boolean {
  if (typeof before !== "string" || typeof after !== "string") return false;
  if (argument.isQuantity) return bytes(before) !== undefined && bytes(before) === bytes(after);
  return argument.path === "location" && regionOf(before) === regionOf(after);
}

/** Source: hashicorp/go-azure-helpers, resourcemanager/location/normalize.go */
function regionOf(location: string): string {
  return location.replaceAll(" ", "").toLowerCase();
}

function areListsOfObjects(before: Json, after: Json): boolean {
  return Array.isArray(before) && Array.isArray(after) && before.length === after.length && before.some(isObject);
}

function withoutCommon(before: Json[], after: Json[]): [Json[], Json[]] {
  const [old, next] = [before, after].map((blocks) => new Set(blocks.map(stable)));
  return [before.filter((block) => !next.has(stable(block))), after.filter((block) => !old.has(stable(block)))];
}

function join(path: string, name: string): string {
  if (path === "") return name;
  return /^[\w-]+$/.test(name) ? `${path}.${name}` : `${path}["${name}"]`;
}
