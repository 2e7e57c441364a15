import { ITerraformDependable, TerraformCount, TerraformResource, TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import { withHclMetaArguments } from "./hcl";

type Content = { readonly [name: string]: unknown };

export interface PlainResourceProps {
  readonly provider: string;
  readonly type: string;
  /** The arguments and blocks in Terraform's own names; asked at synth. */
  readonly content: () => Content;
  /** Names of arguments that are maps, to tell them from blocks. */
  readonly maps: readonly string[];
  readonly dependsOn?: ITerraformDependable[];
  readonly count?: TerraformCount;
  readonly lifecycle?: TerraformResourceLifecycle;
}

/**
 * A resource without the bindings' class: where that runs Terraform when it is synthesised (`terraform_data`), or takes
 * longer to load than all the rest of an app (`kubernetes_job_v1`, 5 MB).
 */
export class PlainResource extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: PlainResourceProps,
  ) {
    super(scope, id, {
      terraformResourceType: props.type,
      terraformGeneratorMetadata: { providerName: props.provider },
      dependsOn: props.dependsOn,
      count: props.count,
      lifecycle: props.lifecycle,
    });
  }

  /** The reference as `replace_triggered_by` wants it. */
  get address(): string {
    return `${this.terraformResourceType}.${this.friendlyUniqueId}`;
  }

  protected override synthesizeAttributes(): Content {
    return this.props.content();
  }

  protected override synthesizeHclAttributes(): Content {
    return hclForm(this.props.content(), this.props.maps);
  }

  override toHclTerraform() {
    return withHclMetaArguments(super.toHclTerraform());
  }
}

/** What the HCL writer of cdktf wants to know of each argument and block. */
function hclForm(content: Content, maps: readonly string[]): Content {
  const attribute = (name: string, value: unknown): unknown => {
    if (maps.includes(name)) return { value, type: "map" };
    if (!Array.isArray(value)) {
      if (typeof value === "object") return { value: hclForm(value as Content, maps), isBlock: true, type: "list" };
      return { value, type: "simple", storageClassType: typeof value };
    }
    if (typeof value[0] === "string") return { value, type: "list", storageClassType: "stringList" };
    return { value: value.map((block) => hclForm(block, maps)), isBlock: true, type: "list" };
  };
  return Object.fromEntries(Object.entries(content).map(([name, value]) => [name, attribute(name, value)]));
}
