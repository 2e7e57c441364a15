import { IStackSynthesizer, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { withQuickResolution } from "./quick-resolution";
import { QuickSynthesizer } from "./quick-synthesizer";
import { stackJson } from "./stack-json";

/** CDK Terrain, which may stand in for cdktf 0.21, still changes, and learns more from what it prepares. */
const IS_CDKTF = Reflect.get(TerraformStack, Symbol.for("jsii.rtti"))?.fqn === "cdktf.TerraformStack";

/** Stacks that are alone in their app. */
const alone = new WeakSet<TerraformStack>();

/** Returns what synthesises a stack. */
export function synthesizerFor(stack: TerraformStack): IStackSynthesizer {
  return IS_CDKTF ? new QuickSynthesizer(stack) : stack.synthesizer;
}

/**
 * Prepares a stack for references to other stacks. cdktf 0.21 resolves all that a stack writes to find them, and once
 * more to write it, which takes as long; a stack that is alone has none.
 */
export function prepareQuickly(stack: TerraformStack, prepare: () => void): void {
  alone.delete(stack);
  if (!IS_CDKTF || !isAlone(stack)) return withQuickResolution(prepare);
  alone.add(stack);
  stack.ensureBackendExists();
}

/** Writes a stack. One that is alone may refer to a stack of another app, of which cdktf then makes a data source. */
export function writeQuickly<Written>(stack: TerraformStack, write: () => Written): Written {
  if (!IS_CDKTF) return withQuickResolution(write);
  const isPrepared = !alone.has(stack);
  return withQuickResolution(() => stackJson(stack, isPrepared) as Written, !isPrepared);
}

/** Stacks inside the stack are company to themselves: what the stack refers to of theirs is found when it is written. */
function isAlone(stack: TerraformStack): boolean {
  const holdsOthers = (construct: IConstruct): boolean =>
    construct !== stack && (TerraformStack.isStack(construct) || construct.node.children.some(holdsOthers));
  return stack.dependencies.length === 0 && !holdsOthers(stack.node.root);
}
