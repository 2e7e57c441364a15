import { App, TerraformStack, Testing, Token } from "cdktf";
import { ClusterStack } from "../../lib";
import { ArgumentSchema } from "../../lib/validation/argument-error";
import { BoundArgument, BoundArguments } from "../../lib/validation/bindings";
import { CLUSTER_CONSTRUCTS, PARTS_OF_CLUSTERS } from "../support/cluster-constructs";
import { exportedConstructs } from "../support/exported-constructs";

const REFERENCE = "${var.token}";

/** A value that only Terraform knows, as each of the types that cdktf has for one. */
const TOKENS: { readonly [kind: string]: unknown } = {
  expression: REFERENCE,
  string: Token.asString(REFERENCE),
  number: Token.asNumber(REFERENCE),
  list: Token.asList(REFERENCE),
  map: Token.asStringMap(REFERENCE),
  value: Token.asAny(REFERENCE),
};

const CONSTRUCTS = { ...CLUSTER_CONSTRUCTS, ...PARTS_OF_CLUSTERS };

test("no exported construct is left out", () => {
  expect(Object.keys(CLUSTER_CONSTRUCTS).sort()).toEqual(exportedConstructs("cluster").sort());
});

/** Props that only the constructs read, of which nothing is written. */
const NOT_WRITTEN = [
  "nameInput",
  "locationInput",
  "kubernetesVersion of ExistingAksCluster",
  "networkPolicy of ExistingAksCluster",
];

describe.each(Object.keys(CONSTRUCTS))("%s", (name) => {
  const { props, bound = new Map(), schema, make } = CONSTRUCTS[name];
  const paths = [...props.map((prop) => [prop]), ...pathsOf(bound)];

  test.each(Object.keys(TOKENS))("a %s in each prop passes, or is refused in a sentence", (kind) => {
    const outcomes = paths.map((path) => ({
      path,
      ...outcomeOf((stack) => make(stack, propsWith(path, TOKENS[kind], bound, schema))),
    }));
    const isRight = ({ path: [prop], refused, written }: (typeof outcomes)[number]) => {
      if (refused) return SENTENCE.test(refused);
      const isWritten = ![prop, `${prop} of ${name}`].some((of) => NOT_WRITTEN.includes(of));
      return (!isWritten || written.includes("var.token")) && !MANGLED.test(written);
    };
    expect(outcomes.filter((outcome) => !isRight(outcome))).toEqual([]);
    if (kind === "string") expect(outcomes).toContainEqual(expect.objectContaining({ refused: undefined }));
  });
});

/** A sentence that says the error, the remedy and the construct. */
const SENTENCE = /^(?!.*Symbol|.*[Ff]ound an? encoded|.*TfToken).+: .+ \[(cluster|azure)[^\]]*\]$/;

/** What is left of a token that cdktf took apart. */
const MANGLED = /TfToken|"0": ?"[$#]"|"resolve"|[(,] ?\$\{/;

function outcomeOf(build: (stack: ClusterStack) => void): { readonly refused?: string; readonly written: string } {
  try {
    const stack = new ClusterStack(new App(), "cluster");
    build(stack);
    const stacks = stack.node.root.node.children.filter(TerraformStack.isStack);
    return { refused: undefined, written: stacks.map((stack) => Testing.synth(stack)).join("") };
  } catch (error) {
    return { refused: (error as Error).message, written: "" };
  }
}

function pathsOf(bound: BoundArguments): string[][] {
  return [...bound].flatMap(([name, { holds, inside }]) =>
    holds === "block" || holds === "blocks" ? [[name], ...pathsOf(inside()).map((path) => [name, ...path])] : [[name]],
  );
}

/** Props with a value at a path, and beside it what azurerm demands. */
function propsWith(path: readonly string[], value: unknown, bound: BoundArguments, schema?: ArgumentSchema): object {
  return insideOf(path, [], value, bound, schema);
}

function insideOf(
  [name, ...rest]: readonly string[],
  above: readonly string[],
  value: unknown,
  bound: BoundArguments,
  schema?: ArgumentSchema,
): object {
  if (rest.length === 0) return { [name]: value };
  const block = bound.get(name)!;
  const at = [...above, block.name];
  const inside = { ...demandsOf(block, at, schema), ...insideOf(rest, at, value, block.inside(), schema) };
  return { [name]: block.holds === "blocks" ? [inside] : inside };
}

function demandsOf(block: BoundArgument, at: readonly string[], schema?: ArgumentSchema): object {
  const demanded = [...block.inside()].filter(([, { name }]) => schema?.isRequired([...at, name]));
  return Object.fromEntries(
    demanded.map(([name, argument]) => {
      if (argument.holds === "block") return [name, demandsOf(argument, [...at, argument.name], schema)];
      if (argument.holds === "blocks") return [name, [demandsOf(argument, [...at, argument.name], schema)]];
      return [name, TOKENS[{ list: "list", map: "map" }[argument.holds as string] ?? "string"]];
    }),
  );
}
