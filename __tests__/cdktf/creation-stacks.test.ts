import { withoutCreationStacks } from "../../lib/cdktf/creation-stacks";

function stackHere(): string | undefined {
  return new Error("here").stack;
}

test("no stack is taken inside, and all are outside", () => {
  expect(withoutCreationStacks(stackHere)).toBe("");
  expect(stackHere()).toContain("stackHere");
});

test("an error keeps its stack", () => {
  const fail = () => {
    throw new Error("wrong");
  };
  let caught: unknown;
  try {
    withoutCreationStacks(fail);
  } catch (error) {
    caught = error;
  }
  expect((caught as Error).message).toBe("wrong");
  expect((caught as Error).stack).toContain("creation-stacks.test.ts");
  expect(stackHere()).toContain("stackHere");
});
