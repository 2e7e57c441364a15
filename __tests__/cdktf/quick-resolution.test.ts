import { App, Fn, TerraformOutput, TerraformStack, Token } from "cdktf";
import { resolve } from "cdktf/lib/_tokens";
// eslint-disable-next-line @typescript-eslint/no-require-imports -- as the file under test
import tokens = require("cdktf/lib/_tokens");
import { withQuickResolution } from "../../lib/cdktf/quick-resolution";

const TEXT = Token.asString("${var.x}");
const LIST = Token.asList("${var.xs}");

test.each<[string, unknown]>([
  ["plain values", { a: "b", c: [1, 2.5, -3, true, null], d: { e: {} }, f: [] }],
  ["what is not there", { a: undefined, b: [undefined, "x"], c: null }],
  ["expressions and escapes", { a: "${var.y}", b: "$${x}", c: "%{if}", d: "50%", e: "a$b", f: "#{x}" }],
  ["a string token", { a: TEXT, b: `x-${TEXT}`, [TEXT]: "key" }],
  ["a number token", { a: Token.asNumber("${var.n}"), b: `n is ${Token.asNumber("${var.n}")}`, c: 1e300 }],
  ["numbers in texts", { a: "1e5", b: "node-east", c: "1.5e+3" }],
  ["list tokens", { a: LIST, b: Token.asNumberList("${var.ns}") }],
  ["map tokens", { a: Token.asStringMap("${var.m}"), b: Token.asNumberMap("${var.m}") }],
  ["resolvables", { a: Token.asAny({ x: [TEXT] }), b: Fn.merge([{ a: 1 }, LIST]), c: [Token.asAny("${var.z}")] }],
  ["a class", { a: new Date(0) }],
])("%s are resolved as cdktf resolves them", (_, value) => {
  const stack = new TerraformStack(new App(), "stack");
  const quick = withQuickResolution(() => tokens.resolve(stack, value));
  expect(quick).toEqual(resolve(stack, value));
  expect(JSON.stringify(quick)).toBe(JSON.stringify(resolve(stack, value)));
});

test("what an app wrote stays as it wrote it, whatever is overridden", () => {
  const stack = new TerraformStack(new App(), "stack");
  const value = { tags: { team: "a", none: undefined }, zones: ["1", undefined, TEXT], plain: [{ zone: "1" }] };
  const before = JSON.stringify(value);
  new TerraformOutput(stack, "first", { value });
  new TerraformOutput(stack, "second", { value });
  stack.addOverride("output.first.value.tags.team", "b");
  stack.addOverride("output.first.value.plain", [{ zone: "2" }]);
  const { output } = withQuickResolution(() => stack.toTerraform());
  expect(output.first.value).toEqual({
    tags: { team: "b" },
    zones: ["1", "${var.x}"],
    plain: [{ zone: "1" }, { zone: "2" }],
  });
  expect(output.second.value).toEqual({ tags: { team: "a" }, zones: ["1", "${var.x}"], plain: [{ zone: "1" }] });
  expect(JSON.stringify(value)).toBe(before);
});

test.each([() => 1, { a: () => 1 }, [{ a: LIST[0] }]])("what cdktf refuses is refused: %#", (value) => {
  const stack = new TerraformStack(new App(), "stack");
  const messageOf = (run: () => unknown) => {
    try {
      return `resolved to ${run()}`;
    } catch (error) {
      return (error as Error).name;
    }
  };
  expect(messageOf(() => withQuickResolution(() => tokens.resolve(stack, value)))).toBe(
    messageOf(() => resolve(stack, value)),
  );
});

test("a context of its own ends with the run", () => {
  const before = tokens.resolve;
  expect(() =>
    withQuickResolution(() => {
      expect(tokens.resolve).not.toBe(before);
      throw new Error("wrong");
    }),
  ).toThrow("wrong");
  expect(tokens.resolve).toBe(before);
});
