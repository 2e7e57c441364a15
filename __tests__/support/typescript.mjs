// Lets Node load TypeScript, by require and by import.
import { env } from "node:process";
import { register } from "tsx/esm/api";
import { register as registerRequire } from "tsx/cjs/api";

registerRequire();
register();

// cdktf leaves a folder for each stack of a test. tsx has its cache where it was.
env.TMPDIR = env.FOLDER_OF_TESTS;
