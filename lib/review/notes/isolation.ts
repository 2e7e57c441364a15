import { bytesOf } from "../facts/canonical";
import { KATA_RUNTIMES } from "../facts/sandboxing";
import { at, isValues, listOf, stable, Unknown, Values } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, Side, typeOf } from "../plan/side";
import { hasNamespace, objectOf, placeOf, sideOf, sidesIn } from "./objects";
import { admittedBy, policyNotes } from "./policies";
import { comparesKernels } from "./rules";
import { code, enumerated, filled, inOneLine, Notes } from "./text";

/** Notes on objects of a kind that need more than conditions on values, which are in `schemas/review-notes.json`. */
const CHANGED: { readonly [kind: string]: (before: Values, after: Values) => Notes } = {
  ValidatingAdmissionPolicy: policyNotes,
  ValidatingAdmissionPolicyBinding: policyNotes,
  MutatingAdmissionPolicy: policyNotes,
  MutatingAdmissionPolicyBinding: policyNotes,
  NetworkPolicy: newWays,
  RuntimeClass: (before, after) => {
    const [was, is] = [before, after].map((object) => at(object, "overhead", "podFixed", "memory") ?? "0");
    const shrinks = `overhead shrinks from ${inOneLine(was)} to ${inOneLine(is)}`;
    return [
      (bytesOf(was) ?? 0) > (bytesOf(is) ?? Infinity) &&
        `${shrinks}: the scheduler counts less than pods need, and nodes can run out of memory`,
    ];
  },
  ResourceQuota: (before, after) => {
    const [old, next] = [before, after].map((object) => at(object, "spec", "hard"));
    if (!isValues(old) || !isValues(next)) return [];
    return Object.entries(old).map(
      ([name, was]) =>
        (next[name] === undefined || (bytesOf(next[name]) ?? 0) > (bytesOf(was) ?? Infinity)) &&
        `quota of ${code(name)} goes from ${inOneLine(was)} to ${inOneLine(next[name] ?? "unlimited")}`,
    );
  },
};

/** Notes on what holds untrusted pods less after the change. */
export function isolationNotes(resource: PlannedResource, plan: StackPlan): Notes {
  const { before, after } = resource;
  const kind = String(kindOfSide(sideOf(resource)));
  if (!after) return [];
  if (before) return CHANGED[kind]?.(objectOf(before), objectOf(after)) ?? [];
  // What comes with its namespace was shut out by nothing.
  const isOpened = kind === "NetworkPolicy" && hasNamespace(plan.before, placeOf(after, "namespace"));
  return isOpened ? newWays({}, objectOf(after)) : [];
}

/** What something new admits, in words. */
export function admitsOf(side: Side): string {
  const object = objectOf(side);
  const kind = kindOfSide(side);
  if (kind === "ValidatingAdmissionPolicy") return admittedBy(object);
  if (kind !== "NetworkPolicy") return filled(typeOf(side).created ?? "", {}, object);
  const ways = [...waysOf(object).values()];
  return ways.length === 0 ? "it lets nothing through" : `it lets traffic ${enumerated(ways)}`;
}

function newWays(before: Values, after: Values): Notes {
  const old = waysOf(before);
  return [...waysOf(after)].map(
    ([rule, says]) =>
      !old.has(rule) && `it may let through what was shut out: it has a rule that it did not have, ${says}`,
  );
}

/** The ways that a network policy leaves open, in words by direction and rule. */
function waysOf({ spec }: Values): Map<string, string> {
  const waysIn = (direction: string, peer: string, words: string) =>
    listOf(at(spec, direction)).map((rule): [string, string] => {
      const peers = listOf(at(rule, peer)).map((peer) => at(peer, "ipBlock", "cidr"));
      const ports = listOf(at(rule, "ports")).map((port) => inOneLine(at(port, "port") ?? "all"));
      const names = peers.map((cidr) => (cidr === undefined ? "some pods of the cluster" : inOneLine(cidr)));
      const on = ports.length === 0 ? "" : ` on port ${enumerated([...new Set(ports)])}`;
      return [direction + stable(rule), `${words} ${enumerated([...new Set(names)]) || "everywhere"}${on}`];
    });
  return new Map([...waysIn("ingress", "from", "in from"), ...waysIn("egress", "to", "out to")]);
}

/** Notes on kata pools that are gone, or may have no node while an isolation check waits for one. */
export function kataPoolNotes({ before, after }: StackPlan, plans: readonly StackPlan[]): Notes {
  const [had, has] = [before, after].map((stack) =>
    sidesIn(stack).flatMap(({ values }) => (KATA_RUNTIMES.includes(values.workload_runtime) ? [values] : [])),
  );
  const couldBe = sidesIn(after).some(({ values }) => values.workload_runtime instanceof Unknown);
  if (had.length > 0 && has.length === 0 && !couldBe) return ["no kata node pool is left: sandboxed pods find no node"];
  const mayBeEmpty = (pools: readonly Values[]) =>
    pools.length > 0 &&
    pools.every((pool) => (pool.auto_scaling_enabled === true ? pool.min_count : pool.node_count) === 0);
  if (!mayBeEmpty(has) || mayBeEmpty(had)) return [];
  const jobs = plans.flatMap(({ after }) => sidesIn(after).filter((side) => kindOfSide(side) === "Job"));
  return [
    jobs.some(comparesKernels) &&
      "its kata node pools may have no node: the isolation check waits for one until it fails, unless the autoscaler adds one in time",
  ];
}
