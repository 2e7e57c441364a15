import { BlockSchema, providerSchema } from "../../lib/provider-schemas";

type Json = { readonly [name: string]: unknown };

/** A pod as the API server gets it, in Kubernetes' own spelling. */
export interface PodSpec {
  readonly containers: readonly Json[];
  readonly initContainers?: readonly Json[];
  readonly ephemeralContainers?: readonly Json[];
  readonly volumes?: readonly Json[];
  readonly securityContext?: Json;
  readonly [field: string]: unknown;
}

/** The pods that a parsed stack makes, by the address of what makes them. */
export function podTemplatesIn(stack: Json): ReadonlyMap<string, PodSpec> {
  const pods = new Map<string, PodSpec>();
  for (const [type, resources] of Object.entries((stack.resource ?? {}) as { [type: string]: Json }))
    for (const [id, resource] of Object.entries(resources)) {
      const pod = type === "kubernetes_manifest" ? podOfManifest(resource as Json) : podOfTyped(type, resource as Json);
      if (pod) pods.set(`${type}.${id}`, pod);
    }
  return pods;
}

function podOfManifest({ manifest }: Json): PodSpec | undefined {
  const spec = (manifest as Json).spec as Json | undefined;
  return podAt(spec, "containers") as PodSpec | undefined;
}

function podOfTyped(type: string, { spec }: Json): PodSpec | undefined {
  const pod = podAt(spec, "container");
  if (!pod) return undefined;
  const block = podBlockOf(providerSchema("kubernetes", "~> 2.38")!.resource_schemas[type]);
  return asProviderWrites(pod, block) as PodSpec;
}

function podAt(value: unknown, containers: string): Json | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (containers in value) return value as Json;
  for (const inside of Object.values(value)) {
    const pod = podAt(inside, containers);
    if (pod) return pod;
  }
  return undefined;
}

function podBlockOf(block: BlockSchema): BlockSchema {
  if (block.block_types?.container) return block;
  const names = ["spec", "job_template", "template"];
  const name = names.find((candidate) => block.block_types?.[candidate])!;
  return podBlockOf(block.block_types![name].block);
}

/** Blocks whose booleans the provider writes even where nothing is said. Source: its kubernetes/structures_container.go and structures_pod.go. */
const WRITES_BOOLEANS = ["security_context"];

/** Defaults of the provider's own; all other booleans are false. Source: its kubernetes/schema_container.go. */
const TRUE_BY_DEFAULT = ["allow_privilege_escalation"];

/** Names that are not the plural or the camel case of the provider's. */
const NAMES: { readonly [name: string]: string } = {
  container: "containers",
  init_container: "initContainers",
  volume: "volumes",
  toleration: "tolerations",
  sysctl: "sysctls",
  port: "ports",
  host_ipc: "hostIPC",
  host_pid: "hostPID",
  run_as_non_root: "runAsNonRoot",
};

const LISTS = ["container", "init_container", "volume", "toleration", "sysctl", "port", "env"];

function asProviderWrites(value: Json, block: BlockSchema, name = ""): Json {
  const written: { [name: string]: unknown } = {};
  if (WRITES_BOOLEANS.includes(name))
    for (const [attribute, { type }] of Object.entries(block.attributes ?? {}))
      if (type === "bool") written[spelled(attribute)] = TRUE_BY_DEFAULT.includes(attribute);
  for (const [argument, inside] of Object.entries(value)) {
    const nested = block.block_types?.[argument]?.block;
    written[spelled(argument)] = nested ? blocks(argument, inside, nested) : inside;
  }
  return written;
}

function blocks(argument: string, value: unknown, block: BlockSchema): unknown {
  const all = ([value].flat() as Json[]).map((one) => asProviderWrites(one, block, argument));
  return LISTS.includes(argument) ? all : all[0];
}

function spelled(name: string): string {
  return NAMES[name] ?? name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
