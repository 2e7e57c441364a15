// Loaded by the few files that match one.
expect.extend({
  toMatchFile(...args: [string, string]) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { toMatchFile } = require("jest-file-snapshot") as typeof import("jest-file-snapshot");
    return toMatchFile.apply(this, args);
  },
});

// The tests run apps as the CLI of cdktf does, which prints the warnings of the manifest itself.
process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS = "true";

// Every token of cdktf takes a stack trace, which no test reads.
// eslint-disable-next-line @typescript-eslint/no-require-imports
Object.assign(require("cdktf/lib/tokens/private/stack-trace"), {
  captureStackTrace: () => [],
  captureCreationStack: () => [], // of CDK Terrain
});

export {};
