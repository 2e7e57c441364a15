import { App } from "cdktf";
import { clusterIn } from "./support/clusters";

const mistake = () => clusterIn(new App(), { name: "-" });

test("an error begins with the line of the app that has the mistake", () => {
  const { message, stack } = errorOf(mistake);
  expect(stack!.split("\n").slice(0, 2)).toEqual([
    `Error: ${message}`,
    expect.stringMatching(/^ {4}at .*support[\\/]clusters\.ts:\d+:\d+\)$/),
  ]);
});

test("no frame of the loader is at the end", () => {
  const { stack } = errorOf(mistake);
  expect(stack!.split("\n").at(-1)).toMatch(/validation-error\.test\.ts:\d+:\d+\)$/);
});

test("a line of the app that lies deeper than stack traces go is found", () => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 1;
  const { stack } = errorOf(mistake);
  expect(Error.stackTraceLimit).toBe(1);
  Error.stackTraceLimit = stackTraceLimit;
  expect(stack).toMatch(/^[^\n]+\n {4}at .*support[\\/]clusters\.ts/);
});

function errorOf(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
