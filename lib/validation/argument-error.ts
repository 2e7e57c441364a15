import { TerraformDynamicExpression } from "cdktf/lib/terraform-dynamic-expression";
import { Construct } from "constructs";
import { BoundArgument } from "./bindings";
import { shown, some, typeMismatch } from "./prop-types";
import { unknownProp } from "./unknown-prop";
import { isExtendedToken, isUnresolved } from "./unresolved";

/** Facts that a provider states of the arguments of a resource, by their paths in the bindings. */
export interface ArgumentSchema {
  isRequired(path: readonly string[]): boolean;
  /** Returns whether a required argument may be an empty string. */
  mayBeEmpty?(path: readonly string[]): boolean;
  /** The values of an argument, if they are a closed set. */
  valuesOf(path: readonly string[]): readonly string[] | undefined;
  /** The least number that an argument takes, and the greatest, if it has such bounds. */
  rangeOf(path: readonly string[]): readonly [number, number?] | undefined;
  /** Name of the provider and its version. */
  readonly provider: string;
}

/** A value that is given for an argument of the bindings. */
interface GivenArgument {
  /** Path in TypeScript. */
  readonly at: string;
  /** Path in the bindings' own names. */
  readonly path: readonly string[];
  readonly value: unknown;
  readonly argument: BoundArgument;
  readonly schema?: ArgumentSchema;
}

/** Returns the sentence on what is wrong with an argument, or a block and all that is in it. */
export function argumentError(given: GivenArgument): string | undefined {
  const { at, value, argument } = given;
  if (argument.holds === "block") return blockError(given);
  if (argument.holds === "blocks") {
    if (TerraformDynamicExpression.isTerraformDynamicExpression(value)) return undefined;
    if (!Array.isArray(value) || isUnresolved(value) || isExtendedToken(value))
      return `${at} is ${shown(value)}: write a list of objects with ${some([...argument.inside().keys()])}`;
    return firstOf(value.map((block, i) => () => blockError({ ...given, at: `${at}[${i}]`, value: block })));
  }
  const items = argument.items === undefined ? undefined : { type: argument.items };
  const mismatch = typeMismatch(at, value, { type: argument.holds, items });
  return mismatch ? `${mismatch.at} is ${mismatch.is}: write ${mismatch.write}` : valueError(given);
}

function blockError({ at, path, value, argument, schema }: GivenArgument): string | undefined {
  const bound = argument.inside();
  if (
    typeof value !== "object" ||
    value === null ||
    Array.isArray(value) ||
    isUnresolved(value) ||
    Construct.isConstruct(value)
  )
    return `${at} is ${shown(value)}: write an object with ${some([...bound.keys()])}`;
  const block = value as { readonly [name: string]: unknown };
  const unknown = Object.keys(block).find((name) => !bound.has(name));
  if (unknown !== undefined) return unknownProp(unknown, [...bound.keys()], at);
  return firstOf(
    [...bound].map(([name, argument]) => () => {
      const inside = { at: `${at}.${name}`, path: [...path, argument.name], value: block[name], argument, schema };
      if (inside.value !== undefined && inside.value !== null && inside.value !== "") return argumentError(inside);
      return missingError(inside) ?? (inside.value === "" ? argumentError(inside) : undefined);
    }),
  );
}

function missingError({ at, path, value, argument, schema }: GivenArgument): string | undefined {
  if (!schema?.isRequired(path) || (value === "" && schema.mayBeEmpty?.(path))) return undefined;
  if (argument.holds === "block" || argument.holds === "blocks")
    return `${at} is missing (got ${value}): write ${argument.holds === "block" ? "an object" : "a list of objects"} with ${some([...argument.inside().keys()])}`;
  const mismatch = typeMismatch(at, value, { type: argument.holds, required: true });
  return mismatch && `${mismatch.at} is ${mismatch.is}: write ${choiceOf(schema.valuesOf(path)) ?? mismatch.write}`;
}

function valueError({ at, path, value, schema }: GivenArgument): string | undefined {
  if (schema === undefined || isUnresolved(value)) return undefined;
  for (const item of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
    if (isUnresolved(item)) continue;
    if (typeof item === "number") {
      const range = schema.rangeOf(path);
      const [least, most = Infinity] = range ?? [-Infinity];
      if (range && !(item >= least && item <= most))
        return `${at} ${item} is out of range: use a number from ${least} ${most === Infinity ? "on" : `to ${most}`}`;
    } else if (typeof item === "string") {
      const values = schema.valuesOf(path);
      if (values && !values.includes(item))
        return `${at} "${item}" is not known to ${schema.provider}: write ${choiceOf(values)}`;
    }
  }
  return undefined;
}

function choiceOf(values: readonly string[] | undefined): string | undefined {
  if (values === undefined) return undefined;
  const last = values[values.length - 1];
  return values.length === 1 ? last : `${values.slice(0, -1).join(", ")} or ${last}`;
}

function firstOf(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const error = check();
    if (error !== undefined) return error;
  }
  return undefined;
}
