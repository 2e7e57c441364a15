import { bytesOf } from "../facts/quantity";
import { at, isKnown, isValues, listOf, stable, Value, Values } from "../model/value";
import { code, enumerated, enumeratedNames, inOneLine, Notes } from "./text";

const CLASSES = /runtimeClass in \[([^\]]*)\]/g;
const SIZE = /'([^']*)': '?(\d[\w.]*)'?(?:, )?/g;

/** Fields of which `schemas/review-notes.json` says what is weaker. */
const RULED = ["failurePolicy", "validationActions"];

/** Notes on any change of what a policy or its binding checks, of whom, and with what: classes and sizes by name. */
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
  const partsOf = (field: Value) =>
    new Map(
      listOf(field).map((part): [string, string] => {
        const [name, expression] = [at(part, "name"), at(part, "expression") ?? part];
        const form = stable([name, expression]);
        const isTold = notes.length > 0;
        const says = inOneLine(name ?? at(part, "message") ?? expression);
        return [isTold ? form.replaceAll(CLASSES, "").replaceAll(SIZE, "") : form, says];
      }),
    );
  const fields = [...new Set([old, next].flatMap(Object.keys))].filter((name) => !RULED.includes(name));
  const changes = fields.map((field) => {
    const [was, is] = [old[field], next[field]].map(partsOf);
    const others = [...was].flatMap(([form, says]) => (is.has(form) ? [] : [says]));
    const isSame = others.length === 0 && [...is.keys()].every((form) => was.has(form));
    if (isSame || !isKnown([old[field], next[field]])) return false;
    const parts = Array.isArray(old[field]) && others.length > 0 ? ` (gone or changed: ${enumerated(others)})` : "";
    return `${code(`spec.${field}`)} changes${parts}: see what is admitted now`;
  });
  return [...notes, ...changes];
}

/** Words for all that a new policy admits. */
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
