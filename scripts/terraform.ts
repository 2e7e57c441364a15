import { spawnSync } from "node:child_process";

/** Runs Terraform, or what TERRAFORM_BINARY_NAME says as for the CLI of cdktf, and returns what it prints. */
export function terraform(
  folder: string,
  ...args: readonly string[]
): { readonly ok: boolean; readonly output: string } {
  const command = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
  const { error, status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
    maxBuffer: 1 << 30,
  });
  if (error) {
    throw new Error(
      `"${command}" cannot be run (${error.message}): install Terraform 1.5 or later, or name it in TERRAFORM_BINARY_NAME`,
    );
  }
  return { ok: status === 0, output: stdout + (status === 0 ? "" : stderr) };
}

/** Fetches the providers of a configuration. */
export function init(folder: string): void {
  const { ok, output } = terraform(folder, "init", "-backend=false", "-input=false", "-no-color");
  if (ok) return;
  throw new Error(
    `terraform init failed (${firstError(output)}): the providers come from the Terraform registry or from ` +
      "the plugin mirror that the file in TF_CLI_CONFIG_FILE names",
  );
}

/** The first error of Terraform's output, in one line. */
export function firstError(output: string): string {
  const lines = output.split("\n").map((line) => line.replace(/^[│╷╵\s]+/, ""));
  const start = lines.findIndex((line) => line.startsWith("Error:"));
  return lines
    .slice(Math.max(start, 0))
    .filter((line) => line)
    .slice(0, 4)
    .join(" ");
}
