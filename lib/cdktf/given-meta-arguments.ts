/**
 * Returns the meta-arguments that are given. cdktf 0.21 asks for all of each resource, and converts the name of each
 * whether there is a value or not, which takes as long as all the rest of writing a resource.
 */
export function givenMetaArguments(metaArguments: { readonly [name: string]: unknown }): { [name: string]: unknown } {
  return Object.fromEntries(Object.entries(metaArguments).filter(([, value]) => value !== undefined));
}
