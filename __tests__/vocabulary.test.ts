import * as clusterBindings from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import * as poolBindings from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { TerraformResource, TerraformStack, Testing } from "cdktf";
import { AzurermVersion } from "../lib";
import { VersionedKubernetesCluster, VersionedKubernetesClusterNodePool } from "../lib/cluster/aks-resources";
import { BlockSchema, providerSchema, TerraformType } from "../lib/provider-schemas";
import { failuresIn } from "./support/schema-failures";

/** Whatever the argument's type, this passes for it and can be found again. */
const VALUE = "${sentinel}";

/** Newest first, as a value is made by the first schema that knows the argument. */
const VERSIONS = [AzurermVersion.V4, AzurermVersion.V5, AzurermVersion.V3];

type Attributes = { readonly [name: string]: unknown };

interface Vocabulary {
  readonly type: string;
  /** Beginning of the names of the bindings' functions. */
  readonly prefix: string;
  readonly bindings: object;
  readonly bare: new (stack: TerraformStack, id: string, config: never) => TerraformResource;
  readonly versioned: new (stack: TerraformStack, id: string, config: never) => TerraformResource;
}

const VOCABULARIES: readonly Vocabulary[] = [
  {
    type: "azurerm_kubernetes_cluster",
    prefix: "kubernetesCluster",
    bindings: clusterBindings,
    bare: clusterBindings.KubernetesCluster,
    versioned: VersionedKubernetesCluster,
  },
  {
    type: "azurerm_kubernetes_cluster_node_pool",
    prefix: "kubernetesClusterNodePool",
    bindings: poolBindings,
    bare: poolBindings.KubernetesClusterNodePool,
    versioned: VersionedKubernetesClusterNodePool,
  },
];

describe.each(VOCABULARIES)("$type", (vocabulary) => {
  const paths = pathsOf(vocabulary);

  test("has the arguments of the bindings", () => {
    expect(paths.length).toBeGreaterThan(80);
    expect(paths).toEqual(
      expect.arrayContaining(
        ["node_count", "upgrade_settings.max_surge"].map((path) =>
          vocabulary.type.endsWith("cluster") ? `default_node_pool.${path}` : path,
        ),
      ),
    );
  });

  test.each(VERSIONS)("azurerm $major gets names that it knows, or the argument is refused", (version) => {
    expect(paths.flatMap((path) => mistakesOf(vocabulary, path, version))).toEqual([]);
  });
});

/** Returns the errors of one argument in one version; none if it is translated or rightly refused. */
function mistakesOf({ type, versioned }: Vocabulary, path: string, version: AzurermVersion): string[] {
  const stack = new TerraformStack(Testing.app(), "stack");
  version.pinFor(stack);
  const resource = new versioned(stack, "aks", configOf(type, path) as never);
  let json: Attributes;
  try {
    json = attributesOf(resource.toTerraform());
  } catch (error) {
    const refused = /^azurerm (\d) has no argument "(\w+)": /.exec((error as Error).message);
    if (!refused) throw error;
    return refused[1] === String(version.major) && !isKnown(type, path, version) ? [] : [`${path}: ${error}`];
  }
  const failures = failuresIn(
    { terraform: { required_providers: { azurerm: { version: version.range } } }, resource: { [type]: { aks: json } } },
    "json",
  );
  return [
    ...failures.filter((failure) => !/it is required|at least/.test(failure)),
    ...(JSON.stringify(json).includes(VALUE) ? [] : [`${path}: the value is lost`]),
  ];
}

/** Paths of all arguments, read off the bindings' own functions. */
function pathsOf({ prefix, bindings, bare }: Vocabulary): string[] {
  const resource = new bare(new TerraformStack(Testing.app(), "stack"), "aks", {} as never);
  const top = Object.keys((resource as unknown as { synthesizeAttributes(): object }).synthesizeAttributes());
  const inside = (functionName: string, names: readonly string[], path: string): string[] =>
    names.flatMap((name) => {
      const block = functionName + camel(`_${name}`);
      const toTerraform = (bindings as Record<string, (struct: object) => object>)[`${block}ToTerraform`];
      return toTerraform ? inside(block, Object.keys(toTerraform({})), `${path}${name}.`) : [path + name];
    });
  return inside(prefix, top, "").filter((path) => path !== "id" && !path.startsWith("timeouts."));
}

/** The config that sets just one argument. */
function configOf(type: string, path: string): object {
  const names = path.split(".");
  return names.reduceRight<unknown>(
    (value, name, i) => {
      const at = names.slice(0, i + 1);
      const isList =
        i < names.length - 1 &&
        blockTypeOf(type, at)?.max_items !== 1 &&
        blockTypeOf(type, at)?.nesting_mode !== "single";
      return { [camel(name)]: isList && blockTypeOf(type, at) ? [value] : value };
    },
    valueOf(attributeTypeOf(type, names)),
  ) as object;
}

function valueOf(type: TerraformType | undefined): unknown {
  if (type === undefined || typeof type === "string") return VALUE;
  const [kind, inside] = type as readonly [string, TerraformType];
  return kind === "map" ? { key: valueOf(inside) } : [valueOf(inside)];
}

function blockTypeOf(type: string, path: readonly string[]) {
  return firstKnown(type, path, (block, name) => block.block_types?.[name]);
}

function attributeTypeOf(type: string, path: readonly string[]): TerraformType | undefined {
  return firstKnown(type, path, (block, name) => block.attributes?.[name]?.type);
}

function firstKnown<T>(
  type: string,
  path: readonly string[],
  find: (block: BlockSchema, name: string) => T | undefined,
): T | undefined {
  return VERSIONS.map((version) => findAt(type, path, version, find)).find((found) => found !== undefined);
}

function findAt<T>(
  type: string,
  path: readonly string[],
  version: AzurermVersion,
  find: (block: BlockSchema, name: string) => T | undefined,
): T | undefined {
  const schema = providerSchema("azurerm", version.range)!.resource_schemas[type];
  const block = path
    .slice(0, -1)
    .reduce<BlockSchema | undefined>((inside, name) => inside?.block_types?.[name]?.block, schema);
  return block && find(block, path[path.length - 1]);
}

function isKnown(type: string, path: string, version: AzurermVersion): boolean {
  return (
    findAt(type, path.split("."), version, (block, name) => block.attributes?.[name] ?? block.block_types?.[name]) !==
    undefined
  );
}

function attributesOf(fragment: { readonly resource?: object }): Attributes {
  const [resources] = Object.values(fragment.resource ?? {});
  const attributes = { ...Object.values(resources as object)[0], "//": undefined };
  return withoutUndefined(attributes) as Attributes;
}

function withoutUndefined(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function camel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
