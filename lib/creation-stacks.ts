/**
 * Creates a resource of the bindings without the stack trace that cdktf takes for every block it may have.
 *
 * These traces are half of the time that a large app takes, and all begin in this library. Traces of errors are
 * formatted when they are read, and stay whole.
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
