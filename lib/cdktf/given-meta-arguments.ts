/**
 * Returns the meta-arguments that are given. cdktf 0.21 asks for all of each resource, and converts the name of each
 * whether there is a value or not, which takes as long as all the rest of writing a resource.
 */
export function givenMetaArguments(metaArguments: { readonly [name: string]: unknown }): { [name: string]: unknown } {
  const given: { [name: string]: unknown } = {};
  for (const name of Object.keys(metaArguments)) {
    if (metaArguments[name] !== undefined) given[name] = metaArguments[name];
  }
  return given;
}
