/** A reference in an expression, as in `azurerm_kubernetes_cluster.aks.id` or `var.size`. */
export interface Reference {
  /** As in `azurerm_kubernetes_cluster.aks`, `data.kubernetes_nodes.nodes`, `module.network` or `local.pool`. */
  readonly address: string;
  /** The rest, without an instance such as `["a"]`, as in `id` or `kube_config[0].host`; empty for all of it. */
  readonly attribute: string;
}

const ADDRESS = /(?:[a-z][a-z0-9]*_[a-z0-9_]+|data\.[a-z][a-z0-9_]*|module|var|local)\.[A-Za-z_][\w-]*/;
const REFERENCE = new RegExp(`(?<![\\w.-])(${ADDRESS.source})((?:\\.[A-Za-z_*][\\w-]*|\\[[^\\]]*\\])*)`, "g");
const ONLY_REFERENCE = new RegExp(`^(?:${REFERENCE.source})$`);

/** All references in the text of an expression, also in the indices of others, as in `local.sizes[var.name]`. */
export function referencesIn(text: string): Reference[] {
  return [...text.matchAll(REFERENCE)].flatMap((match) => {
    const indices = [...match[0].matchAll(/\[([^\]"]*)/g)].map(([, index]) => index);
    return [referenceOf(match), ...indices.flatMap(referencesIn)];
  });
}

/** The reference that the inside of `${…}` is, if it is nothing else. */
export function onlyReference(expression: string): Reference | undefined {
  const match = ONLY_REFERENCE.exec(expression);
  return match ? referenceOf(match) : undefined;
}

export function withAddresses(text: string, newAddressOf: (address: string) => string): string {
  return text.replace(REFERENCE, (_, address: string, rest: string) => newAddressOf(address) + rest);
}

function referenceOf([, address, rest]: RegExpMatchArray): Reference {
  const isOfInstances = !isNamedValue(address) && /^(\.\*|\[[^\]]*\])/.exec(rest);
  return { address, attribute: rest.slice(isOfInstances ? isOfInstances[0].length : 0).replace(/^\./, "") };
}

export function isNamedValue(address: string): boolean {
  return /^(var|local)\./.test(address);
}

/** The names and indices in a path such as `metadata[0].labels["a.b/c"]`. */
export function stepsOf(path: string): string[] {
  return [...path.matchAll(/\["([^"]*)"\]|([^.[\]]+)/g)].map(([, quoted, bare]) => quoted ?? bare);
}

/** A path as in `tags.a`, also where it is written `tags["a"]` or has the number of a block in it. */
export function withoutIndices(path: string): string {
  return path.replaceAll(/\[\d+\]|\.\d+(?=[.[]|$)/g, "").replaceAll(/\["([^"]*)"\]/g, ".$1");
}

export function nameIn(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** Returns whether a path without indices is another one, or inside of it. */
export function isInside(path: string, whole: string): boolean {
  return `${path}.`.startsWith(`${whole}.`);
}

/** The address of a resource block, without the instance that `["a"]` or `[0]` at its end means. */
export function withoutKey(address: string): string {
  return address.replace(/\[[^\]]*\]$/, "");
}
