import { bytesOf } from "../facts/canonical";
import { at, isKnown, isValues, listOf, stable, Value, Values } from "../model/value";
import { code, enumerated, enumeratedNames, inOneLine, Notes } from "./text";

const CLASSES = /runtimeClass in \[([^\]]*)\]/g;
const SIZE = /'([^']*)': (?:'([^']*)'|(\d+(?:\.\d+)?))(?:, )?/g;

/** Fields of which `schemas/review-notes.json` says what is weaker. */
const RULED = ["failurePolicy", "validationActions"];

/** Any change of what a policy or its binding checks, of whom, and with what. */
export function policyNotes(before: Values, after: Values): Notes {
  const [old, next] = [before, after].map(({ spec }) => (isValues(spec) ? spec : {}));
  const [classes, newClasses] = [old, next].map(classesIn);
  const [sizes, newSizes] = [old, next].map(sizesIn);
  const podsOf = (name: string) => `pods of runtime class ${code(name)}`;
  const resized = [...new Set([...sizes.keys(), ...newSizes.keys()])].map((name) => {
    const [was, is] = [sizes, newSizes].map((of) => of.get(name) ?? Infinity);
    if (was === is || classes.includes(name) !== newClasses.includes(name)) return false;
    return is > was
      ? `${podsOf(name)} may have ${inUnits(is)} of memory, not just ${inUnits(was)}`
      : `${podsOf(name)} with more than ${inUnits(is)} of memory, up to ${inUnits(was)}, are denied from now on`;
  });
  const differences = [
    ...newClasses.filter((name) => !classes.includes(name)).map((name) => `it admits ${podsOf(name)}, too`),
    ...classes.filter((name) => !newClasses.includes(name)).map((name) => `${podsOf(name)} are denied from now on`),
    ...resized.filter((note) => note !== false),
  ];
  const notes = isKnown([old, next]) ? differences : [];
  const formOf = (part: string) =>
    notes.length > 0 ? part.replaceAll(CLASSES, "runtimeClass in []").replaceAll(SIZE, withoutSize) : part;
  const fields = [...new Set([old, next].flatMap((spec) => Object.keys(spec)))].filter((name) => !RULED.includes(name));
  return [...notes, ...fields.map((field) => fieldNote(field, old[field], next[field], formOf))];
}

/** A field that differs, also without what other notes say. */
function fieldNote(field: string, before: Value, after: Value, formOf: (part: string) => string): string | false {
  const [old, next] = [before, after].map((value) => {
    const parts = listOf(value).map((part): [string, string] => {
      const expression = at(part, "expression");
      const text = typeof expression === "string" ? expression : stable(part);
      const name = at(part, "name");
      return [`${formOf(text)} ${String(name)}`, String(name ?? at(part, "message") ?? text)];
    });
    return new Map(parts);
  });
  const gone = [...old].filter(([form]) => !next.has(form)).map(([, says]) => says);
  const come = [...next].filter(([form]) => !old.has(form)).map(([, says]) => says);
  if (gone.length + come.length === 0 || !isKnown([before, after])) return false;
  const parts = [
    ...gone.map((says) => `${come.includes(says) ? "another" : "no"} ${inOneLine(says)}`),
    ...come.filter((says) => !gone.includes(says)).map((says) => `a new ${inOneLine(says)}`),
  ];
  const isList = [before, after].some(Array.isArray);
  return `${code(`spec.${field}`)} changes${isList ? ` (${enumerated(parts)})` : ""}: see what is admitted now`;
}

/** What a new policy admits. */
export function admittedBy({ spec }: Values): string {
  const { length } = listOf(at(spec, "validations"));
  const classes = classesIn(isValues(spec) ? spec : {});
  const admits = classes.length === 0 ? "" : ` and admits pods of runtime class ${enumeratedNames(classes)}`;
  return `it makes ${length} ${length === 1 ? "check" : "checks"}${admits}`;
}

/** The runtime classes that a policy has in its lists. */
export function classesIn(spec: Values): string[] {
  const lists = [...stable(spec.validations).matchAll(CLASSES)].flatMap(([, list]) => [...list.matchAll(/'([^']*)'/g)]);
  return lists.map(([, name]) => name);
}

/** Sizes of memory by class, in bytes. */
function sizesIn(spec: Values): Map<string, number> {
  return new Map(
    [...stable(spec.variables).matchAll(SIZE)].flatMap(([, name, quantity, number]) => {
      const bytes = sizeOf(quantity, number);
      return bytes === undefined ? [] : [[name, bytes] as const];
    }),
  );
}

function sizeOf(quantity: string | undefined, number: string): number | undefined {
  return bytesOf(quantity ?? Number(number));
}

function withoutSize(text: string, _: string, quantity: string | undefined, number: string): string {
  return sizeOf(quantity, number) === undefined ? text : "";
}

function inUnits(bytes: number): string {
  if (bytes === Infinity) return "any amount";
  const units = ["", "Ki", "Mi", "Gi", "Ti"];
  const power = bytes === 0 ? 0 : units.findLastIndex((_, power) => bytes % 1024 ** power === 0);
  return code(`${bytes / 1024 ** power}${units[power]}`);
}
