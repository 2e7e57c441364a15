import { readFileSync } from "node:fs";
import { join } from "node:path";
import major from "semver/functions/major";
import satisfies from "semver/functions/satisfies";
import minVersion from "semver/ranges/min-version";
import validRange from "semver/ranges/valid";

/** Terraform's notation of a type: `"string"`, `["list", "string"]`, `["object", { … }]`. */
export type TerraformType = string | readonly [string, TerraformType | { readonly [attribute: string]: TerraformType }];

export interface AttributeSchema {
  readonly type: TerraformType;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
}

export interface NestedBlockSchema {
  readonly block: BlockSchema;
  readonly nesting_mode: "single" | "list" | "set" | "map";
  readonly min_items?: number;
  readonly max_items?: number;
}

export interface BlockSchema {
  readonly attributes?: { readonly [name: string]: AttributeSchema };
  readonly block_types?: { readonly [name: string]: NestedBlockSchema };
}

/** The schema of one version of a provider, in the words of `terraform providers schema -json`. */
export interface ProviderSchema {
  readonly provider: string;
  readonly version: string;
  readonly provider_schema: BlockSchema;
  readonly resource_schemas: { readonly [type: string]: BlockSchema };
  readonly data_source_schemas: { readonly [type: string]: BlockSchema };
}

/** Effect of a changed argument: the resource is replaced, the pool rotated through another one, or updated in place. */
export type Change = "replace" | "rotate" | "update";

export interface ArgumentFacts {
  readonly presence: "required" | "optional" | "optional+computed";
  readonly change: Change;
  readonly block?: boolean;
  readonly default?: string;
  readonly deprecated?: boolean;
  /** All values that the provider accepts. */
  readonly values?: readonly string[];
  /** The least number that the provider accepts, and the greatest, if there is one. */
  readonly range?: readonly [number, number?];
}

/** Facts beyond the schema of azurerm's AKS resources, by resource, path of the argument, and provider version. */
export interface AksArguments {
  readonly resources: {
    readonly [type: string]: { readonly [path: string]: { readonly [version: string]: ArgumentFacts } };
  };
}

/** Effects of changed arguments, by resource and path of the argument; one that is not listed is changed in place. */
export interface ChangeFacts {
  readonly [type: string]: {
    readonly [path: string]: {
      readonly change?: Change;
      /** Effect of any change inside of the block. */
      readonly changeInside?: Change;
      readonly default?: string;
      readonly presence?: ArgumentFacts["presence"];
      /** A secret that the schema does not mark. */
      readonly isSecret?: boolean;
      /** Values of which `1Gi` and `1024Mi` are the same. */
      readonly canonical?: "quantity";
    };
  };
}

const FOLDER = join(__dirname, "../schemas");

/** The versions whose schemas are in `schemas/`; `npm run schemas` makes them anew. */
const VERSIONS: { readonly [provider: string]: readonly string[] } = {
  azurerm: ["3.116.0", "4.81.0", "5.2.0"],
  kubernetes: ["2.38.0", "3.2.1"],
};

/** Source: developer.hashicorp.com/terraform/language/resources/terraform-data */
const BUILT_IN: ProviderSchema = {
  provider: "terraform.io/builtin/terraform",
  version: "built in",
  provider_schema: {},
  data_source_schemas: {},
  resource_schemas: {
    terraform_data: {
      attributes: {
        id: { type: "string", computed: true },
        input: { type: "dynamic", optional: true },
        output: { type: "dynamic", computed: true },
        triggers_replace: { type: "dynamic", optional: true },
      },
    },
  },
};

/**
 * The schema of the newest version that a constraint of `required_providers` admits, or else of one of the same major,
 * if one is known.
 */
export function providerSchema(provider: string, constraint: string): ProviderSchema | undefined {
  if (provider === "terraform") return BUILT_IN;
  const range = asSemverRange(constraint);
  const known = VERSIONS[provider]?.toReversed() ?? [];
  const version =
    known.find((version) => satisfies(version, range)) ??
    known.find((version) => validRange(range) && major(version) === minVersion(range)?.major);
  return version === undefined ? undefined : factsIn<ProviderSchema>(`${provider}-${version}.json`);
}

/** Values, defaults and effects of the arguments of azurerm's AKS resources. */
export function aksArguments(): AksArguments {
  return factsIn<AksArguments>("azurerm-aks.json");
}

/** Effects of changed arguments of other resources. */
export function changeFacts(): ChangeFacts {
  return factsIn<{ readonly resources: ChangeFacts }>("other-changes.json").resources;
}

/** Terraform joins with commas, and `~>` lets the last number that is written grow. */
export function asSemverRange(constraint: string): string {
  return constraint
    .split(",")
    .map((part) =>
      part
        .trim()
        .replace(/^!=.*$/, "") // one version of many
        .replace(/^~>\s*(\d+\.\d+)$/, "^$1")
        .replace(/^~>\s*/, "~"),
    )
    .join(" ");
}

const files = new Map<string, unknown>();

/** Returns the content of a file of facts in `schemas/`, which is read once. */
export function factsIn<Content>(file: string): Content {
  if (!files.has(file)) files.set(file, JSON.parse(readFileSync(join(FOLDER, file), "utf8")));
  return files.get(file) as Content;
}
