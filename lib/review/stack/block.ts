import { ArgumentTable, argumentsOf } from "../facts/arguments";
import { canonicalValues } from "../facts/canonical";
import { MANIFEST, ResourceType, resourceType } from "../facts/resource-types";
import { isInside, Reference, referencesIn, withoutIndices } from "../model/reference";
import { at, isValues, listOf, resolved, textOf, Value, Values, withoutNulls } from "../model/value";

export type RequiredProviders = {
  readonly [provider: string]: { readonly source?: string; readonly version?: string };
};

const META_ARGUMENTS = ["depends_on", "count", "for_each", "lifecycle", "provider", "provisioner", "connection"];

/** A resource block, data source or module of a stack, with what is known of its arguments. */
export class Block {
  /** As in `azurerm_kubernetes_cluster.aks` or `data.kubernetes_nodes.nodes`. */
  readonly address: string;
  /** The arguments and blocks in it as they are written, without meta-arguments. */
  readonly body: Values;
  readonly dependsOn: readonly Reference[];
  /** `count` and `for_each`. */
  readonly instances: Values;
  /** The configuration that carries it out, as in `azurerm.other`; nothing for the one of its own name. */
  readonly provider?: string;
  readonly preventDestroy: boolean;
  /** Paths without indices, also in the names of the newest version, or `all`. */
  readonly ignoreChanges: readonly string[];
  readonly replaceTriggeredBy: readonly Reference[];
  readonly table: ArgumentTable;
  private readonly known: { written?: Values; values?: Values } = {};

  constructor(
    readonly kind: "resource" | "data" | "module",
    readonly type: string,
    id: string,
    source: Value,
    required: RequiredProviders = {},
  ) {
    const [block] = listOf(source);
    const values: Values = isValues(block) ? block : {};
    const { depends_on, count, for_each, lifecycle, provider } = values;
    const own = type.split("_")[0];
    const carrier = textOf(provider ?? own);
    const texts = (value: Value) => listOf(value).map(textOf);
    this.table = argumentsOf(kind, type, required[carrier.split(".")[0]]?.version);
    this.address = `${kind === "data" ? "data." : ""}${type}.${id}`;
    this.body = Object.fromEntries(Object.entries(values).filter(([argument]) => !META_ARGUMENTS.includes(argument)));
    this.dependsOn = texts(depends_on).flatMap(referencesIn);
    this.instances = withoutNulls({ count, for_each });
    this.provider = carrier === own ? undefined : carrier;
    this.preventDestroy = String(at(lifecycle, "prevent_destroy")) === "true";
    const ignored = texts(at(lifecycle, "ignore_changes")).map(withoutIndices);
    this.ignoreChanges = ignored.flatMap((path) => [path, this.table.byWritten.get(path)?.path ?? path]);
    const triggers = texts(at(lifecycle, "replace_triggered_by"));
    this.replaceTriggeredBy = triggers.flatMap((text) => referencesIn(text).slice(0, 1));
  }

  /** Values in canonical form, as they are written, which may be shown unless an argument is a secret. */
  get written(): Values {
    return (this.known.written ??= canonicalValues(this.body, this.table));
  }

  /** The same with what the stack says in place of references to it, which may be a secret. */
  get values(): Values {
    return (this.known.values ??= canonicalValues(resolved(this.body) as Values, this.table));
  }

  /** The row of its type, which a manifest tells itself. */
  get facts(): ResourceType {
    return resourceType(this.type, this.type === MANIFEST ? this.values : {});
  }

  /** The Kubernetes kind of a resource, whether it is in a manifest or a resource of its own. */
  get objectKind(): Value {
    return this.type === MANIFEST ? at(this.values, "manifest", "kind") : this.facts.kind;
  }

  ignores(path: string): boolean {
    return this.ignoreChanges.some((whole) => whole === "all" || isInside(withoutIndices(path), whole));
  }

  /** The same block with other values, or as another table has it. */
  with(changes: Partial<Pick<Block, "body" | "table" | "ignoreChanges">>): Block {
    return Object.assign(Object.create(Block.prototype) as Block, this, { known: {} }, changes);
  }
}
