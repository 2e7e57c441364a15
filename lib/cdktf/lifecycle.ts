import { TerraformResourceLifecycle } from "cdktf";
import { dependable } from "cdktf/lib/tfExpression";

/**
 * Returns a lifecycle whose triggers are all references: cdktf 0.21 writes a resource as an expression in JSON, which
 * Terraform refuses.
 */
export function withTriggers(
  lifecycle: TerraformResourceLifecycle | undefined,
  ...more: readonly string[]
): TerraformResourceLifecycle | undefined {
  const triggers = [...(lifecycle?.replaceTriggeredBy ?? []), ...more];
  if (triggers.length === 0) return lifecycle;
  return {
    ...lifecycle,
    replaceTriggeredBy: triggers.map((trigger) => (typeof trigger === "string" ? trigger : dependable(trigger))),
  };
}
