import { argumentNameInBindings } from "../../cluster/rules/written-rules";
import { argumentsOf, nameIn } from "../facts/arguments";
import { CLUSTER, NODE_POOL } from "../facts/resource-types";
import { code } from "./text";

/**
 * A sentence of a rule that the constructs share, with the arguments of clusters and pools as a configuration names
 * them; what is quoted is a value.
 *
 * @param constraint version of azurerm, which calls some otherwise
 */
export function asWritten(message: string, constraint: string | undefined): string {
  const tables = [CLUSTER, NODE_POOL].map((type) => argumentsOf({ kind: "resource", type, constraint }));
  const all = tables.flatMap(({ byPath }) => [...byPath.values()]);
  const written = (name: string) => {
    if (!/[A-Z]/.test(name)) return name;
    const argument = all.find(({ path }) => argumentNameInBindings(nameIn(path)) === name);
    return argument ? nameIn(argument.written) : name;
  };
  return message.replaceAll(/"[^"]*"|\b[a-z]\w*(?:\.[a-z]\w*)*/g, (text) => {
    if (text === "undefined") return "nothing";
    const path = text.startsWith('"') ? text : text.split(".").map(written).join(".");
    return path === text ? text : code(path);
  });
}
