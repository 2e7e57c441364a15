import { bytesOf } from "../facts/quantity";
import { at, isKnown, isValues, listOf, stable, Value, Values } from "../model/value";
import { code, enumerated, enumeratedNames, inOneLine, Notes } from "./text";

const CLASSES = /runtimeClass in \[([^\]]*)\]/g;
const SIZE = /'([^']*)': '?(\d[\w.]*)'?(?:, )?/g;

/** Fields of which `schemas/review-notes.json` says what is weaker. */
const RULED = ["failurePolicy", "validationActions"];

/** Notes on any change of what a policy or its binding checks, of whom, and with what. */
export function policyNotes(before: Values, after: Values): Notes {
  const [old, next] = [before, after].map(({ spec }) => (isValues(spec) ? spec : {}));
  const [admitted, newlyAdmitted] = [before, after].map(sizesByClass);
  const ofClasses = [...new Set([...admitted.keys(), ...newlyAdmitted.keys()])].flatMap((name) => {
    const [was, is] = [admitted.get(name), newlyAdmitted.get(name)];
    const pods = `pods of runtime class ${code(name)}`;
    if (was === undefined) return [`it admits ${pods}, too`];
    if (is === undefined) return [`${pods} are denied from now on`];
    if (is > was) return [`${pods} may have ${inUnits(is)} of memory, not just ${inUnits(was)}`];
    const between = `with more than ${inUnits(is)} of memory, up to ${inUnits(was)}`;
    return is < was ? [`${pods} ${between}, are denied from now on`] : [];
  });
  const notes = isKnown([old, next]) ? ofClasses : [];
  const isTold = notes.length > 0;
  const fields = [...new Set([old, next].flatMap(Object.keys))].filter((name) => !RULED.includes(name));
  return [...notes, ...fields.map((field) => fieldNote(field, old[field], next[field], isTold))];
}

/** A field that differs, and the parts of it that do, in more than classes and sizes if those are told. */
function fieldNote(field: string, before: Value, after: Value, areClassesTold: boolean): string | false {
  const [old, next] = [before, after].map((value) => {
    const parts = listOf(value).map((part): [string, string] => {
      const [expression, name] = [at(part, "expression"), at(part, "name")];
      const text = typeof expression === "string" ? expression : stable(part);
      const form = areClassesTold ? text.replaceAll(CLASSES, "").replaceAll(SIZE, "") : text;
      return [`${form} ${String(name)}`, String(name ?? at(part, "message") ?? text)];
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

/** What a new policy admits, in words. */
export function admittedBy(policy: Values): string {
  const { length } = listOf(at(policy, "spec", "validations"));
  const classes = classesIn(policy);
  const admits = classes.length === 0 ? "" : ` and admits pods of runtime class ${enumeratedNames(classes)}`;
  return `it makes ${length} ${length === 1 ? "check" : "checks"}${admits}`;
}

/** The runtime classes that a policy has in its lists. */
export function classesIn(policy: Values): string[] {
  const lists = [...stable(at(policy, "spec", "validations")).matchAll(CLASSES)].map(([, list]) => list);
  return lists.flatMap((list) => [...list.matchAll(/'([^']*)'/g)].map(([, name]) => name));
}

/** The bytes of memory that a pod may have, by the classes that a policy admits. */
function sizesByClass(policy: Values): Map<string, number> {
  const found = [...stable(at(policy, "spec", "variables")).matchAll(SIZE)].map(([, name, size]) => [name, size]);
  const sizes = Object.fromEntries(found);
  const bytes = (size: string | undefined) => bytesOf(isNaN(Number(size)) ? size : Number(size)) ?? Infinity;
  return new Map(classesIn(policy).map((name) => [name, bytes(sizes[name])]));
}

function inUnits(bytes: number): string {
  if (bytes === Infinity) return "any amount";
  const units = ["", "Ki", "Mi", "Gi", "Ti"];
  const power = bytes === 0 ? 0 : units.findLastIndex((_, power) => bytes % 1024 ** power === 0);
  return code(`${bytes / 1024 ** power}${units[power]}`);
}
