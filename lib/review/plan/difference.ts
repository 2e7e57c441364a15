import { argumentsOf } from "../facts/arguments";
import { onlyReference, Reference, withAddresses } from "../model/reference";
import { ignores, partOf } from "../model/resolve";
import type { Block } from "../model/stack";
import { isKnown, replaceUnknowns, stable, Unknown, unknownsIn, Value } from "../model/value";
import type { PlannedResource } from "./plan";
import { argumentAt, attributeOf, StackSide } from "./side";

/** Whether two values differ; `perhaps` where only Terraform can tell. */
export type Difference = "no" | "perhaps" | "yes";

/** A stack on both sides of a change, and what is planned for its resources so far. */
export interface Surroundings {
  readonly before: StackSide;
  readonly after: StackSide;
  /** The resource groups that were there. */
  readonly groups: readonly Block[];
  readonly planned: ReadonlyMap<string, PlannedResource>;
  /** Where a resource is after the change. */
  readonly newAddressOf: (address: string) => string;
}

/** What tells whether two values differ, of the resource block that they are in. */
export type Differ = (before: Value, after: Value) => Difference;

interface Differences {
  /** Whether what a reference leads to is another one after the change. */
  readonly ofReference: (reference: Reference) => Difference;
  /** What compares the values of one block, which may say `each.value`. */
  readonly within: (before: Block, after: Block) => Differ;
}

/** Compares the values of a stack. */
export function differOf(stack: Surroundings): Differences {
  const told = new Map<string, Difference>();

  const differ = (before: Value, after: Value, ofInstance: Difference): Difference => {
    if (before === undefined || after === undefined) return before === after ? "no" : "yes";
    if (isKnown(before) && isKnown(after)) return before === after || stable(before) === stable(after) ? "no" : "yes";
    const unknown = unknownsIn(after);
    if (unknown.some(({ isImpure }) => isImpure)) return "yes";
    const written = writtenOnOneSide(before, after);
    if (written) return differenceOf(written, ofInstance);
    const references = unknown.flatMap((value) => value.references);
    const ofReference = (reference: Reference) => differenceOf(reference, ofInstance);
    if (stable(movedIn(before)) === stable(after)) return surest(references.map(ofReference));
    const isNew = references.filter(isOfBlock).some((reference) => ofReference(reference) === "yes");
    return isNew || areIdsOfTwo(before, after) ? "yes" : "perhaps";
  };

  const movedIn = (value: Value): Value =>
    stack.after.stack.moved.size === 0
      ? value
      : replaceUnknowns(value, ({ text }) => new Unknown(withAddresses(text, stack.newAddressOf)));

  /** The reference of a value that is known on the one side on which the attribute that it refers to is written. */
  const writtenOnOneSide = (before: Value, after: Value): Reference | undefined => {
    const [open, known] = before instanceof Unknown ? [before, after] : [after, before];
    if (!(open instanceof Unknown) || !isKnown(known)) return undefined;
    const reference = onlyReference(open.text.replace(/^\$\{(.*)\}$/, "$1"));
    const resource = reference && stack.planned.get(reference.address);
    const isWritten = [resource?.before, resource?.after].some(
      (side) =>
        side &&
        !ignores(side.block.meta.ignoreChanges, reference!.attribute) &&
        stable(attributeOf(side, reference!.attribute)) === stable(known),
    );
    return isWritten ? reference : undefined;
  };

  const areIdsOfTwo = (before: Value, after: Value): boolean => {
    const [old, next] = [before, after].map(idReferredTo);
    return old !== undefined && next !== undefined && stack.newAddressOf(old) !== next;
  };

  /** A difference that is told once, and is none where it hangs on itself. */
  const differenceOf = (reference: Reference, ofInstance: Difference): Difference => {
    const { address, key, attribute } = reference;
    if (/^(each|count)\./.test(address)) return ofInstance;
    const name = `${address}${key}.${attribute}`;
    const known = told.get(name);
    if (known) return known;
    told.set(name, "no");
    const difference = isOfBlock(reference) ? ofBlock(reference) : ofNamedValue(reference);
    told.set(name, difference);
    return difference;
  };

  /** Whether a variable or a local value is another one; a variable is what it is by default. */
  const ofNamedValue = (reference: Reference): Difference => {
    const { address } = reference;
    const sides = [stack.before, stack.after];
    const parts = sides.map((side) => partOf(side.stack.named, reference, side.resolve));
    const wholes = sides.map((side) => side.stack.named.get(address));
    const [old = null, next = null] = parts.some((part) => part !== undefined) ? parts : wholes;
    const difference = differ(old, next, "no");
    const [was, is] = sides.map((side) => side.stack.types.get(address));
    const isConverted = was !== is;
    return difference === "no" && isConverted ? "perhaps" : difference;
  };

  /** Whether an attribute that an expression refers to is another one after the change. */
  const ofBlock = ({ address, key, attribute }: Reference): Difference => {
    const block = stack.after.stack.blocks.get(address);
    if (!block) return "no";
    if (block.kind === "data") return ofData(block);
    const { before, after, verdict, arguments: changed } = stack.planned.get(address)!;
    if (block.kind === "module") return verdict === "none" ? "no" : "perhaps";
    const [old, next] = [before, after].map((side) => side && attributeOf(side, attribute));
    const argument = argumentAt(argumentsOf(block), attribute);
    if (argument && !argument.isComputed && old === undefined && next === undefined) return "no";
    if (!before) return "yes";
    const areOthers = changed.some(({ path }) => path === "count" || path === "for_each");
    if (areOthers && (key !== "" || attribute === "")) return "perhaps";
    if (attribute === "") return verdict === "none" ? "no" : verdict === "unknown" ? "perhaps" : "yes";
    const isRecomputed = changed.some(
      (change) => change.effect !== "none" && change.argument?.recomputes?.includes(rootOf(attribute)),
    );
    if (next === undefined && (verdict === "replace" || isRecomputed)) return "yes";
    if (argument && verdict !== "replace" && ignores(block.meta.ignoreChanges, attribute)) return "no";
    if (old !== undefined && next !== undefined) return differ(old, next, ofInstances(before.block, block));
    if (old === undefined && next === undefined) return verdict === "unknown" ? "perhaps" : "no";
    const effects = changed.filter(({ path }) => rootOf(path) === rootOf(attribute)).map(({ effect }) => effect);
    if (effects.every((effect) => effect === "none")) return "no";
    return effects.every((effect) => effect === "none" || effect === "unknown") ? "perhaps" : "yes";
  };

  /** A data source that waits for what it depends on or refers to is read at apply; all of it is unknown until then. */
  const ofData = (data: Block): Difference => {
    const { values } = stack.after.sideOf(data);
    const references = [
      ...data.meta.dependsOn,
      ...unknownsIn([data.body, data.meta.count, data.meta.forEach]).flatMap((value) => value.references),
    ];
    const waits = references.some(({ address }) => (stack.planned.get(address)?.verdict ?? "none") !== "none");
    const isNew = unknownsIn(values).some((value) =>
      value.references.some((reference) => differenceOf(reference, "no") === "yes"),
    );
    if (waits || isNew) return "yes";
    const before = stack.before.stack.blocks.get(data.address);
    return before && differ(stack.before.sideOf(before).values, values, ofInstances(before, data)) === "no"
      ? "no"
      : "perhaps";
  };

  const ofInstances = (before: Block, after: Block): Difference =>
    differ(before.meta.forEach ?? null, after.meta.forEach ?? null, "no") === "no" ? "no" : "perhaps";

  return {
    ofReference: (reference) => differenceOf(reference, "no"),
    within: (old, next) => {
      const ofInstance = ofInstances(old, next);
      return (before, after) => differ(before, after, ofInstance);
    },
  };
}

/** The address in a value that is the id of a resource and nothing else. */
function idReferredTo(value: Value): string | undefined {
  const [reference] = value instanceof Unknown ? value.references : [];
  return value instanceof Unknown && value.text === `\${${reference?.address}.id}` ? reference.address : undefined;
}

function isOfBlock({ address }: Reference): boolean {
  return !/^(var|local|each|count)\./.test(address);
}

/** The surest of several. */
function surest(differences: readonly Difference[]): Difference {
  return (["yes", "perhaps"] as const).find((difference) => differences.includes(difference)) ?? "no";
}

function rootOf(path: string): string {
  return path.split(/[.[]/)[0];
}
