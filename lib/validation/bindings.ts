/** An argument or a block as a class of the bindings writes it. */
export interface BoundArgument {
  /** Name in Terraform. */
  readonly name: string;
  /** Content of the argument: a value, a block with arguments of its own, or any number of such blocks. */
  readonly holds: BoundType | "block" | "blocks";
  /** Type of each value of a list or map. */
  readonly items?: BoundType;
  /** The arguments of a block. */
  readonly inside: () => BoundArguments;
}

export type BoundType = "string" | "number" | "boolean" | "list" | "map" | "any";

/** The arguments of a resource or a block by their names in TypeScript. */
export type BoundArguments = ReadonlyMap<string, BoundArgument>;

/** A module of the bindings, such as `@cdktf/provider-azurerm/lib/kubernetes-cluster`. */
export interface BindingsModule {
  readonly [exported: string]: unknown;
}

/** An attribute in the form that the bindings write for HCL, the only one that says what it holds. */
interface HclAttribute {
  readonly value: unknown;
  readonly isBlock?: boolean;
  readonly storageClassType?: string;
}

type HclAttributes = Readonly<Record<string, HclAttribute>>;

/**
 * Returns the arguments that a class of the bindings has, read off what it writes, so that newer bindings bring theirs.
 *
 * @param className the class in the module, such as `KubernetesCluster`
 */
export function boundArguments(module: BindingsModule, className: string): BoundArguments {
  const known = cache.get(module)?.get(className);
  if (known) return known;
  const { prototype } = module[className] as { prototype: { synthesizeHclAttributes(): HclAttributes } };
  const read: string[] = [];
  const instance = new Proxy(prototype, {
    get(_, field) {
      const name = String(field).replace(/^_/, "");
      read.push(name);
      return `put${capitalised(name)}` in prototype ? { internalValue: name } : name;
    },
  });
  const attributes = prototype.synthesizeHclAttributes.call(instance);
  return remember(module, className, read, attributes, lowerFirst(className));
}

/** The same for a block, whose function has the name of the resource and the path of the block. */
function argumentsOfBlock(module: BindingsModule, prefix: string): BoundArguments {
  const known = cache.get(module)?.get(prefix);
  if (known) return known;
  const write = module[`${prefix}ToHclTerraform`];
  if (typeof write !== "function") return new Map();
  const read: string[] = [];
  const block = new Proxy(
    {},
    {
      get(_, name) {
        if (name === "resolve") return undefined;
        read.push(String(name));
        return String(name);
      },
    },
  );
  return remember(module, prefix, read, write(block), prefix);
}

const cache = new WeakMap<BindingsModule, Map<string, BoundArguments>>();

/** Each attribute is read just when it is written, so both are in the same order. */
function remember(
  module: BindingsModule,
  key: string,
  read: readonly string[],
  attributes: HclAttributes,
  prefix: string,
): BoundArguments {
  const written = Object.entries(attributes);
  const bound = new Map(
    written.map(([name, attribute], i): [string, BoundArgument] => [
      read[i],
      {
        name,
        ...typeOf(attribute),
        inside: () => argumentsOfBlock(module, prefix + capitalised(read[i])),
      },
    ]),
  );
  const ofModule = cache.get(module) ?? new Map<string, BoundArguments>();
  cache.set(module, ofModule.set(key, bound));
  return bound;
}

/** Of several blocks the bindings pass on what is no list as it is, here the name; one block they take apart. */
function typeOf({ value, isBlock, storageClassType = "any" }: HclAttribute): Pick<BoundArgument, "holds" | "items"> {
  if (isBlock) return { holds: typeof value === "string" ? "blocks" : "block" };
  const [, item, kind] = /^(.*?)(List|Map)?$/.exec(storageClassType)!;
  if (kind === "List") return { holds: "list", items: scalar(item) };
  if (kind === "Map") return { holds: "map", items: scalar(item) };
  return { holds: scalar(item) };
}

function scalar(type: string): BoundType {
  return type === "string" || type === "number" || type === "boolean" ? type : "any";
}

function capitalised(name: string): string {
  return name[0].toUpperCase() + name.slice(1);
}

function lowerFirst(name: string): string {
  return name[0].toLowerCase() + name.slice(1);
}
