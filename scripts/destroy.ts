// Network policies that Kubernetes deletes with their namespace, after its pods, and Terraform alone before them.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { firstError, terraform } from "./terraform";

const CONFIGURATIONS = ["cdk.tf.json", "cdk.tf"];

interface ShownResource {
  readonly address: string;
  readonly type: string;
  readonly values: { readonly metadata?: readonly { readonly name?: string; readonly namespace?: string }[] };
}

interface ShownModule {
  readonly resources?: readonly ShownResource[];
  readonly child_modules?: readonly ShownModule[];
}

/** Returns the addresses of the network policies in a state whose namespace is in that state, too. */
export function policiesWithNamespace(folder: string): string[] {
  if (!CONFIGURATIONS.some((file) => existsSync(join(folder, file)) && hasPolicies(join(folder, file)))) return [];
  mustRun(folder, "init", "-input=false");
  const { values } = JSON.parse(mustRun(folder, "show", "-json"));
  const resources = resourcesOf(values?.root_module ?? {});
  const ofType = (type: string) => resources.filter((resource) => resource.type.replace(/_v1$/, "") === type);
  const namespaces = new Set(ofType("kubernetes_namespace").map(({ values }) => values.metadata?.[0]?.name));
  return ofType("kubernetes_network_policy")
    .filter(({ values }) => namespaces.has(values.metadata?.[0]?.namespace))
    .map(({ address }) => address);
}

/** Takes resources out of a state and leaves the objects. */
export function forget(folder: string, addresses: readonly string[]): void {
  mustRun(folder, "state", "rm", ...addresses);
}

/** Prints what a destruction would do, and asks whether it is wanted. */
export async function isWanted(stack: string, folder: string, variables: readonly string[]): Promise<boolean> {
  const colors = process.stdout.isTTY ? [] : ["-no-color"];
  process.stdout.write(mustRun(folder, "plan", "-destroy", "-input=false", ...colors, ...variables));
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const ended = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
    const answer = terminal.question(
      `\nDestroy all of stack ${stack}, pods before network policies? Only yes does it: `,
    );
    return (await Promise.race([answer, ended])).trim() === "yes";
  } finally {
    terminal.close();
  }
}

/** Spares other stacks a login to their state. */
function hasPolicies(file: string): boolean {
  return readFileSync(file, "utf8").includes("kubernetes_network_policy");
}

function resourcesOf({ resources = [], child_modules = [] }: ShownModule): readonly ShownResource[] {
  return [...resources, ...child_modules.flatMap(resourcesOf)];
}

function mustRun(folder: string, ...args: readonly string[]): string {
  const { ok, output } = terraform(folder, ...args);
  if (!ok) throw new Error(`terraform ${args[0]} failed in ${folder}: ${firstError(output)}`);
  return output;
}
