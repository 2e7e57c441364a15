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
import { strings } from "@bufbuild/cel/ext";
import { bytes } from "../../lib/validation/quantity";

const QUANTITY = mapType(CelScalar.STRING, CelScalar.DOUBLE);
const AUTHORIZER = mapType(CelScalar.STRING, CelScalar.STRING);

/** Additions of Kubernetes to CEL that the policies use: quantities and checks of authorization, here as maps, and lists. */
const KUBERNETES_FUNCTIONS: CelFunc[] = [
  celFunc("quantity", [CelScalar.STRING], QUANTITY, (text) => {
    const value = bytes(text);
    if (value === undefined) throw new Error(`"${text}" is not a quantity`);
    return new Map([["value", value]]);
  }),
  celMethod("asApproximateFloat", QUANTITY, [], CelScalar.DOUBLE, function () {
    return this.get("value") as number;
  }),
  celMethod("compareTo", QUANTITY, [QUANTITY], CelScalar.INT, function (other) {
    return BigInt(Math.sign((this.get("value") as number) - (other.get("value") as number)));
  }),
  celMethod("sum", listType(CelScalar.DYN), [], CelScalar.DOUBLE, function () {
    return [...this].reduce<number>((sum, value) => sum + (value as number), 0);
  }),
  celMethod("max", listType(CelScalar.DYN), [], CelScalar.DOUBLE, function () {
    return Math.max(...([...this] as number[]));
  }),
  celMethod("indexOf", listType(CelScalar.DYN), [CelScalar.STRING], CelScalar.INT, function (text) {
    return BigInt([...this].indexOf(text));
  }),
  ...["group", "resource", "name", "check"].map((part) =>
    celMethod(part, AUTHORIZER, [CelScalar.STRING], AUTHORIZER, function (text) {
      return new Map([...(this as Iterable<[string, string]>), [part, text]]);
    }),
  ),
  celMethod("allowed", AUTHORIZER, [], CelScalar.BOOL, function () {
    const asked = ["group", "resource", "name", "check"].map((part) => this.get(part)).join(" ");
    return (this.get("rights") as string).split(",").includes(asked);
  }),
];

const ENVIRONMENT = celEnv({ funcs: [...strings, ...KUBERNETES_FUNCTIONS] });

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

/** A request as the admission of Kubernetes sees it. */
export interface AdmissionRequest {
  readonly object?: object;
  readonly oldObject?: object;
  readonly namespace?: object;
  /** The object that the binding of the policy names. */
  readonly params?: object;
  /** Fields of the request that differ from a creation by a tenant. */
  readonly request?: object;
  /** Permissions of the user, each as `group resource name verb`. */
  readonly rights?: readonly string[];
}

/** The messages of the validations that deny a request, as the admission of Kubernetes finds them; none if it is allowed. */
export function denialsOf(policy: Policy, admission: AdmissionRequest): string[] {
  const { object, oldObject, namespace = { metadata: {} }, params, request, rights = [] } = admission;
  const context: { [name: string]: CelInput } = {
    object: toCel(object ?? null),
    oldObject: toCel(oldObject ?? null),
    namespaceObject: toCel(namespace),
    params: toCel(params ?? null),
    request: toCel({ operation: "CREATE", userInfo: { username: "tenant" }, ...request }),
    authorizer: toCel({ rights: rights.join(",") }),
  };
  const variables = new Map<string, CelInput>();
  context.variables = variables as CelInput;
  for (const { name, expression } of policy.spec.variables)
    variables.set(name, evaluate(expression, context) as CelInput);
  return policy.spec.validations
    .filter(({ expression }) => evaluate(expression, context) !== true)
    .map(({ message, messageExpression }) => message ?? String(evaluate(messageExpression!, context)));
}

const programs = new Map<string, ReturnType<typeof plan>>();

/** A run-time error denies, too, as the failure policy is Fail; it is thrown, so that no verdict rests on one. */
function evaluate(expression: string, context: { [name: string]: CelInput }): unknown {
  const program = programs.get(expression) ?? plan(ENVIRONMENT, parse(expression));
  programs.set(expression, program);
  const result = program(context);
  if (isCelError(result)) throw result;
  return result;
}

function toCel(value: unknown): CelInput {
  if (Array.isArray(value)) return value.map(toCel);
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  if (typeof value !== "object" || value === null) return value as CelInput;
  return new Map(Object.entries(value).map(([key, inside]) => [key, toCel(inside)])) as CelInput;
}
