import { Argument, ArgumentTable } from "./argument-table";
import { stepsOf, withoutIndices } from "./expressions";
import { Json, only } from "./json";
import { plain } from "./normal-values";
import { MANIFEST } from "./resource-types";

/** What Terraform itself knows of every resource. */
interface MetaArguments {
  readonly dependsOn: readonly string[];
  readonly count?: Json;
  readonly forEach?: Json;
  readonly provider?: string;
  readonly preventDestroy: boolean;
  /** Paths, or `all`. */
  readonly ignoreChanges: readonly string[];
  readonly replaceTriggeredBy: readonly string[];
}

/** A resource, data source or module of a stack. */
export interface Declaration {
  readonly kind: "resource" | "data" | "module";
  /** As in `azurerm_kubernetes_cluster.aks` or `data.kubernetes_nodes.nodes`. */
  readonly address: string;
  readonly type: string;
  readonly table: ArgumentTable;
  /** In the names of the newest provider version, with all that is written in two ways written in one. */
  readonly values: Json;
  /** As the output has them. */
  readonly written: Json;
  readonly meta: MetaArguments;
}

/** The argument that a reference's attribute is, or is inside of, as in `tags["a"]`. */
export function argumentAt({ table }: Declaration, attribute: string): Argument | undefined {
  let path = withoutIndices(attribute);
  while (path !== "" && !table.asWritten(path)) path = path.slice(0, Math.max(0, path.lastIndexOf(".")));
  return table.asWritten(path);
}

/** What is written at a reference's attribute such as `default_node_pool[0].name`, in the names of its own version. */
export function writtenAt({ table, values }: Declaration, attribute: string): Json {
  let written = "";
  return stepsOf(attribute).reduce((inside, step) => {
    if (typeof inside !== "object" || inside === null) return undefined;
    if (/^\d+$/.test(step)) return inside[step];
    written = written ? `${written}.${step}` : step;
    const name = table.asWritten(written)?.path.split(".").at(-1) ?? step;
    return inside[name];
  }, values);
}

/** The same, if it is the value of one argument that everybody may see, and is the value after apply, too. */
export function publicValueAt(declaration: Declaration, attribute: string): Json {
  const argument = argumentAt(declaration, attribute);
  if (!argument || argument.isSensitive || argument.isBlock || declaration.type === MANIFEST) return undefined;
  return ignores(declaration, attribute) ? undefined : writtenAt(declaration, attribute);
}

/** Whether changes of an argument are ignored. */
export function ignores({ meta }: Declaration, path: string): boolean {
  return meta.ignoreChanges.some((ignored) => {
    const [whole, part] = [path, ignored].map(withoutIndices);
    return part === "all" || whole === part || whole.startsWith(`${part}.`);
  });
}

/** Two declarations that can be compared: by a schema only if both have one. */
export function comparable(before: Declaration, after: Declaration): [Declaration, Declaration] {
  if (before.table.isKnown === after.table.isKnown) return [before, after];
  const [old, next] = [before, after].map((side) => ({
    ...side,
    values: plain(side.written),
    table: ArgumentTable.NONE,
  }));
  return [old, next];
}

/** The values of the node pool that a resource is, or that a cluster has as its default. */
export function poolOf(values: Json): Json {
  return only(values.default_node_pool) ?? values;
}
