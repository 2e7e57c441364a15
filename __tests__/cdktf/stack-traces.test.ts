import { App, Token } from "cdktf";
import { withoutStackTraces } from "../../lib/cdktf/stack-traces";
import { clusterIn } from "../support/clusters";
import { fresh } from "../support/fresh";

const TRACES = "cdktf/lib/tokens/private/stack-trace";

// eslint-disable-next-line @typescript-eslint/no-require-imports
const traces = require(TRACES);
const ofOtherTests = { ...traces };
beforeAll(() => Object.assign(traces, fresh(TRACES)));
afterAll(() => Object.assign(traces, ofOtherTests));

const fail = () => {
  throw new Error("wrong");
};

/** Where a token of cdktf remembers to have been made. */
function stackOfToken(): readonly string[] {
  return Token.asAny("${var.x}").creationStack;
}

test("no stack trace is taken inside, and all are outside", () => {
  expect(withoutStackTraces(stackOfToken)).toEqual([]);
  expect(stackOfToken()).toEqual(expect.arrayContaining([expect.stringContaining("stackOfToken")]));
});

test("an error keeps its stack, and what comes after it as well", () => {
  expect(() => withoutStackTraces(fail)).toThrow(
    expect.objectContaining({ stack: expect.stringContaining("stack-traces.test.ts") }),
  );
  expect(stackOfToken()).toEqual(expect.arrayContaining([expect.stringContaining("stackOfToken")]));
});

test("a cluster takes none", () => {
  const capture = jest.spyOn(Error, "captureStackTrace");
  clusterIn(new App()).addKataNodePool("kata", { vmSize: "Standard_D4s_v3" });
  expect(capture).not.toHaveBeenCalled();
  capture.mockRestore();
});
