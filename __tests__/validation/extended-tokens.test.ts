import { App, Token } from "cdktf";
import { NodePoolOptions, SandboxedNamespaceOptions, SandboxStack } from "../../lib";
import { clusterIn, clusterStack, KATA_POOL } from "../support/clusters";

const MAP = { ...Token.asStringMap("${var.tags}"), team: "a" };
const LIST = [...Token.asList("${var.zones}"), "3"];

const MERGE = "is a map that is known after apply and more keys: write Fn.merge([map, { key: value }]) [";
const CONCAT = "is a list that is known after apply and more items: write Fn.concat([list, [item]]) [";

function pool(options: Partial<NodePoolOptions>): unknown {
  return clusterIn(new App()).addKataNodePool("kata", { ...KATA_POOL, ...options });
}

function namespace(options: SandboxedNamespaceOptions): unknown {
  const app = new App();
  return new SandboxStack(app, "sandbox", { cluster: clusterIn(app) }).addNamespace("untrusted", options);
}

test.each<[string, () => unknown, string]>([
  ["tags of a cluster", () => clusterStack({ tags: MAP }), `tags ${MERGE}cluster/aks]`],
  ["labels of nodes", () => pool({ nodeLabels: MAP }), `nodeLabels ${MERGE}`],
  ["zones", () => pool({ zones: LIST }), `zones ${CONCAT}`],
  ["numbers", () => namespace({ egress: [...Token.asNumberList("${var.x}"), 1] as never }), `egress ${CONCAT}`],
  ["a list in a block", () => clusterStack({ identity: { type: "UserAssigned", identityIds: LIST } }), CONCAT],
  ["labels of a namespace", () => namespace({ labels: MAP }), `labels ${MERGE}`],
  ["a quota", () => namespace({ quota: MAP }), `quota ${MERGE}`],
])("%s known after apply, and more: the expression is named that says both", (_, make, message) => {
  expect(make).toThrow(message);
});

test("a list of several values known after apply is a list", () => {
  expect(pool({ zones: ["${var.a}", Token.asString("${var.b}")] })).toBeDefined();
});
