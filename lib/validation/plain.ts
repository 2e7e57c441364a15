import { IConstruct } from "constructs";
import { isUnresolved } from "./unresolved";
import { validationError } from "./validation-error";

/** Props that decide what is written, and what to write for them. */
export type PlainProps<Props> = { readonly [name in keyof Props]?: string };

/**
 * Refuses values that are known only after apply, in props that have to be known when the app is synthesised.
 *
 * @param inside name of the prop that the props are in
 * @throws if such a value is given, in a list also for one of its items
 */
export function requirePlain<Props extends object>(
  construct: IConstruct,
  props: Props,
  names: PlainProps<Props>,
  inside?: string,
): void {
  for (const [name, what] of Object.entries<string | undefined>(names)) {
    const value: unknown = props[name as keyof Props];
    if (!isUnresolved(value) && !(Array.isArray(value) && value.some((item) => isUnresolved(item)))) continue;
    const path = inside === undefined ? name : `${inside}.${name}`;
    throw validationError(construct, `${path} is known only after apply: write ${what}`);
  }
}
