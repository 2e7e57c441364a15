import { toMatchFile } from "jest-file-snapshot";

expect.extend({ toMatchFile });

// The tests run apps as the CLI of cdktf does, which prints the warnings of the manifest itself.
process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS = "true";
