// Loaded by the few files that match one.
expect.extend({
  toMatchFile(...args: [string, string]) {
    return jest.requireActual<typeof import("jest-file-snapshot")>("jest-file-snapshot").toMatchFile.apply(this, args);
  },
});

// The tests run apps as the CLI of cdktf does, which prints the warnings of the manifest itself.
process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS = "true";

// Every token of cdktf takes a stack trace, which no test reads and which Jest maps to sources frame by frame.
jest.mock("cdktf/lib/tokens/private/stack-trace", () => ({
  captureStackTrace: () => [],
  captureCreationStack: () => [], // of CDK Terrain
}));

// cdktf loads it for archives of assets, which nobody has, and it loads two hundred files.
jest.mock("archiver", () => undefined);
