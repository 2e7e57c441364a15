import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import * as fc from "fast-check";
import { ClusterStack } from "../../lib";

/** The logical id of a construct below a stack of that class, by the ids from the stack downwards. */
function logicalId(Stack: typeof ClusterStack | typeof TerraformStack, ids: readonly string[]): string {
  const stack = new Stack(new App(), "stack");
  const { node } = ids.reduce<Construct>((scope, id) => new Construct(scope, id), stack);
  try {
    return stack.getLogicalId(node);
  } catch (error) {
    return (error as Error).message;
  }
}

const WORDS = ["Default", "Resource", "aks", "s", "my-aks", "kata_1", "a.b", "é", "x y", "?", "n".repeat(130)];
const ANY = fc.string({ minLength: 1 }).filter((id) => !(id in {})); // which constructs takes for taken
const IDS = fc.array(fc.oneof(fc.constantFrom(...WORDS), ANY), { minLength: 1, maxLength: 5 });

test("logical ids are those of cdktf", () => {
  fc.assert(
    fc.property(IDS, (ids) => {
      expect(logicalId(ClusterStack, ids)).toBe(logicalId(TerraformStack, ids));
    }),
    { numRuns: 500 },
  );
});

test("a stack in a stack has ids of its own", () => {
  const [outer, inner] = [ClusterStack, TerraformStack].map((Stack) => {
    const stack = new Stack(new App(), "stack");
    const nested = new TerraformStack(stack, "nested");
    const { node } = new Construct(new Construct(nested, "a"), "b");
    return [stack.getLogicalId(node), nested.getLogicalId(node)];
  });
  expect(outer).toEqual(inner);
});
