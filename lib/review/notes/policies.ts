import { at, isValues, listOf, stable, Unknown, Value, Values } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import type { Block } from "../stack/block";
import { namespacesIn, objectOf, placeOf } from "./objects";
import { code, enumerated, filled, inOneLine, Notes } from "./text";

/** Words for all that something new admits. */
export function admitsOf(block: Block): string {
  const object = objectOf(block);
  const admitted = admittedBy(object.spec);
  return admitted.length > 0
    ? `it admits ${enumerated(admitted)}`
    : (filled(block.facts.created ?? "", { before: {}, after: object }) ?? "");
}

/** A note on what a policy of any kind says now, no longer, and in another way. */
export function policyNotes(resource: PlannedResource, plan: StackPlan): Notes {
  const { before, after, block } = resource;
  const kind = String(block.objectKind);
  if (!after || !/(AdmissionPolicy(Binding)?|NetworkPolicy)$/.test(kind)) return [];
  // A new policy of admission admits no more than before, nor does one of a new namespace, which has shut nothing out.
  const isOpening = kind === "NetworkPolicy" && namespacesIn(plan.before).includes(stable(placeOf(after, "namespace")));
  if (!before && !isOpening) return [];
  const specs = [before && objectOf(before).spec, objectOf(after).spec].map((spec) => (isValues(spec!) ? spec : {}));
  const isUnknown = (field: string) => specs.some((spec) => spec[field] instanceof Unknown);
  const [old, next] = specs.map((spec) => partsOf(spec, isUnknown));
  const come = [...next].flatMap(([content, words]) => (old.has(content) ? [] : [words]));
  const gone = [...old].flatMap(([content, words]) => (next.has(content) ? [] : [words]));
  const clauses = [
    ["now", come.filter((words) => !gone.includes(words))],
    ["no longer", gone.filter((words) => !come.includes(words))],
    ["different", gone.filter((words) => come.includes(words))],
  ] as const;
  const told = clauses.flatMap(([what, words]) => (words.length > 0 ? `; ${what}: ${enumerated(words)}` : []));
  const isSized = come.some((words) => words.includes(AT_MOST));
  const denied = isSized ? "; pods beyond such a size are denied from now on" : "";
  return [told.length > 0 && `what it admits changes${told.join("")}${denied}`];
}

/** Fields of which `schemas/review-notes.json` says what is weaker, or of which it is said what they admit. */
const TOLD = ["failurePolicy", "validationActions", "podSelector", "policyTypes", "ingress", "egress"];
/** Variables with the memory that pods of each class may have, as people write it and in bytes. */
const SIZES = ["podMemory", "podMemoryBytes"];
const AT_MOST = "at most";
const CLASSES = /runtimeClass in \[([^\]]*)\]/g;

/** Words for what a policy admits and for all else in it, by their content. */
function partsOf(spec: Values, isLeftOut: (field: string) => boolean): Map<string, string> {
  const fields = Object.entries(spec).filter(([field]) => !isLeftOut(field));
  const parts = fields.flatMap(([field, value]) => {
    const own = listOf(value).filter((part) => !SIZES.includes(String(at(part, "name"))));
    return (TOLD.includes(field) ? [] : own).map((part): [string, string] => {
      const [name, expression = part] = [at(part, "name"), at(part, "expression")];
      const words = Array.isArray(value) ? ` ${inOneLine(name ?? at(part, "message") ?? expression)}` : "";
      return [stable([field, name, expression]).replaceAll(CLASSES, ""), code(`spec.${field}`) + words];
    });
  });
  const admitted = admittedBy(Object.fromEntries(fields));
  return new Map([...admitted.map((words): [string, string] => [words, words]), ...parts]);
}

/** Words for what a policy lets through: pods of classes, and traffic. */
function admittedBy(spec: Value): string[] {
  const variables = listOf(at(spec, "variables")).filter((variable) => at(variable, "name") === SIZES[0]);
  const sizes = new Map([...stable(variables).matchAll(/'([^']*)': '([^']*)'/g)].map(([, name, size]) => [name, size]));
  const classes = classesIn(spec).map((name) => {
    const memory = sizes.has(name) ? `${AT_MOST} ${code(sizes.get(name)!)} of memory` : "any amount of memory";
    return `pods of runtime class ${code(name)} with ${memory}`;
  });
  return [...classes, ...waysIn(spec, "ingress", "from", "in from"), ...waysIn(spec, "egress", "to", "out to")];
}

/** The runtime classes that a policy has in its lists. */
export function classesIn(spec: Value): string[] {
  const lists = [...stable(at(spec, "validations")).matchAll(CLASSES)].map(([, list]) => list);
  return lists.flatMap((list) => [...list.matchAll(/'([^']*)'/g)].map(([, name]) => name));
}

function waysIn(spec: Value, direction: string, side: string, words: string): string[] {
  const rules = listOf(at(spec, direction)).filter(isValues);
  return rules.flatMap((rule) => {
    const ports = listOf(rule.ports).map((port) => code(Object.values(port as Values).join(" ")));
    const on = ports.length > 0 ? ` on port ${enumerated(ports)}` : "";
    const peers = listOf(rule[side]).map((peer) => {
      const { cidr, except } = (at(peer, "ipBlock") ?? {}) as Values;
      if (cidr === undefined) return `pods of ${code(stable(peer))}`;
      return inOneLine(cidr) + (except === undefined ? "" : ` (not ${inOneLine(listOf(except).join(", "))})`);
    });
    return (peers.length > 0 ? peers : ["everywhere"]).map((peer) => `traffic ${words} ${peer}${on}`);
  });
}
