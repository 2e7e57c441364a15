/**
 * Creates what cdktf takes a stack trace for, without the trace: for every block that a resource of the bindings may
 * have, and for every reference. Nobody reads them, all begin in this library, and they are half of the time that a
 * large app takes. Traces of errors, which are taken otherwise, stay whole.
 */
export function withoutStackTraces<Created>(create: () => Created): Created {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => {};
  try {
    return create();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}
