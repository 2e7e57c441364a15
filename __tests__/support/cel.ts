import {
  CelFunc,
  celEnv,
  CelInput,
  celFunc,
  celMethod,
  CelScalar,
  isCelError,
  listType,
  mapType,
  parse,
  plan,
} from "@bufbuild/cel";
import { bytes } from "../../lib/validation/quantity";

/** What Kubernetes adds to CEL and the policy uses: quantities, here as maps, and sums of lists. */
const KUBERNETES_FUNCTIONS: CelFunc[] = [
  celFunc("quantity", [CelScalar.STRING], mapType(CelScalar.STRING, CelScalar.DOUBLE), (text) => {
    const value = bytes(text);
    if (value === undefined) throw new Error(`"${text}" is not a quantity`);
    return new Map([["value", value]]);
  }),
  celMethod("asApproximateFloat", mapType(CelScalar.STRING, CelScalar.DOUBLE), [], CelScalar.DOUBLE, function () {
    return this.get("value") as number;
  }),
  celMethod("sum", listType(CelScalar.DYN), [], CelScalar.DOUBLE, function () {
    return [...this].reduce<number>((sum, value) => sum + (value as number), 0);
  }),
];

const ENVIRONMENT = celEnv({ funcs: KUBERNETES_FUNCTIONS });

interface Policy {
  readonly spec: {
    readonly variables: readonly { readonly name: string; readonly expression: string }[];
    readonly validations: readonly {
      readonly expression: string;
      readonly message?: string;
      readonly messageExpression?: string;
    }[];
  };
}

/** The messages of the validations that deny a pod, as the admission of Kubernetes finds them; none if it is allowed. */
export function denialsOf(policy: Policy, pod: object, namespace: object = { metadata: {} }): string[] {
  const context: { [name: string]: CelInput } = { object: toCel(pod), namespaceObject: toCel(namespace) };
  const variables = new Map<string, CelInput>();
  context.variables = variables as CelInput;
  for (const { name, expression } of policy.spec.variables)
    variables.set(name, evaluate(expression, context) as CelInput);
  return policy.spec.validations
    .filter(({ expression }) => evaluate(expression, context) !== true)
    .map(({ message, messageExpression }) => message ?? String(evaluate(messageExpression!, context)));
}

/** A run-time error denies, too, as the failure policy is Fail; it is thrown, so that no verdict rests on one. */
function evaluate(expression: string, context: { [name: string]: CelInput }): unknown {
  const result = plan(ENVIRONMENT, parse(expression))(context);
  if (isCelError(result)) throw result;
  return result;
}

function toCel(value: unknown): CelInput {
  if (Array.isArray(value)) return value.map(toCel);
  if (typeof value !== "object" || value === null) return value as CelInput;
  return new Map(Object.entries(value).map(([key, inside]) => [key, toCel(inside)])) as CelInput;
}
