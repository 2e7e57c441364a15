import { argumentNameInBindings } from "../../cluster/rules/written-rules";
import { argumentsOf, nameIn } from "../facts/arguments";
import { CLUSTER, NODE_POOL } from "../facts/resource-types";
import { code } from "./text";

/**
 * What a rule of the constructs says of a cluster or a pool, with the arguments as a configuration names them; what is
 * quoted is a value.
 *
 * @param constraint the version of azurerm, which calls some otherwise
 */
export function asWritten(message: string, constraint: string | undefined): string {
  const names = writtenNames(constraint);
  return message.replaceAll(/"[^"]*"|\b[a-z]\w*(?:\.[a-z]\w*)*/g, (text) => {
    if (text === "undefined") return "nothing";
    if (text.startsWith('"')) return text;
    const path = text.split(".").map((name) => names.get(name) ?? name);
    return path.join(".") === text ? text : code(path.join("."));
  });
}

const found = new Map<string | undefined, ReadonlyMap<string, string>>();

/** The names of arguments by what the bindings call them; those of one word are the same. */
function writtenNames(constraint: string | undefined): ReadonlyMap<string, string> {
  if (!found.has(constraint)) {
    const tables = [CLUSTER, NODE_POOL].map((type) => argumentsOf({ kind: "resource", type, constraint }));
    const names = tables
      .flatMap(({ byPath }) => [...byPath.values()])
      .map(({ path, written }): [string, string] => [argumentNameInBindings(nameIn(path)), nameIn(written)]);
    found.set(constraint, new Map(names.filter(([inBindings]) => /[A-Z]/.test(inBindings))));
  }
  return found.get(constraint)!;
}
