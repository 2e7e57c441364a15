import { argumentNameInBindings } from "../../cluster/rules/written-rules";
import { CLUSTER, MANIFEST } from "../facts/resource-types";
import { at, isValues, listOf, referencesOf, stable, Unknown, Value, Values, withoutNulls } from "../model/value";
import type { PlannedResource } from "../plan/verdict";
import type { Block } from "../stack/block";
import type { Stack } from "../stack/stack";
import { code, enumerated, filled, inOneLine, textOf } from "./text";

/** The cluster of a pool, if it is in the same stack; a cluster is its own, as it has a pool by default. */
export function clusterOf(block: Block, { blocks }: Stack): Block | undefined {
  if (block.type === CLUSTER) return block;
  const cluster = blocks.get(referencesOf(block.body.kubernetes_cluster_id)[0]?.address ?? "");
  return cluster?.type === CLUSTER && cluster.kind === "resource" ? cluster : undefined;
}

/** The object in a manifest or in blocks of a resource, in the names of Kubernetes; the arguments of all else. */
export function objectOf(block: Block, form: "written" | "values" = "written"): Values {
  if (block.objectKind === undefined) return block[form];
  const isManifest = block.type === MANIFEST;
  const plural = (block: string) => block.replace(/^(container|subject)$/, "$&s"); // lists in Kubernetes
  const nameOf = (name: string) => (isManifest ? name : argumentNameInBindings(plural(name)));
  const inside = (value: Value): Value => {
    if (Array.isArray(value)) return value.map(inside);
    if (!isValues(value)) return value;
    return Object.fromEntries(Object.entries(withoutNulls(value)).map(([name, item]) => [nameOf(name), inside(item)]));
  };
  return inside(isManifest ? block[form].manifest : block[form]) as Values;
}

/** Words for all that something new admits. */
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
  const [was, is] = specs.map((spec) => {
    const known = Object.fromEntries(Object.entries(spec).filter(isKnown));
    const parts = Object.values(known).flatMap(listOf);
    const checks = parts.flatMap((part) => at(part, "name") ?? at(part, "expression") ?? []);
    return [...admittedBy(known), ...checks.map((check) => inOneLine(textOf(check).replaceAll(CLASSES, "…")))];
  });
  const beyond = (own: string[], others: string[]) => enumerated(own.filter((words) => !others.includes(words)));
  const [now, noLonger] = [beyond(is, was), beyond(was, is)];
  const told = (now && `; now: ${now}`) + (noLonger && `; no longer: ${noLonger}`);
  return told ? [`what it admits changes${told}`] : [];
}

const CLASSES = /(?<=runtimeClass in \[)[^\]]*/g;

/** Words for what a policy lets through: pods of classes, and traffic. */
function admittedBy(spec: Value): string[] {
  const memory = listOf(at(spec, "variables")).filter((variable) => at(variable, "name") === "podMemory");
  const sizes = new Map([...stable(memory).matchAll(/'([^']*)': '([^']*)'/g)].map(([, name, size]) => [name, size]));
  const classes = classesIn(spec).map((name) => {
    const size = sizes.get(name);
    return `pods of runtime class ${code(name)} with ${size ? `at most ${code(size)}` : "any amount"} of memory`;
  });
  return [...classes, ...waysIn(spec, "ingress", "from", "in from"), ...waysIn(spec, "egress", "to", "out to")];
}

/** The runtime classes that a policy has in its lists. */
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
