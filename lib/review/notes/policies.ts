import { at, isKnown, isValues, listOf, stable, Unknown, Value, Values } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, Side, typeOf } from "../plan/side";
import { namespacesIn, objectOf, placeOf, sideOf } from "./objects";
import { code, enumerated, filled, inOneLine, Notes } from "./text";

/** Words for all that something new admits. */
export function admitsOf(side: Side): string {
  const object = objectOf(side);
  const all = [...admittedBy(object.spec)].map(([what, limit]) => what + limit);
  return all.length > 0 ? `it admits ${enumerated(all)}` : filled(typeOf(side).created ?? "", {}, object);
}

/** Notes on what a policy of any kind admits and did not before, admits no longer, and judges otherwise. */
export function policyNotes(resource: PlannedResource, plan: StackPlan): Notes {
  const { before, after } = resource;
  const kind = String(kindOfSide(sideOf(resource)));
  const isOfAdmission = /AdmissionPolicy(Binding)?$/.test(kind);
  if (!after || !(isOfAdmission || kind === "NetworkPolicy")) return [];
  // A new policy of admission says by itself what it admits, and a new namespace has shut nothing out yet.
  const isHeld = !isOfAdmission && namespacesIn(plan.before).includes(stable(placeOf(after, "namespace")));
  if (!before && !isHeld) return [];
  const [old, next] = [before && objectOf(before).spec, objectOf(after).spec];
  return [...admissionNotes(old, next), ...(isOfAdmission ? partNotes(old, next) : [])];
}

function admissionNotes(before: Value, after: Value): Notes {
  const [old, next] = [before, after].map(admittedBy);
  const come = [...next].map(([what, limit]) => {
    const was = old.get(what);
    if (was === undefined) return `it admits ${what}${limit}, which it did not`;
    return was !== limit && `it admits ${what}${limit}, no longer${was}`;
  });
  const gone = [...old.keys()].map((what) => !next.has(what) && `it no longer admits ${what}`);
  const isClear = (spec: Value) =>
    isKnown(at(spec, "validations")) && !["ingress", "egress"].some((way) => at(spec, way) instanceof Unknown);
  return [...(isClear(before) ? come : []), ...(isClear(after) ? gone : [])];
}

/** Words for what a policy admits, pods of classes and traffic, with those for how much of it. */
function admittedBy(spec: Value): Map<string, string> {
  const variables = listOf(at(spec, "variables")).filter((variable) => at(variable, "name") === SIZES[0]);
  const sizes = new Map([...stable(variables).matchAll(/'([^']*)': '([^']*)'/g)].map(([, name, size]) => [name, size]));
  const classes = classesIn(spec).map((name): [string, string] => {
    const size = sizes.get(name);
    const memory = size === undefined ? "any amount of memory" : `at most ${code(size)} of memory`;
    return [`pods of runtime class ${code(name)}`, ` with ${memory}`];
  });
  const ways = [...waysIn(spec, "ingress", "from", "in from"), ...waysIn(spec, "egress", "to", "out to")];
  return new Map([...classes, ...ways.map((way): [string, string] => [way, ""])]);
}

const CLASSES = /runtimeClass in \[([^\]]*)\]/g;
/** Variables with the memory that pods of each class may have, as people write it and in bytes. */
const SIZES = ["podMemory", "podMemoryBytes"];

/** The runtime classes that a policy has in its lists. */
export function classesIn(spec: Value): string[] {
  const lists = [...stable(at(spec, "validations")).matchAll(CLASSES)].map(([, list]) => list);
  return lists.flatMap((list) => [...list.matchAll(/'([^']*)'/g)].map(([, name]) => name));
}

/** Words for the traffic that a network policy lets through in a direction. */
function waysIn(spec: Value, direction: string, side: string, words: string): string[] {
  return listOf(at(spec, direction))
    .filter(isValues)
    .flatMap((rule) => {
      const ports = listOf(rule.ports).map((port) => code(Object.values(port as Values).join(" ")));
      const on = ports.length === 0 ? "" : ` on port ${enumerated(ports)}`;
      const peers = listOf(rule[side]).map((peer) => {
        const [cidr, except] = [
          at(peer, "ipBlock", "cidr"),
          listOf(at(peer, "ipBlock", "except")).map((one) => inOneLine(one)),
        ];
        if (cidr === undefined) return `pods of ${code(stable(peer))}`;
        return inOneLine(cidr) + (except.length > 0 ? ` (not ${enumerated(except)})` : "");
      });
      return (peers.length === 0 ? ["everywhere"] : peers).map((peer) => `traffic ${words} ${peer}${on}`);
    });
}

/** Fields of which `schemas/review-notes.json` says what is weaker. */
const RULED = ["failurePolicy", "validationActions"];

/** Notes on parts of a policy or its binding that come, go or differ, but for the classes and sizes in them. */
function partNotes(before: Value, after: Value): Notes {
  const fields = [before, after].flatMap((spec) => (isValues(spec) ? Object.keys(spec) : []));
  return [...new Set(fields)].map((field) => {
    const [old, next] = [at(before, field), at(after, field)];
    if (RULED.includes(field) || !isKnown([old, next])) return false;
    const [was, is] = [old, next].map(partsIn);
    const others = [...was, ...is].filter(([content]) => !was.has(content) || !is.has(content));
    const words = Array.isArray(old ?? next) ? ` (${enumerated([...new Set(others.map(([, words]) => words))])})` : "";
    return others.length > 0 && `${code(`spec.${field}`)} differs${words}: see what is admitted now`;
  });
}

/** Words for the parts of a field by their content. */
function partsIn(value: Value): Map<string, string> {
  const parts = listOf(value).filter((part) => !SIZES.includes(String(at(part, "name"))));
  return new Map(
    parts.map((part): [string, string] => {
      const [name, expression = part] = [at(part, "name"), at(part, "expression")];
      const content = stable([name, expression]).replaceAll(CLASSES, "");
      return [content, inOneLine(name ?? at(part, "message") ?? expression)];
    }),
  );
}
