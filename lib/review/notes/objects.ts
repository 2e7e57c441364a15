import { CLASS_ANNOTATION, POD_SECURITY, POLICY_LABEL } from "../facts/sandboxing";
import { at, isValues, listOf, stable, Value, Values } from "../model/value";
import { managedIn, PlannedResource, StackPlan } from "../plan/plan";
import { kindOfSide, Side, StackSide } from "../plan/side";
import { enumerated, enumeratedNames, inOneLine } from "./text";

/** The object of a manifest, or of a resource that has the same in blocks, as it is written. */
export function objectOf({ written }: Side): Values {
  return isValues(written.manifest) ? written.manifest : written;
}

/** Metadata of an object as it is written; what is left out is not there. */
export function metadataOf(side: Side): Values {
  const metadata = at(objectOf(side), "metadata");
  return isValues(metadata) ? metadata : {};
}

/** The name or the namespace of an object, with references to what the stack says replaced by that. */
export function placeOf({ values }: Side, what: "name" | "namespace"): Value {
  return at(values, "metadata", what) ?? at(values, "manifest", "metadata", what);
}

/** The resources and modules of a stack. */
export function sidesIn(stack: StackSide | undefined): Side[] {
  return managedIn(stack?.stack).map((block) => stack!.sideOf(block));
}

/** Returns whether a stack has a namespace of a name. */
export function hasNamespace(stack: StackSide | undefined, name: Value): boolean {
  return sidesIn(stack).some(
    (side) => kindOfSide(side) === "Namespace" && stable(placeOf(side, "name")) === stable(name),
  );
}

/** Returns whether what is gone went with its namespace. */
export function goesWithItsNamespace({ after: stack }: StackPlan, { before, after }: PlannedResource): boolean {
  const namespace = before && placeOf(before, "namespace");
  return !after && namespace !== undefined && !hasNamespace(stack, namespace);
}

/** The ways that a network policy leaves open, in words by direction and rule. */
export function waysOf(side: Side): ReadonlyMap<string, string> {
  const ways = new Map<string, string>();
  for (const [direction, peer, words] of [
    ["ingress", "from", "in from"],
    ["egress", "to", "out to"],
  ]) {
    for (const rule of listOf(at(objectOf(side), "spec", direction))) {
      const peers = listOf(at(rule, peer)).map((peer) => {
        const cidr = at(peer, "ip_block", "cidr") ?? at(peer, "ipBlock", "cidr");
        return cidr === undefined ? "some pods of the cluster" : inOneLine(cidr);
      });
      const ports = listOf(at(rule, "ports")).map((port) => inOneLine(at(port, "port") ?? "all"));
      const to = enumerated([...new Set(peers)]) || "everywhere";
      const on = ports.length === 0 ? "" : ` on port ${enumerated([...new Set(ports)])}`;
      ways.set(direction + stable(rule), `${words} ${to}${on}`);
    }
  }
  return ways;
}

/** The runtime classes, or whatever else, that a policy has in the lists of its expressions. */
export function listedIn(expression: string): string[] {
  const lists = [...expression.matchAll(/in \[([^\]]*)\]/g)].flatMap(([, list]) => [...list.matchAll(/'([^']*)'/g)]);
  return lists.map(([, name]) => name);
}

/** The role that a binding gives. */
export function roleOf(side: Side): Value {
  return at(objectOf(side), "role_ref", "name") ?? at(objectOf(side), "roleRef", "name");
}

const rightsOf = (side: Side) => `it gives the rights of ${inOneLine(roleOf(side))}`;

/** What something new admits, in words; by its kind. */
const ADMITS: { readonly [kind: string]: (side: Side) => string } = {
  Namespace: (side) => {
    const { labels, annotations } = metadataOf(side);
    const [policy, only] = [at(labels, POLICY_LABEL), at(annotations, CLASS_ANNOTATION)];
    const held = policy === undefined ? "no policy holds its pods" : `its pods are held by policy ${inOneLine(policy)}`;
    const classes = only === undefined ? "" : ` and use runtime class ${inOneLine(only)}`;
    return `${held}${classes}; Pod Security is ${inOneLine(at(labels, POD_SECURITY) ?? "privileged")}`;
  },
  RuntimeClass: (side) => {
    const selector = at(objectOf(side), "scheduling", "nodeSelector");
    const nodes = isValues(selector) ? `nodes with ${enumeratedNames(Object.keys(selector))}` : "any node";
    return `its pods run with handler ${inOneLine(at(objectOf(side), "handler"))} on ${nodes}`;
  },
  ValidatingAdmissionPolicy: (side) => {
    const checks = listOf(at(objectOf(side), "spec", "validations")).map((check) => String(at(check, "expression")));
    const classes = listedIn(checks.filter((expression) => expression.includes("runtimeClass")).join());
    const admits = classes.length === 0 ? "" : ` and admits pods of runtime class ${enumeratedNames(classes)}`;
    return `it makes ${checks.length} ${checks.length === 1 ? "check" : "checks"}${admits}`;
  },
  NetworkPolicy: (side) => {
    const ways = [...waysOf(side).values()];
    return ways.length === 0 ? "it lets nothing through" : `it lets traffic ${enumerated(ways)}`;
  },
  RoleBinding: rightsOf,
  ClusterRoleBinding: rightsOf,
};

export function admitsOf(side: Side): string | undefined {
  return ADMITS[String(kindOfSide(side))]?.(side);
}
