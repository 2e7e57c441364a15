import { IConstruct } from "constructs";
import { dirname, sep } from "node:path";

const LIBRARY = dirname(__dirname) + sep;

/** Returns an error that names the construct that has the mistake, and whose stack begins with the line of the app that made it. */
export function validationError(construct: IConstruct, message: string): Error {
  const path = pathOf(construct); // that of an app is empty
  return errorAtApp(path === "" ? message : `${message} [${path}]`);
}

/** Returns an error whose stack begins with the line of the app that made the mistake. */
export function errorAtApp(message: string): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Infinity; // the line of the app may lie deeper than ten frames
  const error = new Error(message);
  Error.stackTraceLimit = stackTraceLimit;
  const frames = framesOfApp(error);
  if (frames.length > 0) error.stack = [String(error), ...frames].join("\n");
  return error;
}

/** The path of a construct, without the ids that addresses do not show. */
export function pathOf({ node }: IConstruct): string {
  return node.path
    .split("/")
    .filter((id) => id !== "Default")
    .join("/");
}

/** Returns the frames between those of libraries at the top and those of the loader at the end. */
function framesOfApp(error: Error): readonly string[] {
  const stack = error.stack ?? ""; // with source maps it begins with a line of this file
  const frames = stack
    .slice(stack.indexOf(String(error)) + String(error).length)
    .split("\n")
    .filter((line) => /^ +at /.test(line));
  return frames.slice(frames.findIndex(isOfApp), frames.findLastIndex(isOfApp) + 1);
}

const isOfApp = (frame: string) =>
  !frame.includes(LIBRARY) && !/[\\/]node_modules[\\/]|[ (]node:|<anonymous>\)$/.test(frame);
