import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Change } from "../../lib/provider-schemas";
import { PROJECT } from "./synth";

interface Row {
  readonly of: string;
  readonly path: string;
  readonly majors?: readonly number[];
  readonly change?: Change;
  readonly if?: object;
  readonly unless?: object;
  readonly otherwise?: Change;
}

/** Where changing an argument does this or that, depending on the values. */
export interface Exception {
  readonly resource: string;
  readonly path: string;
  readonly majors: readonly number[];
  readonly change: Change;
  readonly otherwise: Change;
}

const CLUSTER = "azurerm_kubernetes_cluster";

export function changeExceptions(): Exception[] {
  const { rows } = JSON.parse(readFileSync(join(PROJECT, "schemas/argument-exceptions.json"), "utf8"));
  return (rows as readonly Row[]).flatMap(({ of: type, path, majors, change, otherwise = "update", ...row }) => {
    if (!change || !(row.if ?? row.unless)) return [];
    const exception = { resource: type, path, majors: majors ?? (type.startsWith("kubernetes") ? [2] : [3, 4, 5]) };
    const ofPool = { ...exception, resource: `${CLUSTER}_node_pool` };
    const ofDefaultPool = { ...exception, resource: CLUSTER, path: `default_node_pool.${path}` };
    return (type === "pool" ? [ofPool, ofDefaultPool] : [exception]).map((row) => ({ ...row, change, otherwise }));
  });
}
