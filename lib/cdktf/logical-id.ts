import { TerraformElement, TerraformStack } from "cdktf";
import { IConstruct, Node } from "constructs";
import * as crypto from "node:crypto";

/** Ids that cdktf takes as they are. */
const PLAIN = /^[\w-]+$/;
const LONGEST = 240;

/**
 * Returns the logical id that cdktf 0.21 makes of the ids of an element and of what it is in. cdktf lists these twice and
 * opens a stream for each hash, which Node does at once from 20.12 on; what is special about ids is left to it.
 */
export function logicalId(stack: TerraformStack, element: TerraformElement | Node, allocate: () => string): string {
  const ids = idsBelow(stack, TerraformElement.isTerraformElement(element) ? element.node : element);
  if (ids === undefined || ids.length < 2 || typeof crypto.hash !== "function") return allocate();
  const name = namesOf(ids).join("_");
  if (name.length > LONGEST || !ids.every((id) => PLAIN.test(id))) return allocate();
  return `${name}_${crypto.hash("md5", ids.join("/")).slice(0, 8).toUpperCase()}`;
}

/** The ids from a stack downwards, without those that cdktf leaves out; nothing below another stack. */
function idsBelow(stack: TerraformStack, node: Node): string[] | undefined {
  const ids: string[] = [];
  let scope: IConstruct | undefined;
  for (let at = node; (scope = at.scope) !== undefined; at = scope.node) {
    if (at.id !== "Default") ids.unshift(at.id);
    if (scope === stack) return ids;
    if (TerraformStack.isStack(scope)) return undefined;
  }
  return undefined;
}

/** The ids, without one that the one before it ends with. */
function namesOf(ids: readonly string[]): string[] {
  const names: string[] = [];
  for (const id of ids) if (!names.at(-1)?.endsWith(id)) names.push(id);
  return names.filter((id) => id !== "Resource");
}
