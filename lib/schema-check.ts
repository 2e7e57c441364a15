import {
  aksArguments,
  BlockSchema,
  NestedBlockSchema,
  providerSchema,
  ProviderSchema,
  TerraformType,
} from "./provider-schemas";

/** Something that a provider would refuse. */
export interface SchemaFailure {
  readonly address: string;
  /** The provider and its version, as in `azurerm 4.81.0`; nothing if no schema is known. */
  readonly schema?: string;
  /** The path of the argument, empty for the resource itself. */
  readonly path: string;
  /** The accepted value in words, as in `a block`. */
  readonly expected: string;
  /** True if `expected` lists all values that are accepted, so that a value is no secret. */
  readonly isClosed?: boolean;
  readonly value: unknown;
}

interface SchemaReport {
  /** Every address that was checked. */
  readonly addresses: readonly string[];
  readonly failures: readonly SchemaFailure[];
}

/** The meta-arguments that Terraform adds to every block of its kind. */
const META_ARGUMENTS = {
  resource: ["//", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner", "connection"],
  data: ["//", "count", "depends_on", "for_each", "lifecycle", "provider"],
  provider: ["//", "alias"],
};

/**
 * Checks resources, data sources and providers of a stack against the provider versions that the stack admits.
 *
 * @param isWanted which addresses to check, all by default
 */
export function checkSchemas(
  stack: Json,
  language: "json" | "hcl",
  isWanted: (address: string) => boolean = () => true,
): SchemaReport {
  const required = new Map(listOf(stack.terraform).flatMap((terraform) => named(terraform.required_providers)));
  const addresses: string[] = [];
  const failures: SchemaFailure[] = [];

  const schemas = new Map<string, ProviderSchema | undefined>();
  const schemaOf = (type: string): ProviderSchema | undefined => {
    const provider = type.split("_")[0];
    if (!schemas.has(provider))
      schemas.set(provider, providerSchema(provider, required.get(provider)?.version ?? "no version"));
    return schemas.get(provider);
  };

  const checkBlocks = (kind: keyof typeof META_ARGUMENTS, type: string, address: string, value: unknown): void => {
    if (!isWanted(address)) return;
    addresses.push(address);
    const schema = schemaOf(type);
    const block =
      schema &&
      {
        resource: schema.resource_schemas[type],
        data: schema.data_source_schemas[type],
        provider: schema.provider_schema,
      }[kind];
    if (!block) {
      const expected = "a version that has a schema in required_providers";
      failures.push({ address, path: "", expected, value: required.get(type.split("_")[0])?.version });
      return;
    }
    const values = kind === "resource" ? aksArguments().resources[type] : undefined;
    const check = new BlockCheck(language, (path) => values?.[path]?.[schema.version]?.values);
    check.block(block, withoutMetaArguments(value, META_ARGUMENTS[kind]), "");
    const judge = `${schema.provider} ${schema.version}`;
    failures.push(...check.failures.map((failure) => ({ address, schema: judge, ...failure })));
  };

  for (const [type, resources] of named(stack.resource))
    for (const [id, value] of named(resources)) checkBlocks("resource", type, `${type}.${id}`, only(value));
  for (const [type, sources] of named(stack.data))
    for (const [id, value] of named(sources)) checkBlocks("data", type, `data.${type}.${id}`, only(value));
  for (const [name, providers] of named(stack.provider))
    for (const value of listOf(providers)) checkBlocks("provider", name, `provider.${name}`, value);
  return { addresses, failures };
}

/** One block with all that is in it. */
class BlockCheck {
  readonly failures: Omit<SchemaFailure, "address">[] = [];

  constructor(
    private readonly language: "json" | "hcl",
    private readonly valuesOf: (path: string) => readonly string[] | undefined,
  ) {}

  block(schema: BlockSchema, value: unknown, path: string): void {
    if (!isObject(value)) return this.fail(path, "a block", value);
    const { attributes = {}, block_types = {} } = schema;
    for (const [name, inside] of Object.entries(value)) {
      const at = path ? `${path}.${name}` : name;
      if (name === "dynamic") continue;
      if (attributes[name]) this.attribute(attributes[name], inside, at);
      else if (block_types[name]) this.nested(block_types[name], inside, at);
      else this.fail(at, "no such argument", inside);
    }
    for (const [name, { required }] of Object.entries(attributes)) {
      if (required && isAbsent(value[name]))
        this.fail(path ? `${path}.${name}` : name, "a value, it is required", value[name]);
    }
    for (const [name, { min_items = 0 }] of Object.entries(block_types)) {
      if (min_items > 0 && isAbsent(value[name]) && isAbsent(only(value.dynamic)?.[name]))
        this.fail(path ? `${path}.${name}` : name, `at least ${min_items} block`, value[name]);
    }
  }

  private nested(schema: NestedBlockSchema, value: unknown, path: string): void {
    if (isAbsent(value)) return;
    if (this.language === "hcl" && !Array.isArray(value))
      return this.fail(path, "a block instead of an argument", value);
    const blocks = Array.isArray(value) ? value : [value];
    const most = schema.nesting_mode === "single" ? 1 : (schema.max_items ?? Infinity);
    if (blocks.length > most) this.fail(path, `at most ${most} block`, value);
    if (blocks.length < (schema.min_items ?? 0)) this.fail(path, `at least ${schema.min_items} block`, value);
    for (const block of blocks) this.block(schema.block, block, path);
  }

  private attribute(
    schema: { type: TerraformType; computed?: boolean; optional?: boolean; required?: boolean },
    value: unknown,
    path: string,
  ): void {
    if (isAbsent(value)) return;
    if (schema.computed && !schema.optional && !schema.required)
      return this.fail(path, "nothing, the provider computes it", value);
    if (!hasType(value, schema.type)) return this.fail(path, `a value of type ${JSON.stringify(schema.type)}`, value);
    const values = this.valuesOf(path);
    for (const item of [value].flat()) {
      if (values && !hasExpression(item) && !values.includes(String(item)))
        this.fail(path, `one of ${values.join(", ")}`, item, true);
    }
  }

  private fail(path: string, expected: string, value: unknown, isClosed = false): void {
    this.failures.push({ path, expected, value, isClosed });
  }
}

/** Terraform's conversions: a string that reads as a number or bool is one, and the reverse; an expression may be all. */
function hasType(value: unknown, type: TerraformType): boolean {
  if ((typeof value === "string" && hasExpression(value)) || type === "dynamic") return true;
  if (type === "string") return ["string", "number", "boolean"].includes(typeof value);
  if (type === "number")
    return typeof value === "number" || (typeof value === "string" && value.trim() !== "" && !isNaN(Number(value)));
  if (type === "bool") return typeof value === "boolean" || value === "true" || value === "false";
  const [kind, inside] = type as readonly [string, TerraformType & { readonly [name: string]: TerraformType }];
  if (kind === "list" || kind === "set") return Array.isArray(value) && value.every((item) => hasType(item, inside));
  if (kind === "map") return isObject(value) && Object.values(value).every((item) => hasType(item, inside));
  return (
    isObject(value) &&
    Object.keys(inside).every((name) => name in value) &&
    Object.keys(value).every((name) => inside[name]) &&
    Object.entries(value).every(([name, item]) => item === null || hasType(item, inside[name]))
  );
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function withoutMetaArguments(value: unknown, metaArguments: readonly string[]): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !metaArguments.includes(name)));
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

function isObject(value: unknown): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: Json): Json[] {
  return value === undefined || value === null ? [] : [value].flat();
}

/** Names and what stands below them, where JSON may have a list of objects instead of one. */
function named(value: Json): [string, Json][] {
  return listOf(value).flatMap((part) => (isObject(part) ? Object.entries<Json>(part) : []));
}

function only(value: Json): Json {
  return Array.isArray(value) ? value[0] : value;
}

/** Returns whether a value has something in it that only Terraform can evaluate. */
function hasExpression(value: unknown): boolean {
  return /(?<!\$)\$\{|(?<!%)%\{/.test(JSON.stringify(value) ?? "");
}
