// Prints a Mermaid diagram of the cluster in a folder of synth output: npm run diagram [-- cdktf.out]
import { clusterDiagram } from "../lib/review";

clusterDiagram(process.argv[2] ?? "cdktf.out").then(
  (text) => process.stdout.write(text, () => process.exit(0)),
  (error: Error) => process.stderr.write(`${error.message}\n`, () => process.exit(1)),
);
