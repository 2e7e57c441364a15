/** The way that Terraform reads the value of an argument. */
export type Reading =
  /** Strings are templates. */
  | "template"
  /** Strings are text, whatever is in them. */
  | "text"
  /** Strings are references, types or keywords, which have no quotes in HCL. */
  | "reference"
  /** Text, but for the names of configurations. */
  | "requirement";

/** A block as Terraform itself knows it. */
export interface BlockShape {
  /** Number of labels before the brace. */
  readonly labels?: number;
  /** The way its arguments are read. */
  readonly reading?: Reading;
  /** Arguments that are read in another way. */
  readonly readings?: { readonly [argument: string]: Reading };
  readonly blocks?: { readonly [name: string]: BlockShape };
  /** Source of its other blocks, by its first label: a schema of a provider, or the table of backends. */
  readonly schema?: "resource" | "data" | "provider" | "backend";
  /** Arguments that are written before all others, and arguments and blocks that are written after all others. */
  readonly first?: readonly string[];
  readonly last?: readonly string[];
}

const CONDITION: BlockShape = {};

const CONNECTION: BlockShape = {};

const PROVISIONER: BlockShape = {
  labels: 1,
  readings: { when: "reference", on_failure: "reference" },
  blocks: { connection: CONNECTION },
};

/** What invokes an action, since Terraform 1.14. */
const ACTION_TRIGGER: BlockShape = { readings: { events: "reference", actions: "reference" } };

const LIFECYCLE: BlockShape = {
  reading: "text",
  readings: { ignore_changes: "reference", replace_triggered_by: "reference" },
  blocks: { precondition: CONDITION, postcondition: CONDITION, action_trigger: ACTION_TRIGGER },
};

const REFERENCES = { provider: "reference", depends_on: "reference" } as const;

const ORDER = { first: ["count", "for_each", "provider"], last: ["lifecycle", "depends_on"] } as const;

const RESOURCE: BlockShape = {
  ...ORDER,
  labels: 2,
  readings: REFERENCES,
  blocks: { lifecycle: LIFECYCLE, connection: CONNECTION, provisioner: PROVISIONER },
  schema: "resource",
};

const DATA: BlockShape = {
  ...ORDER,
  labels: 2,
  readings: REFERENCES,
  blocks: { lifecycle: LIFECYCLE },
  schema: "data",
};

/** Blocks in the blocks of Terraform's own backends; Terraform 1.11 says so. */
export const BACKEND_BLOCKS = {
  cos: { assume_role: {} },
  kubernetes: { exec: {} },
  oss: { assume_role: {} },
  remote: { workspaces: {} },
};

/** A `dynamic` block, which may stand for any block of a provider; what is in its `content` is the provider's. */
export const DYNAMIC: BlockShape = { labels: 1, readings: { iterator: "reference" } };

/**
 * The top-level blocks, in the order that they are written in.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#block-type-specific-exceptions
 */
export const TOP_LEVEL: { readonly [name: string]: BlockShape } = {
  terraform: {
    reading: "text",
    readings: { experiments: "reference" },
    blocks: {
      required_providers: { reading: "requirement" },
      backend: { labels: 1, reading: "text", schema: "backend" },
      cloud: { reading: "text", blocks: { workspaces: { reading: "text" } } },
      provider_meta: { labels: 1 },
    },
  },
  provider: { labels: 1, readings: { alias: "text", version: "text" }, schema: "provider", first: ["alias"] },
  variable: { labels: 1, reading: "text", readings: { type: "reference" }, blocks: { validation: CONDITION } },
  locals: {},
  data: DATA,
  ephemeral: { ...DATA, schema: undefined },
  resource: RESOURCE,
  action: { ...ORDER, labels: 2, readings: REFERENCES, blocks: { config: {} } },
  module: {
    labels: 1,
    readings: { source: "text", version: "text", providers: "reference", depends_on: "reference" },
    first: ["source", "version", "count", "for_each", "providers"],
    last: ["depends_on"],
  },
  check: { labels: 1, blocks: { data: DATA, assert: CONDITION } },
  moved: { reading: "reference" },
  import: { readings: { to: "reference", provider: "reference" } },
  removed: {
    readings: { from: "reference" },
    blocks: { lifecycle: LIFECYCLE, connection: CONNECTION, provisioner: PROVISIONER },
  },
  output: {
    labels: 1,
    reading: "text",
    readings: { value: "template", depends_on: "reference" },
    blocks: { precondition: CONDITION },
    last: ["depends_on"],
  },
};
