/** What an expression refers to, as in `azurerm_kubernetes_cluster.aks.id`or `var.size`. */
export interface Reference {
  /** As in `azurerm_kubernetes_cluster.aks`, `data.kubernetes_nodes.nodes`, `module.network` or `local.pool`. */
  readonly address: string;
  /** Which instance, as in `[0]`, `["a"]` or `[*]`, if one is named. */
  readonly key: string;
  /** What follows, as in `id` or `kube_config[0].host`; empty for all of it. */
  readonly attribute: string;
}

const ADDRESS = /(?:[a-z][a-z0-9]*_[a-z0-9_]+|data\.[a-z][a-z0-9_]*|module|var|local)\.[A-Za-z_][\w-]*/;

const REFERENCE = new RegExp(`(?<![\\w.-])(${ADDRESS.source})((?:\\.[A-Za-z_*][\\w-]*|\\[[^\\]]*\\])*)`, "g");

/** All references in the text of an expression, also in the indices of others, as in `local.sizes[var.name]`. */
export function referencesIn(text: string): Reference[] {
  return [...text.matchAll(REFERENCE)].flatMap((match) => {
    const indices = [...match[0].matchAll(/\[([^\]"]*)/g)].map(([, index]) => index);
    return [referenceOf(match), ...indices.flatMap(referencesIn)];
  });
}

/** The reference that the inside of `${…}` is, if it is nothing else. */
export function onlyReference(expression: string): Reference | undefined {
  const match = new RegExp(`^(?:${REFERENCE.source})$`).exec(expression);
  return match ? referenceOf(match) : undefined;
}

/** An expression in which addresses are replaced wherever they are referred to. */
export function withAddresses(text: string, newAddressOf: (address: string) => string): string {
  return text.replace(REFERENCE, (_, address: string, rest: string) => newAddressOf(address) + rest);
}

function referenceOf([, address, rest]: RegExpMatchArray): Reference {
  const isResource = !/^(var|local)\./.test(address);
  const [, key = "", attribute] = /^(\[[^\]]*\])?\.?(.*)$/.exec(rest.replace(/^\.\*/, "[*]"))!;
  return isResource ? { address, key, attribute } : { address, key: "", attribute: rest.replace(/^\./, "") };
}

/** The names and indices in a path such as `metadata[0].labels["a.b/c"]`. */
export function stepsOf(path: string): string[] {
  return [...path.matchAll(/\["([^"]*)"\]|([^.[\]]+)/g)].map(([, quoted, bare]) => quoted ?? bare);
}

/** A path as in `tags.a`, also where it is written `tags["a"]` or has the number of a block in it. */
export function withoutIndices(path: string): string {
  return path
    .replaceAll(/\[\d+\]/g, "")
    .replaceAll(/\.\d+(?=[.[]|$)/g, "")
    .replaceAll(/\["([^"]*)"\]/g, ".$1");
}
