import { AnnotationMetadataEntryType, IStackSynthesizer, ISynthesisSession, TerraformStack } from "cdktf";
import { encounteredAnnotationWithLevelError } from "cdktf/lib/errors";
import { StackAnnotation } from "cdktf/lib/manifest";
import { ICustomSynthesis, invokeAspects } from "cdktf/lib/synthesize/synthesizer";
import { ValidateTerraformVersion } from "cdktf/lib/validations/validate-terraform-version";
import { ConstructOrder, IConstruct } from "constructs";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stableJson } from "./stable-json";

/**
 * Synthesises a stack as cdktf 0.21 does, which copies all annotations for each construct and takes long to write JSON.
 * It also makes folders for a stack that cannot be written.
 */
export class QuickSynthesizer implements IStackSynthesizer {
  private readonly continuesOnErrors = process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS !== undefined;
  private readonly writesHcl = ["true", "1"].includes(process.env.SYNTH_HCL_OUTPUT ?? "");

  constructor(private readonly stack: TerraformStack) {}

  synthesize(session: ISynthesisSession): void {
    const { stack } = this;
    invokeAspects(stack);
    if (stack.hasResourceMove()) stack.node.addValidation(new ValidateTerraformVersion(">=1.5", MOVES));
    if (!session.skipValidation) stack.runAllValidations();
    const { config, metadata } = this.written();

    const manifest = session.manifest.forStack(stack); // what is written may have brought dependencies
    mkdirSync(join(session.outdir, manifest.workingDirectory), { recursive: true });
    for (const construct of stack.node.findAll(ConstructOrder.POSTORDER) as Custom[])
      construct[CUSTOM_SYNTHESIS]?.onSynthesize(session);
    const annotations = stack.node.findAll().flatMap(annotationsOf);
    Object.assign(manifest, { annotations });
    const errors = annotations.filter(({ level }) => level === AnnotationMetadataEntryType.ERROR);
    if (errors.length > 0 && !this.continuesOnErrors)
      throw encounteredAnnotationWithLevelError(
        errors.map(({ constructPath, message }) => `[${constructPath}] ${message}`).join("\n"),
      );
    writeFileSync(join(session.outdir, manifest.synthesizedStackPath), config);
    if (metadata) writeFileSync(join(session.outdir, manifest.stackMetadataPath), metadata);
  }

  private written(): { readonly config: string | Buffer; readonly metadata?: Buffer } {
    if (!this.writesHcl) return { config: stableJson(this.stack.toTerraform()) };
    const { hcl, metadata } = this.stack.toHclTerraform();
    return { config: hcl, metadata: stableJson(metadata) };
  }
}

/** Source: cdktf 0.21, lib/synthesize/synthesizer.ts. */
const MOVES =
  "Resource move functionality is only supported for Terraform >=1.5. Please upgrade your Terraform version.";
const CUSTOM_SYNTHESIS = Symbol.for("cdktf/customSynthesis");
type Custom = IConstruct & { readonly [CUSTOM_SYNTHESIS]?: ICustomSynthesis };

const LEVELS: readonly string[] = Object.values(AnnotationMetadataEntryType);

function annotationsOf({ node }: IConstruct): StackAnnotation[] {
  return node.metadata
    .filter(({ type }) => LEVELS.includes(type))
    .map(({ type, data, trace }) => ({
      constructPath: node.path,
      level: type as AnnotationMetadataEntryType,
      message: data,
      stacktrace: trace,
    }));
}
