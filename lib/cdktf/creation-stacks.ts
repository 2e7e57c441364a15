/**
 * Creates a resource without stack traces: cdktf 0.21 takes one for every block that a resource of the bindings may
 * have, which is half of the time that a large app takes, and all of them begin in this library.
 *
 * Traces of errors are formatted when they are read, and stay whole.
 */
export function withoutCreationStacks<Resource>(create: () => Resource): Resource {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = () => "";
  try {
    return create();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
