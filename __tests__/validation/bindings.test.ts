import * as cluster from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import * as nodePool from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import * as provider from "@cdktf/provider-azurerm/lib/provider";
import { readFileSync } from "node:fs";
import { boundArguments, BoundArguments, BindingsModule } from "../../lib/validation/bindings";

/** Names and types of arguments, with those of blocks inside. */
type Shape = { readonly [name: string]: string | Shape | readonly [Shape] };

const CLASSES: readonly [module: string, className: string, bindings: BindingsModule][] = [
  ["kubernetes-cluster", "KubernetesCluster", cluster],
  ["kubernetes-cluster-node-pool", "KubernetesClusterNodePool", nodePool],
  ["provider", "AzurermProvider", provider],
];

test.each(CLASSES)("%s has what the types of %s have", (module, className, bindings) => {
  const declared = shapeInTypes(interfacesOf(module), `${className}Config`);
  expect(Object.keys(declared).length).toBeGreaterThan(20);
  expect(shapeOf(boundArguments(bindings, className))).toEqual(declared);
});

function shapeOf(bound: BoundArguments): Shape {
  return Object.fromEntries(
    [...bound].map(([name, { holds, items, inside }]): [string, Shape[string]] => {
      if (holds === "block") return [name, shapeOf(inside())];
      if (holds === "blocks") return [name, [shapeOf(inside())]];
      return [name, items === undefined ? holds : `${holds} of ${items}`];
    }),
  );
}

type Interfaces = { readonly [name: string]: readonly [member: string, type: string][] };

/** The interfaces of a file of types, as text. */
function interfacesOf(module: string): Interfaces {
  const types = readFileSync(require.resolve(`@cdktf/provider-azurerm/lib/${module}/index.d.ts`), "utf8");
  const interfaces = types.matchAll(/export interface (\w+) [^{]*\{\n([^}]*(?:\{[^}]*\}[^}]*)*?)\n\}/g);
  return Object.fromEntries(
    [...interfaces].map(([, name, body]) => [
      name,
      [...body.matchAll(/^ {4}readonly (\w+)\??: (.*?);$/gms)].map(([, member, type]) => [member, type]),
    ]),
  );
}

function shapeInTypes(interfaces: Interfaces, name: string): Shape {
  return Object.fromEntries(
    interfaces[name].map(([member, type]): [string, Shape[string]] => {
      const plain = type.replace(/ \| cdktf\.IResolvable$/, "");
      const block = plain.replace(/\[\]$/, "");
      if (block in interfaces)
        return [member, block === plain ? shapeInTypes(interfaces, block) : [shapeInTypes(interfaces, block)]];
      const list = /^(?:Array<)?(\w+)(?: \| cdktf\.IResolvable>)?\[\]$/.exec(plain) ?? /^Array<(\w+) \|/.exec(plain);
      if (list) return [member, `list of ${list[1]}`];
      const map = /^\{\s*\[key: string\]: (?:\()?(\w+)/.exec(plain);
      return [member, map ? `map of ${map[1]}` : plain];
    }),
  );
}
