import { bytesOf } from "../facts/canonical";
import { at, isKnown, isValues, listOf, stable, Value } from "../model/value";
import type { Side } from "../plan/side";
import { listedIn, objectOf } from "./objects";
import { code, enumeratedNames, inOneLine, Notes } from "./text";

/** What is said of a changed field of a policy's or a binding's `spec`. */
function fieldNotes(field: string, before: Value, after: Value): Notes {
  switch (field) {
    case "failurePolicy":
      return [after === "Ignore" && "a pod that the policy cannot judge is admitted (`failurePolicy` Ignore)"];
    case "validationActions": {
      const isLost = listOf(before).includes("Deny") && isKnown(after) && !listOf(after).includes("Deny");
      return [isLost && `pods that break the policy are admitted (\`validationActions\` ${inOneLine(after ?? [])})`];
    }
    case "policyName":
      return [`it binds policy ${inOneLine(after ?? "")} instead`];
    case "matchConstraints":
      return [`what the policy looks at is different (${changedIn(field, before, after)})`];
    case "matchResources":
      return [`the policy holds other namespaces (${changedIn(field, before, after)})`];
    case "matchConditions":
    case "variables":
    case "validations":
      return expressionNotes(field, before, after);
    default:
      return [`${code(`spec.${field}`)} is different`];
  }
}

/** Any change of what a policy checks, of whom, and with what. */
export function policyNotes(before: Side, after: Side): Notes {
  const [old, next] = [before, after].map((side) => at(objectOf(side), "spec"));
  const notes = differingNames(old, next).flatMap((field) => fieldNotes(field, at(old, field), at(next, field)));
  return [...new Set(notes)];
}

/** The fields of a field that differ, or itself. */
function changedIn(field: string, before: Value, after: Value): string {
  const paths = differingNames(before, after).map((name) => code(`${field}.${name}`));
  return paths.join(", ") || code(field);
}

function differingNames(before: Value, after: Value): string[] {
  const names = [before, after].flatMap((values) => (isValues(values) ? Object.keys(values) : []));
  return [...new Set(names)].filter((name) => stable(at(before, name)) !== stable(at(after, name)));
}

interface Expression {
  readonly text: string;
  /** What it says apart from names in lists and sizes in maps. */
  readonly form: string;
  readonly says: string;
  /** What pairs it with one of the other side. */
  readonly key: string;
}

const SIZES = /\{(?:'[^']*': (?:'[^']*'|\d+(?:\.\d+)?)(?:, )?)*\}/g;

function expressionsIn(list: Value): Expression[] {
  return listOf(list).map((item) => {
    const text = String(at(item, "expression"));
    const form = text.replaceAll(/in \[[^\]]*\]/g, "in []").replaceAll(SIZES, "{}");
    const name = at(item, "name");
    const says = String(name ?? at(item, "message") ?? text);
    return { text, form, says, key: name === undefined ? form : says };
  });
}

function expressionNotes(field: string, before: Value, after: Value): Notes {
  if (!isKnown(after)) return [];
  const left = expressionsIn(after);
  const gone: string[] = [];
  const notes = expressionsIn(before).flatMap((one): Notes => {
    const i = left.findIndex(({ key }) => key === one.key);
    if (i < 0) gone.push(one.says);
    const [other] = i < 0 ? [] : left.splice(i, 1);
    return !other || other.text === one.text ? [] : changeNotes(field, one, other);
  });
  const come = left.map(({ says }) => says);
  if (field === "validations")
    return [
      ...notes,
      ...gone.map((says) => `it no longer checks: ${inOneLine(says)}`),
      ...come.map((says) => `it checks, too: ${inOneLine(says)}`),
    ];
  return [
    ...notes,
    gone.length > 0 && `${code(field)} has no ${enumeratedNames(gone)} any more`,
    come.length > 0 && `${code(field)} has ${enumeratedNames(come)}, which ${come.length === 1 ? "is" : "are"} new`,
  ];
}

/** Names in lists that come and go, and sizes in maps that grow and shrink; anything else is another check. */
function changeNotes(field: string, before: Expression, after: Expression): Notes {
  const [names, newNames] = [before, after].map(({ text }) => (text.includes("runtimeClass") ? listedIn(text) : []));
  const [sizes, newSizes] = [before, after].map(({ text }) => sizesIn(text));
  const podsOf = (name: string) => `pods of runtime class ${code(name)}`;
  const resized = [...newSizes].flatMap(([name, bytes]) => {
    const was = sizes.get(name) ?? bytes;
    if (was === bytes) return [];
    return bytes > was
      ? [`${podsOf(name)} may have ${inUnits(bytes)} of memory, not just ${inUnits(was)}`]
      : [`${podsOf(name)} with more than ${inUnits(bytes)} of memory, up to ${inUnits(was)}, are denied from now on`];
  });
  const notes = [
    ...newNames.filter((name) => !names.includes(name)).map((name) => `it admits ${podsOf(name)}, too`),
    ...names.filter((name) => !newNames.includes(name)).map((name) => `${podsOf(name)} are denied from now on`),
    ...resized,
  ];
  const isExplained = before.form === after.form && (notes.length > 0 || newSizes.size > 0);
  return isExplained ? notes : [...notes, `${code(field)} checks something else: ${inOneLine(after.says)}`];
}

/** Sizes of memory by name, in bytes. */
function sizesIn(text: string): Map<string, number> {
  return new Map(
    [...text.matchAll(/'([^']*)': (?:'([^']*)'|(\d+(?:\.\d+)?))/g)].flatMap(([, name, quantity, number]) => {
      const bytes = bytesOf(quantity ?? Number(number));
      return bytes === undefined ? [] : [[name, bytes] as const];
    }),
  );
}

function inUnits(bytes: number): string {
  const units = ["", "Ki", "Mi", "Gi", "Ti"];
  const power = bytes === 0 ? 0 : units.findLastIndex((_, power) => bytes % 1024 ** power === 0);
  return code(`${bytes / 1024 ** power}${units[power]}`);
}
