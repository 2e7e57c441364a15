import { IConstruct } from "constructs";

/** Returns an error that names the construct that has the mistake. */
export function validationError(construct: IConstruct, message: string): Error {
  return new Error(`${message} [${pathOf(construct)}]`);
}

/** The path of a construct without ids that are hidden from addresses, too. */
function pathOf({ node }: IConstruct): string {
  return node.path
    .split("/")
    .filter((id) => id !== "Default")
    .join("/");
}
