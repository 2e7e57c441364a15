#!/usr/bin/env node
import { printed } from "./printed";
import { reviewCommand } from "./review-command";

const HELP = `Commands:

  npx cdktf-aks-pod-sandboxing review    Says what a change would do to the cluster; review --help says how to ask
`;

run(process.argv.slice(2)).then(
  (code) => end(code),
  (error: Error) => process.stderr.write(`${error.message}\n`, () => end(1)),
);

async function run([command, ...args]: readonly string[]): Promise<number> {
  if (command === "review") return reviewCommand(args);
  if (command === "--help" || command === "-h") {
    await printed(HELP);
    return 0;
  }
  const what = command === undefined ? "no command is given" : `command "${command}" is not known`;
  throw new Error(`${what}: use review, as in npx cdktf-aks-pod-sandboxing review before after`);
}

/** The parser of HCL would keep the process alive. */
function end(code: number): never {
  process.exit(code);
}
