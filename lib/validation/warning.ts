import { AnnotationMetadataEntryType } from "cdktf";
import { IConstruct } from "constructs";
import { pathOf } from "./validation-error";

/** Warnings of each app that nobody has printed yet. */
const unsaid = new WeakMap<IConstruct, Set<string>>();

/**
 * Adds a warning to the manifest, from which the CLI of cdktf prints it. Without the CLI, `app.synth()` prints it on
 * stderr.
 *
 * `Annotations.addWarning` would write a stack trace, and with it the paths of a machine, into the manifest.
 */
export function addWarning(construct: IConstruct, message: string): void {
  construct.node.addMetadata(AnnotationMetadataEntryType.WARN, message);
  const app = construct.node.root;
  let warnings = unsaid.get(app);
  if (!warnings) {
    warnings = new Set();
    unsaid.set(app, warnings);
    app.node.addValidation({ validate: () => print(unsaid.get(app)!) });
  }
  warnings.add(`warning: ${message} [${pathOf(construct)}]`);
}

/** Only `App.synth` validates the whole app, so `Testing.synth` prints nothing. */
function print(warnings: Set<string>): string[] {
  const cliPrints = process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS !== undefined;
  if (!cliPrints) for (const warning of warnings) console.warn(warning);
  warnings.clear();
  return [];
}
