import { AnnotationMetadataEntryType } from "cdktf";
import { IConstruct } from "constructs";

/**
 * Warns of what only Azure can decide.
 *
 * `Annotations.addWarning` would write a stack trace, and with it the paths of a machine, into the manifest.
 */
export function warn(construct: IConstruct, message: string): void {
  construct.node.addMetadata(AnnotationMetadataEntryType.WARN, message);
}
