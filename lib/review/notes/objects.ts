import { CLASS_ANNOTATION, POD_SECURITY, POLICY_LABEL } from "../facts/sandboxing";
import { at, isValues, listOf, stable, Value, Values } from "../model/value";
import { managedIn } from "../plan/pairs";
import { kindOfSide, shownOf, Side, StackSide } from "../plan/side";
import { enumerated, enumeratedNames, inOneLine } from "./text";

/** The object of a manifest, or of a resource that has the same in blocks. */
export function objectOf({ values }: Side): Values {
  return isValues(values.manifest) ? values.manifest : values;
}

/** Metadata of an object; what is left out is not there. */
export function metadataOf(side: Side): Values {
  const metadata = at(objectOf(side), "metadata");
  return isValues(metadata) ? metadata : {};
}

/** The resources and modules of a stack. */
export function sidesIn(stack: StackSide | undefined): Side[] {
  return managedIn(stack?.stack).map((block) => stack!.sideOf(block));
}

/** Whether a stack has a namespace of a name. */
export function hasNamespace(stack: StackSide | undefined, name: Value): boolean {
  return sidesIn(stack).some(
    (side) => kindOfSide(side) === "Namespace" && stable(metadataOf(side).name) === stable(name),
  );
}

/** A way that a network policy leaves open. */
export interface Way {
  readonly direction: "ingress" | "egress";
  readonly rule: string;
  readonly says: string;
}

export function waysOf(side: Side): Way[] {
  const spec = at(objectOf(side), "spec");
  return (["ingress", "egress"] as const).flatMap((direction) =>
    listOf(at(spec, direction)).map((rule) => {
      const peers = listOf(at(rule, direction === "ingress" ? "from" : "to")).map((peer) => {
        const cidr = at(peer, "ip_block", "cidr") ?? at(peer, "ipBlock", "cidr");
        return cidr === undefined ? "some pods of the cluster" : inOneLine(shownOf([side], cidr));
      });
      const ports = listOf(at(rule, "ports")).map((port) => inOneLine(shownOf([side], at(port, "port") ?? "all")));
      const to = peers.length === 0 ? "everywhere" : enumerated([...new Set(peers)]);
      const on = ports.length === 0 ? "" : ` on port ${enumerated([...new Set(ports)])}`;
      return { direction, rule: stable(rule), says: `${direction === "ingress" ? "in from" : "out to"} ${to}${on}` };
    }),
  );
}

/** The runtime classes, or whatever else, that a policy has in the lists of its expressions. */
export function listedIn(expression: string): string[] {
  const lists = [...expression.matchAll(/in \[([^\]]*)\]/g)].flatMap(([, list]) => [...list.matchAll(/'([^']*)'/g)]);
  return lists.map(([, name]) => name);
}

/** What something new admits, in words; by its kind. */
const ADMITS: { readonly [kind: string]: (side: Side) => string } = {
  Namespace: (side) => {
    const { labels, annotations } = metadataOf(side);
    const policy = at(labels, POLICY_LABEL);
    const only = at(annotations, CLASS_ANNOTATION);
    const held =
      policy === undefined ? "no policy holds its pods" : `its pods are held by policy ${shownIn(side, policy)}`;
    const classes = only === undefined ? "" : ` and use runtime class ${shownIn(side, only)}`;
    return `${held}${classes}; Pod Security is ${shownIn(side, at(labels, POD_SECURITY) ?? "privileged")}`;
  },
  RuntimeClass: (side) => {
    const selector = at(objectOf(side), "scheduling", "nodeSelector");
    const nodes = isValues(selector) ? `nodes with ${enumeratedNames(Object.keys(selector))}` : "any node";
    return `its pods run with handler ${shownIn(side, at(objectOf(side), "handler"))} on ${nodes}`;
  },
  ValidatingAdmissionPolicy: (side) => {
    const validations = listOf(at(objectOf(side), "spec", "validations")).map((check) =>
      String(at(check, "expression")),
    );
    const classes = listedIn(validations.filter((expression) => expression.includes("runtimeClass")).join());
    const checks = `it makes ${validations.length} ${validations.length === 1 ? "check" : "checks"}`;
    return classes.length === 0 ? checks : `${checks} and admits pods of runtime class ${enumeratedNames(classes)}`;
  },
  NetworkPolicy: (side) => {
    const ways = waysOf(side).map(({ says }) => says);
    return ways.length === 0 ? "it lets nothing through" : `it lets traffic ${enumerated(ways)}`;
  },
  RoleBinding: rightsOf,
  ClusterRoleBinding: rightsOf,
};
function rightsOf(side: Side): string {
  return `it gives the rights of ${shownIn(side, roleOf(side))}`;
}

/** The role that a binding gives. */
export function roleOf(side: Side): Value {
  return at(objectOf(side), "role_ref", "name") ?? at(objectOf(side), "roleRef", "name");
}

export function admitsOf(side: Side): string | undefined {
  return ADMITS[String(kindOfSide(side))]?.(side);
}

function shownIn(side: Side, value: Value): string {
  return inOneLine(shownOf([side], value));
}
