import { ITerraformDependable, TerraformCount, TerraformResource, TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import { givenMetaArguments } from "./given-meta-arguments";

type Content = { readonly [name: string]: unknown };

export interface PlainResourceProps {
  readonly provider: string;
  readonly type: string;
  /** The arguments and blocks in Terraform's own names; asked at synth. */
  readonly content: () => Content;
  readonly dependsOn?: ITerraformDependable[];
  readonly count?: TerraformCount;
  readonly lifecycle?: TerraformResourceLifecycle;
}

/**
 * A resource without the class of cdktf or its bindings, as that of `terraform_data` runs Terraform when it is
 * synthesised, and that of `kubernetes_job_v1` (5 MB) takes longer to load than all the rest of an app.
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

  override get terraformMetaArguments() {
    return givenMetaArguments(super.terraformMetaArguments);
  }

  protected override synthesizeAttributes(): Content {
    return this.props.content();
  }
}
