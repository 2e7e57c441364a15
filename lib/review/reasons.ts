import type { Cause, PlannedResource } from "./plan";
import type { ReviewedArgument } from "./review";
import { NOT_SHOWN, SENSITIVE } from "./shown-values";
import { code, textsOf } from "./text";
import { ChangedArgument, contribution, Verdict } from "./verdict";
import { actorOf, kindOf, meaningOf } from "./words";

/** Why a resource gets its verdict, in words, with the arguments as everybody may see them. */
export function reasonOf(resource: PlannedResource, shown: readonly ReviewedArgument[]): string {
  const { verdict, cause } = resource;
  const declaration = (resource.after ?? resource.before)!;
  const causes = shown.filter((_, i) => contribution(resource.arguments[i]) === verdict);
  if (cause && causes.length === 0) return reasonOfCause(cause, verdict, resource);
  if (verdict === "destroy" || verdict === "create") {
    if (causes.length === 0) return meaningOf(verdict, declaration);
    const what = verdict === "destroy" ? "destroys those that are gone" : "creates those that are new";
    return `${causesIn(causes)}: ${actorOf(declaration.type)} ${what}, and leaves the other ${kindOf(declaration).plural}`;
  }
  if (verdict === "none")
    return causes.length === 0 ? "" : "what is ignored, or kept when it is removed, changes nothing";
  const meaning = verdict === "unknown" ? atWorst(resource, resource.arguments) : meaningOf(verdict, declaration);
  return causes.length === 0 || verdict === "update" ? meaning : `${causesIn(causes)}: ${meaning}`;
}

/** The change that tells most, one of which both values are known, and how many more there are. */
function causesIn(causes: readonly ReviewedArgument[]): string {
  const isTold = ({ before, after }: ReviewedArgument) => JSON.stringify(before) !== JSON.stringify(after);
  const first = causes.find(isTold) ?? causes[0];
  const more = causes.filter((cause) => cause !== first);
  const change = `${code(first.path)} ${transition(first)}`;
  return more.length === 0 ? change : `${change} and ${more.length} more`;
}

/** The two values of an argument, or how they differ where they are not to be seen. */
export function transition({ before, after, effect }: Omit<ReviewedArgument, "path">): string {
  if (before === SENSITIVE || after === SENSITIVE || before === NOT_SHOWN || after === NOT_SHOWN) {
    return before === null ? "is added" : after === null ? "is taken away" : "changes";
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return "is another one after apply";
  const [old, next] = textsOf(before, after);
  const isOpen = effect === "unknown" && /\$\{/.test(JSON.stringify([before, after]));
  return `${old} → ${next}${isOpen ? " (known only at apply)" : ""}`;
}

function atWorst(resource: PlannedResource, changed: readonly ChangedArgument[]): string {
  const declaration = (resource.after ?? resource.before)!;
  const most = (["replace", "rotate", "update"] as const).find((change) =>
    changed.some((argument) => argument.atWorst === change),
  );
  if (!most) return meaningOf("unknown", declaration);
  return `if it differs, ${meaningOf(most, declaration)}`;
}

function reasonOfCause(cause: Cause, verdict: Verdict, resource: PlannedResource): string {
  const declaration = (resource.after ?? resource.before)!;
  const meaning = meaningOf(verdict, declaration);
  switch (cause.kind) {
    case "resource group":
      return `${code(cause.address)} goes away, and everything in it with it: ${meaning}`;
    case "trigger":
      return cause.isCertain
        ? `${code(cause.address)} changes, which it is replaced for: ${meaning}`
        : `if ${code(cause.address)} changes, ${meaningOf("replace", declaration)}`;
    case "stack is gone":
      return `its stack is gone from the output: once what it made is destroyed, ${meaning}`;
    case "other type":
      return "its `moved` block makes another type of it, which few providers can do";
    case "moved in parts":
      return "`moved` blocks take single instances to another address or from one; what happens to each is not known to this review";
    case "forgotten":
      return `Terraform forgets the ${kindOf(declaration).noun}, which stays`;
    case "imported":
      return `${actorOf(declaration.type)} imports the ${kindOf(declaration).noun}: what differs from it is known only at apply`;
  }
}
