import { at, isValues, listOf, stable, Unknown, Value, Values } from "../model/value";
import type { PlannedResource } from "../plan/verdict";
import { Block, objectOf } from "../stack";
import { code, enumerated, filled, inOneLine, textOf } from "./text";

export function admitsOf(block: Block): string {
  const object = objectOf(block);
  const admitted = enumerated(admittedBy(object.spec));
  return admitted ? `it admits ${admitted}` : (filled(block.facts.created ?? "", { before: {}, after: object }) ?? "");
}

/** A note on what a policy of any kind says now, and no longer. */
export function policyNotes({ before, after, block }: PlannedResource): string[] {
  if (!before || !after || !/Policy/.test(String(block.objectKind))) return [];
  const specs = [before, after].map((side) => (objectOf(side).spec ?? {}) as Values);
  const isKnown = ([field]: [string, Value]) => !specs.some((spec) => spec[field] instanceof Unknown);
  const known = specs.map((spec) => Object.fromEntries(Object.entries(spec).filter(isKnown)));
  const [was, is] = known.map((spec) => {
    const checks = Object.entries(spec).flatMap(([field, value]) => (field === "variables" ? [] : listOf(value)));
    const named = checks.flatMap((check): [string, string][] => {
      const name = at(check, "name") ?? at(check, "expression");
      const words = inOneLine(at(check, "message") ?? name);
      return name === undefined ? [] : [[textOf(name).replaceAll(CLASSES, ""), words]];
    });
    return new Map([...admittedBy(spec).map((words): [string, string] => [words, words]), ...named]);
  });
  const beyond = (own: Map<string, string>, others: Map<string, string>) =>
    enumerated([...own].flatMap(([name, words]) => (others.has(name) ? [] : [words])));
  const [now, noLonger] = [beyond(is, was), beyond(was, is)];
  const denied = now.includes(AT_MOST) ? "; pods beyond such a size are denied from now on" : "";
  const told = (now && `; now: ${now}`) + (noLonger && `; no longer: ${noLonger}`) + denied;
  const [old, next] = known.map((spec) => CHECKS.map((field) => spec[field]));
  return told || stable(old) !== stable(next) ? [`what it admits changes${told}`] : [];
}

/** Fields of which no row of `schemas/review-notes.json` says what a change means. */
const CHECKS = ["validations", "variables", "auditAnnotations"];
const AT_MOST = "at most";
const CLASSES = /(?<=runtimeClass in \[)[^\]]*/g;

/** Words for what a policy lets through: pods of classes, and traffic. */
function admittedBy(spec: Value): string[] {
  const memory = listOf(at(spec, "variables")).filter((variable) => at(variable, "name") === "podMemory");
  const sizes = new Map([...stable(memory).matchAll(/'([^']*)': '([^']*)'/g)].map(([, name, size]) => [name, size]));
  const classes = classesIn(spec).map((name) => {
    const size = sizes.get(name);
    return `pods of runtime class ${code(name)} with ${size ? `${AT_MOST} ${code(size)}` : "any amount"} of memory`;
  });
  return [...classes, ...waysIn(spec, "ingress", "from", "in from"), ...waysIn(spec, "egress", "to", "out to")];
}

export function classesIn(spec: Value): string[] {
  const lists = stable(at(spec, "validations")).match(CLASSES) ?? [];
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
