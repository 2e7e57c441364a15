import { bytesOf } from "../facts/canonical";
import { at, isKnown, isValues, listOf, named, stable, Value } from "../model/value";
import type { Side } from "../plan/side";
import { listedIn, objectOf } from "./objects";
import { code, inOneLine } from "./text";

/** What is said of a changed field of a policy's or a binding's `spec`; of all others, that they are different. */
const FIELDS: { readonly [field: string]: (before: Value, after: Value) => readonly (string | false)[] } = {
  failurePolicy: (_, after) => [
    after === "Ignore" && "a pod that the policy cannot judge is admitted (`failurePolicy` Ignore)",
  ],
  validationActions: (before, after) => [
    listOf(before).includes("Deny") &&
      isKnown(after) &&
      !listOf(after).includes("Deny") &&
      `pods that break the policy are admitted (\`validationActions\` ${inOneLine(after ?? [])})`,
  ],
  policyName: (_, after) => [`it binds policy ${inOneLine(after ?? "")} instead`],
  matchConstraints: (before, after) => [
    `what the policy looks at is different (${changedIn("matchConstraints", before, after)})`,
  ],
  matchResources: (before, after) => [
    `the policy holds other namespaces (${changedIn("matchResources", before, after)})`,
  ],
  matchConditions: (before, after) => expressionNotes("matchConditions", before, after, "name"),
  variables: (before, after) => expressionNotes("variables", before, after, "name"),
  validations: (before, after) => expressionNotes("validations", before, after),
};

/** Any change of what a policy checks, of whom, and with what. */
export function policyNotes(before: Side, after: Side): string[] {
  const [old, next] = [before, after].map((side) => at(objectOf(side), "spec"));
  const fields = new Set([...named(old), ...named(next)].map(([field]) => field));
  const notes = [...fields].flatMap((field) => {
    const [was, is] = [at(old, field), at(next, field)];
    if (stable(was) === stable(is)) return [];
    return FIELDS[field]?.(was, is) ?? [`${code(`spec.${field}`)} is different`];
  });
  return [...new Set(notes.filter((note) => note !== false))];
}

/** The fields of a field that differ, or itself. */
function changedIn(field: string, before: Value, after: Value): string {
  const names = new Set([...named(before), ...named(after)].map(([name]) => name));
  const changed = [...names].filter((name) => stable(at(before, name)) !== stable(at(after, name)));
  return changed.length === 0 ? code(field) : changed.map((name) => code(`${field}.${name}`)).join(", ");
}

interface Expression {
  readonly text: string;
  /** What it says apart from names in lists and numbers in maps. */
  readonly form: string;
  readonly says: string;
}

/** Expressions that are gone, new or different; pairs have the same name, or else the same form. */
function expressionNotes(field: string, before: Value, after: Value, name?: string): string[] {
  if (!isKnown(after)) return [];
  const [old, next] = [before, after].map((list) =>
    listOf(list)
      .filter(isValues)
      .map((item) => expressionOf(item, name)),
  );
  const left = [...next];
  const notes = old.flatMap((one) => {
    const alike = [one.text, one.form].map((text, i) =>
      left.findIndex((other) => text === (i === 0 ? other.text : other.form)),
    );
    const i = alike.find((index) => index >= 0) ?? (name ? left.findIndex(({ says }) => says === one.says) : -1);
    const [other] = i < 0 ? [] : left.splice(i, 1);
    if (!other) return [name ? `${code(field)} has no ${one.says} any more` : `it no longer checks: ${one.says}`];
    return other.text === one.text ? [] : changeNotes(one, other, field);
  });
  const isStricter = field === "validations";
  return [
    ...notes,
    ...left.map(({ says }) => (isStricter ? `it checks, too: ${says}` : `${code(field)} has ${says}, which is new`)),
  ];
}

function expressionOf(item: Value, name?: string): Expression {
  const text = String(at(item, "expression"));
  const form = text.replaceAll(/in \[[^\]]*\]/g, "in []").replaceAll(SIZES, "{}");
  return { text, form, says: inOneLine(name ? at(item, name) : (at(item, "message") ?? text)) };
}

const SIZES = /\{(?:'[^']*': (?:'[^']*'|\d+(?:\.\d+)?)(?:, )?)*\}/g;

/** Names in lists that come and go, and sizes in maps that grow and shrink; anything else is another check. */
function changeNotes(before: Expression, after: Expression, field: string): string[] {
  const [old, next] = [before, after].map(({ text }) => ({ names: listedIn(text), sizes: sizesIn(text) }));
  const isOfClasses = after.text.includes("runtimeClass");
  const come = isOfClasses ? next.names.filter((name) => !old.names.includes(name)) : [];
  const gone = isOfClasses ? old.names.filter((name) => !next.names.includes(name)) : [];
  const resized = [...next.sizes].flatMap(([name, { bytes, text }]) => {
    const was = old.sizes.get(name);
    if (!was || was.bytes === bytes) return [];
    const pods = `pods of runtime class ${code(name)}`;
    return bytes > was.bytes
      ? [`${pods} may have ${text} of memory, not just ${was.text}`]
      : [`${pods} with more than ${text} of memory, up to ${was.text}, are denied from now on`];
  });
  const notes = [
    ...come.map((name) => `it admits pods of runtime class ${code(name)}, too`),
    ...gone.map((name) => `pods of runtime class ${code(name)} are denied from now on`),
    ...resized,
  ];
  const isExplained = before.form === after.form && (notes.length > 0 || next.sizes.size > 0);
  return isExplained ? notes : [...notes, `${code(field)} checks something else: ${after.says}`];
}

/** Sizes of memory by name, in bytes and in the units that people write. */
function sizesIn(text: string): Map<string, { readonly bytes: number; readonly text: string }> {
  return new Map(
    [...text.matchAll(/'([^']*)': (?:'([^']*)'|(\d+(?:\.\d+)?))/g)].flatMap(([, name, quantity, number]) => {
      const bytes = bytesOf(quantity ?? Number(number));
      return bytes === undefined ? [] : [[name, { bytes, text: inUnits(bytes) }] as const];
    }),
  );
}

function inUnits(bytes: number): string {
  const units = ["", "Ki", "Mi", "Gi", "Ti"];
  let power = 0;
  while (power < units.length - 1 && bytes % 1024 ** (power + 1) === 0 && bytes > 0) power++;
  return code(`${bytes / 1024 ** power}${units[power]}`);
}
